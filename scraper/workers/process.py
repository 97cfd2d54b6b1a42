"""The parent's side of one worker process: a page in, a reply out, and what its end means."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from scraper.workers.limits import ALARMS, WALL_FACTOR
from scraper.workers.messages import LENGTH_BYTES, length_of
from scraper.workers.shelf import Shelf

if TYPE_CHECKING:
    from scraper.settings import WorkerSettings

__all__ = ["WorkerEnded", "WorkerProcess", "start_worker"]

_BOOT = "import sys; sys.path[:] = sys.argv[6:]; from scraper.workers.child import main; main(*sys.argv[1:6])"
"""Not `multiprocessing`: it would run the caller's own script again in each child, and read pickles from it."""
_START_S = 60.0
"""A worker takes .3 s to start; on a machine that needs a minute, nothing else works either."""
_GRACE_S = 1.0
"""After which a worker that its own alarms should have ended is killed from here."""
_STDOUT = 1
_SET_PIPE_SIZE = getattr(fcntl, "F_SETPIPE_SZ", None)
_PIPE_BYTES = 1_048_576
"""What Linux allows any user: most pages go through in one write, where 64 kB took six and .3 ms."""


class WorkerEnded(Exception):
    """The process ended without a reply."""

    def __init__(self, code: int | None, *, late: bool) -> None:
        super().__init__(code)
        self.code = code
        """As of `subprocess`: negative for a signal."""
        self.late = late
        """Whether time was what ended it."""

    def __str__(self) -> str:
        if self.code is None or self.code >= 0:
            return f"exit code {self.code}"
        try:
            return signal.Signals(-self.code).name
        except ValueError:
            return f"signal {-self.code}"


class _Replies(asyncio.SubprocessProtocol):
    """Joins what comes out of the process into messages, one at a time."""

    def __init__(self) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.awaited: asyncio.Future[bytes] | None = None
        self._received = bytearray()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd != _STDOUT:
            return
        self._received += data
        end = LENGTH_BYTES + int.from_bytes(self._received[:LENGTH_BYTES], "big")
        if len(self._received) >= max(end, LENGTH_BYTES) and self.awaited is not None and not self.awaited.done():
            self.awaited.set_result(bytes(memoryview(self._received)[LENGTH_BYTES:end]))
            self._received = bytearray()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's own signature
        """Hear that the process has ended and that all it wrote was read."""
        if not self.ended.done():
            self.ended.set_result(None)
        if self.awaited is not None and not self.awaited.done():
            self.awaited.set_exception(EOFError())


class WorkerProcess:
    """One process; serves one page at a time."""

    def __init__(
        self,
        transport: asyncio.SubprocessTransport,
        replies: _Replies,
        asks: asyncio.WriteTransport,
        deadline_s: float,
    ) -> None:
        self._transport = transport
        self._replies = replies
        self._asks = asks
        self._deadline_s = deadline_s
        self._late = False
        self.shelf = Shelf()
        """What it knows of sites."""

    @property
    def alive(self) -> bool:
        """Whether the process is not known to have ended."""
        return self._transport.get_returncode() is None and not self._replies.ended.done()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._transport.get_pid()

    async def ask(self, message: bytes, body: bytes, told: bytes) -> bytes:
        """Return the reply to a page; cancelled, the process is killed.

        Args:
            message: as `encode_ask` gives it.
            body: of the response.
            told: as `encode_news` gives it.

        Raises:
            WorkerEnded: it ended before it replied.

        """
        parts = (length_of(message) + message + length_of(body), body, length_of(told) + told)
        return await self._reply(parts, self._deadline_s * WALL_FACTOR + _GRACE_S)

    async def ready(self) -> None:
        """Return when the process has started.

        Raises:
            WorkerEnded: it ended before.

        """
        await self._reply((), _START_S)

    async def end(self) -> None:
        """Kill the process and wait for its end."""
        self.kill()
        if not self._asks.is_closing():
            self._asks.abort()
        with suppress(TimeoutError):  # closed before, the transport asks for the exit code, and asyncio's own watcher,
            async with asyncio.timeout(_GRACE_S):  # which comes too late for it then, logs that it knows no such child
                await asyncio.shield(self._replies.ended)
        self._transport.close()
        await asyncio.shield(self._replies.ended)

    def kill(self) -> None:
        """Kill the process where it still lives."""
        try:
            self._transport.kill()
        except ProcessLookupError:
            return

    async def _reply(self, parts: tuple[bytes, ...], limit_s: float) -> bytes:
        loop = asyncio.get_running_loop()
        if not self.alive:
            raise WorkerEnded(self._transport.get_returncode(), late=False)
        awaited: asyncio.Future[bytes] = loop.create_future()
        self._replies.awaited = awaited
        for part in parts:
            self._asks.write(part)
        alarm = loop.call_later(limit_s, self._stop_late)
        try:
            return await awaited
        except EOFError:
            code = self._transport.get_returncode()
            raise WorkerEnded(code, late=self._late or -(code or 0) in ALARMS) from None
        except asyncio.CancelledError:
            self.kill()
            raise
        finally:
            alarm.cancel()

    def _stop_late(self) -> None:
        self._late = True
        self.kill()


async def start_worker(settings: WorkerSettings, task: str) -> WorkerProcess:
    """Return a process that is ready for pages.

    Its own process group keeps Ctrl-C of a terminal from it; a fresh interpreter, not a fork, makes it safe to start
    beside threads.

    Raises:
        WorkerEnded: it ended before it was ready.
        OSError: no process could be started.

    """
    limits = (settings.page_timeout_s, settings.page_memory_bytes, settings.retire_bytes)
    path = [place or os.getcwd() for place in sys.path]  # noqa: PTH109  # as text
    loop = asyncio.get_running_loop()
    end, asks = await _pipe(loop)
    try:
        transport, replies = await loop.subprocess_exec(
            _Replies,
            *(sys.executable, "-c", _BOOT, str(os.getpid()), *map(str, limits), task, *path),
            stdin=end,
            stderr=None,
            process_group=0,
        )
    except BaseException:
        asks.abort()
        raise
    finally:
        os.close(end)
    worker = WorkerProcess(transport, replies, asks, settings.page_timeout_s)
    try:
        await worker.ready()
    except BaseException:
        await worker.end()
        raise
    return worker


async def _pipe(loop: asyncio.AbstractEventLoop) -> tuple[int, asyncio.WriteTransport]:
    """Return a pipe: the end to read from, and a transport that writes to the other."""
    end, start = os.pipe()
    with suppress(OSError):  # the user's share of pipe memory is used up: smaller writes
        if _SET_PIPE_SIZE is not None:
            fcntl.fcntl(start, _SET_PIPE_SIZE, _PIPE_BYTES)
    transport, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(start, "wb", 0))
    return end, transport
