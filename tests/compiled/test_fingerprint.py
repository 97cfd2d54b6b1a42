"""The compiled word count and SimHash are the plain ones, to the last bit."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.fields import fingerprint

twin = pytest.importorskip("scraper.compiled.fingerprint", reason="the extension was not built")

PIECES = st.sampled_from(
    ("the", "tide", "mill's", "o’clock", "well-known", "'", "’", "-", "--", "_", "x²", "é", "straße", "лента", "ﬁn", "𝔘𝔫𝔦", "🙂", "\ud800", " ", "\n", ".", "١٢", "\u0301", "i\u0307", "ΟΔΟΣ", "ÉTÉ")
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES, max_size=60).map(" ".join))
MOST = 100_000


@given(TEXTS)
@example("")
@example("-'’")
@example("a'-b -c d- e''f")
def test_a_text_has_the_same_words_and_hash(text):
    text = text.replace("\u0130", "")  # `count_and_simhash` asks neither
    assert twin.counted_words(text, MOST) == fingerprint.counted_words(text, MOST)


@given(st.lists(PIECES, max_size=60).map(" ".join), st.integers(0, 30))
def test_only_the_first_words_are_hashed(text, most):
    assert twin.counted_words(text, most) == fingerprint.counted_words(text, most)


@pytest.mark.parametrize("count", [1, 254, 255, 256, 510, 511, 70_000])
def test_counters_of_a_byte_do_not_overflow(count):
    text = " ".join(["tide", *["mill"] * count, *(f"word{number}" for number in range(count % 7))])
    assert twin.counted_words(text, MOST) == fingerprint.counted_words(text, MOST)


@pytest.mark.parametrize("without", ["\u0130", "\u0130\u03a3"], ids=["sigma", "no sigma"])
def test_every_character_is_a_letter_or_none_in_both(without):
    text = fingerprint._UNSPACED.sub("", " ".join(map(chr, range(0x110000))))
    text = text.translate(dict.fromkeys(map(ord, without)))
    assert twin.counted_words(text, len(text)) == fingerprint.counted_words(text, len(text))


@pytest.mark.parametrize("before", ["", "a"])
def test_the_same_scripts_part_no_words(before):
    texts = [before + chr(code) for code in range(0x10000)]
    assert [t for t in texts if twin.counted_words(t, 1) is None] == list(filter(fingerprint._has_unspaced, texts))
