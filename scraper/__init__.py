"""Scrape news articles: the whole article and nothing but the article, every field with its evidence.

    >>> from scraper import extract
    >>> extract(html, url="https://example.com/news/1").headline

`extract` and `explain` read a page at hand, `why` says what became of one of its paragraphs; `Scraper` and
`AsyncScraper` fetch. Most is imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from scraper.api import explain, extract
from scraper.errors import FetchError, NotAnArticle, PageError, ScraperError
from scraper.settings import DiscoverSettings, ExtractSettings, FetchSettings, HostSettings, WorkerSettings
from scraper.version import __version__

if TYPE_CHECKING:
    from scraper.duplicates import NearDuplicates
    from scraper.inspect.why import why
    from scraper.model.article import Article
    from scraper.model.extraction import Extraction
    from scraper.model.failure import Failure
    from scraper.model.finding import Finding
    from scraper.model.link import Link
    from scraper.model.response import Response
    from scraper.scraping import AsyncScraper, Scraper
    from scraper.sites.memories import SiteMemories
    from scraper.sites.memory import SiteMemory
    from scraper.sites.registry import SiteRules, read_rules

__all__ = [
    "Article",
    "AsyncScraper",
    "DiscoverSettings",
    "ExtractSettings",
    "Extraction",
    "Failure",
    "FetchError",
    "FetchSettings",
    "Finding",
    "HostSettings",
    "Link",
    "NearDuplicates",
    "NotAnArticle",
    "PageError",
    "Response",
    "Scraper",
    "ScraperError",
    "SiteMemories",
    "SiteMemory",
    "SiteRules",
    "WorkerSettings",
    "__version__",
    "explain",
    "extract",
    "read_rules",
    "why",
]

_ON_FIRST_USE = {
    "Article": "scraper.model.article",
    "AsyncScraper": "scraper.scraping",
    "Extraction": "scraper.model.extraction",
    "Failure": "scraper.model.failure",
    "Finding": "scraper.model.finding",
    "Link": "scraper.model.link",
    "NearDuplicates": "scraper.duplicates",
    "Response": "scraper.model.response",
    "Scraper": "scraper.scraping",
    "SiteMemories": "scraper.sites.memories",
    "SiteMemory": "scraper.sites.memory",
    "SiteRules": "scraper.sites.registry",
    "read_rules": "scraper.sites.registry",
    "why": "scraper.inspect.why",
}

if not TYPE_CHECKING:  # a type checker reads the imports above

    def __getattr__(name: str) -> object:
        if name not in _ON_FIRST_USE:
            raise AttributeError(f"module 'scraper' has no attribute {name!r}")
        return getattr(import_module(_ON_FIRST_USE[name]), name)

    def __dir__() -> list[str]:
        """Return the public names, loaded or not: what `help(scraper)` and completion go by."""
        return sorted({*globals(), *__all__})
