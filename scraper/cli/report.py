"""What a run says on standard error, and what it counts."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from scraper.export.output import Output, open_output
from scraper.export.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.cli.options import ReportOptions
    from scraper.model.failure import Failure

__all__ = ["Reporter", "open_reporter", "say"]

_CLEAR_LINE = "\r\x1b[K"


def say(text: str, stream: TextIO | None = None) -> None:
    """Print one line on standard error, safe for a terminal and for logs."""
    stream = stream or sys.stderr
    if stream is None:  # closed by whoever started the program
        return
    line = f"scraper: {one_line(text)}\n"
    stream.write(line.encode(stream.encoding or "utf-8", "backslashreplace").decode(stream.encoding or "utf-8"))
    stream.flush()


class Reporter:
    """Counts records and failures; writes failures, notes and, on a terminal, progress."""

    def __init__(self, *, quiet: bool, errors: Output | None = None) -> None:
        self._quiet = quiet
        self._errors = errors
        self._shows_progress = sys.stderr is not None and sys.stderr.isatty() and not quiet
        self.records = 0
        self.failures: int = 0
        self.last_failure: Failure | None = None

    def record(self) -> None:
        """Count a record that was written."""
        self.records += 1

    def failure(self, failure: Failure) -> None:
        """Count and tell a failure: a JSON line in the file of `--errors`, else a line on standard error."""
        self.failures += 1
        self.last_failure = failure
        if self._errors is not None:
            self._errors.write(failure.to_json() + "\n")
        else:
            self.clear()
            where = "" if failure.requested_url in failure.message else f"{failure.requested_url}: "
            say(f"{where}{failure.message}")

    def note(self, text: str) -> None:
        """Tell something that is no failure."""
        if not self._quiet:
            self.clear()
            say(text)

    def progress(self) -> None:
        """Show the counts on a terminal, on one line that is written over; one page alone needs none."""
        if self._shows_progress and self.records + self.failures > 1:
            sys.stderr.write(f"{_CLEAR_LINE}{self.summary()}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the progress line away."""
        if self._shows_progress:
            sys.stderr.write(_CLEAR_LINE)

    def summary(self) -> str:
        """Return the counts in words."""
        return f"{self.records + self.failures} done: {self.records} records, {self.failures} failed"


@contextmanager
def open_reporter(options: ReportOptions) -> Iterator[Reporter]:
    """Return the reporter of a run; the file of `--errors` is written as every output is.

    Raises:
        ExportError: the file cannot be written.

    """
    if options.errors is None:
        reporter = Reporter(quiet=options.quiet)
        try:
            yield reporter
        finally:
            reporter.clear()
        return
    with open_output(options.errors) as errors:
        reporter = Reporter(quiet=options.quiet, errors=errors)
        try:
            yield reporter
        finally:
            reporter.clear()
