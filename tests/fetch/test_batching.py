"""Which URL of a batch begins when."""

from __future__ import annotations

import asyncio
from itertools import islice

import pytest

from scraper.batching import Batch, Given, Handover


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


async def echoed(url: str) -> str:
    await asyncio.sleep(0)
    return url


async def handed(listed: list[str], *, several: bool, concurrency: int = 1) -> list[Given[str]]:
    """Return all that a batch gives to another thread that feeds it."""
    batch = Batch(echoed, concurrency=concurrency, per_host=1, ordered=False)
    hand = Handover(batch, asyncio.get_running_loop().call_soon_threadsafe, several=several)
    source = iter(listed)
    found, urls_in, ended = [], [], False
    while (given := await asyncio.to_thread(hand.step, urls_in, ended=ended)) is not None:
        found.append(given)
        urls_in = list(islice(source, given.wanted))
        ended = ended or len(urls_in) < given.wanted
    return found


def test_a_result_says_whether_a_url_is_wanted_so_that_one_call_serves_both() -> None:
    given = asyncio.run(handed(urls(40), several=False))

    without = sum(not each.results for each in given)
    assert without <= 36 and {len(each.results) for each in given} == {0, 1}  # 32 fill the batch


@pytest.mark.parametrize("several", [False, True])
def test_each_url_gives_one_result_however_they_are_handed_over(several: bool) -> None:
    listed = urls(30, 20, 10, 5)

    given = asyncio.run(handed(listed, several=several, concurrency=8))

    assert sorted(result for each in given for result in each.results) == sorted(listed)


def test_where_urls_are_at_hand_results_come_by_the_handful() -> None:
    given = asyncio.run(handed(urls(*[20] * 8), several=True, concurrency=8))

    assert len(given) < 60 and max(len(each.results) for each in given) <= 8


def test_a_result_does_not_wait_long_for_others() -> None:
    async def work(url: str) -> str:
        await asyncio.sleep(60 if "b.example" in url else 0)
        return url

    async def run() -> tuple[str, ...]:
        batch = Batch(work, concurrency=8, per_host=1, ordered=False)
        hand = Handover(batch, asyncio.get_running_loop().call_soon_threadsafe, several=True)
        given = None
        async with asyncio.timeout(10):
            while given is None or not given.results:
                given = await asyncio.to_thread(hand.step, [] if given else urls(1, 1), ended=given is not None)
        await batch.close()
        return given.results

    assert asyncio.run(run()) == ("https://a.example/0",)


def test_what_a_batch_raises_reaches_the_thread_that_waits() -> None:
    async def run() -> None:
        batch = Batch(echoed, concurrency=1, per_host=1, ordered=False)
        batch.put = None  # type: ignore[method-assign,assignment]
        hand = Handover(batch, asyncio.get_running_loop().call_soon_threadsafe, several=False)
        with pytest.raises(TypeError):
            await asyncio.to_thread(hand.step, ("https://a.example/",), ended=False)

    asyncio.run(run())
