"""Spans as a well-nested sequence: what HTML and Markdown both need, whatever overlaps the blocks bring."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scraper.model.body import Span
from scraper.page.links import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Run", "paragraphs_of", "runs_of", "safe_url"]

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


def safe_url(url: str | None) -> str | None:
    """Return an absolute http, https or mailto URL as it may be written into a document; None for every other."""
    return absolute(None, url)
