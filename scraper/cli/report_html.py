"""`scraper report`: what came of runs, as one HTML file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from scraper.cli.exit_codes import ExitCode
from scraper.cli.state import state_path
from scraper.errors import SettingsError
from scraper.export.output import open_output

__all__ = ["report"]


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """What is read beside the records, and where the report goes."""

    output: Annotated[
        Path | None, Option("-o", "--output", help="The report as one HTML file. Default, or '-': standard output.")
    ] = None
    errors: Annotated[Path | None, Option("--errors", help="The file of failures that --errors wrote.")] = None
    debug: Annotated[bool, Option("--debug", help="Show the traceback of an error.")] = False


def report(
    files: Annotated[
        list[Path], Argument(metavar="FILE", help="JSON Lines of records (.gz, .zst), a state or job file.")
    ],
    options: FigureOptions,
) -> int:
    """Report on runs: articles a day, completeness, failures, newest."""
    from scraper.reports.from_records import figures_of_records  # noqa: PLC0415  # only for those who want reports
    from scraper.reports.from_state import figures_of_state, is_state_file  # noqa: PLC0415  # SQLite: the same
    from scraper.reports.page import report_page  # noqa: PLC0415  # the same

    if options.output is None and sys.stdout is not None and sys.stdout.isatty():
        raise SettingsError("the report is one HTML file, not for a terminal", advice="name it: -o report.html")
    files = [state_path(path) for path in files]
    states = [path for path in files if is_state_file(path)]
    if states and (len(files) > 1 or options.errors is not None):
        raise SettingsError(f"{states[0]}: a state file stands alone", advice="it knows of its own failures")
    today = datetime.now(UTC).date()
    figures = figures_of_state(states[0]) if states else figures_of_records(files, options.errors, today=today)
    with open_output(options.output) as output:
        output.write(report_page(figures))
    return ExitCode.OK
