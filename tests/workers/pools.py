"""What the tests of workers share: pools whose pages do as they say, and whether processes live."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from scraper.errors import ScraperError
from scraper.model.response import Response
from scraper.settings import ExtractSettings, WorkerSettings
from scraper.workers.pool import WorkerPool

__all__ = ["POISON", "QUICK", "gone", "lives", "outcomes", "page", "process_of", "said", "with_pool"]

POISON = "tests.workers.poison:answer"
QUICK = WorkerSettings(count=1, page_timeout_s=0.5, page_memory_bytes=200_000_000)


def page(deed: str) -> Response:
    url = f"https://news.example/{deed.partition(' ')[0]}"
    return Response(requested_url=url, url=url, status=200, body=deed.encode())


async def said(pool: WorkerPool, deed: str) -> str:
    """Return what the article says, or the class and reason of the error."""
    try:
        return (await pool.extract(page(deed), ExtractSettings())).article.article_body
    except ScraperError as error:
        return f"{type(error).__name__} {error.reason}"


async def process_of(pool: WorkerPool, deed: str = "fine") -> int:
    """Return the id of the process that served a page."""
    return int((await said(pool, deed)).removeprefix("process "))


def with_pool(use: Callable[[WorkerPool], Awaitable[Any]], settings: WorkerSettings = QUICK) -> Any:
    """Return what `use` returns of a pool whose pages do as they say; no process may be left after it."""

    async def run() -> Any:
        async with WorkerPool(settings, task=POISON) as pool:
            result = await use(pool)
            pids = pool.pids
        assert not [pid for pid in pids if lives(pid)], "a closed pool has left processes"
        return result

    return asyncio.run(run())


def outcomes(*deeds: str, settings: WorkerSettings = QUICK) -> list[str]:
    """Return what became of pages asked for at once; "fine" for an article."""

    async def use(pool: WorkerPool) -> list[str]:
        results = await asyncio.gather(*(said(pool, deed) for deed in deeds))
        return ["fine" if result.startswith("process") else result for result in results]

    found: list[str] = with_pool(use, settings)
    return found


def lives(pid: int) -> bool:
    """Return whether a process lives; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        if Path("/proc/self").exists():
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pids: list[int], within_s: float) -> bool:
    """Return whether all processes end in time."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if not any(map(lives, pids)):
            return True
        time.sleep(0.02)
    return False
