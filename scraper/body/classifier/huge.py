"""Scores for pages of tens of thousands of blocks, where looking around each block would take too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.body.text_lines import END

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock

__all__ = ["MOST_BLOCKS", "plain_scores"]

MOST_BLOCKS = 8_000
"""Blocks that are scored one by one; of 1,200 pages of the benchmark sets the largest has 2,603."""
_SENTENCE = 40
"""Characters from which a text that ends like a sentence is taken for one."""
_LONG = 80
_TAIL = 8
"""Characters at the end of a text that show how it ends."""


def plain_scores(blocks: list[TextBlock]) -> list[float]:
    """Return a score for each block from its own text alone: sentences without links are in, the rest is out."""
    scores = []
    for block in blocks:
        size = len(block.text)
        if block.link_chars * 2 >= size:
            scores.append(0.05)
        elif size >= _SENTENCE and END.search(block.text[-_TAIL:]):
            scores.append(0.9)
        else:
            scores.append(0.6 if size >= _LONG else 0.1)
    return scores
