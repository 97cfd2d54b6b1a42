"""What a run works with in earnest: HTTP, discovery, and extraction in processes that can be killed."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scraper.api import article_of
from scraper.crawl.rows import HoldRow
from scraper.crawl.run import Tools
from scraper.crawl.source_lister import SourceLister
from scraper.fetch.archive import WarcArchive
from scraper.fetch.client import HttpFetcher
from scraper.fetch.politeness import Hold
from scraper.multi_page import whole_article
from scraper.workers.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from scraper.crawl.job import Job
    from scraper.model.article import Article
    from scraper.model.response import Response

__all__ = ["open_tools"]


@asynccontextmanager
async def open_tools(job: Job, holds: Iterable[HoldRow] = ()) -> AsyncIterator[Tools]:
    """Open the tools of a job; `holds` are the hosts that an earlier run was asked to leave alone.

    Raises:
        SettingsError: a cookie file or a proxy that cannot be used.
        ExportError: the WARC file cannot be written.

    """
    archive = WarcArchive(job.fetch.warc) if job.fetch.warc is not None else None
    fetcher = HttpFetcher(job.fetch, archive=archive)
    fetcher.resume(
        Hold(host=hold.host, until=datetime.fromtimestamp(hold.held_until, UTC), strikes=hold.strikes) for hold in holds
    )

    def held() -> list[HoldRow]:
        return [
            HoldRow(host=hold.host, held_until=int(hold.until.timestamp()) + 1, strikes=hold.strikes)
            for hold in fetcher.holds()
        ]

    async with WorkerPool() as pool:

        async def extract(response: Response) -> Article:
            whole = await whole_article(response, fetcher, pool.extract, job.extract, most=job.fetch.max_pages)
            return article_of(whole, job.extract)

        try:
            yield Tools(fetcher=fetcher, extract=extract, lister=SourceLister(fetcher), holds=held)
        finally:
            await fetcher.aclose()
