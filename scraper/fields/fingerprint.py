"""Word count, hash and SimHash of a text."""

from __future__ import annotations

import hashlib
import re
import sys
from array import array
from itertools import pairwise
from zlib import crc32

from scraper.compiled import fastest

__all__ = ["count_and_simhash", "counted_words", "simhash", "text_hash", "word_count"]

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
"""Not possessive, though nothing is to be gained by stepping back: Python up to 3.11.4 loses words then (gh-106052)."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, kana and Han: written without spaces between words."""
_SPREAD = 0x9E3779B97F4A7C15
"""2**64 divided by the golden ratio (Knuth, TAOCP 3, 6.4): spreads a 32-bit checksum over 64 bits."""
_STRIDE = 16
"""Bytes of a lane: the product of a checksum and `_SPREAD` has 12, of which the low 8 are the hash."""
_MAX_FEATURES = 100_000
_MAX_SIMHASH = 20 * _MAX_FEATURES
"""Characters that the SimHash reads."""
_LONGER_IN_LOWER_CASE = "\u0130"
"""The one letter that is two characters in lower case (SpecialCasing.txt), the second of them no letter."""
_HUGE = 1_000_000
"""Characters; a word that stands across two pieces counts twice."""


def word_count(text: str) -> int:
    """Return the number of words; in scripts without spaces, two characters count as one."""
    if len(text) > _HUGE:  # in pieces: a list of millions of words would take ten times the memory of the text
        return sum(word_count(text[at : at + _HUGE]) for at in range(0, len(text), _HUGE))
    if not _has_unspaced(text):
        return len(_WORD.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (len(_UNSPACED.findall(text)) + 1) // 2


def text_hash(text: str) -> str:
    """Return the first 16 hex digits of the sha256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def simhash(text: str) -> str | None:
    """Return the 64-bit SimHash (Charikar 2002) of a text's words as 16 hex digits; None for an empty text.

    Near-duplicates differ in few bits. In scripts without spaces, pairs of characters stand for words.
    """
    words = _WORD.findall(text[:_MAX_SIMHASH].lower())[:_MAX_FEATURES]
    if _has_unspaced(text):
        words = [pair for w in words for pair in (map("".join, pairwise(w)) if _UNSPACED.match(w) else [w])]
        words = words[:_MAX_FEATURES]
    return _simhash(words)


def count_and_simhash(text: str) -> tuple[int, str | None]:
    """Return (`word_count(text)`, `simhash(text)`) for the price of one where the script parts its words."""
    if len(text) <= _HUGE and _LONGER_IN_LOWER_CASE not in text:
        counted = _counted_words(text, _MAX_FEATURES)
        if counted is not None:
            return counted
    return word_count(text), simhash(text)


def counted_words(text: str, most: int) -> tuple[int, str | None] | None:
    """Return (number of words of a text, SimHash of its first `most` in lower case, or None without any).

    None where the text holds a script that is written without spaces between words.
    """
    if _has_unspaced(text):
        return None
    words = _WORD.findall(text.lower())
    return len(words), _simhash(words[:most])


def _has_unspaced(text: str) -> bool:
    return not text.isascii() and _UNSPACED.search(text) is not None


def _simhash(words: list[str]) -> str | None:
    """Return the majority of each bit of the words' hashes; all bits of a kind are counted in one long integer."""
    count = len(words)
    if not count:
        return None
    # no word holds a line end: joined, they are encoded at once
    sums = array("I", map(crc32, "\n".join(words).encode("utf-8", "replace").split(b"\n")))
    if sys.byteorder == "big":
        sums.byteswap()
    hashes = _spread(sums.tobytes(), count)
    ones = int.from_bytes(b"\1" * count, "little")
    result = 0
    for position in range(8):
        column = int.from_bytes(hashes[position::_STRIDE], "little")
        for bit in range(8):
            if 2 * ((column >> bit) & ones).bit_count() > count:
                result |= 1 << (position * 8 + bit)
    return f"{result:016x}"


def _spread(sums: bytes, count: int) -> bytes:
    """Return each 32-bit checksum times `_SPREAD`, 16 bytes a product: one long multiplication does all."""
    lanes = bytearray(_STRIDE * count)
    for byte in range(4):
        lanes[byte::_STRIDE] = sums[byte::4]
    return (int.from_bytes(lanes, "little") * _SPREAD).to_bytes(_STRIDE * (count + 1), "little")


_counted_words = fastest(counted_words, "fingerprint")
