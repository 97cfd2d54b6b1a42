"""A run in a child process, over pages that cost nothing: everything that touches a disk is real."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

from scraper.__main__ import _sigterm_ends_the_run, _Terminated
from scraper.crawl import lock, state_file
from scraper.crawl.job import Job, OutputSpec, Source
from scraper.crawl.listing import Listed
from scraper.crawl.lock import locked
from scraper.crawl.outputs import open_outputs
from scraper.crawl.run import Limits, Tools, run_job
from scraper.crawl.state import State
from scraper.errors import BadStatus, ExportError, StateError, StateLocked
from scraper.export import disk
from scraper.model.article import Article, Metadata
from scraper.model.failure import Failure
from scraper.model.response import Response
from scraper.settings import FetchSettings
from tests.crawl.sqlite_calls import watch_sqlite

__all__ = ["GONE", "child", "expected", "failures_in", "fork", "job_in", "records_in", "run_here", "watch_everything"]

GONE = 10
"""Every so many pages, one is a 404."""
CODES = {"ENOSPC": (28, 13), "EIO": (5, 778), "EROFS": (30, 8)}
"""errno, and what SQLite makes of it: SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_READONLY."""


def url(number: int) -> str:
    return f"https://news{number % 20}.example/story/{number}"


def is_gone(number: int) -> bool:
    return number % GONE == GONE - 1


class Pages:
    """A fetcher and extractor: page N is about N."""

    def __init__(self, count: int, log: Path | None = None) -> None:
        self.asked: list[str] = []
        self.log = log
        """A file that gets a line for each URL asked for, from all processes."""
        self.articles = {url(n): _article(n) for n in range(count) if not is_gone(n)}

    async def fetch(self, address: str) -> Response:
        self.asked.append(address)
        if self.log is not None:
            with self.log.open("a", encoding="utf-8") as log:
                log.write(address + "\n")
        await asyncio.sleep(0)
        if address not in self.articles:
            error = BadStatus("HTTP 404", url=address, reason="http_404")
            error.http_status = 404
            raise error
        return Response(requested_url=address, url=address, status=200, body=address.encode())

    async def fetch_if_changed(self, address: str, _validators: object) -> Response:
        return await self.fetch(address)

    async def extract(self, response: Response) -> Article:
        return self.articles[response.url]

    async def list(self, *_any: object) -> Listed:
        raise AssertionError("there is nothing to list")


def _article(number: int) -> Article:
    body = "\n\n".join(f"Paragraph {part} of story {number} says nothing new about eels. " * 3 for part in range(6))
    meta = Metadata(extractor_version="0", text_hash=f"{number:016x}")
    return Article(
        id=f"{number:016x}",
        url=url(number),
        headline=f"Story {number}",
        article_body=body,
        word_count=200,
        metadata=meta,
    )


def job_in(folder: Path, count: int) -> Job:
    return Job(
        state=folder / "state.db",
        sources=(Source(name="list", kind="urls", places=tuple(url(n) for n in range(count)), expect=False),),
        outputs=(
            OutputSpec(path=folder / "out.jsonl", format="jsonl"),
            OutputSpec(path=folder / "out.csv", format="csv", fields=("id", "url", "headline")),
        ),
        errors=folder / "failures.jsonl",
        fetch=FetchSettings(delay_s=0, per_host=4),
    )


class Quiet:
    """Nobody is told anything."""

    def failure(self, failure: Failure) -> None: ...
    def note(self, text: str) -> None: ...
    def warning(self, text: str) -> None: ...
    def progress(self, summary: object, *, total: int, in_flight: int) -> None: ...


def run_here(job: Job, pages: Pages, *, commit_every: int = 7, pace_s: float = 0.0, adopt: bool = False) -> object:
    """Run a job in this process, as `scraper run` does; returns the summary and the signals that came."""
    from scraper.cli.running import signals_set

    async def extract(response: Response) -> Article:
        if pace_s:
            await asyncio.sleep(pace_s)
        return await pages.extract(response)

    async def looped() -> object:
        stop = asyncio.Event()
        tools = Tools(fetcher=pages, extract=extract, lister=pages)
        with signals_set(stop) as came:
            summary = await run_job(
                job, state, outputs, tools, Quiet(), Limits(commit_every=commit_every, commit_s=0.02), stop=stop
            )
        return summary, came

    with locked(job.state), State.open(job.state) as state, open_outputs(job, state, adopt=adopt) as outputs:
        return asyncio.run(looped())


def child(job: Job, pages: Pages, before: Callable[[], object] | None = None, **options: float) -> int:
    """Run a job and return an exit code, as the command line has them; messages go to standard error."""
    if before is not None:
        before()
    try:
        with _sigterm_ends_the_run():
            summary, came = run_here(job, pages, **options)  # type: ignore[misc, arg-type]
    except _Terminated:  # before or after the loop: as `__main__` has it
        return 143
    except KeyboardInterrupt:
        return 130
    except StateLocked:
        return 6
    except (StateError, ExportError) as error:
        sys.stderr.write(f"{error}\n")
        return 5 if str(job.state.parent) in str(error) else 99
    if came:
        return 130 if came[0] == signal.SIGINT else 143
    assert summary.ended == "done"
    return 0


def fork(job: Job, pages: Pages, before: Callable[[], object] | None = None, **options: float) -> int:
    """Start a child; return its process id."""
    number = os.fork()
    if number:
        return number
    try:
        errors = os.open(job.state.parent / "stderr", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(errors, 2)
        code = child(job, pages, before, **options)
    except BaseException:  # noqa: BLE001  # nothing may leave a forked child
        import traceback

        os.write(2, traceback.format_exc().encode())
        code = 98
    os._exit(code)


def finish(job: Job, pages: Pages) -> int:
    """Run a job in a child to its end; return the exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(fork(job, pages), 0)[1])


