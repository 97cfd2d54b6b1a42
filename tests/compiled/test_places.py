"""The compiled search for words in attributes finds what the plain one does."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.metadata import places
from scraper.page.page import page_of

twin = pytest.importorskip("scraper.compiled.places", reason="the extension was not built")

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").glob("*/page.html"))
WORDS = ("author", "byline", "by", "aut", " property=", "story__", "caption", 'rel="tag', "yl")
WANTED = frozenset(("p", "img", "time"))

sources = st.lists(
    st.lists(st.sampled_from([*WORDS, "b", "y", " ", "-", "É", "İ", "\ud800", "AUTHOR", "x"]), max_size=8).map("".join),
    max_size=12,
)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_fixture_pages_are_indexed_alike(path):
    snapshot = page_of(path.read_bytes()).snapshot
    wanted = places._TAGS
    assert twin.index_of(snapshot.tags, snapshot.sources, wanted) == places.index_of(
        snapshot.tags, snapshot.sources, wanted
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from(["p", "img", "div"]), max_size=9), sources)
def test_generated_elements_are_indexed_alike(tags, attributes):
    assert twin.index_of(tags, attributes, WANTED) == places.index_of(tags, attributes, WANTED)


@settings(max_examples=500, deadline=None)
@given(sources, st.permutations(WORDS), st.integers(-1, 13), st.integers(-1, 13))
def test_generated_words_are_found_alike(attributes, words, low, high):
    _, text, ends = places.index_of([], attributes, WANTED)
    low = min(low, len(ends))
    found, expected = (find(text, ends, tuple(words), low, high) for find in (twin.words_within, places.words_within))
    assert list(found.items()) == list(expected.items())


@settings(max_examples=500, deadline=None)
@given(sources, st.permutations(WORDS), st.integers(0, len(WORDS)))
def test_generated_elements_are_named_alike(attributes, words, count):
    _, text, ends = places.index_of([], attributes, WANTED)
    found, expected = (
        find(text, ends, tuple(words[:count])) for find in (twin.elements_naming, places.elements_naming)
    )
    assert list(found.items()) == list(expected.items())


@pytest.mark.parametrize("words", [("author", "byline", "caption"), places._MARKS, ("ab", "rel=", "x" * 90)])
def test_words_of_any_length_are_found_at_both_ends(words):
    attributes = [f"{word}{'-' * k}{word}" for word in words for k in (0, 1, 7, 300)]
    _, text, ends = places.index_of([], attributes, WANTED)
    assert twin.elements_naming(text, ends, words) == places.elements_naming(text, ends, words)


@pytest.mark.parametrize("shortest", [2, 3, 4])
@settings(max_examples=300, deadline=None)
@given(attributes=st.lists(st.text("abt", max_size=40), max_size=9), data=st.data())
def test_many_words_are_found_alike_whatever_the_shortest(shortest, attributes, data):
    _, text, ends = places.index_of([], attributes, WANTED)
    words = tuple(data.draw(st.lists(st.text("abt", min_size=shortest, max_size=6), min_size=7, max_size=12)))
    found, expected = (find(text, ends, words, 0, 9) for find in (twin.words_within, places.words_within))
    assert list(found.items()) == list(expected.items())


@pytest.mark.parametrize("word", ["", "x", "é?"])
def test_words_that_cannot_be_looked_for_are_refused(word):
    with pytest.raises(ValueError, match="not a word"):
        twin.words_within("abc", array("q", [3]), (word,), 0, 0)


@pytest.mark.parametrize("ends", [array("q", [99]), array("q", [99, 3]), array("q", [-1, 3]), array("i", [3])])
def test_ends_of_other_attributes_are_refused(ends):
    with pytest.raises(ValueError, match="ends"):
        twin.words_within("abc", ends, ("ab",), len(ends) // 2, len(ends) // 2)
