"""The inspection on a terminal: a line a block, coloured; for a pipe, tabs and no colour."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from scraper.export.terminal import one_line
from scraper.inspect.field_rows import field_rows
from scraper.inspect.reasons import short_reason
from scraper.inspect.why import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.inspect.inspection import Inspection, ShownBlock

__all__ = ["answer_lines", "piped_lines", "terminal_lines"]

_STYLES = {"kept": "32", "moved": "35", "dropped": "31", "doubtful": "33", "bold": "1", "dim": "2"}
"""SGR parameters (ECMA-48, 8.3.117): colours that every terminal's own theme defines."""
_MARKS = {"kept": "kept", "moved": "moved", "dropped": "drop"}
_STATES = {"kept": "kept", "metadata": "kept", "elsewhere": "moved", "dropped": "dropped"}
_STATES |= {"hidden": "doubtful", "absent": "doubtful"}
_MOST_FOUND = 12
"""Blocks that are told of; a question in few words may fit hundreds."""
_FOLDED = 4
_REASON = 34
_FIELD = 20
_SOURCE = 26
_NARROW = 60
"""Columns below which the reason stands under the text."""


def piped_lines(inspection: Inspection) -> Iterator[str]:
    """Yield a line for each block and field, cells between tabs: what, score, place, reason, text."""
    for block in inspection.blocks:
        verdict = block.verdict
        cells = (block.state, f"{verdict.score:.3f}", verdict.place, short_reason(block), verdict.text)
        yield "\t".join(map(one_line, cells))
    for row in field_rows(inspection.extraction):
        if row.winner:
            yield "\t".join(map(one_line, ("field", "", row.name, row.winner.source, row.winner.value)))
    refusal = inspection.extraction.refusal
    for what, texts in (("refused", [refusal] if refusal else []), ("problem", inspection.extraction.problems)):
        yield from ("\t".join((what, "", "", "", one_line(text))) for text in texts)


def terminal_lines(inspection: Inspection, *, width: int, colour: bool) -> Iterator[str]:
    """Yield the lines that fit a terminal of `width` columns; no text of the page can move its cursor."""
    extraction = inspection.extraction
    article, metadata = extraction.article, extraction.article.metadata
    paint = _Paint(colour)
    yield paint(_cut(one_line(article.headline or inspection.name), width), "bold")
    if extraction.refusal:
        yield paint(_cut(one_line(f"no article: {extraction.refusal}"), width), "dropped")
    kept = sum(block.state == "kept" for block in inspection.blocks)
    doubtful = sum(block.unsure for block in inspection.blocks)
    facts = (
        f"{metadata.page_type.replace('_', ' ')}, {metadata.confidence:.0%} sure",
        f"{article.word_count} words",
        f"{kept} of {len(inspection.blocks)} blocks kept, {doubtful} doubtful",
        metadata.encoding or "text",
        metadata.extractor,
    )
    yield paint(_cut(one_line(" · ".join(facts)), width), "dim")
    yield ""
    for foldable, run in groupby(inspection.blocks, key=_foldable):
        blocks = list(run)
        if foldable and len(blocks) >= _FOLDED:
            text = one_line(f"{len(blocks)} short lines dropped: " + " · ".join(b.verdict.text for b in blocks))
            yield "           " + paint(_cut(text, width - 11), "dim")
        else:
            yield from (_row(block, inspection, width, paint) for block in blocks)
    yield ""
    for row in field_rows(extraction):
        if row.winner:
            value = one_line(row.winner.value.replace("\n", " | "))
            source = _pad(one_line(row.winner.source), _SOURCE) if width >= _NARROW else ""
            room = width - _FIELD - len(source) - 1
            yield f"{paint(_pad(row.name, _FIELD), 'bold')}{paint(source, 'dim')} {_cut(value, room)}"
    yield from (paint(_cut(one_line(f"problem: {problem}"), width), "doubtful") for problem in extraction.problems)
    times = ", ".join(f"{timing.step} {timing.seconds * 1000:.0f} ms" for timing in inspection.timings)
    yield paint(_cut(times, width), "dim")


def answer_lines(text: str, inspection: Inspection, *, colour: bool) -> Iterator[str]:
    """Yield, in words, why a text is in the article or is not.

    Raises:
        ValueError: a text without a letter or a digit.

    """
    paint = _Paint(colour)
    found = findings(text, inspection)
    if inspection.extraction.refusal:
        refusal = one_line(inspection.extraction.refusal)
        yield paint(f"the page as a whole gives no record: {refusal}", "dropped")
        yield "  What follows is true of it with --keep-all."
    for finding in found[:_MOST_FOUND]:
        first, *rest = str(finding).split("\n  ")
        yield paint(one_line(first), _STATES[finding.whereabouts])
        yield from (f"  {one_line(line)}" for line in rest)
    if len(found) > _MOST_FOUND:
        yield f"and {len(found) - _MOST_FOUND} blocks more: name more of its words"


class _Paint:
    def __init__(self, colour: bool) -> None:  # noqa: FBT001  # the one thing it knows
        self._colour = colour

    def __call__(self, text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._colour and text else text


def _foldable(block: ShownBlock) -> bool:
    verdict = block.verdict
    return not verdict.kept and not block.uses and not block.theirs and verdict.score < 0.1 and len(verdict.text) < 120  # noqa: PLR2004  # as in the HTML report


def _row(block: ShownBlock, inspection: Inspection, width: int, paint: _Paint) -> str:
    verdict = block.verdict
    reason = one_line(short_reason(block))
    if inspection.comparison is not None and block.theirs not in (None, block.in_text):
        reason = f"{'only here' if block.in_text else f'only {inspection.comparison.name}'}; {reason}"
    style = "doubtful" if block.unsure else block.state
    head = f"{_MARKS[block.state]:<5} {verdict.score:4.2f} "
    text = one_line(verdict.text)
    if width < _NARROW:
        return f"{paint(head, style)} {_cut(text, width - 12)}\n{' ' * 11}{paint(_cut(reason, width - 12), 'dim')}"
    room = width - len(head) - _REASON - 2
    body = paint(_pad(text, room), "dim") if block.state == "dropped" else _pad(text, room)
    return f"{paint(head, style)} {body} {paint(_cut(reason, _REASON), style)}"


def _pad(text: str, width: int) -> str:
    cut = _cut(text, width)
    return cut + " " * max(0, width - _columns(cut))


def _cut(text: str, width: int) -> str:
    if _columns(text) <= width:
        return text
    used = 0
    for i, char in enumerate(text):
        used += _columns(char)
        if used > width - 1:
            return f"{text[:i]}…"
    return text


def _columns(text: str) -> int:
    """Return the columns that a text takes: two for wide characters, none for combining ones (Unicode TR 11)."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
