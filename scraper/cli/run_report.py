"""What a repeated run says on standard error: text for people, or a JSON object a line for programs."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scraper.cli.progress import Counts, failure_rows, progress_for, summary_table, time_row
from scraper.cli.report import json_line, say, written
from scraper.crawl.summary import Summary, summary_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.cli.progress import Progress
    from scraper.model.failure import Failure

__all__ = ["RunReport", "log_told"]

_ALWAYS = ("new", "updated", "unchanged")
_IF_ANY = ("duplicate", "gone", "left", "sources_failed")
"""Figures of the closing table; the second only where they are not 0."""


class RunReport:
    """Tells what happens; `quiet` tells only what needs a person."""

    def __init__(self, *, quiet: bool, as_json: bool) -> None:
        self._quiet = quiet
        self._as_json = as_json
        self._progress: Progress | None = None
        self._began = False
        self._kinds: Counter[str] = Counter()
        self.is_lost = False
        """Whether a message could not be written: a log on a full disk."""

    def failure(self, failure: Failure) -> None:
        """Tell of a URL that gave no record."""
        self._kinds[failure.reason] += 1
        if not self._quiet:
            where = "" if failure.requested_url in failure.message else f"{failure.requested_url}: "
            self._tell("failure", f"{where}{failure.message}", failure=failure.to_dict())

    def note(self, text: str) -> None:
        """Tell what is worth a line, but no action."""
        if not self._quiet:
            self._tell("note", text)

    def warning(self, text: str) -> None:
        """Tell what needs a person."""
        self._tell("warning", text)

    def progress(self, summary: Summary, *, total: int, in_flight: int) -> None:
        """Show how far the run is: a bar on a terminal, else a line now and then; nothing among JSON lines."""
        if not self._began:
            self._began = True
            silent = self._quiet or self._as_json
            self._progress = None if silent else progress_for(total, say, beside_data=False)
        if self._progress is not None:
            self._progress.update(Counts(summary.fetched - summary.failed, summary.failed, in_flight))

    def clear(self) -> None:
        """Take the progress away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def summary(self, summary: Summary) -> None:
        """Tell what the run did: a table on a terminal, else its last line."""
        self.clear()
        if self._quiet:
            return
        table = None if self._as_json else summary_table(self._rows(summary))
        if table is not None:
            sys.stderr.write(table)
        else:
            self._tell("summary", summary_line(summary), **summary.as_dict())

    def _rows(self, summary: Summary) -> list[tuple[str, str, str]]:
        known = (str(summary.known), f"of {summary.discovered} listed were known", "dim")
        shown = [*_ALWAYS, *(name for name in _IF_ANY if getattr(summary, name))]
        rows = [(str(getattr(summary, name)), name.replace("_", " "), _style(name)) for name in shown]
        ended = [] if summary.ended == "done" else [("", f"ended early: {summary.ended}", "yellow")]
        return [known, *rows, *failure_rows(self._kinds), time_row(summary.fetched, summary.secs), *ended]

    def _tell(self, event: str, text: str, **more: Any) -> None:
        if not self._as_json:
            told = say(f"{'warning: ' if event == 'warning' else ''}{text}")
        else:
            told = written(json_line(event, text, **more))
        self.is_lost = self.is_lost or not told


def _style(figure: str) -> str:
    return {"new": "green", "updated": "green", "sources_failed": "red"}.get(figure, "dim")


class _Told(logging.Handler):
    """Tells each record of the log as a note."""

    def __init__(self, report: RunReport) -> None:
        super().__init__()
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            self._report.warning(record.getMessage())
        else:
            self._report.note(record.getMessage())


@contextmanager
def log_told(report: RunReport, *, verbose: bool) -> Iterator[None]:
    """Let the package's log be heard for the time of a run, and leave the terminal as it was."""
    log = logging.getLogger("scraper")
    handler, before = _Told(report), log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO if verbose else logging.WARNING)
    try:
        yield
    finally:
        report.clear()
        log.removeHandler(handler)
        log.setLevel(before)
