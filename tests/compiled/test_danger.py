"""The compiled walk for hazards adds up what the plain one does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.page import open_elements

twin = pytest.importorskip("scraper.compiled.danger", reason="the extension was not built")

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").glob("*/page.html"))
NAMES = (
    "p div a b i em code font small li ul dd dt option optgroup table tr td th button br img html body svg nobr x-y q"
)
RAW = "script style textarea title xmp iframe noembed noframes"
ATTRIBUTES = ("", " x", ' class="a > b"', " href='/a\">'", " x=1 y", "/", ' x="', " a='")
ODD = (
    "<!-- a > b -->",
    "<!-->",
    "<!--->",
    "<!-- x --!>",
    "<!-- open",
    "<!doctype html>",
    "<?xml ?>",
    "</ >",
    "</3>",
    "<3",
    "<",
)
TEXTS = ("text", " ", "", "\n", "&amp; <", "'\"", "é\xff")


def costs(html):
    walk = open_elements._Walk()
    verdict = walk.danger(html)
    return verdict, walk.steps, walk.reopened, walk.options, walk.merged, len(walk.open), len(walk.formatting)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_fixture_pages_cost_the_same(path):
    html = path.read_bytes()
    assert twin.costs(html) == costs(html)


starts = st.builds(
    "<{}{}>".format, st.sampled_from(f"{NAMES} {NAMES.upper()} {RAW}".split()), st.sampled_from(ATTRIBUTES)
)
ends = st.builds("</{}{}>".format, st.sampled_from(f"{NAMES} {RAW} {RAW.upper()}".split()), st.sampled_from(ATTRIBUTES))
markup = st.lists(starts | ends | st.sampled_from(ODD) | st.sampled_from(TEXTS), max_size=120).map("".join)


@settings(max_examples=400, deadline=None)
@given(markup, st.integers(1, 12))
def test_generated_markup_costs_the_same(text, times):
    html = (text * times).encode("latin-1")
    assert twin.costs(html) == costs(html)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([b"<", b">", b"/", b"!", b"-", b"a", b"B", b"'", b'"', b" ", b"\n", b"=", b"\x00"]), max_size=80
    )
)
def test_any_bytes_cost_the_same(pieces):
    html = b"".join(pieces)
    assert twin.costs(html) == costs(html)


@pytest.mark.parametrize(
    "html",
    [
        b"<div>" * 100_001,
        b"".join(b"<p><b x=%d>" % number for number in range(2_000)),
        b"<option>" * 15_001,
        b"<html" + b" a" * 10_001 + b">",
        b"<div" + b" a=1" * 10_001 + b">",
        b"</x>" * 20_000 + b"<div>" * 30_000 + b"</y>" * 20_000,
    ],
    ids=["nesting", "formatting", "options", "attributes-of-html", "attributes", "ends"],
)
def test_what_wedges_the_parser_is_found_alike(html):
    assert (twin.danger(html), twin.danger(html) is None) == (open_elements.danger(html), False)
