"""The one helper that every case goes through: what was asked for is what came out, URL by URL."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from scraper.fetch.client import HttpFetcher
from scraper.model.article import Article
from scraper.model.failure import Failure
from scraper.model.response import Response
from scraper.scraping import Scraper
from scraper.settings import ExtractSettings, FetchSettings

__all__ = ["QUICK", "fetched", "outcome", "outcomes", "quick", "reason"]

_KEEP = ExtractSettings(keep_all=True)


def quick(**changes: Any) -> FetchSettings:
    """Settings for loopback: no pauses, short deadlines."""
    given: dict[str, Any] = {"allow_private": True, "delay_s": 0, "timeout_s": 3, "connect_timeout_s": 1, "retries": 0}
    return FetchSettings(**(given | {"backoff_s": 0.01} | changes))


QUICK = quick()


def outcomes(urls: list[str], settings: FetchSettings = QUICK) -> list[Article | Failure]:
    """Return one result a URL, in order of completion; fails where records + failures are not the URLs asked for."""
    with Scraper(settings, _KEEP) as scraper:
        results = list(scraper.iter(urls))
    assert Counter(result.requested_url for result in results) == Counter(urls), "a URL was lost or doubled"
    for result in results:
        assert isinstance(result, Article) or "\n" not in result.message, "a message is one line"
    return results


def outcome(url: str, settings: FetchSettings = QUICK) -> Article | Failure:
    """Return what became of one URL."""
    return outcomes([url], settings)[0]


def fetched(url: str, settings: FetchSettings = QUICK) -> Response:
    """Return the response to one URL, before any extraction."""

    async def run() -> Response:
        fetcher = HttpFetcher(settings)
        try:
            return await fetcher.fetch(url)
        finally:
            await fetcher.aclose()

    return asyncio.run(run())


def reason(url: str, settings: FetchSettings = QUICK) -> str:
    """Return the reason of the failure of a URL; "article" for a record."""
    result = outcome(url, settings)
    return result.reason if isinstance(result, Failure) else "article"
