"""Snapshot -> blocks of text: the smallest pieces that are kept or dropped as one."""

from __future__ import annotations

import re
from itertools import pairwise, starmap
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from scraper.compiled import fastest

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = [
    "INLINE",
    "Row",
    "TextBlock",
    "block_rows",
    "clean_text",
    "segment",
    "strip_controls",
    "strip_invisible",
    "unwrapped",
]

Row: TypeAlias = tuple[int, int, int, str, int, int]
"""The values of a `TextBlock`, in their order."""

INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark nobr q rb rp rt rtc ruby s samp
    small span strike strong sub sup time tt u var wbr
    math semantics merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt
    mstyle msub msubsup msup mtext munder munderover""".split()
)
"""Elements that do not end a block: phrasing content without replaced and form elements (HTML standard), and formulas
in the line (MathML Core, without its tables)."""

_DATA = frozenset({"meta", "link"})
"""Microdata without text of its own: within an inline element of a <p> it ends no block."""
_SKIPPED = frozenset("title noscript iframe object video audio canvas textarea option head rp".split())
"""Elements whose text is never shown as text: metadata, fallbacks and form values."""
_LITTLE = 400
"""Characters; a page that shows less has its text elsewhere, and a <noscript> with more is where."""
_FEW_BLOCKS = 40
_BREAKS_TO_SPLIT = 2
"""`<br><br>` ends a paragraph; a single `<br>` is a line break inside it."""
_WRAPPED = 45
"""Characters; lines of verse are shorter."""
_MANY_BREAKS = 3
"""A text of so many, most of them in a sentence, is wrapped throughout."""
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphen, zero-width space, word joiner, BOM: layout hints. ZWJ and ZWNJ carry meaning and stay."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
"""C0 and C1: no text, and orders to a terminal."""
_SPACE = re.compile(r"[^\S ]\s*|\s{2,}")
"""White space that is not one space already: `sub` lists the pieces between its matches, so these must be few."""
_HUGE = 1_000_000
"""Characters from which a list of words would take ten times the memory of the text."""


class TextBlock(msgspec.Struct, frozen=True, gc=False):
    """One run of text inside one block-level element. `start` and `end` index the snapshot's text nodes."""

    element: int
    """The block-level element that holds the text."""
    start: int
    end: int
    text: str
    """White space collapsed; "\\n" for a `<br>`."""
    link_chars: int
    """Characters of the text that stand inside links."""
    links: int
    """Links that the block touches."""


def segment(snapshot: Snapshot) -> list[TextBlock]:
    """Return the page's blocks of text in document order; none is empty.

    What stands in <noscript> counts only on a page that shows hardly anything else: a forum's copy for crawlers, or a
    page inside a <noscript> that is never closed.
    """
    blocks = _blocks(snapshot, _SKIPPED)
    if len(blocks) <= _FEW_BLOCKS and _chars(blocks) < _LITTLE and "noscript" in snapshot.tags:
        more = _blocks(snapshot, _SKIPPED - {"noscript"})
        if _chars(more) > _chars(blocks) + _LITTLE:
            return more
    return blocks


def _chars(blocks: list[TextBlock]) -> int:
    return sum([len(block.text) for block in blocks])


def _blocks(snapshot: Snapshot, skipped: frozenset[str]) -> list[TextBlock]:
    """Return the blocks of text outside the elements of `skipped`."""
    return list(starmap(TextBlock, _block_rows(snapshot, INLINE, skipped)))


def block_rows(snapshot: Snapshot, inline: frozenset[str], skipped: frozenset[str]) -> list[Row]:
    """Return the values of the blocks of text outside the elements of `skipped`; those of `inline` end no block."""
    texts = snapshot.texts
    block_of = _block_elements(snapshot.tags, snapshot.parents, inline, skipped)
    breaks, fences, link_of = _boundaries(snapshot, inline, block_of)
    rows: list[Row | None] = []
    start = owner = last = -1
    for k, parent in enumerate(snapshot.text_parents):
        text = texts[k]
        if text.isspace():
            continue
        element = block_of[parent] if parent >= 0 else -1
        if start >= 0 and (element != owner or _splits(breaks, fences, last + 1, k)):
            rows.append(_row(owner, (start, last + 1), texts, breaks, link_of))
            start = -1
        if element < 0:
            continue
        if start < 0:
            start = k
            owner = element
        last = k
    if start >= 0:
        rows.append(_row(owner, (start, last + 1), texts, breaks, link_of))
    return [row for row in rows if row]


