"""What stands in the page twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.body.blocks.segment import TextBlock
    from scraper.body.decisions.outline import Outline

__all__ = ["SAME", "drop_repeats", "drop_whole_copies", "is_whole_copy"]

SAME = 40
"""Characters; a text of this length or more that comes again is looked at."""
_COPY = 6
"""Blocks in a row that stand in the page before: the article again (for a phone, for printing)."""
_MOST_OF_IT = 1 / 3
"""Share of all kept characters; where as much comes again at one distance, that is a copy, too, with gaps or not."""
_WHOLE = 600
"""Characters of a block that may hold the text of others: the article once more, for reading aloud or behind a wall."""
_PART = 0.25
"""Share of all kept characters that such a block has: with it, hardly more than four blocks are looked at."""
_COVERED = (0.9, 1.05)
"""Share of such a block that the others' texts make up."""
_LIKELY = 0.5
"""A block that comes again and scores less goes, as one that stands alone would."""


def drop_repeats(blocks: list[TextBlock], outline: Outline, scores: Sequence[float], kept: list[bool]) -> None:
    """Drop second copies: of the text before it, and of whole stretches; a line that returns now and then stays.

    Of 290 repeats on 1,662 annotated pages outside of such stretches, the annotators kept 182 (a note below each of
    several courses, pros and cons); of 319 inside, one.
    """
    order = [i for i, keep in enumerate(kept) if keep]
    texts = [blocks[i].text for i in order]
    seen: dict[str, int] = {}
    twins = {
        position: before
        for position, text in enumerate(texts)
        if len(text) >= SAME and (before := seen.setdefault(text, position)) != position
    }
    if not twins:
        return
    moved: Counter[int] = Counter()
    for position, before in twins.items():
        moved[order[position] - order[before]] += len(texts[position])
    much = sum(map(len, texts)) * _MOST_OF_IT
    done = 0
    for position, before in twins.items():
        if position < done:
            continue
        i = order[position]
        if before == 0 and position == 1:
            differ = outline.kin[order[0]] != outline.kin[i]
            kept[order[0] if differ else i] = False  # a standfirst that repeats the first paragraph goes
            continue
        first, done = _stretch(texts, before, position, done)
        again = moved[i - order[before]] >= much or done - first >= _COPY
        again = again or texts[position - 1] == texts[position]
        for k in range(first, done):
            if again or (k in twins and scores[order[k]] < _LIKELY):
                kept[order[k]] = False


def _stretch(texts: list[str], before: int, position: int, done: int) -> tuple[int, int]:
    """Return the range around `position`, not before `done`, that repeats what stands around `before`."""
    first = position
    while first > done and before - (position - first) > 0 and texts[first - 1] == texts[before - position + first - 1]:
        first -= 1
    end = position + 1
    while end < len(texts) and before + end - position < first and texts[end] == texts[before + end - position]:
        end += 1
    return first, end


def drop_whole_copies(blocks: list[TextBlock], kept: list[bool]) -> None:
    """Drop blocks that are other kept blocks in a row, two at least: the parts stay, which have their structure.

    Out of fold on 2,081 pages: 2 right, 0 wrong.
    """
    least = _least(blocks, kept)
    for i, keep in enumerate(kept):
        if keep and len(blocks[i].text) >= least and _is_made_of(i, blocks, kept):
            kept[i] = False


def is_whole_copy(i: int, blocks: list[TextBlock], kept: list[bool]) -> bool:
    """Whether the text of block `i`, which was dropped, is that of kept blocks."""
    return len(blocks[i].text) >= _least(blocks, kept) and _is_made_of(i, blocks, kept)


def _least(blocks: list[TextBlock], kept: list[bool]) -> float:
    return max(_WHOLE, _PART * sum([len(block.text) for block, keep in zip(blocks, kept, strict=True) if keep]))


def _is_made_of(i: int, blocks: list[TextBlock], kept: list[bool]) -> bool:
    text = blocks[i].text
    parts = [
        len(other.text)
        for k, other in enumerate(blocks)
        if kept[k] and k != i and SAME <= len(other.text) < len(text) and other.text in text
    ]
    return len(parts) > 1 and _COVERED[0] <= sum(parts) / len(text) <= _COVERED[1]
