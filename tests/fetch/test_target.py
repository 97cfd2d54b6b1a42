"""URLs as they are dialled and as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import BadUrl
from scraper.fetch.target import join_target, parse_target, shown_url


@pytest.mark.parametrize(
    ("url", "dialled"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://EXAMPLE.org:443/A", "https://example.org/A"),
        ("http://example.org:8080/a?b#c", "http://example.org:8080/a?b"),
        ("http://example.org?x", "http://example.org/?x"),
        ("  http://example.org/a \n", "http://example.org/a"),
        ("http://example.org./a", "http://example.org/a"),
        ("http://b\u00fccher.example/\u00e4 b", "http://xn--bcher-kva.example/%C3%A4%20b"),
        ("http://b%C3%BCcher.example/", "http://xn--bcher-kva.example/"),
        ("http://example.org/a%20b%zz", "http://example.org/a%20b%zz"),
        ("http://example.org/a/../b/./c", "http://example.org/b/c"),
        ("http://example.org/../../a/..", "http://example.org/"),
        ("http://example.org/a//b", "http://example.org/a//b"),
        ("http://example.org/?q=<\"'>", "http://example.org/?q=%3C%22'%3E"),
        ("http://me:pw@example.org/", "http://example.org/"),
        ("http://a@b@example.org/", "http://example.org/"),
        ("http://[2606:4700::1111]:81/", "http://[2606:4700::1111]:81/"),
        ("http://0x5db8d70e/", "http://93.184.215.14/"),
        ("http://my_host.example/", "http://my_host.example/"),
    ],
)
def test_a_url_is_dialled_as_browsers_would(url: str, dialled: str) -> None:
    assert parse_target(url).url == dialled


@pytest.mark.parametrize(
    "url",
    [
        "", " ", "example.org", "example.org:80/a", "/a", "//example.org/a", "http:", "http:/", "http://", "http:///a",
        "http:example.org", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
        "http://exa mple.org/", "http://example.org:0/", "http://example.org:65536/", "http://example.org:-1/",
        "http://example.org:\u0661/", "http://[::1/", "http://[bad]/", "http://[::1]x/", "http://[fe80::1%25eth0]/",
        "http://a..b/", "http://.a/", "http://-a.example/", "http://" + "a" * 64 + ".example/", "http://1.2.3.4.5/",
        "http://256.0.0.1/", "http://0x100000000/", "http://a\\b/", "http://a\r\nb/",
        "http://example.org/\0", "http://%00/", "http://%ff/", "http://a%2fb/", "http://\ud800/", "http://a<b/",
        "http://" + "a." * 200 + "example/", "http://example.org/" + "a" * 9000,
    ],
)  # fmt: skip
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(BadUrl):
        parse_target(url)


@given(st.text(max_size=200) | st.text("htps:/[]@.%0123456789abx?#\\ \t\n", max_size=60).map("http://".__add__))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        target = parse_target(text)
    except BadUrl as error:
        assert "\n" not in str(error)
    else:
        assert parse_target(target.url).url == target.url


@given(st.text(max_size=100))
def test_any_redirect_is_followed_or_refused(text: str) -> None:
    try:
        target = join_target(parse_target("http://example.org/a/b"), text)
    except BadUrl as error:
        assert error.reason == "redirect"
    else:
        assert target.scheme in {"http", "https"}


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("c", "http://example.org:81/a/c"),
        ("/c", "http://example.org:81/c"),
        ("?c", "http://example.org:81/a/b?c"),
        ("//other.example/c", "http://other.example/c"),
        ("https://other.example", "https://other.example/"),
        ("../c#d", "http://example.org:81/c"),
    ],
)
def test_a_reference_is_joined(reference: str, url: str) -> None:
    assert join_target(parse_target("http://example.org:81/a/b"), reference).url == url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://me:pw@example.org/a", "http://example.org/a"),
        ("http://a@b:c@example.org/a", "http://example.org/a"),
        ("http://me:p@w/x@example.org/", "http://w/x@example.org/"),
        ("http://example.org/@a", "http://example.org/@a"),
        ("http://example.org/a\nb\x1b[0m\u2028\u202e", "http://example.org/a%0Ab%1B[0m%E2%80%A8%E2%80%AE"),
        ("//me:pw@x/", "//x/"),
    ],
)
def test_a_url_is_shown_without_credentials_and_controls(url: str, shown: str) -> None:
    assert shown_url(url) == shown


@pytest.mark.parametrize(("port", "lane"), [("", "h.example"), (":443", "h.example"), (":8080", "h.example:8080")])
def test_ports_of_the_web_are_one_host(port: str, lane: str) -> None:
    assert parse_target(f"http://h.example{port}/").lane == lane
