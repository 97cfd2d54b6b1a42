"""Scraper and AsyncScraper: from URLs to articles. An async core; the sync one is a facade over a loop in a thread."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from scraper.api import article_of
from scraper.background import BackgroundLoop
from scraper.batching import AtOnce, Batch, Handover, fed
from scraper.errors import BadUrl, FetchTimeout, ScraperError, SettingsError
from scraper.fetch.fetcher import BoundedFetcher, BoundedRenderer, Renderer
from scraper.model.failure import failure_of
from scraper.multi_page import whole_article
from scraper.settings import DiscoverSettings, ExtractSettings, FetchSettings, WorkerSettings
from scraper.sites.memories import SiteMemories

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
    from types import TracebackType
    from typing import Never, Self

    import httpx

    from scraper.fetch.fetcher import Fetcher
    from scraper.model.article import Article
    from scraper.model.extraction import Extraction
    from scraper.model.failure import Failure
    from scraper.model.link import Link
    from scraper.model.response import Response
    from scraper.sites.registry import SiteRules
    from scraper.workers.pool import WorkerPool

__all__ = ["AsyncScraper", "Scraper"]

Urls = TypeVar("Urls")

_log = logging.getLogger("scraper")
_discover_log = logging.getLogger("scraper.discover")
_FETCH = FetchSettings()
_EXTRACT = ExtractSettings()
_DISCOVER = DiscoverSettings()
_NO_MEMORIES = SiteMemories()
_INLINE_BYTES = 256_000
"""A larger page is extracted in a thread, so that it does not hold up other fetches: 1 MB takes some 50 ms.

