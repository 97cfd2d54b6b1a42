"""The compiled cleaner of values returns what the plain one does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.fields.values import cleaned
from tests.compiled.markup import REASON

twin = pytest.importorskip("scraper.compiled.cleaning", reason=REASON)

PARTS = [
    "a",
    "B",
    " ",
    "  ",
    "\n",
    "\t",
    "\xa0",
    "\xad",
    "é",
    "作",
    "😀",
    "&amp;",
    "&",
    "<",
    "<b>",
    ">",
    "\x7f",
    "\x00",
    "\ud800",
    "\u3000",
]


class Text(str):
    __slots__ = ()


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join), st.integers(0, 14))
def test_generated_values_are_cleaned_alike(value, limit):
    assert twin.quickly(cleaned)(value, limit) == cleaned(value, limit)


@pytest.mark.parametrize(
    "value", [None, 3, b"a", ["a"], "", " ", " " * 50_000, "a" * 5_001, " a" * 3_000, "a" + " " * 30_000, Text(" a ")]
)
def test_odd_values_are_cleaned_alike(value):
    assert twin.quickly(cleaned)(value) == cleaned(value)


def test_a_clean_text_is_not_copied():
    text = "Harbour opens again"
    assert twin.quickly(cleaned)(text) is text
