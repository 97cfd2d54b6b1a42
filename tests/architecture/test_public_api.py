"""The names that users import."""

from __future__ import annotations

from pathlib import Path

import scraper

NAMES = [
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


def test_all_lists_the_public_names():
    assert scraper.__all__ == NAMES


def test_every_public_name_exists():
    assert [name for name in scraper.__all__ if getattr(scraper, name, None) is None] == []


def test_no_submodule_takes_the_name_of_a_function():
    package = Path(scraper.__file__).parent
    assert [name for name in scraper.__all__ if (package / f"{name}.py").exists()] == []


def test_every_public_name_is_documented():
    assert [name for name in scraper.__all__ if not name.startswith("__") and not getattr(scraper, name).__doc__] == []


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(scraper, "Newspaper")
