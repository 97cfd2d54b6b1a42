"""The compiled counter of words counts those that the regular expression finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.fields import language
from tests.compiled.markup import MANY, REASON

twin = pytest.importorskip("scraper.compiled.language", reason=REASON)


WORDS = frozenset({"a", "ab", "é", "the", "作者", "i\u0307", "\ud800"})


@MANY
@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from([*sorted(WORDS), "A", "THE", "É", "İ", " ", "-", "1", ".", "»"]), max_size=20).map(
        "".join
    )
)
def test_words_of_generated_texts_are_counted_alike(text):
    assert twin.plain_counter(WORDS)(text) == language.plain_counter(WORDS)(text)


@pytest.mark.parametrize("form", ["{0}", "a{0}B", "İ{0}1{0}"])
@pytest.mark.parametrize("without", ["", "\u0130\u03a3"], ids=["all", "no sigma"])
def test_every_character_parts_words_or_does_not(form, without):
    text = "".join(form.format(chr(code)) for code in range(0x110000)).translate(dict.fromkeys(map(ord, without)))
    words = frozenset(language.words_of(text[:100_000]))
    assert twin.plain_counter(words)(text) == language.plain_counter(words)(text)


@pytest.mark.parametrize("odd", [None, b"a", ["a"], frozenset({None}), frozenset({b"a"})])
def test_what_is_no_set_of_words_is_refused(odd):
    with pytest.raises(TypeError):
        twin.plain_counter(odd)


@pytest.mark.parametrize("odd", [None, b"a", 3])
def test_what_is_no_text_is_refused(odd):
    with pytest.raises(TypeError):
        twin.plain_counter(WORDS)(odd)
