"""Word count, hash and SimHash of a text."""

from __future__ import annotations

import hashlib
import re
import struct
from functools import cache
from itertools import pairwise
from zlib import crc32

__all__ = ["simhash", "text_hash", "word_count"]

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, kana and Han: written without spaces between words."""
_SPREAD = 0x9E3779B97F4A7C15
"""2**64 divided by the golden ratio (Knuth, TAOCP 3, 6.4): spreads a 32-bit checksum over 64 bits."""
_MASK = (1 << 64) - 1
_LANE = 24
"""Bits of one counter: no text has more words than fit."""
_MAX_FEATURES = 100_000
_HUGE = 1_000_000
"""Characters; a word that stands across two pieces counts twice."""


def word_count(text: str) -> int:
    """Return the number of words; in scripts without spaces, two characters count as one."""
    if len(text) > _HUGE:  # in pieces: a list of millions of words would take ten times the memory of the text
        return sum(word_count(text[at : at + _HUGE]) for at in range(0, len(text), _HUGE))
    if text.isascii():
        return len(_WORD.findall(text))
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text) if unspaced else text)) + (unspaced + 1) // 2


def text_hash(text: str) -> str:
    """Return the first 16 hex digits of the sha256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def simhash(text: str) -> str | None:
    """Return the 64-bit SimHash (Charikar 2002) of a text's words as 16 hex digits; None for an empty text.

    Near-duplicates differ in few bits. In scripts without spaces, pairs of characters stand for words.
    """
    words = _WORD.findall(text[: _MAX_FEATURES * 20].lower())[:_MAX_FEATURES]
    if not text.isascii() and _UNSPACED.search(text):
        words = [pair for w in words for pair in (map("".join, pairwise(w)) if _UNSPACED.match(w) else [w])]
        words = words[:_MAX_FEATURES]
    if not words:
        return None
    hashes = [crc32(w.encode("utf-8", "replace")) * _SPREAD & _MASK for w in words]
    data = struct.pack(f"<{len(hashes)}Q", *hashes)
    lanes = _lanes()
    half = len(hashes) / 2
    result = 0
    for position in range(8):
        # eight counters in one integer: adding the table's entries counts all bits of a byte at once
        total = sum(map(lanes.__getitem__, data[position::8]))
        for bit in range(8):
            if (total >> (bit * _LANE)) & ((1 << _LANE) - 1) > half:
                result |= 1 << (position * 8 + bit)
    return f"{result:016x}"


@cache
def _lanes() -> tuple[int, ...]:
    return tuple(sum(1 << (bit * _LANE) for bit in range(8) if byte >> bit & 1) for byte in range(256))
