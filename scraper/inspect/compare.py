"""What another extractor keeps of the same page, told block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.body.opinions.by_trafilatura import text_of
from scraper.inspect.inspection import Comparison
from scraper.inspect.letters import grams_of, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["OTHERS", "compared"]

OTHERS = {"trafilatura": text_of}
"""Who can be compared with: a name and a function from the page in UTF-8 to text, a block a line."""
_HAS = 0.6
"""Share of a block's runs of letters that the other text must hold."""
_LEAST = 4
"""Letters; less is told by neither text."""
_SHORT = 24
"""Letters; a shorter block must be a line of the other text, since it may stand inside any sentence."""


def compared(name: str, source: bytes, texts: Sequence[str]) -> tuple[Comparison, list[bool | None]]:
    """Return the comparison, and for each text whether the other extractor has it.

    Args:
        name: one of `OTHERS`.
        source: the page in UTF-8.
        texts: the texts of its blocks.

    """
    theirs = OTHERS[name](source) or ""
    grams = grams_of(letters(theirs))
    lines = [letters(line) for line in theirs.splitlines()]
    page = letters(" ".join(texts))
    strangers = tuple(
        line for line, own in zip(theirs.splitlines(), lines, strict=True) if len(own) >= _LEAST and own not in page
    )
    short = set(lines)
    return Comparison(name, len(theirs.split()), strangers), [_has(letters(text), short, grams) for text in texts]


def _has(own: str, lines: set[str], grams: set[str]) -> bool | None:
    if len(own) < _LEAST:
        return None
    if own in lines or len(own) < _SHORT:
        return own in lines
    mine = grams_of(own)
    return len(mine & grams) >= _HAS * len(mine)
