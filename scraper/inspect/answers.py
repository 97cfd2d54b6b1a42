"""Where a text that somebody misses is on the page: what the report's search box does, for the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.inspect.letters import grams_of, letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.inspect.inspection import Inspection, Place, ShownBlock

__all__ = ["Answer", "answer_to"]

_ENOUGH = 0.6
"""Share of what was asked for that a block must hold; this and what follows has its twin in report.js."""
_WITHIN = 0.8
"""Share of a block that must stand in what was asked for, where that is longer."""
_LEAST = 20
"""Letters of a block that may be found within a longer text."""
_FEW = 12
"""Letters below which a search is for the very letters."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a text."""

    blocks: tuple[ShownBlock, ...] = ()
    rescued: bool = False
    """It is in the article, but no block of the page: taken from metadata."""
    places: tuple[Place, ...] = ()
    """Where the source holds it unseen; only where no block does."""


def answer_to(text: str, inspection: Inspection) -> Answer:
    """Return where a page holds `text`, be it a paragraph, several, or a few words."""
    query = letters(text)
    if not query:
        return Answer()
    blocks = tuple(block for block in inspection.blocks if _holds(letters(block.verdict.text), query))
    if blocks:
        return Answer(blocks)
    if _any(query, (block.text for block in inspection.extraction.article.blocks or ())):
        return Answer(rescued=True)
    return Answer(places=tuple(place for place in inspection.hidden if _holds(letters(place.text), query)))


def _any(query: str, texts: Iterable[str]) -> bool:
    return any(_holds(letters(text), query) for text in texts)


def _holds(own: str, query: str) -> bool:
    if not own:
        return False
    if len(query) < _FEW:
        return query in own
    asked, mine = grams_of(query), grams_of(own)
    common = len(asked & mine)
    return common >= _ENOUGH * len(asked) or (len(own) >= _LEAST and common >= _WITHIN * len(mine))
