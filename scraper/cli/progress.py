"""How far a run is: a live bar on a terminal, a plain line now and then in a log."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

__all__ = ["Counts", "Progress", "failure_rows", "progress_for", "summary_table", "time_row"]

_EVERY_S = 15.0
"""Seconds between two plain lines."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Where a run stands."""

    records: int = 0
    failures: int = 0
    in_flight: int = 0
    """URLs that are being worked on."""

    @property
    def done(self) -> int:
        """Inputs that ended, one way or the other."""
        return self.records + self.failures


class Progress(Protocol):
    """Shows counts as they change."""

    def update(self, counts: Counts) -> None:
        """Take note of new counts."""

    def stop(self) -> None:
        """Leave the terminal as it was."""


def progress_for(total: int | None, say: Callable[[str], object], *, beside_data: bool) -> Progress | None:
    """Return what shows the progress of a run of `total` inputs (None: nobody knows), or None for none at all.

    A bar needs a terminal of its own: where the data goes to it (`beside_data`), the records show how far it is.
    """
    if sys.stderr is None or (total is not None and total < 2):  # noqa: PLR2004  # one page is there at once
        return None
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return _Lines(total, say)
    return None if beside_data else _Bar(total)


class _Lines:
    """A line every `_EVERY_S` seconds: for logs, and for those who want no colours."""

    def __init__(self, total: int | None, say: Callable[[str], object]) -> None:
        self._total = total
        self._say = say
        self._began = self._last = monotonic()

    def update(self, counts: Counts) -> None:
        now = monotonic()
        if now - self._last >= _EVERY_S:
            self._last = now
            self._say(progress_line(counts, self._total, now - self._began))

    def stop(self) -> None:
        """Do nothing: lines stay."""


def progress_line(counts: Counts, total: int | None, seconds: float) -> str:
    """Return how far a run is, on one line."""
    rate = counts.done / seconds if seconds else 0.0
    parts = [
        f"{counts.done}{'' if total is None else f' of {total}'} done",
        f"{counts.failures} failed",
        f"{counts.in_flight} in flight",
        f"{rate:.1f}/s",
    ]
    if total is not None and rate:
        parts.append(f"{max(0, total - counts.done) / rate:.0f} s left")
    return ", ".join(parts)


class _Bar:
    """A bar that is drawn over, with the rate, what is in flight, failures and the time left."""

    def __init__(self, total: int | None) -> None:
        self._progress, self._task = _started(total)

    def update(self, counts: Counts) -> None:
        rate = self._progress.tasks[0].speed
        self._progress.update(
            self._task,
            completed=counts.done,
            in_flight=counts.in_flight,
            failures=counts.failures,
            rate="" if rate is None else f"{rate:.1f}/s",
        )

    def stop(self) -> None:
        self._progress.stop()


def _started(total: int | None) -> tuple[RichProgress, TaskID]:
    from rich.console import Console  # noqa: PLC0415  # 50 ms of CPU, only for those who watch
    from rich.progress import (  # noqa: PLC0415  # the same
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    progress = Progress(
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[in_flight]} in flight"),
        TextColumn("[red]{task.fields[failures]} failed"),
        *([TimeElapsedColumn()] if total is None else [TextColumn("left"), TimeRemainingColumn()]),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
    )
    task = progress.add_task("", total=total, rate="", in_flight=0, failures=0)
    progress.start()
    return progress, task


def summary_table(rows: Iterable[tuple[str, str, str]]) -> str | None:
    """Return the end of a run as a table with colours; None where standard error is no terminal or wants none.

    Args:
        rows: figure, what it counts, and its style as rich has it ("green", "dim").

    """
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return None
    from rich.console import Console  # noqa: PLC0415  # see above
    from rich.table import Table  # noqa: PLC0415  # see above

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column()
    for figure, what, style in rows:
        table.add_row(figure, what, style=style)
    console = Console(stderr=True)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def failure_rows(kinds: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """Return rows that say how many inputs failed, and for what reasons; most frequent first."""
    failed = sum(kinds.values())
    rows = [(str(failed), "failed", "red" if failed else "dim")]
    ranked = sorted(kinds.items(), key=lambda one: -one[1])
    return rows + [(str(number), f"  {reason}", "dim") for reason, number in ranked]


def time_row(done: int, seconds: float) -> tuple[str, str, str]:
    """Return the row that says how long a run took, and its rate."""
    return f"{seconds:.1f}", f"seconds, {done / seconds if seconds else 0:.1f} a second", "dim"
