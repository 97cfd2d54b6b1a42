"""A simulated web behind `httpx.MockTransport`: notes when which host was asked for what."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from scraper.errors import FetchError
from scraper.fetch.client import HttpFetcher
from scraper.fetch.exchange import Answer
from scraper.settings import FetchSettings
from tests.fetch.virtual_time import run_virtually, virtual_clock

if TYPE_CHECKING:
    from scraper.fetch.journey import Journey
    from scraper.model.response import Response

__all__ = ["Web", "crawl"]

Answering = Callable[[httpx.Request], httpx.Response]
_MANY = 1000
PAGE = b"<html><body><p>Some words.</p></body></html>"


def plain(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers={"content-type": "text/html"}, content=PAGE)


@dataclass
class Web:
    """Answers every host alike, after `latency_s` virtual seconds."""

    answer: Answering = plain
    robots: Answering = lambda _request: httpx.Response(404)
    latency_s: float = 0.05
    asked: dict[str, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    busy: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    most_busy: int = 0
    most_at_once: int = 0

    async def handle(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        self.asked[host].append((asyncio.get_running_loop().time(), request.url.path))
        self.busy[host] += 1
        self.most_busy = max(self.most_busy, self.busy[host])
        self.most_at_once = max(self.most_at_once, sum(self.busy.values()))
        await asyncio.sleep(self.latency_s)
        self.busy[host] -= 1
        return self.robots(request) if request.url.path == "/robots.txt" else self.answer(request)

    async def request(self, journey: Journey, _wish: object, _budget: object) -> Answer:
        """Stand in for the wire, below httpx: ten times as fast."""
        response = await self.handle(httpx.Request("GET", journey.here.url))
        headers = tuple((name.decode(), value.decode()) for name, value in response.headers.raw)
        return Answer(response.status_code, headers, response.content)

    def times(self, host: str = "news.example") -> list[float]:
        """When pages, not robots.txt, were asked for."""
        return [at for at, path in self.asked[host] if path != "/robots.txt"]

    def gaps(self, host: str = "news.example") -> list[float]:
        times = self.times(host)
        return [later - earlier for earlier, later in itertools.pairwise(times)]


def crawl(web: Web, urls: list[str], *, in_turn: bool = False, **settings: Any) -> list[Response | FetchError]:
    """Return what `HttpFetcher` makes of URLs, asked for all at once or in turn, on virtual time."""

    async def run() -> list[Response | FetchError]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(web.handle)) as client:
            fetcher = HttpFetcher(FetchSettings(**settings), client=client, clock=virtual_clock())
            if len(urls) > _MANY:
                fetcher._wire = web  # type: ignore[assignment]

            async def one(url: str) -> Response | FetchError:
                try:
                    return await fetcher.fetch(url)
                except FetchError as error:
                    return error

            return [await one(url) for url in urls] if in_turn else await asyncio.gather(*map(one, urls))

    return run_virtually(run())
