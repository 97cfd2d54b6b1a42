"""What extraction in workers costs, and that their memory stays flat.

    python -m benchmarks.workers [--set NAME] [--sets FOLDER] [--workers N] [--pages N]

Prints the CPU of this process and of the workers a page, beside extraction in this process, over a set (the project's
own fixtures where there is none); then sends N pages (default 2,000) through the pool and prints memory on the way.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from benchmarks.sets import find_sets, pages_of
from scraper import ExtractSettings, Response, WorkerSettings
from scraper.workers.pool import WorkerPool
from scraper.workers.task import extract_response

FIXTURES = Path(__file__).parents[1] / "fixtures" / "pages"
SETTINGS = ExtractSettings(keep_all=True)
AT_ONCE = 16
PATIENCE_S = 60
"""Of CPU time a page: not what is measured here."""
STEPS = 10
TICK_S = 1 / os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    """Run; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="fundus-dev", help="default: fundus-dev")
    parser.add_argument("--sets", help="folder of the sets; default: $SCRAPER_BENCHMARK, then ../shared/benchmark/sets")
    parser.add_argument("--workers", type=int, default=2, help="default: 2")
    parser.add_argument("--pages", type=int, default=2000, help="pages for the course of memory; default: 2000")
    arguments = parser.parse_args()
    responses = load(find_sets(arguments.sets), arguments.set)
    asyncio.run(measure(responses, arguments.workers, arguments.pages))
    return 0


def load(sets: Path | None, name: str) -> list[Response]:
    """Return the pages of a set, or of the project's fixtures."""
    if sets is None:
        print("no benchmark sets found: the project's own fixtures, which are small", file=sys.stderr)
        bodies = [path.read_bytes() for path in sorted(FIXTURES.glob("*/page.html"))]
    else:
        bodies = [page.source for page in pages_of(sets / name)]
    urls = [f"https://news.example/{number}" for number in range(len(bodies))]
    return [Response(requested_url=u, url=u, status=200, body=b) for u, b in zip(urls, bodies, strict=True)]


async def measure(responses: list[Response], workers: int, pages: int) -> None:
    """Print overhead and memory."""
    began, cpu = time.perf_counter(), time.process_time()
    async with WorkerPool(WorkerSettings(count=workers, page_timeout_s=PATIENCE_S)) as pool:
        await pool.extract(responses[0], SETTINGS)
        print(f"first page: {time.perf_counter() - began:.2f} s, of this process {time.process_time() - cpu:.3f} s CPU")
        await run(pool, responses, len(responses))  # what is loaded by few pages is loaded now
        before = {pid: cpu_of(pid) for pid in pool.pids}
        began, cpu = time.perf_counter(), time.process_time()
        await run(pool, responses, len(responses))
        wall, ours = time.perf_counter() - began, time.process_time() - cpu
        theirs = sum(cpu_of(pid) - before.get(pid, 0.0) for pid in pool.pids)
        here = inline(responses)
        count = len(responses)
        size = sum(len(response.body) for response in responses) / count / 1000
        print(f"{count} pages of {size:.0f} kB, {workers} workers: {count / wall:.0f} pages/s")
        parts = f"this process {1e3 * ours / count:.2f} ms, workers {1e3 * theirs / count:.2f} ms"
        over = f"extraction in this process {1e3 * here / count:.2f} ms; overhead {(ours + theirs - here) / here:.1%}"
        print(f"CPU a page: {parts}; {over}")
        print("| pages | resident MB of each worker | of this process |\n|---|---|---|")
        done = 0
        while done < pages:
            step = min(max(pages // STEPS, 1), pages - done)
            await run(pool, responses, step)
            done += step
            memory = ", ".join(f"{resident_mb(pid):.0f}" for pid in sorted(pool.pids))
            print(f"| {done} | {memory} | {resident_mb(os.getpid()):.0f} |", flush=True)


async def run(pool: WorkerPool, responses: list[Response], count: int) -> None:
    """Send `count` pages through the pool, some at once."""
    turns = islice(cycle(responses), count)

    async def serve() -> None:
        for response in turns:
            await pool.extract(response, SETTINGS)

    await asyncio.gather(*(serve() for _ in range(AT_ONCE)))


def inline(responses: list[Response]) -> float:
    """Return the CPU seconds of all pages in this process; the second round counts."""
    for _ in range(2):
        start = time.process_time()
        for response in responses:
            extract_response(response, SETTINGS)
    return time.process_time() - start


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process so far (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK_S


def resident_mb(pid: int) -> float:
    """Return the memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES / 1e6


if __name__ == "__main__":
    sys.exit(main())
