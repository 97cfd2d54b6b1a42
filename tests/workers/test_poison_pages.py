"""Pages that hang, crash or eat memory: each costs itself, and is told for what it did."""

from __future__ import annotations

import asyncio
import time

import pytest

from scraper.errors import ExtractCrashed, ExtractOutOfMemory, ExtractTimeout, PageError
from scraper.settings import ExtractSettings, WorkerSettings
from scraper.workers.pool import WorkerPool
from tests.workers.pools import POISON, QUICK, outcomes, page, process_of, said, with_pool

POISONS = {
    "wait 600": "ExtractTimeout extract_timeout",
    "spin": "ExtractTimeout extract_timeout",
    "deaf": "ExtractTimeout extract_timeout",
    "abort": "ExtractCrashed crashed",
    "segfault": "ExtractCrashed crashed",
    "exit 0": "ExtractCrashed crashed",
    "exit 3": "ExtractCrashed crashed",
    "raise-exit 3": "ExtractCrashed crashed",
    "eat": "ExtractOutOfMemory out_of_memory",
    "eat-at-once": "ExtractOutOfMemory out_of_memory",
    "bug": "ExtractCrashed crashed",
    "recurse": "ExtractCrashed crashed",
    "complex": "TooComplex depth",
}


@pytest.mark.parametrize(("deed", "outcome"), POISONS.items(), ids=[deed.replace(" ", "-") for deed in POISONS])
def test_a_poison_page_has_its_reason_and_the_pages_around_it_their_articles(deed, outcome):
    assert outcomes("fine", deed, "fine") == ["fine", outcome, "fine"]


def test_a_run_full_of_poison_loses_no_page():
    deeds = ["abort", "fine", "wait 600", "fine", "eat", "fine", "segfault", "fine", "bug", "fine"]
    two = WorkerSettings(count=2, page_timeout_s=0.5, page_memory_bytes=200_000_000)
    expected = ["fine" if deed == "fine" else POISONS[deed] for deed in deeds]
    assert outcomes(*deeds, settings=two) == expected


@pytest.mark.parametrize(("deed", "least"), [("spin", 0.5), ("wait 600", 2)], ids=["by-CPU-time", "by-the-clock"])
def test_a_hanging_page_ends_at_its_deadline(deed, least):
    async def use(pool: WorkerPool) -> float:
        await said(pool, "fine")
        start = time.monotonic()
        await said(pool, deed)
        return time.monotonic() - start

    assert least <= with_pool(use) < 2.9


def test_other_pages_do_not_wait_for_a_hanging_one():
    async def use(pool: WorkerPool) -> bool:
        await asyncio.gather(said(pool, "wait .1"), said(pool, "wait .1"))  # two processes, ready
        hanging = asyncio.ensure_future(said(pool, "wait 600"))
        await asyncio.gather(*(said(pool, "fine") for _ in range(20)))
        early = not hanging.done()
        await hanging
        return early

    assert with_pool(use, WorkerSettings(count=2, page_timeout_s=0.5))


@pytest.mark.parametrize("kind", [ExtractTimeout, ExtractCrashed, ExtractOutOfMemory])
def test_errors_of_poison_pages_say_so(kind):
    assert kind.poison and issubclass(kind, PageError) and not kind.retryable


def test_the_message_names_page_signal_and_number_of_tries():
    async def use(pool: WorkerPool) -> str:
        with pytest.raises(ExtractCrashed) as caught:
            await pool.extract(page("segfault"), ExtractSettings())
        return str(caught.value)

    message = "extraction ended its process, twice: SIGSEGV (please report this page)"
    assert with_pool(use) == f"https://news.example/segfault: {message}"


def test_what_a_page_prints_does_not_come_between_the_replies(capfd):
    assert outcomes("chatter", "fine") == ["fine", "fine"]
    assert capfd.readouterr().out == ""


def test_a_page_whose_worker_died_for_other_reasons_gets_another(tmp_path):
    assert outcomes(f"crash-once {tmp_path / 'mark'}") == ["fine"]


def test_a_worker_that_holds_much_memory_is_replaced_after_its_page():
    async def use(pool: WorkerPool) -> list[int]:
        return [await process_of(pool, deed) for deed in ("fine", "fine", "hold 80", "fine")]

    first, second, third, fourth = with_pool(use, WorkerSettings(count=1, retire_bytes=50_000_000))
    assert first == second == third != fourth


def test_a_worker_is_not_replaced_without_need():
    async def use(pool: WorkerPool) -> set[int]:
        return {await process_of(pool) for _ in range(300)}

    assert len(with_pool(use)) == 1


def test_a_task_that_cannot_be_loaded_is_said_for_each_page_and_may_be_retried(capfd):
    async def run() -> list[PageError]:
        found = []
        async with WorkerPool(QUICK, task="tests.workers.poison:absent") as pool:
            for _ in range(2):
                with pytest.raises(PageError) as caught:
                    await pool.extract(page("fine"), ExtractSettings())
                found.append(caught.value)
        return found

    for error in asyncio.run(run()):
        assert (error.reason, error.retryable, error.poison) == ("no_worker", True, False)
    assert "absent" in capfd.readouterr().err


def test_a_closed_pool_takes_no_pages():
    async def run() -> None:
        pool = WorkerPool(QUICK, task=POISON)
        await pool.aclose()
        with pytest.raises(RuntimeError, match="closed"):
            await pool.extract(page("fine"), ExtractSettings())

    asyncio.run(run())
