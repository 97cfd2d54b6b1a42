"""Meta refresh: followed once, from stubs only."""

from __future__ import annotations

import pytest

from scraper.fetch.refresh import refresh_target
from scraper.model.article import Article
from tests.faults.outcomes import outcome, quick
from tests.faults.server import ARTICLE, page, serving


def stub(content: str) -> bytes:
    return f'<html><head><meta http-equiv="refresh" content="{content}"></head></html>'.encode()


@pytest.mark.parametrize(
    ("body", "target"),
    [
        (stub("0; url=/b"), "/b"),
        (stub("0;URL='/b'"), "/b"),
        (stub("1, /b"), "/b"),
        (stub("0;url=/b?x=1&amp;y=2"), "/b?x=1&y=2"),
        (b"<META CONTENT='0;url=/b' HTTP-EQUIV=Refresh>", "/b"),
        (stub("300; url=/b"), None),
        (stub("300"), None),
        (stub("0"), None),
        (stub("soon; url=/b"), None),
        (b"<!--" + stub("0; url=/b") + b"-->", None),
        (stub("0; url=/b") + b" " * 9000, None),
        (b"<p>refresh</p>", None),
        (b"<meta " * 1300 + b"refresh", None),
    ],
)
def test_a_stub_says_where_the_page_is(body: bytes, target: str | None) -> None:
    assert refresh_target(body) == target


def test_a_refresh_is_followed() -> None:
    with serving() as server:
        server.on("/b", page())
        article = outcome(server.on("/a", page(stub("0; url=/b"))))

        assert (isinstance(article, Article), article.url) == (True, server.url("/b"))


def test_a_second_refresh_is_not() -> None:
    with serving() as server:
        server.on("/b", page(stub("0; url=/c")))
        server.on("/c", page(ARTICLE))

        assert outcome(server.on("/a", page(stub("0; url=/b")))).url == server.url("/b")


@pytest.mark.parametrize("target", ["/a", "javascript:alert(1)", "http://[bad", "file:///etc/passwd"])
def test_a_refresh_to_nowhere_leaves_the_page_as_it_is(target: str) -> None:
    with serving() as server:
        assert outcome(server.on("/a", page(stub(f"0; url={target}")))).url == server.url("/a")


def test_a_refresh_goes_through_the_gate() -> None:
    with serving() as server, serving() as other:
        other.on("/robots.txt", page(b"User-agent: *\nDisallow: /", kind="text/plain"))
        outcome(server.on("/a", page(stub(f"0; url={other.url('/b')}"))), quick())

        assert other.pages == []
