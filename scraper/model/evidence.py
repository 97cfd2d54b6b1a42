"""Evidence: which candidates a field had, which one won, and where each stood."""

from __future__ import annotations

from typing import Any

import msgspec

__all__ = ["BlockVerdict", "Candidate", "Choice"]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One value that a page offers for a field."""

    value: Any
    """Cleaned and parsed, of the field's own type."""
    raw: str
    """As the page has it, cut at 500 characters."""
    source: str
    """"jsonld", "og", "meta:NAME", "microdata", "time", "visible", "title", "url", "text", "script",
    "feed", "rule"."""
    where: str = ""
    """Place for a person: a path into the JSON-LD, a meta name, a tag with its class."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """The decision for one field."""

    field: str
    """camelCase name in the record."""
    winner: Candidate | None = None
    losers: tuple[Candidate, ...] = ()
    problems: tuple[str, ...] = ()
    """Values that were refused, and why."""


class BlockVerdict(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What was decided about one block of text of the page."""

    text: str
    kept: bool
    score: float
    """0 to 1: how much the block looks like the article."""
    reason: str
    """In words, such as "link density .92" or "after the article's end"."""
    place: str = ""
    """Tag and class, such as "p.article-text"."""
