"""The compiled join of addresses knows when an address is plain, and then returns what the plain one does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.page.links import resolved
from tests.compiled.markup import MANY, REASON

addresses = pytest.importorskip("scraper.compiled.addresses", reason=REASON)
LEFT = "left"
join = addresses.quickly(resolved)
alone = addresses.quickly(lambda *_: LEFT)
BASES = [
    None,
    "",
    "https://news.example/2024/a?b#c",
    "http://news.example:8080",
    "https://news.example\n",
    "https://-news.example/",
    "https://news.example:/x",
    "https://néws.example/",
    "ftp://news.example/",
    "//news.example/x",
]
PARTS = st.sampled_from(
    [
        *"/:.?#-_ab09Z%&;=<>\"'\\ \n\t@[]{}|~!+,^`é字",
        *("http://", "https://", "https:", "//", "/.", "/../", "news.example", ":80", ":123456", "mailto:", "data:"),
    ]
)
HREFS = st.lists(PARTS, max_size=14).map("".join)


@MANY
@given(st.sampled_from(BASES), HREFS)
def test_whatever_address(base, href):
    assert join(base, href) == resolved(base, href)


@MANY
@given(HREFS, HREFS)
def test_whatever_base(base, href):
    assert join(base, href) == resolved(base, href)


@MANY
@given(st.sampled_from(BASES), HREFS)
def test_what_is_told_alone_is_right(base, href):
    found = alone(base, href)
    assert found == LEFT or found == resolved(base, href)


@pytest.mark.parametrize("code", range(256))
def test_every_character(code):
    for href in (f"https://a.example/x{chr(code)}y", f"https://a{chr(code)}.example", f"/x{chr(code)}y", chr(code)):
        assert join(BASES[2], href) == resolved(BASES[2], href)


@pytest.mark.parametrize("code", range(256))
def test_every_character_in_a_base(code):
    for base in (f"https://a{chr(code)}.example/x", f"https://a.example{chr(code)}", f"http{chr(code)}://a.example"):
        assert join(base, "/x") == resolved(base, "/x")


@pytest.mark.parametrize(
    ("base", "href"),
    [
        (None, "https://a.example/b?c=d#e"),
        (None, "http://a"),
        ("https://a.example/x", "/y/z?a=b"),
        ("https://a.example", "/y"),
    ],
)
def test_the_common_forms_are_told_alone(base, href):
    assert alone(base, href) == resolved(base, href)


@pytest.mark.parametrize(
    ("base", "href"),
    [
        (None, None),
        (None, ""),
        (None, "/x"),
        ("https://a.example/", "/../x"),
        ("https://a.example/", "/x/./y"),
        ("https://a.example/", "//b.example/"),
        ("https://a.example/", "x"),
        ("https://a.example/", "https://a.example/" + "x" * 8_000),
        ("https://a.example/", " https://a.example/"),
    ],
)
def test_all_else_is_handed_on(base, href):
    assert alone(base, href) == LEFT
