"""What a run says on standard error, and what it counts."""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

from scraper.cli.progress import Counts, failure_rows, progress_for, summary_table, time_row
from scraper.export.output import Output, open_output
from scraper.export.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scraper.cli.options import ReportOptions
    from scraper.cli.progress import Progress
    from scraper.model.failure import Failure

__all__ = ["Reporter", "json_line", "open_reporter", "say", "written"]


def say(text: str, stream: TextIO | None = None) -> bool:
    """Print one line on standard error, safe for a terminal and for logs.

    Returns False where it cannot be written, such as to a full disk: a message never ends what it tells of.
    """
    return written(f"scraper: {one_line(text)}\n", stream)


def written(text: str, stream: TextIO | None = None) -> bool:
    """Write text on standard error; return False where it cannot be written."""
    stream = stream or sys.stderr
    if stream is None:  # closed by whoever started the program
        return True
    try:
        stream.write(text.encode(stream.encoding or "utf-8", "backslashreplace").decode(stream.encoding or "utf-8"))
        stream.flush()
    except BrokenPipeError:
        return True  # the reader went away, which is its right
    except OSError:
        return False
    return True


def json_line(event: str, text: str, **more: Any) -> str:
    """Return a message as a JSON object on a line of its own."""
    return (
        json.dumps({"time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "event": event, "message": text, **more}) + "\n"
    )


class Reporter:
    """Counts records and failures; writes failures, notes and progress."""

    def __init__(self, *, quiet: bool, errors: Output | None = None) -> None:
        self._quiet = quiet
        self._errors = errors
        self._progress: Progress | None = None
        self._in_flight: Callable[[], int] = int
        self._began = monotonic()
        self.records = 0
        self.failures: int = 0
        self.kinds: Counter[str] = Counter()
        """Reason of failure -> how often."""
        self.last_failure: Failure | None = None

    def begin(self, total: int | None, *, in_flight: Callable[[], int] = int, beside_data: bool = False) -> None:
        """Show progress from now on, unless quiet.

        Args:
            total: number of inputs; None where nobody knows.
            in_flight: tells how many are being worked on.
            beside_data: whether records go to standard output and that is a terminal.

        """
        self._in_flight = in_flight
        self._began = monotonic()
        if not self._quiet:
            self._progress = progress_for(total, say, beside_data=beside_data)

    def record(self) -> None:
        """Count a record that was written."""
        self.records += 1

    def failure(self, failure: Failure) -> None:
        """Count and tell a failure: a JSON line in the file of `--errors`, else a line on standard error."""
        self.failures += 1
        self.kinds[failure.reason] += 1
        self.last_failure = failure
        if self._errors is not None:
            self._errors.write(failure.to_json() + "\n")
        else:
            where = "" if failure.requested_url in failure.message else f"{failure.requested_url}: "
            say(f"{where}{failure.message}")

    def note(self, text: str) -> None:
        """Tell something that is no failure."""
        if not self._quiet:
            say(text)

    def progress(self) -> None:
        """Show the counts as they are now."""
        if self._progress is not None:
            self._progress.update(self._counts())

    def clear(self) -> None:
        """Take the progress away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def sum_up(self) -> None:
        """Tell how the run went: a table on a terminal, else a line or two."""
        self.clear()
        if self._quiet:
            return
        seconds = monotonic() - self._began
        done = self.records + self.failures
        records = (str(self.records), "records", "green")
        table = summary_table([records, *failure_rows(self.kinds), time_row(done, seconds)])
        if table is not None:
            sys.stderr.write(table)
            return
        say(f"{self.summary()}, {seconds:.1f} s")
        if self.kinds:
            say("failed by kind: " + ", ".join(f"{reason} {number}" for reason, number in self.kinds.most_common()))

    def summary(self) -> str:
        """Return the counts in words."""
        return f"{self.records + self.failures} done: {self.records} records, {self.failures} failed"

    def _counts(self) -> Counts:
        return Counts(self.records, self.failures, self._in_flight())


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