def clean_text(text: str) -> str:
    """Return `text` on one line: white space collapsed, control and invisible layout characters removed."""
    text = strip_invisible(text)
    line = " ".join(text.split()) if len(text) < _HUGE else _SPACE.sub(" ", text).strip()
    return strip_controls(line)


def strip_invisible(text: str) -> str:
    """Return `text` without soft hyphens and other invisible layout characters."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def strip_controls(text: str) -> str:
    """Return `text`, free of white space but spaces, without control characters."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def unwrapped(text: str) -> str:
    """Return a paragraph's text without the line breaks that only keep its lines short: in the middle of a sentence.

    Each becomes a space, so that every character stands where it stood.
    """
    lines = text.split("\n")
    broken = [
        len(line) >= _WRAPPED and (line[-1].islower() or line[-1] == ",") and after[:1].islower()
        for line, after in pairwise(lines)
    ]
    if not any(broken):
        return text
    if len(broken) >= _MANY_BREAKS and sum(broken) * 2 > len(broken):
        return text.replace("\n", " ")
    return "".join(line + gap for line, gap in zip(lines, [*(" " if one else "\n" for one in broken), ""], strict=True))


def _block_elements(tags: list[str], parents: list[int], inline: frozenset[str], skipped: frozenset[str]) -> list[int]:
    """Return for each element the block-level element that its own text belongs to; -1: text that is never shown."""
    block_of: list[int] = []
    add = block_of.append
    for i, tag in enumerate(tags):
        parent = parents[i]
        if parent >= 0 and (around := block_of[parent]) < 0:
            add(-1 if tags[parent] != "html" else i)
        elif tag in inline:
            add(around if parent >= 0 else i)
        elif tag in skipped:
            add(-1)
        else:
            add(i)
    return block_of


def _boundaries(
    snapshot: Snapshot, inline: frozenset[str], block_of: list[int]
) -> tuple[dict[int, int], set[int], dict[int, int]]:
    """Return (breaks before text node, text nodes that a block-level boundary precedes, link around text node)."""
    breaks: dict[int, int] = {}
    fences: set[int] = set()
    link_of: dict[int, int] = {}
    starts, ends, parents = snapshot.text_starts, snapshot.text_ends, snapshot.parents
    linked = 0
    for i, tag in enumerate(snapshot.tags):
        if tag == "a":
            # Links inside links (they exist, in <object> and in tables) belong to the outer one: each text is met once.
            for k in range(max(starts[i], linked), ends[i]):
                link_of[k] = i
            linked = max(linked, ends[i])
        elif tag == "br":
            at = starts[i]
            breaks[at] = breaks.get(at, 0) + 1
        elif tag not in inline and (tag not in _DATA or not _is_in_paragraph(snapshot, parents[i], inline, block_of)):
            fences.add(starts[i])
            fences.add(ends[i])
    return breaks, fences, link_of


def _is_in_paragraph(snapshot: Snapshot, element: int, inline: frozenset[str], block_of: list[int]) -> bool:
    """Whether an element is an inline one within a <p>."""
    if element < 0 or snapshot.tags[element] not in inline:
        return False
    owner = block_of[element]
    return owner >= 0 and snapshot.tags[owner] == "p"


def _splits(breaks: dict[int, int], fences: set[int], first: int, k: int) -> bool:
    """Whether something between text node `first - 1` and text node `k` ends a block."""
    count = 0
    for at in range(first, k + 1):
        if at in fences:
            return True
        count += breaks.get(at, 0)
    return count >= _BREAKS_TO_SPLIT


def _row(
    owner: int, span: tuple[int, int], texts: list[str], breaks: dict[int, int], link_of: dict[int, int]
) -> Row | None:
    """Return the values of the block of the text nodes of `span`; None where they show nothing."""
    start, end = span
    if end - start == 1:
        text = clean_text(texts[start])
        linked = start in link_of
        return (owner, start, end, text, len(text) if linked else 0, int(linked)) if text else None
    parts: list[str] = []
    links: set[int] = set()
    link_chars = 0
    for k in range(start, end):
        piece = texts[k]
        if k > start and k in breaks:
            parts.append("\n")
        parts.append(piece.replace("\n", " "))
        link = link_of.get(k)
        if link is not None:
            links.add(link)
            link_chars += len(piece.strip())
    joined = "".join(parts)
    text = "\n".join(filter(None, map(clean_text, joined.split("\n")))) if "\n" in joined else clean_text(joined)
    return (owner, start, end, text, min(link_chars, len(text)), len(links)) if text else None


_block_rows = fastest(block_rows, "blocks")
