"""What a repeated run says on standard error: text for people, or a JSON object a line for programs."""

from __future__ import annotations

import json
import logging
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scraper.cli.report import say
from scraper.crawl.summary import Summary, summary_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.model.failure import Failure

__all__ = ["RunReport", "log_told"]

_CLEAR_LINE = "\r\x1b[K"


class RunReport:
    """Tells what happens; `quiet` tells only what needs a person."""

    def __init__(self, *, quiet: bool, as_json: bool) -> None:
        self._quiet = quiet
        self._as_json = as_json
        self._shows_progress = not quiet and not as_json and sys.stderr is not None and sys.stderr.isatty()

    def failure(self, failure: Failure) -> None:
        """Tell of a URL that gave no record."""
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

    def progress(self, summary: Summary) -> None:
        """Show the counts on a terminal, on one line that is written over."""
        if self._shows_progress:
            sys.stderr.write(f"{_CLEAR_LINE}{summary_line(summary)}")
            sys.stderr.flush()

    def summary(self, summary: Summary) -> None:
        """Tell what the run did: its last line."""
        if not self._quiet:
            self._tell("summary", summary_line(summary), **summary.as_dict())

    def _tell(self, event: str, text: str, **more: Any) -> None:
        if self._shows_progress:
            sys.stderr.write(_CLEAR_LINE)
        if not self._as_json:
            say(f"{'warning: ' if event == 'warning' else ''}{text}")
            return
        if sys.stderr is not None:
            line = {"time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "event": event, "message": text, **more}
            sys.stderr.write(json.dumps(line) + "\n")
            sys.stderr.flush()


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
    """Let the package's log be heard for the time of a run."""
    log = logging.getLogger("scraper")
    handler, before = _Told(report), log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO if verbose else logging.WARNING)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(before)