In one thread: pages in several would take turns anyway, and each thread's allocator keeps what its largest page took
(over 6,000 pages 180 MB against 125).
"""


class AsyncScraper:
    """Fetches and extracts; opens connections on first use, closes them at the end of `async with` or `aclose`.

        >>> async def headlines(urls):
        ...     async with AsyncScraper() as scraper:
        ...         return [result.headline async for result in scraper.iter(urls) if isinstance(result, Article)]
        >>> len(asyncio.run(headlines(urls)))
        2

    Args:
        fetch: bounds, politeness, headers.
        extract: what to ask of each page.
        client: an `httpx.AsyncClient` of your own, left open. It dials by its own rules: addresses are checked where
            a URL spells one, names are not resolved ahead of it.
        fetcher: replaces HTTP altogether; bounded by `fetch.concurrency` and `fetch.per_host`, else left alone.
        workers: extract in processes of their own, where a page that hangs, crashes or eats memory costs itself only.
            None: in this process, which is as fast for a few pages, and where nothing can stop a page.
        memories: what is known of sites; `iter` learns more unless `extract.site_memory` says otherwise.
        rules: site rules, from `read_rules(folder)`.

    With a memory that learns, a record depends on the pages of its site that came before it. They come in the order of
    the URLs while `fetch.per_host` is 1; `site_memory="fixed"` makes a record depend on what was given alone.

    Raises:
        SettingsError: on first use, for a cookie file or a proxy that cannot be used.

    """

    def __init__(  # noqa: PLR0913  # each of them has a default, and most callers name none
        self,
        fetch: FetchSettings = _FETCH,
        extract: ExtractSettings = _EXTRACT,
        *,
        client: httpx.AsyncClient | None = None,
        fetcher: Fetcher | None = None,
        workers: WorkerSettings | None = None,
        memories: SiteMemories = _NO_MEMORIES,
        rules: SiteRules | None = None,
    ) -> None:
        if not isinstance(fetch, FetchSettings):
            raise TypeError(f"fetch must be FetchSettings, not {type(fetch).__name__}; a URL goes to get")
        if not isinstance(extract, ExtractSettings):
            raise TypeError(f"extract must be ExtractSettings, not {type(extract).__name__}")
        if workers is not None and not isinstance(workers, WorkerSettings):
            raise TypeError(f"workers must be WorkerSettings(count=...), not {type(workers).__name__}")
        if not isinstance(memories, SiteMemories):
            raise TypeError(f"memories must be SiteMemories, not {type(memories).__name__}")
        if rules is not None and not hasattr(rules, "for_page"):
            raise TypeError(f"rules must be what read_rules(folder) returns, not {type(rules).__name__}")
        if fetcher is not None and not callable(getattr(fetcher, "fetch", None)):
            raise TypeError(f"fetcher must have `async def fetch(self, url)`; {type(fetcher).__name__} has none")
        self._workers = workers
        self._pool: WorkerPool | None = None
        self._fetch = fetch
        self._extract = extract
        self._client = client
        self._given = fetcher
        self._fetcher: Fetcher | None = None
        self._batches: set[Batch[Article | Failure]] = set()
        self._beside: ThreadPoolExecutor | None = None
        self._rules = rules
        self.memories = memories
        """What is known of sites by now; `get` and `explain` use it and add nothing."""

    async def __aenter__(self) -> Self:
        self._opened()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    @property
    def in_flight(self) -> int:
        """URLs that are being fetched, extracted, or waiting for their host's turn."""
        return sum(batch.running for batch in tuple(self._batches))

    async def aclose(self) -> None:
        """Stop what still runs and close what this scraper opened."""
        for batch in list(self._batches):
            await self.end_batch(batch)
        beside, self._beside = self._beside, None
        if beside is not None:
            beside.shutdown(wait=False, cancel_futures=True)
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.aclose()
        fetcher, self._fetcher = self._fetcher, None
        close = getattr(fetcher, "aclose", None)
        if close is not None and self._given is None:
            await close()

    async def get(self, url: str) -> Article:
        """Return the article at `url`.

        Raises:
            FetchError: no trustworthy response; the subclass says whose fault it is and whether to try again.
            PageError: a response of which no page can be made.
            NotAnArticle: a page that holds no article.

        """
        return article_of(await self._whole(url, self._extract), self._extract)

    async def fetch(self, url: str) -> Response:
        """Return what is at `url`, robots.txt, politeness and bounds respected, without reading it.

        Raises:
            FetchError: no trustworthy response.

        """
        return await self._response(url)

    async def explain(self, url: str) -> Extraction:
        """Return the article at `url` with all evidence; a page without one says so in `refusal`.

        Raises:
            FetchError: no trustworthy response.
            PageError: a response of which no page can be made.

        """
        return await self._whole(url, replace(self._extract, explain=True))

    async def discover(self, source: str, settings: DiscoverSettings = _DISCOVER) -> AsyncIterator[Link | Failure]:
        """Yield links to articles that a site, a section, a feed or a sitemap leads to; each article once.

        Lazily: a document is fetched when its links are asked for. A `Failure` stands for each document that could
        not be read; nothing is raised for one. What was odd about a document is logged as a warning.
        """
        from scraper.discover.walk import Read, discover  # noqa: PLC0415  # lxml loads only for those who discover

        if not isinstance(source, str):
            raise TypeError(f"discover takes one URL, not {type(source).__name__}")
        fetch = partial(_document, self._opened(), settings.max_body_bytes)
        async for found in discover(fetch, source, settings):
            if not isinstance(found, Read):
                yield found
                continue
            for problem in found.problems:
                _discover_log.warning("%s: %s", found.url, problem)

    async def iter(self, urls: Iterable[str] | AsyncIterable[str]) -> AsyncIterator[Article | Failure]:
        """Yield one Article or one Failure for each URL, as they come or, with `ordered`, as they were asked for.

        Never raises for a URL. Reads `urls` as results are taken, a bounded number ahead; what an iterable of URLs
        itself raises comes out after the results of the URLs before it.

        Raises:
            ScraperError: the scraper was closed meanwhile; its reason is "closed".

        """
        urls = _several(urls)
        batch = await self.open_batch()
        try:
            async for result in fed(batch, urls):
                yield result
        finally:
            await self.end_batch(batch)

    async def open_batch(self) -> Batch[Article | Failure]:
        """Return an empty batch whose deadline, if there is one, begins now; for `Scraper`."""
        self._opened()
        allowed = self._fetch.run_deadline_s
        ends = None if allowed is None else asyncio.get_running_loop().time() + allowed

        async def work(url: str) -> Article | Failure:
            return await self._outcome(url, ends)

        batch = Batch(
            work,
            concurrency=self._fetch.concurrency,
            per_host=self._fetch.per_host,
            ordered=self._fetch.ordered,
        )
        self._batches.add(batch)
        return batch

    async def end_batch(self, batch: Batch[Article | Failure]) -> None:
        """Stop what a batch still runs."""
        self._batches.discard(batch)
        await batch.close()

    async def _outcome(self, url: str, ends: float | None) -> Article | Failure:
        """Return what became of a URL; raises nothing but cancellation."""
        try:
            async with asyncio.timeout_at(ends) as limit:
                extraction = await self._whole(url, self._extract)
            if self._extract.site_memory == "learn":
                self.memories = self.memories.learned(extraction)
            return article_of(extraction, self._extract)
        except TimeoutError:
            error: ScraperError = FetchTimeout("the run's deadline passed", url=_shown(url), reason="run_deadline")
            if not limit.expired():
                error = FetchTimeout("a timeout of the fetcher's own", url=_shown(url))
        except ScraperError as caught:
            error = caught
        except Exception as caught:  # noqa: BLE001  # one URL must not cost the others their records
            _log.debug("%s", _shown(url), exc_info=True)
            error = ScraperError(f"unexpected {type(caught).__name__}", url=_shown(url), reason="unexpected")
        return failure_of(error, _shown(url), at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")

    async def _whole(self, url: str, settings: ExtractSettings) -> Extraction:
        """Return what is at `url`: built by a browser where that is asked for, with the pages that follow it."""
        response = await self._response(url)
        return await whole_article(response, self._opened(), self._extraction, settings, most=self._fetch.max_pages)

    async def _response(self, url: str) -> Response:
        if not isinstance(url, str):
            raise BadUrl(f"a URL is text, not {type(url).__name__}", url=_shown(url))
        return await self._opened().fetch(url)

    def _opened(self) -> Fetcher:
        """Return the fetcher; settings that cannot be come out here, before any URL is asked for."""
        if self._fetcher is None:
            self._fetcher = _bounded(self._given, self._fetch) if self._given else _http(self._fetch, self._client)
        return self._fetcher

    async def _extraction(self, response: Response, settings: ExtractSettings) -> Extraction:
        memories = None if settings.site_memory == "off" else self.memories
        if self._workers is not None:
            from scraper.workers.pool import WorkerPool  # noqa: PLC0415  # only for those who ask for it

            if self._pool is None:
                self._pool = WorkerPool(self._workers)
            return await self._pool.extract(response, settings, memories, self._rules)
        from scraper.workers.task import extract_response  # noqa: PLC0415  # most of the package: not beside workers

        if len(response.body) <= _INLINE_BYTES:
            return extract_response(response, settings, memories, self._rules)
        if self._beside is None:
            self._beside = ThreadPoolExecutor(1, "scraper-extract")
        work = partial(extract_response, response, settings, memories, self._rules)
        return await asyncio.get_running_loop().run_in_executor(self._beside, work)


class Scraper:
    """`AsyncScraper` for code without an event loop: the same arguments, names and errors.

        >>> with Scraper() as scraper:
        ...     article = scraper.get(url)
        ...     kinds = [type(result).__name__ for result in scraper.iter([url, "ftp://example.com/"])]
        >>> article.url == url, sorted(kinds)
        (True, ['Article', 'Failure'])

    Runs a loop in a thread of its own from the first use to the end of `with` or `close`, or until nobody holds it any
    more. Methods may be called from several threads, and inside a running loop such as a notebook's. `client` must not
    be in use by another loop. After a fork, make one in each process: one that was in use before refuses to work there.
    """

    def __init__(  # noqa: PLR0913  # each of them has a default, and most callers name none
        self,
        fetch: FetchSettings = _FETCH,
        extract: ExtractSettings = _EXTRACT,
        *,
        client: httpx.AsyncClient | None = None,
        fetcher: Fetcher | None = None,
        workers: WorkerSettings | None = None,
        memories: SiteMemories = _NO_MEMORIES,
        rules: SiteRules | None = None,
    ) -> None:
        self._async = AsyncScraper(
            fetch, extract, client=client, fetcher=fetcher, workers=workers, memories=memories, rules=rules
        )
        self._loop = BackgroundLoop()
        self._closing = threading.RLock()

    def __reduce__(self) -> Never:
        raise TypeError("a Scraper has a thread and connections, and cannot be pickled; make one in each process")

    def __enter__(self) -> Self:
        try:
            self._loop.run(self._async.__aenter__())
        except BaseException:
            self._loop.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop what still runs, close connections, end the thread.

        From any thread: a method that waits for its result in another one, or an `iter` that is not through, raises a
        `ScraperError` with the reason "closed".
        """
        with self._closing:
            if not self._loop.running:
                return
            self._loop.abandon()
            try:
                self._loop.run(self._async.aclose())
            finally:
                self._loop.stop()

    def __del__(self) -> None:
        if hasattr(self, "_loop"):  # else it was never made
            self._loop.leave(self._async.aclose)

    @property
    def in_flight(self) -> int:
        """See `AsyncScraper.in_flight`."""
        return self._async.in_flight

    @property
    def memories(self) -> SiteMemories:
        """What is known of sites by now."""
        return self._async.memories

    def get(self, url: str) -> Article:
        """See `AsyncScraper.get`."""
        return self._loop.run(self._async.get(url))

    def fetch(self, url: str) -> Response:
        """See `AsyncScraper.fetch`."""
        return self._loop.run(self._async.fetch(url))

    def explain(self, url: str) -> Extraction:
        """See `AsyncScraper.explain`."""
        return self._loop.run(self._async.explain(url))

    def discover(self, source: str, settings: DiscoverSettings = _DISCOVER) -> Iterator[Link | Failure]:
        """See `AsyncScraper.discover`."""
        found = self._async.discover(source, settings)
        try:
            while (one := self._loop.run(_next(found))) is not None:
                yield one
        finally:
            if self._loop.running:
                self._loop.run(_closed(found))

    def iter(self, urls: Iterable[str]) -> Iterator[Article | Failure]:
        """See `AsyncScraper.iter`.

        `urls` is read in the caller's thread, and only inside `next`; where reading it blocks, finished results wait.
        Of a list or tuple, results may come by the handful, each some .05 s later than it could.
        """
        source = iter(_several(urls))
        batch = self._loop.run(self._async.open_batch())
        hand = Handover(batch, self._loop.call, several=isinstance(urls, Sequence | AtOnce))
        broken: Exception | None = None
        next_urls: list[str] = []
        ended = False
        try:
            while (given := hand.step(next_urls, ended=ended)) is not None:
                yield from given.results
                next_urls = []
                try:
                    for _ in range(given.wanted):
                        next_urls.append(next(source))  # one by one: what came before an error counts
                except StopIteration:
                    ended = True
                except Exception as error:  # noqa: BLE001  # raised again, after the results of the URLs before it
                    ended, broken = True, error
        finally:
            if not batch.closed:
                self._loop.run(self._async.end_batch(batch))
        if broken is not None:
            raise broken


def _several(urls: Urls) -> Urls:
    """Return URLs to go through; a text would be gone through letter by letter."""
    if isinstance(urls, (str, bytes)):
        raise TypeError(f"iter takes several URLs, such as [{str(urls)[:100]!r}]; get takes one")
    return urls


def _shown(url: object) -> str:
    """Return a URL fit for records and messages; the network code is loaded by now."""
    from scraper.fetch.target import shown_url  # noqa: PLC0415  # loads nothing that a plain import should not

    return shown_url(url)


async def _document(fetcher: Fetcher, max_body_bytes: int, url: str) -> Response:
    """Return a document of whatever type; a fetcher that knows of pages alone is asked for a page."""
    fetch = getattr(fetcher, "fetch_document", None)
    if fetch is None:
        return await fetcher.fetch(url)
    response: Response = await fetch(url, max_body_bytes=max_body_bytes)
    return response


async def _next(found: AsyncIterator[Link | Failure]) -> Link | Failure | None:
    return await anext(found, None)


async def _closed(found: AsyncIterator[Link | Failure]) -> None:
    await found.aclose()  # type: ignore[attr-defined]  # a generator in fact


def _http(settings: FetchSettings, client: httpx.AsyncClient | None) -> Fetcher:
    from scraper.fetch.archive import WarcArchive  # noqa: PLC0415  # see above
    from scraper.fetch.client import HttpFetcher  # noqa: PLC0415  # httpx costs .4 s of CPU: only for those who fetch

    archive = WarcArchive(settings.warc) if settings.warc is not None else None
    return HttpFetcher(settings, client=client, archive=archive)


def _bounded(fetcher: Fetcher, settings: FetchSettings) -> Fetcher:
    if isinstance(fetcher, Renderer):
        return BoundedRenderer(fetcher, settings.concurrency)
    if settings.render != "never":
        raise SettingsError("render: the fetcher given cannot render", advice="it needs the methods of Renderer")
    return BoundedFetcher(fetcher, settings.concurrency)
