"""The compiled finder of words finds what the plain one does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.page.words import places_of, plain_finder

twin = pytest.importorskip("scraper.compiled.words", reason="the extension was not built")

PARTS = [
    "by",
    " by",
    "BY",
    "b",
    "y",
    ":",
    "：",
    "©",
    "copyright",
    "COPY",
    "right",
    "é",
    "É",
    "İ",
    "i",
    "\u0307",
    "作者",
    "\ud800",
]
PARTS += ["Σ", "σ", "ς", "K", "k", "ß", "ẞ", "😀", "", " ", "\0", "Ā", "ā", "A"]

texts = st.lists(st.sampled_from(PARTS), max_size=9).map("".join)
words = st.lists(texts.map(str.lower).filter(bool), max_size=5)


@settings(max_examples=1000, deadline=None)
@given(words, texts)
def test_generated_words_are_found_alike(words, text):
    assert twin.plain_finder(*words)(text) is plain_finder(*words)(text)


@pytest.mark.parametrize("text", ["", "b", "by", "Written BY", "b" * 300 + "y", "\u0130by", "y\u0130", "作者\u0130by"])
def test_odd_texts_are_read_alike(text):
    assert twin.plain_finder("by", "i")(text) is plain_finder("by", "i")(text)


@pytest.mark.parametrize("make", [twin.plain_finder, plain_finder])
def test_an_empty_word_is_refused(make):
    with pytest.raises(ValueError, match="empty word"):
        make("by", "")


@pytest.mark.parametrize("odd", [None, b"by", 3])
def test_what_is_no_text_is_refused(odd):
    with pytest.raises((TypeError, AttributeError)):
        twin.plain_finder("by")(odd)


@pytest.mark.parametrize("odd", [b"by", 3])
def test_what_is_no_word_is_refused(odd):
    with pytest.raises(TypeError):
        twin.plain_finder(odd)


def test_every_capital_is_found_as_its_small_letter():
    capitals = [
        chr(code) for code in range(0x110000) if len(chr(code).lower()) == 1 and chr(code).lower() != chr(code) != "Σ"
    ]
    assert [c for c in capitals if not twin.plain_finder("é" + c.lower())("aé" + c)] == []


def test_every_character_that_is_no_capital_is_found_as_it_is():
    others = [chr(code) for code in range(0x110000) if chr(code).lower() == chr(code)]
    assert [c for c in others if not twin.plain_finder("é" + c)("aé" + c)] == []


@settings(max_examples=500, deadline=None)
@given(st.text("ab<", min_size=1, max_size=3), st.text("ab<", max_size=400))
def test_places_of_a_word_are_found_alike(word, text):
    assert twin.places_of(word.encode(), text.encode()) == places_of(word.encode(), text.encode())


@pytest.mark.parametrize("find", [twin.places_of, places_of])
def test_places_of_no_word_are_refused(find):
    with pytest.raises(ValueError, match="empty word"):
        find(b"", b"text")