Step = Callable[[str, str, int, bytes], str | None]
"""Takes (call, path, offset, data); returns None to go on, or the name of an error."""


def watch_everything(step: Step) -> None:
    """Pass every call that changes a file to `step`, of SQLite and of outputs; for the rest of the process."""
    names: dict[int, str] = {}

    def sqlite(call: str, path: str, offset: int, data: bytes) -> int:
        wrong = step(call, path, offset, data)
        return CODES[wrong][1] if wrong else 0

    def allowed(call: str, path: str, offset: int = 0, data: bytes = b"") -> None:
        wrong = step(call, path, offset, data)
        if wrong:
            raise OSError(CODES[wrong][0], os.strerror(CODES[wrong][0]))

    def opened(path: str | Path, flags: int, mode: int = 0o666) -> int:
        handle = os.open(path, flags, mode)
        names[handle] = str(path)
        return handle

    def write(handle: int, data: bytes) -> int:
        offset = os.lseek(handle, 0, os.SEEK_CUR)
        allowed("write", names.get(handle, "?"), offset, bytes(data))
        return os.write(handle, data)

    def fsync(handle: int) -> None:
        allowed("sync", names.get(handle, "?"))
        os.fsync(handle)

    def ftruncate(handle: int, length: int) -> None:
        allowed("truncate", names.get(handle, "?"), length)
        os.ftruncate(handle, length)

    def replaced(old: Path, new: Path) -> None:
        allowed("rename", str(old), 0, str(new).encode())
        os.replace(old, new)  # noqa: PTH105  # what is stood in for

    watch_sqlite(sqlite)
    own = {"open": opened, "write": write, "fsync": fsync, "ftruncate": ftruncate, "replace": replaced}
    watched = SimpleNamespace(**{name: getattr(os, name) for name in dir(os)} | own)
    disk.os = state_file.os = lock.os = watched  # type: ignore[assignment]


def records_in(folder: Path) -> list[str]:
    """Return the lines of the output; a torn or empty line is an error."""
    text = (folder / "out.jsonl").read_text("utf-8")
    assert not text or text.endswith("\n"), "the last line is torn"
    lines = text.splitlines()
    for line in lines:
        json.loads(line)
    return lines


def failures_in(folder: Path) -> list[str]:
    return [json.loads(line)["requestedUrl"] for line in (folder / "failures.jsonl").read_text("utf-8").splitlines()]


def rows_in(folder: Path) -> list[str]:
    return (folder / "out.csv").read_text("utf-8").splitlines()[1:]


def expected(count: int) -> Mapping[str, list[str]]:
    """Return what an uninterrupted run gives, sorted."""
    stories = [n for n in range(count) if not is_gone(n)]
    return {
        "records": sorted(_article(n).to_json() for n in stories),
        "rows": sorted(f"{n:016x},{url(n)},Story {n}" for n in stories),
        "failures": sorted(url(n) for n in range(count) if is_gone(n)),
    }


def found(folder: Path) -> Mapping[str, list[str]]:
    """Return what the outputs hold, sorted, in the form of `expected`."""
    return {
        "records": sorted(records_in(folder)),
        "rows": sorted(rows_in(folder)),
        "failures": sorted(failures_in(folder)),
    }


def seconds_of(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
