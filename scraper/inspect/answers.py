"""Where a text that somebody misses is on the page: what the report's search box does, for the terminal and `why`."""

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
_NEAR = 0.5
"""Share of the words asked for that the nearest block must have, where none holds the text."""
_FEWEST_WORDS, _SHORTEST_WORD = 3, 4
_MOST_WHOLE = 50
"""Blocks in which others are looked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a text."""

    blocks: tuple[ShownBlock, ...] = ()
    rescued: bool = False
    """It is in the article, but no block of the page: taken from metadata."""
    places: tuple[Place, ...] = ()
    """Where the source holds it unseen; only where no block does."""
    nearest: ShownBlock | None = None
    """The block that has most of its words; only where it is nowhere."""


def answer_to(text: str, inspection: Inspection) -> Answer:
    """Return where a page holds `text`, be it a paragraph, several, or a few words."""
    query = letters(text)
    if not query:
        return Answer()
    held = [(block, letters(block.verdict.text)) for block in inspection.blocks]
    found = [(block, own) for block, own in held if _holds(own, query)]
    if found:
        return Answer(_telling(found, query))
    if _any(query, (block.text for block in inspection.extraction.article.blocks or ())):
        return Answer(rescued=True)
    places = tuple(place for place in inspection.hidden if _holds(letters(place.text), query))
    return Answer(places=places, nearest=None if places else _nearest(inspection.blocks, text))


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


def _telling(found: list[tuple[ShownBlock, str]], query: str) -> tuple[ShownBlock, ...]:
    """Return those that hold the very letters; else all but links and teasers, whose words stand in another of them."""
    exact = tuple(block for block, own in found if query in own)
    if exact:
        return exact
    asked = grams_of(query)
    grams = [grams_of(own) for _, own in found]
    holds = [len(asked & mine) >= _ENOUGH * len(asked) for mine in grams]
    whole = [mine for mine, enough in zip(grams, holds, strict=True) if enough][:_MOST_WHOLE]
    return tuple(
        block
        for (block, _), mine, enough in zip(found, grams, holds, strict=True)
        if enough or not any(len(mine & other) >= _WITHIN * len(mine) for other in whole)
    )


def _nearest(blocks: Iterable[ShownBlock], text: str) -> ShownBlock | None:
    """Return the block that has most of the words of a text: a typo, or a sentence that was rewritten since."""
    asked = _words(text)
    if len(asked) < _FEWEST_WORDS:
        return None
    shares = [(len(asked & _words(block.verdict.text)) / len(asked), block) for block in blocks]
    share, best = max(shares, key=lambda one: one[0], default=(0.0, None))
    return best if share >= _NEAR else None


def _words(text: str) -> set[str]:
    return {word for word in map(letters, text.split()) if len(word) >= _SHORTEST_WORD}
