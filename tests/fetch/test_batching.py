"""Which URL of a batch begins when."""

from __future__ import annotations

import asyncio

import pytest

from scraper.batching import Batch, Given, Handover, Step


def urls(*counts: int) -> list[str]:
    """Return that many URLs of each of several hosts, sorted by host."""
    return [
        f"https://{host}.example/{n}" for host, count in zip("abcdefgh", counts, strict=False) for n in range(count)
    ]


def begun(listed: list[str], *, concurrency: int = 1, per_host: int = 1) -> list[str]:
    """Return the URLs in the order in which they begin."""
    order: list[str] = []

    async def work(url: str) -> str:
        order.append(url.removeprefix("https://").replace(".example/", ""))
        await asyncio.sleep(0)
        return url

    async def run() -> None:
        batch = Batch(work, concurrency=concurrency, per_host=per_host, ordered=False)
        for url in listed:
            batch.put(url)
        while batch.held:
            await batch.wait()
            while batch.ready:
                batch.take()

    asyncio.run(run())
    return order


def test_hosts_take_turns() -> None:
    assert begun(urls(3, 2, 3)) == ["a0", "b0", "c0", "a1", "b1", "c1", "a2", "c2"]


def test_a_host_begins_as_many_at_once_as_it_may() -> None:
    assert begun(urls(5, 2), per_host=2) == ["a0", "a1", "b0", "b1", "a2", "a3", "a4"]


def test_nothing_begins_once_a_batch_is_closed() -> None:
    order: list[str] = []

    async def work(url: str) -> str:
        order.append(url)
        await asyncio.sleep(60)
        return url

    async def run() -> None:
        batch = Batch(work, concurrency=2, per_host=1, ordered=False)
        for url in urls(3, 3):
            batch.put(url)
        await asyncio.sleep(0)
        await batch.close()
        await asyncio.sleep(0.01)

    asyncio.run(run())

    assert order == ["https://a.example/0", "https://b.example/0"]


def test_a_result_says_whether_a_url_is_wanted_so_that_one_call_serves_both() -> None:
    async def work(url: str) -> str:
        await asyncio.sleep(0)
        return url

    async def run() -> int:
        batch = Batch(work, concurrency=1, per_host=1, ordered=False)
        source = iter(urls(40))
        hand = Handover(batch, asyncio.get_running_loop().call_soon_threadsafe)
        calls, taken, ended = 0, 0, False
        given_in: tuple[str, ...] = ()
        while True:
            given = await asyncio.to_thread(hand.step, given_in, ended=ended)
            calls += 1
            given_in = ()
            if given is Step.DONE:
                return calls - taken
            if isinstance(given, Given):
                taken += 1
                if not given.hungry:
                    continue
            url = next(source, None)
            given_in, ended = ((url,), False) if url else ((), True)

    assert asyncio.run(run()) <= 36  # those that fill the batch (32 are held), and the end


def test_what_a_batch_raises_reaches_the_thread_that_waits() -> None:
    async def work(url: str) -> str:
        return url

    async def run() -> None:
        batch = Batch(work, concurrency=1, per_host=1, ordered=False)
        batch.put = None  # type: ignore[method-assign,assignment]
        hand = Handover(batch, asyncio.get_running_loop().call_soon_threadsafe)
        with pytest.raises(TypeError):
            await asyncio.to_thread(hand.step, ("https://a.example/",), ended=False)

    asyncio.run(run())
