"""Scraper and AsyncScraper: one result a URL, lazily, in bounded numbers, and a clean end."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

import httpx
import pytest

from scraper.errors import BadStatus, FetchError
from scraper.model.article import Article
from scraper.model.extraction import Extraction
from scraper.model.failure import Failure
from scraper.model.response import Response
from scraper.scraping import AsyncScraper, Scraper
from scraper.settings import ExtractSettings, FetchSettings
from tests.faults.server import ARTICLE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

KEEP = ExtractSettings(keep_all=True)
HEADERS = (("content-type", "text/html; charset=utf-8"),)


class Pages:
    """A fetcher that answers from memory and counts."""

    def __init__(self, pause_s: float = 0.0) -> None:
        self.pause_s = pause_s
        self.asked: list[str] = []
        self.running = 0
        self.most_running = 0
        self.cancelled = 0
        self.threads: set[int] = set()

    async def fetch(self, url: str) -> Response:
        self.asked.append(url)
        self.threads.add(threading.get_ident())
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            await asyncio.sleep(0.3 if "slow" in url else self.pause_s)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.running -= 1
        if "missing" in url:
            raise BadStatus("HTTP 404", url=url, reason="http_404")
        if "broken" in url:
            raise ZeroDivisionError
        body = b"\x89PNG\r\n\x1a\n" + bytes(99) if "binary" in url else ARTICLE
        return Response(requested_url=url, url=url, status=200, headers=HEADERS, body=body)


def scraper(pages: Pages, **settings: object) -> Scraper:
    return Scraper(FetchSettings(**settings), KEEP, fetcher=pages)  # type: ignore[arg-type]


def urls(number: int, hosts: int = 1000) -> list[str]:
    return [f"http://h{n % hosts}.example/{n}" for n in range(number)]


def test_get_returns_the_article() -> None:
    with scraper(Pages()) as s:
        assert "Part 11" in s.get("http://a.example/").article_body


def test_get_raises_what_the_fetcher_raises() -> None:
    with scraper(Pages()) as s, pytest.raises(BadStatus):
        s.get("http://a.example/missing")


def test_explain_returns_the_evidence() -> None:
    with scraper(Pages()) as s:
        assert isinstance(s.explain("http://a.example/"), Extraction)


def test_a_scraper_works_without_with() -> None:
    s = scraper(Pages())
    article = s.get("http://a.example/")
    s.close()

    assert isinstance(article, Article)


def test_closing_twice_is_fine() -> None:
    s = scraper(Pages())
    s.get("http://a.example/")
    s.close()
    s.close()


@pytest.mark.parametrize("ordered", [False, True])
def test_every_url_has_one_result(ordered: bool) -> None:
    asked = [*urls(50), "http://a.example/missing", "http://a.example/broken", *urls(3)]
    with scraper(Pages(), ordered=ordered) as s:
        results = list(s.iter(asked))

    assert Counter(result.requested_url for result in results) == Counter(asked)


def test_ordered_results_are_in_order() -> None:
    asked = ["http://a.example/slow", *urls(20), "http://b.example/slow", *urls(5, 2)]
    with scraper(Pages(), ordered=True) as s:
        assert [result.requested_url for result in s.iter(asked)] == asked


def test_unordered_results_come_as_they_are_done() -> None:
    with scraper(Pages()) as s:
        results = [result.requested_url for result in s.iter(["http://a.example/slow", "http://b.example/"])]

    assert results == ["http://b.example/", "http://a.example/slow"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [("http://a.example/missing", "http_404"), ("http://a.example/broken", "unexpected")],
)
def test_a_failure_is_a_result(url: str, reason: str) -> None:
    with scraper(Pages()) as s:
        (result,) = s.iter([url])

    assert isinstance(result, Failure) and result.reason == reason


@pytest.mark.parametrize("thing", [None, 5, b"http://a.example/", "", "  ", "http://[bad", "\ud800", object()])
def test_what_is_no_url_is_a_failure(thing: object) -> None:
    with Scraper(FetchSettings(), KEEP) as s:
        (result,) = s.iter([thing])  # type: ignore[list-item]

    assert isinstance(result, Failure) and result.reason == "bad_url"


def test_no_urls_no_results() -> None:
    with scraper(Pages()) as s:
        assert list(s.iter([])) == []


def test_urls_are_read_as_results_are_taken() -> None:
    pulled = 0

    def endless() -> Iterator[str]:
        nonlocal pulled
        while True:
            pulled += 1
            yield f"http://h{pulled}.example/"

    pages = Pages()
    with scraper(pages) as s:
        for taken, _ in enumerate(s.iter(endless()), 1):
            if taken == 20:
                break

    assert pulled < 20 + 4 * 8 + 1


def test_one_busy_host_is_read_past_but_not_for_ever() -> None:
    pages = Pages(0.002)
    with scraper(pages, delay_s=0) as s:
        source = iter(urls(100_000, hosts=1))
        next(s.iter(source))
        left = sum(1 for _ in source)

    assert left >= 100_000 - 300


def test_results_nobody_takes_stop_the_fetching() -> None:
    pages = Pages()
    with scraper(pages) as s:
        results = s.iter(urls(1000))
        next(results)
        time.sleep(0.2)

        assert len(pages.asked) <= 4 * 8 + 1


def test_no_more_fetches_run_than_allowed() -> None:
    pages = Pages(0.01)
    with scraper(pages, concurrency=3) as s:
        list(s.iter(urls(40)))

    assert pages.most_running == 3


def test_no_more_fetches_run_at_a_host_than_allowed() -> None:
    pages = Pages(0.01)
    with scraper(pages, per_host=2) as s:
        list(s.iter(urls(20, hosts=1)))

    assert pages.most_running == 2


def test_an_early_break_ends_what_runs() -> None:
    pages = Pages()
    with scraper(pages) as s:
        for _ in s.iter(["http://a.example/", *[f"http://h{n}.example/slow" for n in range(5)]]):
            break
        gc.collect()
        time.sleep(0.05)

        assert pages.running == 0


def test_no_thread_is_left_behind() -> None:
    before = threading.active_count()
    with scraper(Pages()) as s:
        next(s.iter(urls(100)))

    assert threading.active_count() == before


def test_urls_are_read_in_the_callers_thread() -> None:
    seen = set()

    def source() -> Iterator[str]:
        seen.add(threading.get_ident())
        yield from urls(5)

    with scraper(Pages()) as s:
        list(s.iter(source()))

    assert seen == {threading.get_ident()}


def failing_source() -> Iterator[str]:
    yield from urls(3)
    raise KeyError("the list of URLs broke")


def test_what_the_source_raises_comes_after_its_results() -> None:
    results = []
    with scraper(Pages()) as s, pytest.raises(KeyError):  # noqa: PT012  # what came before counts
        for result in s.iter(failing_source()):
            results.append(result)  # noqa: PERF402  # what came before the error counts

    assert len(results) == 3


def test_two_iterations_at_once() -> None:
    with scraper(Pages(0.01)) as s:
        both = list(zip(s.iter(urls(10)), s.iter(urls(10)), strict=True))

    assert len(both) == 10


def test_several_threads_share_a_scraper() -> None:
    results: list[int] = []
    with scraper(Pages(0.005)) as s:
        threads = [threading.Thread(target=lambda: results.append(len(list(s.iter(urls(20)))))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert results == [20] * 4


def test_async_iter_takes_an_async_source() -> None:
    async def source() -> AsyncIterator[str]:
        for url in urls(7):
            await asyncio.sleep(0.001)
            yield url

    async def run() -> int:
        async with AsyncScraper(FetchSettings(), KEEP, fetcher=Pages()) as s:
            return len([result async for result in s.iter(source())])

    assert asyncio.run(run()) == 7


def test_a_slow_async_source_does_not_hold_up_results() -> None:
    async def source() -> AsyncIterator[str]:
        yield "http://a.example/"
        await asyncio.sleep(30)

    async def run() -> Article | Failure:
        async with AsyncScraper(FetchSettings(), KEEP, fetcher=Pages()) as s:
            return await anext(s.iter(source()))

    assert isinstance(asyncio.run(asyncio.wait_for(run(), 5)), Article)


def test_an_async_break_leaves_no_task() -> None:
    async def run() -> int:
        async with AsyncScraper(FetchSettings(), KEEP, fetcher=Pages(0.01)) as s:
            async for _ in s.iter(urls(100)):
                break
        await asyncio.sleep(0.01)  # the abandoned generator is closed by the loop
        return len(asyncio.all_tasks())

    assert asyncio.run(run()) == 1


def test_cancelling_get_cancels_the_fetch() -> None:
    pages = Pages()

    async def run() -> None:
        async with AsyncScraper(FetchSettings(), KEEP, fetcher=pages) as s:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(s.get("http://a.example/slow"), 0.02)

    asyncio.run(run())

    assert pages.cancelled == 1


def mocked(request: httpx.Request) -> httpx.Response:
    return httpx.Response(404) if request.url.path == "/robots.txt" else httpx.Response(200, html=ARTICLE.decode())


def test_a_client_of_the_users_own_is_used_and_left_open() -> None:
    async def run() -> tuple[str, bool]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(mocked)) as client:
            async with AsyncScraper(FetchSettings(), KEEP, client=client) as s:
                article = await s.get("http://a.example/")
            return article.article_body, client.is_closed

    body, closed = asyncio.run(run())

    assert ("Part 11" in body, closed) == (True, False)


@pytest.mark.parametrize("error", [httpx.ConnectError("x"), ValueError("x"), httpx.InvalidURL("x"), KeyError("x")])
def test_whatever_a_client_raises_is_an_error_of_ours(error: Exception) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise error

    async def run() -> None:
        client = httpx.AsyncClient(transport=httpx.MockTransport(fail))
        async with client, AsyncScraper(FetchSettings(retries=0), KEEP, client=client) as s:
            await s.get("http://a.example/")

    with pytest.raises(FetchError):
        asyncio.run(run())


INTERRUPTED = """
import signal, threading, time, os
from scraper.scraping import Scraper
from tests.fetch.test_scraping import Pages, KEEP
from scraper.settings import FetchSettings
pages = Pages()
threading.Timer(0.4, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    with Scraper(FetchSettings(concurrency=2), KEEP, fetcher=pages) as s:
        for result in s.iter(f"http://h{n}.example/slow" for n in range(10_000)):
            pass
except KeyboardInterrupt:
    print("interrupted", pages.running)
"""


def test_ctrl_c_ends_at_once_and_cleanly() -> None:
    started = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, timeout=20, check=False)

    assert (ran.stdout, ran.stderr, time.monotonic() - started < 5) == ("interrupted 0\n", "", True)


def test_importing_the_scraper_does_not_load_httpx() -> None:
    code = "import sys, scraper.scraping; print('httpx' in sys.modules, 'ssl' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.startswith("False")


def test_failures_say_when() -> None:
    with scraper(Pages()) as s:
        (failure,) = s.iter(["http://a.example/missing"])

    assert isinstance(failure, Failure) and failure.at is not None and failure.at.endswith("Z")
