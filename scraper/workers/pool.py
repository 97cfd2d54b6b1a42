"""A few worker processes behind one call: which one is asked, and what its end means for the page."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import deque
from typing import TYPE_CHECKING

import msgspec

from scraper.errors import ExtractCrashed, ExtractTimeout, PageError
from scraper.settings import WorkerSettings
from scraper.sites.fingerprints import site_key
from scraper.workers.messages import Failed, Reply, decode_reply, encode_ask, encode_news, error_of, extraction_of
from scraper.workers.process import WorkerEnded, WorkerProcess, start_worker

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from scraper.model.extraction import Extraction
    from scraper.model.response import Response
    from scraper.settings import ExtractSettings
    from scraper.sites.memories import SiteMemories
    from scraper.sites.memory import SiteMemory
    from scraper.sites.registry import SiteRules

__all__ = ["WorkerPool"]

_log = logging.getLogger("scraper")
_SETTINGS = WorkerSettings()
_MOST = 4
"""Workers, unless told otherwise: one process that fetches feeds no more (docs/decisions/0090)."""
_TRIES = 2
"""A process may be ended from outside, or by what an earlier page has left: the page gets a fresh one once."""


class WorkerPool:
    """Extracts responses in processes that can be killed; belongs to one event loop.

    A process starts when a page needs it, serves pages one by one, and is replaced where it ends, or holds too much
    memory. Closed by `aclose` or the end of `async with`; ended without that, its processes end with this one.

    Args:
        settings: how many, and what a page may cost.
        task: "module:function" to call in place of the extraction, with a Response, ExtractSettings, a SiteMemory and
            SiteRules; for tests.

    """

    def __init__(
        self, settings: WorkerSettings = _SETTINGS, *, task: str = "scraper.workers.task:extract_response"
    ) -> None:
        self._settings = settings
        self._task = task
        self._most = settings.count or min(_usable_cores(), _MOST)
        self._idle: list[WorkerProcess] = []
        self._busy = 0
        self._queue: deque[asyncio.Future[None]] = deque()
        self._workers: set[WorkerProcess] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers that live now."""
        return tuple(worker.pid for worker in self._workers if worker.alive)

    async def extract(
        self,
        response: Response,
        settings: ExtractSettings,
        memories: SiteMemories | None = None,
        rules: SiteRules | None = None,
    ) -> Extraction:
        """Return the extraction of a response, with evidence and blocks only where `settings.explain` asks for them.

        Waits for a free worker; only then does the page's time run. Cancelled, the page's worker is killed.

        Raises:
            NotHtml: the body is binary.
            ExtractTimeout: the page took longer than it may.
            ExtractOutOfMemory: it took more memory than it may.
            ExtractCrashed: it ended its worker, and then a fresh one; or the extraction raised what it should not.
            PageError: no page can be made of it; reason "no_worker" where no process could be started.

        """
        try:
            messages = encode_ask(response, settings, rules), response.body
        except UnicodeEncodeError as error:
            raise PageError("a header or the URL is no Unicode text", url=None, reason="undecodable") from error
        site = site_key(response.url)
        known = None if memories is None else (site, memories.of(site))
        reply = await self._reply(messages, known, response.url)
        if isinstance(reply, Failed):
            raise error_of(reply)
        return extraction_of(reply)

    async def aclose(self) -> None:
        """Kill all workers, busy or not, and wait for their end; who still waits for one gets a RuntimeError."""
        self._closed = True
        for turn in self._queue:
            if not turn.done():
                turn.set_result(None)
        self._queue.clear()
        await asyncio.gather(*(worker.end() for worker in self._workers), *self._ending, return_exceptions=True)
        self._workers.clear()
        self._idle.clear()

    async def _reply(self, messages: tuple[bytes, bytes], known: tuple[str, SiteMemory] | None, url: str) -> Reply:
        """Return the reply of a worker; of a fresh one where the first ended."""
        for attempt in range(1, _TRIES + 1):
            await self._turn()
            try:
                worker = await self._worker(url)
                reply = await self._asked(worker, messages, known, url)
            except WorkerEnded as ended:
                _log.info("%s: the extraction worker ended: %s", url, ended)
                if ended.late:
                    limit = f"extraction took more than {self._settings.page_timeout_s:g} s of CPU time"
                    raise ExtractTimeout(limit, url=url) from ended
                if attempt == _TRIES:
                    what = f"extraction ended its process, twice: {ended}"
                    raise ExtractCrashed(what, url=url, advice="please report this page") from ended
            else:
                return reply
            finally:
                self._next_turn()
        raise AssertionError("the loop returns or raises")

    async def _asked(
        self, worker: WorkerProcess, messages: tuple[bytes, bytes], known: tuple[str, SiteMemory] | None, url: str
    ) -> Reply:
        """Return a worker's reply, and keep the worker where it can serve another page."""
        keep = False
        try:
            told = encode_news(None if known is None else worker.shelf.news(*known))
            reply = decode_reply(await worker.ask(*messages, told))
            keep = not reply.last
        except msgspec.DecodeError as error:
            raise ExtractCrashed("extraction gave no valid reply", url=url, advice="please report this page") from error
        finally:
            if keep and not self._closed:
                self._idle.append(worker)
            else:
                self._drop(worker)
        return reply

    async def _worker(self, url: str) -> WorkerProcess:
        """Return a worker for the one who has the turn: the one used last, else a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            self._drop(worker)
        try:
            worker = await start_worker(self._settings, self._task)
        except (WorkerEnded, OSError) as error:
            problem = PageError(f"no extraction worker could be started: {error}", url=url, reason="no_worker")
            problem.retryable = True
            raise problem from error
        self._workers.add(worker)
        if self._closed:
            self._drop(worker)
        self._check_open()
        return worker

    def _drop(self, worker: WorkerProcess) -> None:
        self._workers.discard(worker)
        ending = asyncio.ensure_future(worker.end())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    async def _turn(self) -> None:
        """Wait until fewer than the allowed number of workers are busy."""
        self._check_open()
        if self._busy < self._most:
            self._busy += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._next_turn()
            raise
        self._check_open()

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError("the pool of workers is closed")

    def _next_turn(self) -> None:
        """Give the turn to the one who waits longest, else give it back."""
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._busy -= 1


def _usable_cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1
