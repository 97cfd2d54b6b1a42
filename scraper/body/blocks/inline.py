"""Inline markup of a block: which stretch of its text is a link, emphasis, strong or code."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from scraper.body.blocks.segment import strip_controls, strip_invisible
from scraper.model.body import Span
from scraper.page.links import absolute

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock
    from scraper.model.body import SpanKind
    from scraper.page.snapshot import Snapshot

__all__ = ["KINDS", "cleaned_pieces", "shifted", "spans_in", "spans_of"]

KINDS: dict[str, SpanKind] = {
    "a": "link",
    "em": "emphasis",
    "i": "emphasis",
    "cite": "emphasis",
    "dfn": "emphasis",
    "strong": "strong",
    "b": "strong",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
}
"""Elements whose meaning a span keeps; the rest (<span>, <font>, <sup> ...) is looks."""


def spans_of(snapshot: Snapshot, block: TextBlock, around: tuple[int, ...], base_url: str | None) -> tuple[Span, ...]:
    """Return the spans of a block's text, outer before inner.

    Args:
        snapshot: the page.
        block: a block of it; offsets count in `block.text`.
        around: elements of `KINDS` that hold the whole block.
        base_url: what relative links start from.

    """
    parents = snapshot.text_parents[block.start : block.end]
    owner = block.element
    if not around and parents.count(owner) == len(parents):
        return ()
    outer: tuple[int, ...] = ()
    for element in around:
        outer = _nested(snapshot, outer, element)
    ranges: dict[int, tuple[int, int]] = {element: (0, len(block.text)) for element in outer}
    chains: dict[int, tuple[int, ...]] = {owner: outer}
    inner = {parent: _chain(snapshot, parent, chains)[len(outer) :] for parent in set(parents)}
    if not outer and not any(inner.values()):
        return ()
    if len(parents) == 1:
        for element in inner[parents[0]]:
            ranges[element] = (0, len(block.text))
    else:
        pieces = _pieces(snapshot, block)
        if pieces is None:
            return ()
        for parent, (start, end) in zip(parents, pieces, strict=True):
            if start == end:
                continue
            for element in inner[parent]:
                ranges[element] = (ranges[element][0], end) if element in ranges else (start, end)
    return spans_in(snapshot, ranges, base_url) if ranges else ()


def shifted(spans: tuple[Span, ...], by: int) -> tuple[Span, ...]:
    """Return the spans for a text that stands `by` characters further on."""
    if not by:
        return spans
    return tuple(Span(start=s.start + by, end=s.end + by, kind=s.kind, url=s.url) for s in spans)


def _nested(snapshot: Snapshot, around: tuple[int, ...], inner: int) -> tuple[int, ...]:
    """Return the elements with one more inside them, unless one of its kind is there."""
    tags = snapshot.tags
    kind = KINDS[tags[inner]]
    for element in around:
        if KINDS[tags[element]] == kind:
            return around
    return (*around, inner)


def _chain(snapshot: Snapshot, element: int, chains: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    """Return the elements of `KINDS` around the text of `element`, outermost first, at most one of each kind.

    `chains` holds those known so far, the block's own element at the least.
    """
    tags, parents = snapshot.tags, snapshot.parents
    path = []
    while element not in chains and element >= 0:
        path.append(element)
        element = parents[element]
    chain = chains.get(element, ())
    for inner in reversed(path):
        if tags[inner] in KINDS:
            chain = _nested(snapshot, chain, inner)
        chains[inner] = chain
    return chain


def _pieces(snapshot: Snapshot, block: TextBlock) -> list[tuple[int, int]] | None:
    """Return where each text node's words stand in the block's text.

    None if they don't add up to it: then no span is better than a wrong one.
    """
    texts = snapshot.texts[block.start : block.end]
    whole = "".join(texts)
    at = len(whole.lstrip()) - len(whole)
    if whole.strip().replace("\n", " ").replace("\xa0", " ") == block.text:  # every character stands where it stood
        found = []
        for text in texts:
            words = text.strip()
            start = at + (text.index(words) if words else 0)
            found.append((start, start + len(words)))
            at += len(text)
        return found
    return cleaned_pieces(snapshot, block)


def cleaned_pieces(snapshot: Snapshot, block: TextBlock) -> list[tuple[int, int]] | None:
    """Do what `_pieces` does by cleaning each text node as `segment` cleaned the block."""
    starts = snapshot.text_starts
    inside = range(bisect_left(starts, block.start + 1), bisect_left(starts, block.end))
    breaks = {starts[i] for i in inside if snapshot.tags[i] == "br"}
    found = []
    parts: list[str] = []
    at = 0
    gap = ""
    for k in range(block.start, block.end):
        if k in breaks and at:
            gap = "\n"
        text = strip_invisible(snapshot.texts[k])
        words = text.split()
        if not words:
            if text and not gap and at:
                gap = " "
            found.append((at, at))
            continue
        if not gap and at and text[0].isspace():
            gap = " "
        joined = strip_controls(" ".join(words))
        parts.append(gap)
        parts.append(joined)
        start = at + len(gap)
        at = start + len(joined)
        found.append((start, at))
        gap = " " if text[-1].isspace() else ""
    return found if "".join(parts) == block.text else None


def spans_in(snapshot: Snapshot, ranges: dict[int, tuple[int, int]], base_url: str | None) -> tuple[Span, ...]:
    """Return the spans of elements of `KINDS`, each with where it begins and ends; links that lead nowhere are none."""
    found: list[Span] = []
    tags = snapshot.tags
    last_kind = last_url = None
    last_end = -1
    for element, (start, end) in ranges.items():
        kind = KINDS[tags[element]]
        url = None
        if kind == "link":
            url = absolute(base_url, snapshot.attribute(element, "href"))
            if url is None:
                continue
        if last_end == start and last_kind == kind and last_url == url:
            found[-1] = Span(start=found[-1].start, end=end, kind=kind, url=url)
        else:
            found.append(Span(start=start, end=end, kind=kind, url=url))
        last_kind, last_url, last_end = kind, url, end
    return tuple(found)
