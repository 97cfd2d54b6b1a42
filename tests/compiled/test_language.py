"""The compiled reader of words finds those of the regular expression."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.fields import language
from tests.compiled.markup import MANY, REASON

twin = pytest.importorskip("scraper.compiled.language", reason=REASON)


@MANY
@given(st.text(max_size=40))
def test_words_of_generated_texts_are_found_alike(text):
    assert twin.words_of(text) == language.words_of(text)


@pytest.mark.parametrize("form", ["{0}", "a{0}B", "İ{0}1{0}"])
def test_every_character_parts_words_or_does_not(form):
    text = "".join(form.format(chr(code)) for code in range(0x110000))
    assert twin.words_of(text) == language.words_of(text)
