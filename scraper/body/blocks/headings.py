"""Headings: bold lines that are some, paragraphs set large that are none, and the level of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.body.blocks.inline import shifted
from scraper.model.body import Code, Heading, List, Paragraph, Quote, Table

if TYPE_CHECKING:
    from scraper.model.body import Block

__all__ = ["is_prose", "with_bold_headings"]

_MAX_CHARS = 80
_MAX_WORDS = 12
_SENTENCE_END = tuple(".!?:;,…。！？：؟۔।=")  # other scripts' marks
_SPOKEN = tuple("-–—―‒•*·>→(+„“”\"«»‹›'’‘…&/|[#=~")  # marks
"""How a line of a dialogue, an item of a list and a quoted sentence begin."""
_NO_HEADING = re.compile(
    r"@|https?:|www\.|=|\d{1,2}:\d\d|\d\.\s?\d{1,2}\.\s?\d\d|^(?:by|von|par|por|di|da|text|texte|photos?|fotos?|bild(?:er)?|interview|video|"
    r"source|quelle|update|tipp?|note|n\.b|ps|pro|contra|cons|pros)\b",
    re.IGNORECASE,
)
"""Bylines, credits, times, dates, formulas and addresses."""
_LONG, _LONG_SENTENCE = 200, 100
"""Characters of a heading element, and of one that ends like a sentence, from which it is a summary or a paragraph."""
_LOWEST = 6
_SEVERAL = 2
_SHORT_TEXT = 60
"""Characters; a line over a paragraph shorter than this may be a label of it."""


def with_bold_headings(placed: list[tuple[int, Block]]) -> list[tuple[int, Block]]:
    """Return the blocks of a body, in order, with the bold lines that head what follows as headings.

    Their level is one below the last heading's, or that of the first heading, or 2.
    """
    if not any([type(block) is Paragraph and _begins_bold(block) for _, block in placed]):  # noqa: C419  # quicker
        return placed
    placed = [part for one in placed for part in _split(*one)]
    found = _heading_lines(placed)
    levels = [block.level for _, block in placed if isinstance(block, Heading)]
    level = min(levels, default=2)
    done: list[tuple[int, Block]] = []
    for i, (start, block) in enumerate(placed):
        if isinstance(block, Heading):
            level = min(block.level + 1, _LOWEST)
        if i in found and isinstance(block, Paragraph):
            spans = tuple(span for span in block.spans if span.kind != "strong")
            done.append((start, Heading(text=block.text, level=level, spans=spans)))
        else:
            done.append((start, block))
    return done


def is_prose(text: str) -> bool:
    """Whether the text of a heading element is a paragraph set large."""
    return len(text) > _LONG or (len(text) > _LONG_SENTENCE and text.endswith((".", "…", "。")))


def _begins_bold(block: Paragraph) -> bool:
    spans = block.spans
    return bool(spans) and spans[0].start == 0 and (len(block.text) <= _MAX_CHARS or "\n" in block.text[:_MAX_CHARS])


def _split(start: int, block: Block) -> list[tuple[int, Block]]:
    """Return a paragraph whose first line is a bold heading of the rest as two, else the block as it is."""
    whole = [(start, block)]
    if not isinstance(block, Paragraph) or not _begins_bold(block):
        return whole
    head, line_break, rest = block.text.partition("\n")
    if not line_break or len(rest.partition("\n")[0]) < max(_SHORT_TEXT, len(head)):
        return whole
    at = len(head)
    if any(span.start < at < span.end for span in block.spans):
        return whole
    line = Paragraph(text=head, spans=tuple(span for span in block.spans if span.end <= at))
    others = shifted(tuple(span for span in block.spans if span.start > at), -at - 1)
    return [(start, line), (start, Paragraph(text=rest, spans=others))] if _is_bold_line(line) else whole


def _heading_lines(placed: list[tuple[int, Block]]) -> set[int]:
    """Return the indexes of the bold lines that are headings; where some surely are, their like are, too."""
    likely = [i for i in range(1, len(placed) - 1) if _is_bold_line(placed[i][1])]
    texts = [placed[i][1].text for i in likely]
    likely = [i for i, text in zip(likely, texts, strict=True) if texts.count(text) == 1]
    found = {i for i in likely if _heads(placed, i)}
    return found if len(found) < _SEVERAL else {i for i in likely if i in found or _has_text(placed, i)}


def _is_bold_line(block: Block) -> bool:
    """Whether a block is a paragraph of one bold line that may be a heading."""
    if not isinstance(block, Paragraph) or not block.spans or len(block.text) > _MAX_CHARS:
        return False
    text = block.text
    if "\n" in text or text.endswith(_SENTENCE_END) or text.startswith(_SPOKEN) or text[0].islower():
        return False
    at = 0
    for span in block.spans:
        if span.kind == "link" and span.start == 0 and span.end == len(text):
            return False
        if span.kind == "strong" and not text[at : span.start].strip():
            at = max(at, span.end)
    return not text[at:].strip() and text.count(" ") < _MAX_WORDS and not _NO_HEADING.search(text)


def _heads(placed: list[tuple[int, Block]], at: int) -> bool:
    """Whether the bold line stands over text of its own, and is not announced by the text before it."""
    before, line, after = (placed[i][1] for i in (at - 1, at, at + 1))
    if isinstance(before, Heading) or before.text.endswith(":") or _is_bold_line(before):
        return False
    if isinstance(after, Paragraph):
        return len(after.text) >= max(_SHORT_TEXT, len(line.text)) and not _is_all_bold(after)
    return isinstance(after, List | Quote | Table | Code)


def _has_text(placed: list[tuple[int, Block]], at: int) -> bool:
    before, after = placed[at - 1][1], placed[at + 1][1]
    if not isinstance(after, Paragraph):
        return isinstance(after, List | Quote | Table | Code) and not before.text.endswith(":")
    return not _is_all_bold(after) and (len(after.text) >= _SHORT_TEXT or not before.text.endswith(":"))


def _is_all_bold(block: Paragraph) -> bool:
    return sum(span.end - span.start for span in block.spans if span.kind == "strong") > len(block.text) // 2
