"""A scraper that is closed while others wait for it: each of them is told, none waits for ever, no thread is left."""

from __future__ import annotations

import asyncio
import gc
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from scraper.errors import ScraperError
from scraper.model.response import Response
from scraper.scraping import AsyncScraper, Scraper
from scraper.settings import ExtractSettings, FetchSettings
from tests.faults.server import ARTICLE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

KEEP = ExtractSettings(keep_all=True)
HEADERS = (("content-type", "text/html; charset=utf-8"),)
LONG_S = 20.0


class Stuck:
    """A fetcher of which nothing comes back, but for URLs with "quick" in them."""

    def __init__(self) -> None:
        self.asked = threading.Event()

    async def fetch(self, url: str) -> Response:
        if "quick" not in url:
            self.asked.set()
            await asyncio.Event().wait()
        return Response(requested_url=url, url=url, status=200, headers=HEADERS, body=ARTICLE)


def _outcome(work: Callable[[], object]) -> tuple[threading.Thread, list[str]]:
    """Begin `work` in a thread; the list will say what it raised, or "through"."""
    said: list[str] = []

    def run() -> None:
        try:
            work()
            said.append("through")
        except ScraperError as error:
            said.append(error.reason)
        except BaseException as error:  # noqa: BLE001  # whatever it is, the test is to show it
            said.append(repr(error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, said


WAITING: dict[str, Callable[[Scraper], object]] = {
    "get": lambda s: s.get("http://a.example/"),
    "fetch": lambda s: s.fetch("http://a.example/"),
    "explain": lambda s: s.explain("http://a.example/"),
    "iter_of_a_list": lambda s: list(s.iter([f"http://h{n}.example/" for n in range(300)])),
    "iter_of_a_generator": lambda s: list(s.iter(f"http://h{n}.example/" for n in range(300))),
    "iter_of_one_host": lambda s: list(s.iter([f"http://a.example/{n}" for n in range(300)])),
    "discover": lambda s: list(s.discover("http://a.example/")),
}


@pytest.mark.parametrize("work", WAITING.values(), ids=WAITING)
def test_who_waits_is_told_that_the_scraper_was_closed(work: Callable[[Scraper], object]) -> None:
    pages = Stuck()
    one = Scraper(FetchSettings(), KEEP, fetcher=pages)
    thread, said = _outcome(lambda: work(one))
    assert pages.asked.wait(LONG_S)
    one.close()
    thread.join(LONG_S)
    assert said == ["closed"]


def test_results_that_are_left_are_not_waited_for() -> None:
    pages = Stuck()
    one = Scraper(FetchSettings(), KEEP, fetcher=pages)
    results = one.iter(["http://a.example/quick", "http://b.example/"])
    next(results)
    one.close()
    with pytest.raises(ScraperError, match="closed before this was done"):
        next(results)


def test_iterator_that_outlives_its_scraper_starts_no_thread() -> None:
    before = threading.active_count()
    with Scraper(FetchSettings(), KEEP, fetcher=Stuck()) as one:
        results = one.iter(["http://a.example/quick", "http://b.example/"])
        links = one.discover("http://a.example/quick")
        next(results)
        next(links)
    results.close()  # type: ignore[attr-defined]  # a generator in fact
    links.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


def test_signal_handler_may_close_the_scraper_that_the_main_thread_waits_for() -> None:
    one = Scraper(FetchSettings(), KEEP, fetcher=Stuck())
    before = signal.signal(signal.SIGALRM, lambda *_: one.close())
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(ScraperError) as caught:
            list(one.iter(["http://a.example/"]))
    finally:
        signal.signal(signal.SIGALRM, before)
    assert caught.value.reason == "closed"


def test_two_threads_may_close_at_once() -> None:
    pages = Stuck()
    one = Scraper(FetchSettings(), KEEP, fetcher=pages)
    waiting, said = _outcome(lambda: one.get("http://a.example/"))
    assert pages.asked.wait(LONG_S)
    closing = [_outcome(one.close) for _ in range(4)]
    for thread, _ in [*closing, (waiting, said)]:
        thread.join(LONG_S)
    assert [said for _, said in closing] == [["through"]] * 4


def test_closed_scraper_may_be_used_again() -> None:
    one = Scraper(FetchSettings(), KEEP, fetcher=Stuck())
    one.get("http://a.example/quick")
    one.close()
    try:
        assert "Part 11" in one.get("http://a.example/quick").article_body
    finally:
        one.close()


def test_scraper_that_is_forgotten_ends_its_thread() -> None:
    """A server that makes one for each request would collect threads and connections."""

    def use() -> set[threading.Thread]:
        before = set(threading.enumerate())
        one = Scraper(FetchSettings(), KEEP, fetcher=Stuck())
        one.get("http://a.example/quick")
        return set(threading.enumerate()) - before

    (thread,) = use()
    gc.collect()
    thread.join(LONG_S)
    assert not thread.is_alive()


def test_scraper_that_could_not_be_made_ends_quietly() -> None:
    with pytest.raises(TypeError):
        Scraper(FetchSettings(), fetcher=3)  # type: ignore[arg-type]
    gc.collect()


def test_fetcher_that_asks_its_own_scraper_is_told() -> None:
    class Asking:
        async def fetch(self, url: str) -> Response:
            one.get(url)
            raise AssertionError

    with Scraper(FetchSettings(), KEEP, fetcher=Asking()) as one, pytest.raises(ScraperError) as caught:
        one.get("http://a.example/")
    assert caught.value.reason == "own_thread"


async def _closed_under(work: Callable[[AsyncScraper], object]) -> str:
    pages = Stuck()
    one = AsyncScraper(FetchSettings(), KEEP, fetcher=pages)
    task = asyncio.ensure_future(work(one))  # type: ignore[arg-type]
    await asyncio.to_thread(pages.asked.wait, LONG_S)
    await one.aclose()
    try:
        async with asyncio.timeout(LONG_S):
            await task
    except ScraperError as error:
        return error.reason
    return "through"


async def _each(one: AsyncScraper) -> None:
    async for _ in one.iter([f"http://h{n}.example/" for n in range(300)]):
        pass


async def _each_as_they_come(one: AsyncScraper) -> None:
    async def urls() -> AsyncIterator[str]:
        yield "http://a.example/"
        await asyncio.Event().wait()

    async for _ in one.iter(urls()):
        pass


@pytest.mark.parametrize("work", [_each, _each_as_they_come])
def test_task_that_iterates_is_told_that_the_scraper_was_closed(work: Callable[[AsyncScraper], object]) -> None:
    assert asyncio.run(_closed_under(work)) == "closed"


def test_client_of_its_own_is_closed_under_a_request_with_a_typed_error() -> None:
    """What `get` raises in another task while `aclose` takes its connection away is a ScraperError, too."""

    async def scenario(port: int) -> str:
        one = AsyncScraper(FetchSettings(allow_private=True, robots=False), KEEP)
        task = asyncio.ensure_future(one.get(f"http://127.0.0.1:{port}/"))
        await arrived.wait()
        await one.aclose()
        try:
            async with asyncio.timeout(LONG_S):
                await task
        except ScraperError as error:
            return type(error).__name__
        return "through"

    async def whole() -> str:
        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            arrived.set()
            await reader.read()
            writer.close()

        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        async with server:
            return await scenario(server.sockets[0].getsockname()[1])

    arrived = asyncio.Event()
    assert asyncio.run(whole()) == "ConnectionFailed"


class Large:
    """A fetcher of pages that are extracted beside the loop."""

    async def fetch(self, url: str) -> Response:
        body = ARTICLE + b"<!--" + bytes(300_000).replace(b"\0", b"x") + b"-->"
        return Response(requested_url=url, url=url, status=200, headers=HEADERS, body=body)


def _helpers() -> list[str]:
    names = [thread.name for thread in threading.enumerate()]
    return [name for name in names if name.startswith(("scraper-extract", "asyncio_"))]


def test_large_pages_share_one_thread_whose_memory_is_bounded() -> None:
    """In six threads, each with the memory of its largest page, a run of 6,000 pages grew by 60 MB more."""
    with Scraper(FetchSettings(), KEEP, fetcher=Large()) as one:
        found = list(one.iter([f"http://h{n}.example/" for n in range(24)]))
        helpers = _helpers()
    assert (len(found), len(helpers)) == (24, 1)


def test_thread_of_large_pages_ends_with_the_scraper() -> None:
    before = set(threading.enumerate())
    with Scraper(FetchSettings(), KEEP, fetcher=Large()) as one:
        one.get("http://a.example/")
        left = set(threading.enumerate()) - before
    for thread in left:
        thread.join(LONG_S)
    assert not [thread for thread in left if thread.is_alive()]
