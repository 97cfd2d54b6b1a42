"""An event loop in a thread, for the synchronous facade."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from scraper.errors import ScraperError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

__all__ = ["BackgroundLoop"]

Result = TypeVar("Result")


class BackgroundLoop:
    """Started by the first `run`, ended by `stop`; a daemon, so that a forgotten one cannot hold up the exit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
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
            ScraperError: the loop was started by the process that this one was forked from; its thread is not here.

        """
        if self._is_elsewhere():
            work.close()
            raise _forked()
        task = asyncio.run_coroutine_threadsafe(work, self._started())
        try:
            return task.result()
        except BaseException:
            if not task.done():
                task.cancel()
                with contextlib.suppress(Exception, asyncio.CancelledError):
                    self.run(_breath())
            raise

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        """Have the loop, which runs, call a function soon.

        Raises:
            ScraperError: as `run`.
            RuntimeError: the loop was stopped.

        """
        loop = self._loop
        if self._is_elsewhere():
            raise _forked()
        if loop is None:
            raise RuntimeError("the Scraper was closed")
        loop.call_soon_threadsafe(function, *arguments)

    def stop(self) -> None:
        """End the loop and the thread."""
        if self._is_elsewhere():
            self._loop = self._thread = None
            return
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._process = os.getpid()
                self._thread = threading.Thread(target=_turn, args=(self._loop,), name="scraper", daemon=True)
                self._thread.start()
            return self._loop

    def _is_elsewhere(self) -> bool:
        """Whether the thread is another process's: threads do not survive fork(2), and waiting for one never ends."""
        return self._loop is not None and self._process != os.getpid()


def _forked() -> ScraperError:
    return ScraperError(
        "a Scraper that was in use before the process was forked", advice="make one in each process", reason="forked"
    )


def _turn(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


async def _breath() -> None:
    """Let a cancelled task run its `finally` blocks."""
    await asyncio.sleep(0)
