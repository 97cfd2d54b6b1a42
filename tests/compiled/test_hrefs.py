"""The compiled search for links that name a number finds what the regular expression does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.fields import pagination
from scraper.fields.topics import navigation
from tests.compiled.markup import PAGES, REASON

twin = pytest.importorskip("scraper.compiled.hrefs", reason=REASON)

PIECES = [
    *(b'href="', b"href='", b"href=", b"href", b"=", b"h", b"hhref=", b'data-href="', b"href=\x00", b"HREF="),
    *(b'"', b"'", b" ", b"\n", b"\t", b"\v", b"\x1c", b"\xa0", b"<", b">", b"a", b"\xff", b"?", b".", b"./"),
    *(b"2", b"3", b"12", b"/opens", b"open", b"/x?href=/opens-2", b"-" * 7, b"y" * 1990, b"z" * 2100),
]
sources = st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join)
words = st.lists(st.sampled_from([b"2", b"3", b"12", b"opens", b"s-2", b"zz", b"\xff", b""]), max_size=3)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_links_of_fixture_pages_are_found_alike(path):
    arguments = (path.read_bytes(), [b"1", b"2"], [b"e", b"art"])
    assert twin.hrefs_naming(*arguments) == pagination.hrefs_naming(*arguments)


@settings(max_examples=800, deadline=None)
@given(sources, words, words)
def test_links_of_generated_sources_are_found_alike(source, numbers, tails):
    assert twin.hrefs_naming(source, numbers, tails) == pagination.hrefs_naming(source, numbers, tails)


@pytest.mark.parametrize("before", range(20))
def test_a_link_is_found_wherever_it_stands(before):
    source = b"h" * before + b'href="?2'
    assert twin.hrefs_naming(source, [b"2"], []) == [(before + 6, b"?2")]


TAGS = [b"<", b"<nav", b"<NAV", b"<Footer", b"footer", b"na", b"v", b"_", b"1", b"@", b"[", b" ", b">", b"\xff", b"/"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_tags_of_fixture_pages_are_found_alike(path):
    assert twin.tags_of(path.read_bytes(), 5) == navigation.tags_of(path.read_bytes(), 5)


@settings(max_examples=800, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=25).map(b"".join), st.integers(0, 4))
def test_tags_of_generated_sources_are_found_alike(source, most):
    assert twin.tags_of(source, most) == navigation.tags_of(source, most)


@pytest.mark.parametrize("code", range(256))
def test_a_name_ends_alike_before_every_byte(code):
    source = b"<nav" + bytes([code]) + b"<footer" + bytes([code]) + b"x"
    assert twin.tags_of(source, 9) == navigation.tags_of(source, 9)


@pytest.mark.parametrize("code", range(256))
def test_no_byte_is_taken_for_a_letter(code):
    source = b"<n" + bytes([code]) + b"v><" + bytes([code]) + b"av>"
    assert twin.tags_of(source, 9) == navigation.tags_of(source, 9)
