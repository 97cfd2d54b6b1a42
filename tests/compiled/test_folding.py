"""The compiled form in which texts are compared is the plain one's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.fields import values
from tests.compiled.markup import MANY, REASON

twin = pytest.importorskip("scraper.compiled.folding", reason=REASON)


@pytest.mark.parametrize(
    "text", [None, "", " ", "_", "A", "Ab-c_D!", "ÉCOLE «No 5»", "STRAẞE", "İ", "x" * 2_000, "“é ” " * 900, "\ud800A"]
)
def test_texts_are_folded_alike(text):
    assert twin.folded(text) == values.folded(text)


@MANY
@given(st.text(max_size=30))
def test_generated_texts_are_folded_alike(text):
    assert twin.folded(text) == values.folded(text)


def test_every_character_is_folded_alike():
    characters = "".join(f"a{chr(code)}Z " for code in range(0x110000))
    assert twin.folded(characters) == values.folded(characters)
