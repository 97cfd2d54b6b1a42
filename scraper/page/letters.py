"""Letters of a text."""

from __future__ import annotations

__all__ = ["lower_case"]


def lower_case(text: str) -> str:
    """Return text in lower case, every letter in its place: U+0130, two characters in lower case, becomes "i"."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.replace("\u0130", "i").lower()
