"""The compiled escaping of text and of its spans writes what the plain one writes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.model.body import Span
from scraper.render import inline_html as plain
from tests.compiled.markup import MANY, REASON

twin = pytest.importorskip("scraper.compiled.inline_html", reason=REASON)

URL = "https://news.example/a?b=1&c=2"
PIECES = st.sampled_from(
    [*'<>&"ab \t\n\r\x00\x07\x0b\x0c\x1f\x7f\x80\xa0é字😀\ud800\udfff\ue000\u2028', "\r\n", "\r\x07\n", "&amp;", "<p>"]
)
TEXTS = st.lists(PIECES, max_size=20).map("".join)
PLACES = st.tuples(
    st.integers(-3, 24), st.integers(-2, 9), st.sampled_from(["link", "strong", "emphasis", "code"]), st.booleans()
)


@st.composite
def marked(draw):
    """Return spans that mostly follow one another."""
    places = draw(st.lists(PLACES, max_size=5))
    match draw(st.integers(0, 2)):
        case 0:
            places.sort()
        case 1:  # outer before inner
            places.sort(key=lambda place: (place[0], -place[1]))
    return tuple(
        Span(start=at, end=at + size, kind=kind, url=(URL if safe else "javascript:x") if kind == "link" else None)
        for at, size, kind, safe in places
    )


@given(TEXTS)
@example("")
@MANY
def test_text_is_escaped_alike(text):
    assert (twin.escape(text), twin.plain(text)) == (plain.escape(text), plain.plain(text))


@given(TEXTS, marked())
@MANY
def test_spans_are_written_alike(text, spans):
    assert twin.inline(text, spans) == plain.inline(text, spans)


@pytest.mark.parametrize("letter", ["e", "é", "字", "😀"])
def test_each_width_of_characters_is_written(letter):
    text = f'{letter}<{letter}>&"\n{letter}\x00' * 3
    spans = (Span(start=1, end=4, kind="strong"), Span(start=4, end=9, kind="link", url=f"{URL}&d={letter}"))
    assert twin.inline(text, spans) == plain.inline(text, spans)


def test_text_without_anything_to_escape_is_not_copied():
    text = "A line of text, and no more"
    assert twin.plain(text) is text


def test_a_span_of_numbers_beyond_all_memory_is_clipped():
    spans = (Span(start=2, end=2**62, kind="strong"),)
    assert twin.inline("abcd", spans) == plain.inline("abcd", spans) == "ab<strong>cd</strong>"


@pytest.mark.parametrize("wrong", [None, b"x", 5])
def test_what_is_no_text_is_refused(wrong):
    for function in (twin.escape, twin.plain, lambda text: twin.inline(text, ())):
        with pytest.raises(TypeError):
            function(wrong)
