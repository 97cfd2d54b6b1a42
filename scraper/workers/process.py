"""The parent's side of one worker process: a page in, a reply out, and what its end means."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

from scraper.workers.messages import LENGTH_BYTES, framed

if TYPE_CHECKING:
    from scraper.settings import WorkerSettings

__all__ = ["WorkerEnded", "WorkerProcess", "start_worker"]

_BOOT = "import sys; sys.path[:] = sys.argv[6:]; from scraper.workers.child import main; main(*sys.argv[1:6])"
"""Not `multiprocessing`: it would run the caller's own script again in each child, and read pickles from it."""
_START_S = 60.0
"""A worker takes .3 s to start; on a machine that needs a minute, nothing else works either."""
_GRACE_S = 2.0
"""After which a worker that its own alarm should have ended is killed from here."""
_STDIN, _STDOUT = 0, 1


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


class _Pipes(asyncio.SubprocessProtocol):
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

    def connection_lost(self, exc: Exception | None) -> None:
        """Hear that the process has ended and that all it wrote was read."""
        if not self.ended.done():
            self.ended.set_result(None)
        if self.awaited is not None and not self.awaited.done():
            self.awaited.set_exception(EOFError())


class WorkerProcess:
    """One process; serves one page at a time."""

    def __init__(self, transport: asyncio.SubprocessTransport, pipes: _Pipes, deadline_s: float) -> None:
        self._transport = transport
        self._pipes = pipes
        self._deadline_s = deadline_s
        self._late = False

    @property
    def alive(self) -> bool:
        """Whether the process is not known to have ended."""
        return self._transport.get_returncode() is None and not self._pipes.ended.done()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._transport.get_pid()

    async def ask(self, message: bytes) -> bytes:
        """Return the reply to a message; cancelled, the process is killed.

        Raises:
            WorkerEnded: it ended before it replied.

        """
        return await self._reply(framed(message), self._deadline_s + _GRACE_S)

    async def ready(self) -> None:
        """Return when the process has started.

        Raises:
            WorkerEnded: it ended before.

        """
        await self._reply(b"", _START_S)

    async def end(self) -> None:
        """Kill the process and wait for its end."""
        self.kill()
        self._transport.close()
        await asyncio.shield(self._pipes.ended)

    def kill(self) -> None:
        """Kill the process where it still lives."""
        try:
            self._transport.kill()
        except ProcessLookupError:
            return

    async def _reply(self, frame: bytes, limit_s: float) -> bytes:
        loop = asyncio.get_running_loop()
        if not self.alive:
            raise WorkerEnded(self._transport.get_returncode(), late=False)
        self._pipes.awaited = awaited = loop.create_future()
        pipe = self._transport.get_pipe_transport(_STDIN)
        if frame and isinstance(pipe, asyncio.WriteTransport):
            pipe.write(frame)
        alarm = loop.call_later(limit_s, self._stop_late)
        try:
            return await awaited
        except EOFError:
            code = self._transport.get_returncode()
            raise WorkerEnded(code, late=self._late or code == -signal.SIGALRM) from None
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
    transport, pipes = await loop.subprocess_exec(
        _Pipes,
        *(sys.executable, "-c", _BOOT, str(os.getpid()), *map(str, limits), task, *path),
        stderr=None,
        process_group=0,
    )
    worker = WorkerProcess(transport, pipes, settings.page_timeout_s)
    try:
        await worker.ready()
    except BaseException:
        await worker.end()
        raise
    return worker
