"""Group E of the fault matrix, as far as it comes over the wire: the header's charset, binaries, odd bytes."""

from __future__ import annotations

import gzip

import pytest

from scraper.model.article import Article
from scraper.model.failure import Failure
from tests.faults.outcomes import outcome, reason
from tests.faults.server import ARTICLE, HostileServer, page

ODD_LABELS = ["hex", "zlib", "rot13", "idna", "punycode", "unicode_escape", "undefined", "utf-7", "", '"', "x" * 5000]


@pytest.mark.parametrize("label", ODD_LABELS)
def test_a_charset_that_is_none_changes_nothing(server: HostileServer, label: str) -> None:
    article = outcome(server.on("/a", page(kind=f"text/html; charset={label}")))

    assert isinstance(article, Article) and "Part 11 of the plan" in article.article_body


BINARIES = {
    "pdf": b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40,
    "zip": b"PK\x03\x04" + bytes(range(256)) * 40,
    "gzip cut short": gzip.compress(ARTICLE * 50)[:-9],
}


@pytest.mark.parametrize("name", BINARIES)
@pytest.mark.parametrize("kind", ["text/html", None])
def test_a_binary_called_html_is_no_record(server: HostileServer, name: str, kind: str | None) -> None:
    assert isinstance(outcome(server.on("/a", page(BINARIES[name], kind=kind))), Failure)


@pytest.mark.parametrize("body", [b"", b" \r\n\t "])
def test_an_empty_body_has_one_result(server: HostileServer, body: bytes) -> None:
    assert outcome(server.on("/a", page(body))).requested_url == server.url("/a")


@pytest.mark.parametrize("junk", [b"\0" * 50, b"\xff" * 50, bytes(range(1, 32)), "\u2028\u2029".encode() * 9])
def test_odd_bytes_in_a_page_cost_no_record(server: HostileServer, junk: bytes) -> None:
    body = ARTICLE.replace(b"Part 5", junk + b"Part 5")

    assert reason(server.on("/a", page(body))) == "article"
