"""Fetch, extract and write many pages from many hosts, beside Scrapy with trafilatura as its extractor, in one run.

    python -m benchmarks.throughput [--pages N] [--sets FOLDER] [--concurrency N] [--no-peer] [--check]

2,000 pages from 50 loopback hosts without a delay between requests, robots.txt asked, one connection a host. Prints
pages a second and CPU seconds a page of the whole program, worker processes included; the server's are left out.
`--check` fails where ours are not at least 4 times as many pages a CPU second.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.loopback import served_hosts
from benchmarks.sets import find_sets

FACTOR = 4
ABSENT = "Scrapy: not installed: pip install -e '.[bench]'"


@dataclass(frozen=True, slots=True)
class Run:
    """What one program took for all pages."""

    name: str
    records: int
    seconds: float
    cpu_s: float
    peak_mb: float
    """Of its largest process."""


def main() -> int:
    """Run the benchmark; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000, help="default: 2000")
    parser.add_argument("--sets", help="folder of the sets; default: $SCRAPER_BENCHMARK, then ../shared/benchmark/sets")
    parser.add_argument("--concurrency", type=int, default=16, help="requests at once, over all hosts; default: 16")
    parser.add_argument("--no-peer", action="store_true", help="do not run Scrapy")
    parser.add_argument("--check", action="store_true", help=f"fail below {FACTOR} times Scrapy's pages a CPU second")
    arguments = parser.parse_args()
    sets = find_sets(arguments.sets)
    print("pages of the annotated sets" if sets else "no benchmark sets found: the project's own fixtures, small ones")
    peer = not arguments.no_peer and importlib.util.find_spec("scrapy") is not None
    with served_hosts(sets) as bases, tempfile.TemporaryDirectory() as room:
        urls = [f"{bases[number % len(bases)]}/{number}" for number in range(arguments.pages)]
        listed = Path(room, "urls.txt")
        listed.write_text(urls[0], encoding="ascii")
        ours(listed, Path(room), 1, workers=None)  # once before, unmeasured: installed programs are compiled
        if peer:
            scrapy(listed, Path(room), 1)
        for output in Path(room).glob("*.jsonl"):
            output.unlink()
        listed.write_text("\n".join(urls), encoding="ascii")
        runs = [
            ours(listed, Path(room), arguments.concurrency, workers=None),
            ours(listed, Path(room), arguments.concurrency, workers=0),
        ]
        if peer:
            runs.append(scrapy(listed, Path(room), arguments.concurrency))
    report(runs, arguments.pages)
    if not peer:
        print("Scrapy: left out" if arguments.no_peer else ABSENT)
        return 0
    factor = runs[-1].cpu_s / runs[0].cpu_s
    print(f"pages a CPU second: {factor:.1f} times Scrapy's (aim: {FACTOR})")
    return 1 if arguments.check and factor < FACTOR else 0


def ours(urls: Path, room: Path, concurrency: int, *, workers: int | None) -> Run:
    """Run `scraper batch`."""
    out = room / f"ours-{workers}.jsonl"
    options = ["--allow-private", "--delay", "0", "--concurrency", str(concurrency), "--keep-all", "-q"]
    if workers is not None:
        options += ["--workers", str(workers)]
    command = [sys.executable, "-m", "scraper", "batch", str(urls), "-o", str(out), *options]
    name = "scraper batch" if workers is None else f"scraper batch --workers {workers}"
    return clocked(name, command, out)


def scrapy(urls: Path, room: Path, concurrency: int) -> Run:
    """Run Scrapy with trafilatura."""
    out = room / "scrapy.jsonl"
    command = [sys.executable, "-m", "benchmarks.scrapy_peer", str(urls), str(out), str(concurrency)]
    return clocked("Scrapy + trafilatura", command, out)


def clocked(name: str, command: list[str], out: Path) -> Run:
    """Return what a command took, with all its processes."""
    start = time.perf_counter()
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, env=kept)  # noqa: S603  # our own modules
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        print(f"{name}: exit code {process.returncode}", file=sys.stderr)
    lines = out.read_text(encoding="utf-8").split("\n") if out.exists() else []
    records = sum(1 for line in lines if line and json.loads(line))
    return Run(name, records, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def report(runs: list[Run], pages: int) -> None:
    """Print a row for each run."""
    heads = ("program", "records", "pages/s", "CPU ms a page", "pages a CPU second", "peak MB of a process")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for run in runs:
        cells = (
            f"{run.records} of {pages}",
            f"{pages / run.seconds:.0f}",
            f"{1e3 * run.cpu_s / pages:.2f}",
            f"{pages / run.cpu_s:.0f}",
            f"{run.peak_mb:.0f}",
        )
        print(f"| {run.name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    sys.exit(main())
