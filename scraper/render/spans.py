"""Spans as a well-nested sequence: what HTML and Markdown both need, whatever overlaps the blocks bring."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scraper.model.body import Span
from scraper.page.links import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.model.body import Table

__all__ = ["Run", "cells_of", "moved", "paragraphs_of", "runs_of", "safe_url"]

_ORDER = {"link": 0, "strong": 1, "emphasis": 2, "code": 3}


class Run(NamedTuple):
    """A stretch of text with the same spans around it."""

    start: int
    end: int
    around: tuple[Span, ...]
    """Outermost first; at most one of each kind."""


def runs_of(length: int, spans: Iterable[Span]) -> list[Run]:
    """Return the runs that cover a text of `length` characters, none empty.

    Spans outside the text are clipped, empty ones and links to anything but http, https and mailto are dropped; of two
    of one kind that overlap, the first counts.
    """
    valid = sorted(
        (s for s in spans if s.start < min(s.end, length) and (s.kind != "link" or safe_url(s.url))),
        key=lambda s: (max(s.start, 0), -s.end, _ORDER[s.kind]),
    )
    if not valid:
        return [Run(0, length, ())] if length else []
    edges = sorted({0, length, *(max(s.start, 0) for s in valid), *(min(s.end, length) for s in valid)})
    runs = []
    active: list[Span] = []
    at = 0
    for start, end in pairwise(edges):
        active = [span for span in active if span.end > start]
        while at < len(valid) and valid[at].start <= start:
            active.append(valid[at])
            at += 1
        around: list[Span] = []
        for span in active:
            if all(span.kind != other.kind for other in around):
                around.append(span)
        runs.append(Run(start, end, tuple(around)))
    return runs


def paragraphs_of(text: str, spans: tuple[Span, ...]) -> list[tuple[str, tuple[Span, ...]]]:
    """Return the paragraphs of a text that blank lines divide, each with its own spans; none is empty."""
    found = []
    start = 0
    for part in text.split("\n\n"):
        end = start + len(part)
        inside = tuple(
            Span(start=max(s.start, start) - start, end=min(s.end, end) - start, kind=s.kind, url=s.url)
            for s in spans
            if s.start < end and s.end > start
        )
        if part.strip():
            found.append((part, inside))
        start = end + 2
    return found


def cells_of(table: Table) -> list[list[tuple[str, tuple[Span, ...]]]]:
    """Return the rows of a table, each cell with its own spans; none where `text` is not that of the rows."""
    if not table.spans:
        return [[(cell, ()) for cell in row] for row in table.rows]
    spans = sorted(table.spans, key=lambda span: span.start)
    found: list[list[tuple[str, tuple[Span, ...]]]] = []
    at = number = 0
    for row in table.rows:
        line: list[tuple[str, tuple[Span, ...]]] = []
        for cell in row:
            start = table.text.find(cell, at) if cell else -1
            own: list[Span] = []
            at = start + len(cell) if start >= 0 else at
            while start >= 0 and number < len(spans) and spans[number].start < at:
                own.append(spans[number])
                number += 1
            inside = moved(own, -start, len(cell))
            line.append((cell, inside))
        found.append(line)
    return found


def moved(spans: Iterable[Span], by: int, length: int | None = None) -> tuple[Span, ...]:
    """Return the spans `by` characters further on; with a length, those alone that lie within so many characters."""
    return tuple(
        Span(start=span.start + by, end=span.end + by, kind=span.kind, url=span.url)
        for span in spans
        if length is None or (span.start + by >= 0 and span.end + by <= length)
    )


def safe_url(url: str | None) -> str | None:
    """Return an absolute http, https or mailto URL as it may be written into a document; None for every other."""
    return absolute(None, url)
