"""The life of worker processes: started late, few, killed when told, and gone with their parent however it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scraper.settings import WorkerSettings
from scraper.workers.pool import WorkerPool
from tests.workers.pools import POISON, gone, lives, process_of, said, with_pool

TWO = WorkerSettings(count=2, page_timeout_s=20)
ROOT = Path(__file__).parents[2]
HANGING_PARENT = f"""
import asyncio, sys
from scraper.settings import WorkerSettings
from scraper.workers.pool import WorkerPool
from tests.workers.pools import said
async def main():
    pool = WorkerPool(WorkerSettings(count=2, page_timeout_s=600), task={POISON!r})
    await said(pool, "fine")
    tasks = [asyncio.ensure_future(said(pool, deed)) for deed in (sys.argv[1], "fine")]
    await tasks[1]
    print(*pool.pids, flush=True)
    await asyncio.sleep(600)
asyncio.run(main())
"""


def test_a_process_starts_with_the_first_page_and_not_before():
    async def use(pool: WorkerPool) -> tuple[int, int]:
        before = len(pool.pids)
        await said(pool, "fine")
        await said(pool, "fine")
        return before, len(pool.pids)

    assert with_pool(use, TWO) == (0, 1)


def test_pages_at_once_use_all_processes_and_no_more():
    async def use(pool: WorkerPool) -> set[int]:
        return set(await asyncio.gather(*(process_of(pool, "wait .05") for _ in range(12))))

    assert len(with_pool(use, TWO)) == 2


@pytest.mark.parametrize("deed", ["wait 1", "fine"], ids=["busy", "idle"])
def test_a_page_survives_the_kill_of_its_worker(deed):
    async def use(pool: WorkerPool) -> bool:
        first = await process_of(pool)
        asking = asyncio.ensure_future(process_of(pool, deed)) if deed != "fine" else None
        await asyncio.sleep(0.2)
        os.kill(first, signal.SIGKILL)
        second = await (asking or process_of(pool))
        return second != first

    assert with_pool(use, WorkerSettings(count=1))


def test_cancelling_a_page_kills_its_process_and_frees_its_place():
    async def use(pool: WorkerPool) -> tuple[bool, bool]:
        first = await process_of(pool)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(said(pool, "wait 600"), 0.1)
        second = await process_of(pool)
        return lives(first), second != first

    assert with_pool(use, WorkerSettings(count=1)) == (False, True)


def test_cancelling_a_page_that_waits_for_its_turn_keeps_the_turn_for_others():
    async def use(pool: WorkerPool) -> str:
        await said(pool, "fine")
        busy = asyncio.ensure_future(said(pool, "wait .3"))
        waiting = [asyncio.ensure_future(said(pool, "fine")) for _ in range(3)]
        await asyncio.sleep(0.1)
        waiting[0].cancel()
        await busy
        waiting[1].cancel()
        return await waiting[2]

    assert with_pool(use, WorkerSettings(count=1)).startswith("process")


def test_closing_does_not_wait_for_busy_processes():
    async def run() -> tuple[float, bool]:
        pool = WorkerPool(TWO, task=POISON)
        await said(pool, "fine")
        tasks = [asyncio.ensure_future(said(pool, deed)) for deed in ("spin", "wait .2", "fine", "wait 600")]
        await tasks[2]
        pids = list(pool.pids)
        start = time.monotonic()
        await pool.aclose()
        took = time.monotonic() - start
        await asyncio.gather(*tasks, return_exceptions=True)
        return took, gone(pids, 1)

    took, ended = asyncio.run(run())
    assert ended and took < 1


@pytest.mark.parametrize("deed", ["spin", "wait 600"], ids=["busy-in-C", "asleep"])
def test_nothing_is_left_after_kill_9_of_the_parent(deed):
    assert after_kill(deed, signal.SIGKILL)


def test_nothing_is_left_after_a_parent_that_does_not_close():
    assert after_kill("spin", signal.SIGTERM)


def after_kill(deed: str, number: signal.Signals) -> bool:
    """Return whether the workers of a killed parent are gone soon."""
    parent = subprocess.Popen([sys.executable, "-c", HANGING_PARENT, deed], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    with parent:
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2 and all(map(lives, pids))
        parent.send_signal(number)
    return gone(pids, 2)


def test_an_interrupt_is_the_parents_alone():
    async def use(pool: WorkerPool) -> bool:
        first = await process_of(pool)
        os.kill(first, signal.SIGINT)
        await asyncio.sleep(0.1)
        return os.getpgid(first) != os.getpgid(0) and await process_of(pool) == first

    assert with_pool(use)


def test_workers_run_beside_threads_and_in_a_loop_that_is_not_the_main_threads():
    assert asyncio.run(asyncio.to_thread(with_pool, lambda pool: said(pool, "fine"))).startswith("process")
