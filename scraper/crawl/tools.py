"""What a run works with in earnest: HTTP, discovery, and extraction in processes that can be killed."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING

from scraper.api import article_of
from scraper.crawl.rows import HoldRow, RestRow
from scraper.crawl.run import Tools
from scraper.crawl.source_lister import SourceLister
from scraper.fetch.archive import WarcArchive
from scraper.fetch.client import HttpFetcher
from scraper.fetch.politeness import Hold, Rest
from scraper.multi_page import whole_article
from scraper.sites.fingerprints import site_key
from scraper.sites.memories import SiteMemories
from scraper.sites.memory import SiteMemory
from scraper.sites.registry import read_rules
from scraper.workers.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from scraper.crawl.job import Job
    from scraper.model.article import Article
    from scraper.model.extraction import Extraction
    from scraper.model.response import Response
    from scraper.settings import ExtractSettings

__all__ = ["open_tools"]


@asynccontextmanager
async def open_tools(
    job: Job,
    holds: Iterable[HoldRow] = (),
    recall: Callable[[str], bytes | None] = lambda _site: None,
    rests: Iterable[RestRow] = (),
) -> AsyncIterator[Tools]:
    """Open the tools of a job.

    Args:
        job: says how to fetch and extract.
        holds: the hosts that an earlier run was asked to leave alone.
        recall: returns what was learnt of a site in earlier runs, in the form of `Tools.learnt`.
        rests: the hosts that the last run had just asked.

    Raises:
        SettingsError: a cookie file or a proxy that cannot be used, a site rule that cannot be.
        ExportError: the WARC file cannot be written.

    """
    rules = None if job.rules is None else read_rules(job.rules)
    sites = _Sites(recall) if job.extract.site_memory == "learn" else None
    archive = WarcArchive(job.fetch.warc) if job.fetch.warc is not None else None
    fetcher = HttpFetcher(job.fetch, archive=archive)
    fetcher.resume(
        Hold(host=hold.host, until=datetime.fromtimestamp(hold.held_until, UTC), strikes=hold.strikes) for hold in holds
    )

    fetcher.resume_rests(
        Rest(host=rest.host, until=datetime.fromtimestamp(rest.until_ms / 1000, UTC), left_s=rest.left_ms / 1000)
        for rest in rests
    )

    def held() -> list[HoldRow]:
        return [
            HoldRow(host=hold.host, held_until=int(hold.until.timestamp()) + 1, strikes=hold.strikes)
            for hold in fetcher.holds()
        ]

    def resting() -> list[RestRow]:
        return [
            RestRow(
                host=rest.host,
                until_ms=ceil(rest.until.timestamp() * 1000),
                left_ms=ceil(rest.left_s * 1000),
            )
            for rest in fetcher.rests()
        ]

    async with WorkerPool(job.workers) as pool:

        async def extract(response: Response) -> Article:
            memories = None if sites is None else sites.known(response.url)

            async def read(page: Response, settings: ExtractSettings) -> Extraction:
                return await pool.extract(page, settings, memories, rules)

            whole = await whole_article(response, fetcher, read, job.extract, most=job.fetch.max_pages)
            if sites is not None:
                sites.learn(whole)
            return article_of(whole, job.extract)

        try:
            learnt = tuple if sites is None else sites.learnt
            yield Tools(
                fetcher=fetcher,
                extract=extract,
                lister=SourceLister(fetcher),
                holds=held,
                rests=resting,
                learnt=learnt,
            )
        finally:
            await fetcher.aclose()


class _Sites:
    """What a run knows of sites: recalled when a page of one comes, given out again when it has grown."""

    def __init__(self, recall: Callable[[str], bytes | None]) -> None:
        self._recall = recall
        self._memories = SiteMemories()
        self._grown: set[str] = set()

    def known(self, url: str) -> SiteMemories:
        """Return the memories, that of the site of `url` among them."""
        site = site_key(url)
        if site not in self._memories.by_site:
            kept = self._recall(site)
            memory = SiteMemory() if kept is None else SiteMemory.from_bytes(kept)
            self._memories = self._memories.with_site(site, memory)
        return self._memories

    def learn(self, extraction: Extraction) -> None:
        """Learn from a page."""
        before, self._memories = self._memories, self._memories.learned(extraction)
        if extraction.traces is not None and before is not self._memories:
            self._grown.add(extraction.traces.site)

    def learnt(self) -> list[tuple[str, bytes]]:
        """Return the memories that have grown since they were last given out."""
        grown, self._grown = self._grown, set()
        return [(site, self._memories.of(site).to_bytes()) for site in grown if site]
