"""An event loop in a thread, for the synchronous facade."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import os
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from scraper.errors import ScraperError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

__all__ = ["BackgroundLoop", "closed"]

Result = TypeVar("Result")


class BackgroundLoop:
    """Started by the first `run`, ended by `stop`; a daemon, so that a forgotten one cannot hold up the exit.

    Nobody waits for a loop that has ended: whoever waits in `run` while another thread stops it is told.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()  # a signal handler may call `close` at any line
        self._waited_for: set[concurrent.futures.Future[Any]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._process = 0

    @property
    def running(self) -> bool:
        """Whether the thread lives, in this process."""
        return self._loop is not None and not self._is_elsewhere()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Return what `work` returns; an interrupt (Ctrl-C) cancels it and waits until it has let go.

        Raises:
            ScraperError: the loop was started by the process that this one was forked from, whose thread is not here;
                it was stopped meanwhile; or it is the loop's own thread that would wait.

        """
        try:
            task = self._begun(work)
        except BaseException:
            work.close()
            raise
        try:
            return task.result()
        except concurrent.futures.CancelledError:
            raise closed() from None
        except BaseException:
            if not task.done():
                task.cancel()
                with contextlib.suppress(Exception, asyncio.CancelledError):
                    self.run(_breath())
            raise
        finally:
            self._waited_for.discard(task)

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        """Have the loop, which runs, call a function soon.

        Raises:
            ScraperError: as `run`.

        """
        if self._is_elsewhere():
            raise _forked()
        with self._lock:  # what is handed over before `stop` is called before the loop ends
            if self._loop is None:
                raise closed()
            self._loop.call_soon_threadsafe(function, *arguments)

    def abandon(self) -> None:
        """Let go of whoever waits in `run`."""
        for task in list(self._waited_for):
            task.cancel()

    def stop(self) -> None:
        """End the loop and the thread."""
        if self._is_elsewhere():
            self._loop = self._thread = None
            return
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
            if loop is not None:
                self.abandon()
                loop.call_soon_threadsafe(loop.stop)
        if thread is not None:
            thread.join()

    def leave(self, last: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Have the loop run `last` and end, without waiting: for an owner that nobody holds any more."""
        with self._lock:
            loop = self._loop
            self._loop = self._thread = None
        if loop is not None and self._process == os.getpid():
            with contextlib.suppress(RuntimeError):  # the interpreter ends, or the loop has
                loop.call_soon_threadsafe(lambda: loop.create_task(_ended(last, loop)))

    def _begun(self, work: Coroutine[Any, Any, Result]) -> concurrent.futures.Future[Result]:
        if self._is_elsewhere():
            raise _forked()
        if threading.current_thread() is self._thread:
            raise ScraperError(
                "a Scraper asked by what it runs itself, such as its fetcher: it would wait for ever",
                advice="use another Scraper there, or AsyncScraper",
                reason="own_thread",
            )
        with self._lock:
            task = asyncio.run_coroutine_threadsafe(work, self._started())
            self._waited_for.add(task)
            return task

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._process = os.getpid()
            self._thread = threading.Thread(target=_turn, args=(self._loop,), name="scraper", daemon=True)
            self._thread.start()
        return self._loop

    def _is_elsewhere(self) -> bool:
        """Whether the thread is another process's: threads do not survive fork(2), and waiting for one never ends."""
        return self._loop is not None and self._process != os.getpid()


def closed() -> ScraperError:
    """Return what is raised where a scraper was closed under whoever waits for a result."""
    return ScraperError(
        "the scraper was closed before this was done", advice="close it when its results are taken", reason="closed"
    )


def _forked() -> ScraperError:
    return ScraperError(
        "a Scraper that was in use before the process was forked", advice="make one in each process", reason="forked"
    )


def _turn(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


async def _ended(last: Callable[[], Coroutine[Any, Any, object]], loop: asyncio.AbstractEventLoop) -> None:
    try:
        await last()
    finally:
        loop.stop()


async def _breath() -> None:
    """Let a cancelled task run its `finally` blocks."""
    await asyncio.sleep(0)
