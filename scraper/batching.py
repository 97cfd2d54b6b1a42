"""Many URLs at once: which may start now, which wait for their host, and in which order results come out."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from enum import Enum
from queue import SimpleQueue
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

__all__ = ["Batch", "Given", "Handover", "Step", "fed", "host_key"]

Result = TypeVar("Result")

_STARTED_PER_SLOT = 4
"""Tasks begun for each request allowed on the wire: most of them sleep for their host's delay."""
_HELD_PER_SLOT = 32
"""URLs in hand for each request allowed on the wire: how far a list sorted by host is read ahead to find others."""


def host_key(url: object) -> str:
    """Return what URLs of one host have in common; "" for what is no URL."""
    if not isinstance(url, str):
        return ""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


@dataclass(slots=True)
class _Host:
    waiting: deque[tuple[int, str]] = field(default_factory=deque)
    running: int = 0


class Batch(Generic[Result]):
    """Runs `work(url)` for every URL put in, a few hosts at a time, and gives each result out once.

    URLs of a busy host wait without taking a slot from other hosts. The owner pulls URLs from wherever they come
    while `hungry`, and takes results while `ready`: nothing is read or fetched ahead of demand beyond fixed bounds.
    """

    def __init__(
        self, work: Callable[[str], Awaitable[Result]], *, concurrency: int, per_host: int, ordered: bool
    ) -> None:
        self._work = work
        self._per_host = per_host
        self._ordered = ordered
        self._most_started = concurrency * _STARTED_PER_SLOT
        self._most_held = max(concurrency, per_host) * _HELD_PER_SLOT
        self._hosts: dict[str, _Host] = {}
        self._startable: OrderedDict[str, _Host] = OrderedDict()
        """Hosts of which a URL may begin now; the one that waits longest first."""
        self._running: set[asyncio.Task[None]] = set()
        self._done: dict[int, Result] = {}
        self._changed = asyncio.Event()
        self._put = 0
        self._taken = 0
        self.watcher: Callable[[], object] | None = None
        """Called at each change, beside `wait`."""

    @property
    def running(self) -> int:
        """URLs that are being worked on."""
        return len(self._running)

    @property
    def held(self) -> int:
        """URLs in hand: put in, result not yet taken."""
        return self._put - self._taken

    @property
    def ready(self) -> bool:
        """Whether there is a result to take."""
        return self._taken in self._done if self._ordered else bool(self._done)

    @property
    def hungry(self) -> bool:
        """Whether another URL could do some good now."""
        return not self.ready and len(self._running) < self._most_started and self.held < self._most_held

    def put(self, url: str) -> None:
        """Take `url` in hand."""
        name = host_key(url)
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host()
        host.waiting.append((self._put, url))
        self._put += 1
        self._note(name, host)
        self._start()

    def take(self) -> Result:
        """Return the next result; only while `ready`."""
        result = self._done.pop(self._taken if self._ordered else next(iter(self._done)))
        self._taken += 1
        self._start()
        return result

    async def wait(self) -> None:
        """Return when something has changed since the last `wait`."""
        await self._changed.wait()
        self._changed.clear()

    def wake(self, _cause: object = None) -> None:
        """Make `wait` return."""
        self._changed.set()
        if self.watcher is not None:
            self.watcher()

    async def close(self) -> None:
        """Cancel what runs and wait for its end."""
        for host in self._hosts.values():  # or the end of one URL would begin the next
            host.waiting.clear()
        self._hosts.clear()
        self._startable.clear()
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _note(self, name: str, host: _Host) -> None:
        """Take down what may become of a host."""
        if host.waiting:
            if host.running < self._per_host:
                self._startable[name] = host
        elif not host.running:
            self._hosts.pop(name, None)

    def _start(self) -> None:
        """Begin whatever may begin: hosts in turn, never more results ahead than are asked for."""
        while self._startable and len(self._running) + len(self._done) < self._most_started:
            name, host = self._startable.popitem(last=False)
            while host.waiting and host.running < self._per_host:
                self._begin(name, host)

    def _begin(self, name: str, host: _Host) -> None:
        index, url = host.waiting.popleft()
        host.running += 1
        task = asyncio.ensure_future(self._run(index, url, name, host))
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def _run(self, index: int, url: str, name: str, host: _Host) -> None:
        try:
            self._done[index] = await self._work(url)
        finally:
            host.running -= 1
            self._note(name, host)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._start()
        self.wake()


@dataclass(frozen=True, slots=True)
class Given(Generic[Result]):
    """A result of a batch."""

    result: Result
    hungry: bool
    """Whether the batch wants a URL before it is asked for the next one."""


class Step(Enum):
    """What keeps a batch from giving a result."""

    HUNGRY = "give me a URL"
    DONE = "no URL and no result is left"


class Handover(Generic[Result]):
    """Feeds a batch and takes its results, from another thread than the loop's; one such thread at a time.

    One call into the loop and one answer out of it for each result: a coroutine and its futures in their place took
    three times as long.

    Args:
        batch: of the loop.
        call: has the loop call a function with its arguments, soon; from any thread.

    """

    def __init__(self, batch: Batch[Result], call: Callable[..., object]) -> None:
        self._batch = batch
        self._call = call
        self._answers: SimpleQueue[Given[Result] | Step | Exception] = SimpleQueue()
        self._asked = False
        self._ended = False
        batch.watcher = self._answer

    def step(self, urls: tuple[str, ...], *, ended: bool) -> Given[Result] | Step:
        """Put `urls` in the batch, then return its next result, or what keeps it from having one."""
        self._call(self._ask, urls, ended)
        answer = self._answers.get()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _ask(self, urls: tuple[str, ...], ended: bool) -> None:  # noqa: FBT001  # `call` hands on by position
        try:
            for url in urls:
                self._batch.put(url)
        except Exception as error:  # noqa: BLE001  # it belongs to the thread that waits
            self._answers.put(error)
            return
        self._asked, self._ended = True, ended
        self._answer()

    def _answer(self) -> None:
        """Answer who waits, if there is something to say."""
        batch = self._batch
        if not self._asked:
            return
        if batch.ready:
            result = batch.take()
            answer: Given[Result] | Step = Given(result, not self._ended and batch.hungry)
        elif not self._ended and batch.hungry:
            answer = Step.HUNGRY
        elif self._ended and not batch.held:
            answer = Step.DONE
        else:
            return
        self._asked = False
        self._answers.put(answer)


async def fed(batch: Batch[Result], urls: Iterable[str] | AsyncIterable[str]) -> AsyncIterator[Result]:
    """Yield the batch's results while feeding it; a slow source of URLs does not hold up results."""
    source = aiter(urls) if isinstance(urls, AsyncIterable) else _each(urls)
    pulling: asyncio.Future[str | Step] | None = None
    broken: Exception | None = None
    ended = False
    try:
        while not ended or batch.held:
            if pulling is None and not ended and batch.hungry:
                pulling = asyncio.ensure_future(anext(source, Step.DONE))
                pulling.add_done_callback(batch.wake)
            if pulling is not None and pulling.done():
                try:
                    url = pulling.result()
                except Exception as error:  # noqa: BLE001  # raised again, after the results of the URLs before it
                    url, broken = Step.DONE, error
                pulling = None
                if isinstance(url, Step):
                    ended = True
                else:
                    batch.put(url)
            elif batch.ready:
                yield batch.take()
            else:
                await batch.wait()
    finally:
        if pulling is not None:
            pulling.cancel()
            await asyncio.wait([pulling])
    if broken is not None:
        raise broken


async def _each(urls: Iterable[str]) -> AsyncIterator[str]:
    for url in urls:
        yield url
