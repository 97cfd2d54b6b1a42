"""Running a job to its end or to a signal: what `run` and `batch --state` share."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.cli.exit_codes import ExitCode, code_for_batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.cli.run_report import RunReport
    from scraper.crawl.job import Job
    from scraper.crawl.outputs import Outputs
    from scraper.crawl.run import Limits
    from scraper.crawl.state import State
    from scraper.crawl.summary import Summary

__all__ = ["Ended", "execute", "signals_set"]

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_AT_ONCE = 2
"""Signals that end a run at once."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    summary: Summary
    signalled: signal.Signals | None

    def code(self, fail_over: float = 0.0) -> int:
        """Return the exit code: a source that answered is something that went well."""
        if self.signalled is not None:
            return ExitCode.INTERRUPTED if self.signalled == signal.SIGINT else ExitCode.TERMINATED
        done = self.summary
        good, failed = done.fetched - done.failed + done.sources_read, done.failed + done.sources_failed
        return code_for_batch(good, failed, fail_over)


def execute(job: Job, report: RunReport, *, deadline_s: float | None = None, adopt: bool = False) -> Ended:
    """Run a job whose state is locked.

    Raises:
        StateError, ExportError: what cannot be used; before anything is fetched where that is possible.
        SettingsError: a source that cannot be read as the job says.

    """
    from scraper.crawl.outputs import open_outputs  # noqa: PLC0415  # SQLite loads only for those who run jobs
    from scraper.crawl.run import Limits  # noqa: PLC0415  # the same
    from scraper.crawl.state import State  # noqa: PLC0415  # the same

    with State.open(job.state) as state:
        if state.warning:
            report.note(state.warning)
        with open_outputs(job, state, adopt=adopt) as outputs:
            ended = asyncio.run(_looped(job, (state, outputs), report, Limits(deadline_s=deadline_s)))
    if isinstance(ended, Ended):
        return ended
    signal.raise_signal(ended)  # it ends the program here as it does anywhere else
    raise AssertionError("a signal that ends the program raises")


async def _looped(job: Job, stores: tuple[State, Outputs], report: RunReport, limits: Limits) -> Ended | signal.Signals:
    """Run the job; return a signal where a second one came before the end, and ended it at once."""
    from scraper.crawl.run import run_job  # noqa: PLC0415  # see `execute`
    from scraper.crawl.tools import open_tools  # noqa: PLC0415  # the network loads when outputs are seen to be in order

    state, outputs = stores
    stop = asyncio.Event()
    with signals_set(stop) as signalled:
        try:
            async with open_tools(job, state.holds(int(time.time())), state.site_memory, state.rests()) as tools:
                summary = await run_job(job, state, outputs, tools, report, limits, stop=stop)
        except asyncio.CancelledError:
            if len(signalled) < _AT_ONCE:
                raise
            return signal.SIGINT if signalled[0] == signal.SIGINT else signal.SIGTERM
    return Ended(summary, signalled[0] if signalled else None)


@contextmanager
def signals_set(stop: asyncio.Event) -> Iterator[list[signal.Signals]]:
    """Let the first signal end the run in order, and a second one at once; give the list of those that came."""
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    came: list[signal.Signals] = []

    def note(number: signal.Signals) -> None:
        came.append(number)
        stop.set()
        if len(came) == _AT_ONCE and task is not None:
            task.cancel()

    before = {number: signal.getsignal(number) for number in _ENDING}
    for number in _ENDING:
        loop.add_signal_handler(number, note, number)
    try:
        yield came
    finally:
        for number in _ENDING:
            loop.remove_signal_handler(number)
            signal.signal(number, before[number])
