"""The page as text: a list item for each block, coloured by its verdict; runs of site furniture folded away."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from scraper.inspect.reasons import meaning_of, short_reason
from scraper.render.document import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scraper.inspect.inspection import Inspection, ShownBlock

__all__ = ["minimap", "page_view"]

_FOLDED = 6
"""As many short dropped blocks in a row are folded: menus, tags, lists of links."""
_SHORT = 120
"""Characters of a block that may be folded."""
_SURE = 0.1
"""Score up to which a block may be folded: a doubtful one is always in sight."""
_MAP_WIDTH = 1000
_LEAST_CHARS = 24
"""Characters that a block counts for in the map, at least: a line takes a line's room."""
_SHOWN = 100_000
"""Characters of one block that are shown."""

Numbered = tuple[int, "ShownBlock"]


def page_view(inspection: Inspection) -> str:
    """Return the page's blocks as list items."""
    parts = []
    for foldable, run in groupby(enumerate(inspection.blocks), key=lambda one: _foldable(one[1])):
        blocks = list(run)
        rows = "\n".join(_row(number, block, inspection) for number, block in blocks)
        parts.append(_folded(blocks, rows) if foldable and len(blocks) >= _FOLDED else rows)
    return "\n".join(parts)


def _foldable(block: ShownBlock) -> bool:
    verdict = block.verdict
    telling = bool(block.theirs) or bool(block.uses)
    return not verdict.kept and not telling and verdict.score <= _SURE and len(verdict.text) <= _SHORT


def _folded(blocks: Sequence[Numbered], rows: str) -> str:
    reasons = Counter(block.verdict.reason.rstrip("0123456789. ") for _, block in blocks)
    why = ", ".join(f"{count} × {reason}" for reason, count in reasons.most_common(3))
    first = " · ".join(block.verdict.text for _, block in blocks)[:_SHORT]
    return (
        f'<li class="fold"><details><summary><b>{len(blocks)} short lines dropped</b> <span>{safe(why)}</span>'
        f'<em dir="auto">{safe(first)} …</em></summary><ol>\n{rows}\n</ol></details></li>'
    )


def _row(number: int, block: ShownBlock, inspection: Inspection) -> str:
    verdict = block.verdict
    state = block.state
    classes = [state, *(["unsure"] if block.unsure else [])]
    differs = _difference(block, inspection)
    classes += ["differs"] if differs else []
    text = safe(verdict.text[:_SHOWN]) + (" …" if len(verdict.text) > _SHOWN else "")
    uses = f"<dt>used for</dt><dd>{safe(', '.join(block.uses))}</dd>" if block.uses else ""
    badge = f'<i class="badge">{safe(differs)}</i>' if differs else ""
    return (
        f'<li class="block {" ".join(classes)}" id="b{number}" tabindex="0" aria-describedby="w{number}">'
        f'<span class="text" dir="auto">{text}</span>'
        f'<span class="side">{badge}<span class="reason">{safe(short_reason(block))}</span>{_bar(verdict.score)}</span>'
        f'<span class="why" role="tooltip" id="w{number}"><b class="verdict">{_VERDICTS[state]}: {safe(verdict.reason)}</b>'
        f'<span class="meaning">{safe(meaning_of(block))}</span>'
        f"<dl><dt>score</dt><dd>{verdict.score:.3f}</dd><dt>place</dt><dd><code>{safe(verdict.place)}</code></dd>{uses}</dl>"
        f"</span></li>"
    )


_VERDICTS = {"kept": "Kept", "moved": "Kept elsewhere", "dropped": "Dropped"}


def _difference(block: ShownBlock, inspection: Inspection) -> str:
    if inspection.comparison is None or block.theirs is None or block.theirs == block.in_text:
        return ""
    return "only here" if block.in_text else f"only {inspection.comparison.name}"


def _bar(score: float) -> str:
    return (
        f'<span class="score">{_decimals(score)}<svg class="bar" viewBox="0 0 40 4" width="40" height="4" aria-hidden="true">'
        f'<rect class="rail" width="40" height="4"/><rect class="level" width="{40 * score:.1f}" height="4"/></svg></span>'
    )


def _decimals(score: float) -> str:
    """Return a score as ".98"; 1 as "1.0"."""
    return f"{score:.2f}".removeprefix("0") if score < 0.995 else "1.0"  # noqa: PLR2004  # rounds to 1.00


def minimap(inspection: Inspection) -> str:
    """Return the page from top to bottom as one strip: what was kept, where it stands, how much it is."""
    sizes = [max(len(block.verdict.text), _LEAST_CHARS) for block in inspection.blocks]
    whole = sum(sizes) or 1
    bars = []
    for state, first, start, size in _stretches(inspection.blocks, sizes):
        x, width = _MAP_WIDTH * start / whole, _MAP_WIDTH * size / whole
        bars.append(f'<rect class="{state}" data-to="{first}" x="{x:.2f}" width="{width:.2f}" height="28"/>')
    return (
        f'<svg class="map" viewBox="0 0 {_MAP_WIDTH} 28" preserveAspectRatio="none" role="img" '
        f'aria-label="The page from top to bottom, kept and dropped text">{"".join(bars)}</svg>'
    )


def _stretches(blocks: Sequence[ShownBlock], sizes: Sequence[int]) -> Iterator[tuple[str, int, int, int]]:
    """Yield (state, first block, characters before, characters) for neighbours of one state."""
    start = 0
    for state, run in groupby(enumerate(blocks), key=lambda one: one[1].state):
        numbers = [number for number, _ in run]
        size = sum(sizes[number] for number in numbers)
        yield state, numbers[0], start, size
        start += size
