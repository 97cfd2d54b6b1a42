"""Texts compared by their letters and digits alone: what is pasted from a browser differs in spaces, quotes, case."""

from __future__ import annotations

import unicodedata

__all__ = ["grams_of", "letters"]

GRAM = 6
"""Letters of a run; report.js has the same number."""


def letters(text: str) -> str:
    """Return the letters and digits of a text in lower case, compatibility forms unified (NFKC)."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))


def grams_of(squeezed: str) -> set[str]:
    """Return all runs of `GRAM` letters; of a shorter text, the text."""
    return {squeezed[i : i + GRAM] for i in range(max(1, len(squeezed) - GRAM + 1))} if squeezed else set()
