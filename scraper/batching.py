"""Many URLs at once: which may start now, which wait for their host, and in which order results come out."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import urlsplit

from scraper.background import closed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence

__all__ = ["AtOnce", "Batch", "Given", "Handover", "fed", "host_key"]

Result = TypeVar("Result")

_STARTED_PER_SLOT = 4
"""Tasks begun for each request allowed on the wire: most of them sleep for their host's delay."""
_HELD_PER_SLOT = 32
"""URLs in hand for each request allowed on the wire: how far a list sorted by host is read ahead to find others."""
_PATIENCE_S = 0.05
"""How long a result waits for others to be handed over with."""


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
        self.closed = False
        """Whether `close` was called: nothing begins or ends any more."""
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
    def finished(self) -> int:
        """Results that nobody has taken."""
        return len(self._done)

    @property
    def handful(self) -> int:
        """Results that may wait for each other without keeping URLs from their start."""
        return max(1, self._most_started // 4)

    @property
    def wanted(self) -> int:
        """How many URLs could do some good now."""
        if self.ready:
            return 0
        return max(0, min(self._most_started - len(self._running), self._most_held - self.held))

    @property
    def hungry(self) -> bool:
        """Whether another URL could do some good now."""
        return self.wanted > 0

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
        """Cancel what runs, wait for its end, and tell those who wait for a result that none will come."""
        self.closed = True
        for host in self._hosts.values():  # or the end of one URL would begin the next
            host.waiting.clear()
        self._hosts.clear()
        self._startable.clear()
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self.wake()

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
    """Results of a batch."""

    results: tuple[Result, ...]
    wanted: int
    """How many URLs the batch wants before it is asked again; where it wants none, there are results."""


class AtOnce:
    """URLs that are there: reading them waits for nobody."""

    def __init__(self, urls: Iterable[str]) -> None:
        self._urls = urls

    def __iter__(self) -> Iterator[str]:
        return iter(self._urls)


class Handover(Generic[Result]):
    """Feeds a batch and takes its results, from another thread than the loop's; one such thread at a time.

    One call into the loop and one answer out of it for each result, or, where URLs are there at once, for several:
    what both threads do comes in bursts then, and each burst finds its code in the caches.

    Args:
        batch: of the loop.
        call: has the loop call a function with its arguments, soon; from any thread.
        several: whether a result may wait a moment for others, and URLs be asked for by the handful.

    """

    def __init__(self, batch: Batch[Result], call: Callable[..., object], *, several: bool) -> None:
        self._batch = batch
        self._call = call
        self._most = batch.handful if several else 1
        self._answers: SimpleQueue[Given[Result] | Exception | None] = SimpleQueue()
        self._asked = False
        self._ended = False
        self._timer: asyncio.TimerHandle | None = None
        batch.watcher = self._answer

    def step(self, urls: Sequence[str], *, ended: bool) -> Given[Result] | None:
        """Put `urls` in the batch, then return what it gives and wants next; None at the end.

        Raises:
            ScraperError: the batch was closed.

        """
        self._call(self._ask, urls, ended)
        answer = self._answers.get()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _ask(self, urls: Sequence[str], ended: bool) -> None:  # noqa: FBT001  # `call` hands on by position
        try:
            for url in () if self._batch.closed else urls:
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
        if batch.ready and batch.finished < self._most and batch.running and not batch.closed:
            if self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(_PATIENCE_S, self._answer_now)
            return
        self._answer_now()

    def _answer_now(self) -> None:
        batch = self._batch
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._asked:
            return
        if batch.closed:
            self._asked = False
            self._answers.put(closed())
            return
        results: list[Result] = []
        while batch.ready and len(results) < self._most:
            results.append(batch.take())
        wanted = 0 if self._ended else min(batch.wanted, self._most)
        done = self._ended and not batch.held
        if results or wanted or done:
            self._asked = False
            self._answers.put(Given(tuple(results), wanted) if results or wanted else None)


async def fed(batch: Batch[Result], urls: Iterable[str] | AsyncIterable[str]) -> AsyncIterator[Result]:
    """Yield the batch's results while feeding it; a slow source of URLs does not hold up results.

    Raises:
        ScraperError: the batch was closed.

    """
    source = aiter(urls) if isinstance(urls, AsyncIterable) else _each(urls)
    pulling: asyncio.Future[str | None] | None = None
    broken: Exception | None = None
    ended = False
    try:
        while not ended or batch.held:
            if batch.closed:
                raise closed()
            if pulling is None and not ended and batch.hungry:
                pulling = asyncio.ensure_future(anext(source, None))
                pulling.add_done_callback(batch.wake)
            if pulling is not None and pulling.done():
                try:
                    url = pulling.result()
                except Exception as error:  # noqa: BLE001  # raised again, after the results of the URLs before it
                    url, broken = None, error
                pulling = None
                if url is None:
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
