"""The compiled text without numbers is the plain one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.sites.fingerprints import numberless
from tests.compiled.markup import MANY, REASON

twin = pytest.importorskip("scraper.compiled.numberless", reason=REASON)
PIECES = st.sampled_from([*" \t\n\x0b\x1c\x85\xa0\u2028\u3000", *"019٣७²½Ⅷ𝟘𝟗", "a", "é", "字", "😀", "\ud800", "word"])


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=30))
@example("")
@example(" 1 2\n\n34x5 ")
@MANY
def test_whatever_text(text):
    assert twin.numberless(text) == numberless(text)


def test_every_character_of_the_first_planes():
    """Between letters: what is white space or a digit to one is so to the other."""
    differ = [
        code
        for code in range(0x20000)
        if twin.numberless(f"a{chr(code)}{chr(code)}b") != numberless(f"a{chr(code)}{chr(code)}b")
    ]
    assert not differ
