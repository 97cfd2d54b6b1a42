"""Words that are looked for in many short texts, whatever their case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.compiled import fastest
from scraper.page.letters import lower_case

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["finder", "plain_finder"]


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


finder = fastest(plain_finder, "words")
