"""Extraction: the article with everything that speaks for it."""

from __future__ import annotations

import msgspec

from scraper.model.article import Article
from scraper.model.evidence import BlockVerdict, Choice
from scraper.model.traces import PageTraces

__all__ = ["Extraction"]


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """What `explain` returns: never raises for a page that is no article, says so instead.

    >>> explain("<h1>Nothing here</h1>").refusal is None
    False

    """

    article: Article
    evidence: dict[str, Choice] = {}
    """Field name in camelCase -> the decision about it."""
    problems: tuple[str, ...] = ()
    """What went wrong without costing the article: a broken script, an impossible date."""
    blocks: tuple[BlockVerdict, ...] = ()
    """Every block of text of the page, kept or dropped, with the reason; only where asked for."""
    refusal: str | None = None
    """Why `extract` would raise NotAnArticle, in words; None for an article."""
    next_page: str | None = None
    """Where the page says that its article goes on."""
    traces: PageTraces | None = None
    """What the page leaves for the memory of its site (`SiteMemory.learned`); only where a memory was given."""
