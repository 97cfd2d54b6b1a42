"""Words that are looked for: in many short texts, whatever their case, and in the bytes of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.compiled import fastest
from scraper.page.letters import lower_case

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["finder", "places_in", "places_of", "plain_finder"]


def plain_finder(*words: str) -> Callable[[str], bool]:
    """Return a function that tells whether a text in lower case has one of the words, in lower case, anywhere in it.

    Raises ValueError for an empty word.
    """
    if not all(words):
        raise ValueError("an empty word is in every text")

    def finds(text: str) -> bool:
        lower = lower_case(text)
        return any([word in lower for word in words])  # noqa: C419  # quicker

    return finds


def places_of(word: bytes, source: bytes) -> list[int]:
    """Return where a word stands in bytes; raises ValueError for an empty one."""
    if not word:
        raise ValueError("an empty word is everywhere")
    found = []
    at = source.find(word)
    while at >= 0:
        found.append(at)
        at = source.find(word, at + 1)
    return found


finder = fastest(plain_finder, "words")
places_in = fastest(places_of, "words")
