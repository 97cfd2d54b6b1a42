"""From a command's output options to an open exporter."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scraper.errors import SettingsError
from scraper.export.formats import Format, format_named
from scraper.export.opening import open_export

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.cli.options import OutputOptions, ReportOptions
    from scraper.export.exporter import Exporter

__all__ = ["format_of", "open_exporter", "shares_terminal"]


def format_of(options: OutputOptions, inputs: int) -> Format:
    """Return the format asked for; without one, text for a single page on a terminal, JSON Lines for all else.

    Raises:
        SettingsError: there is no format of this name.

    """
    if options.format is not None:
        return format_named(options.format)
    return format_named("txt" if shares_terminal(options) and inputs == 1 else "jsonl")


def shares_terminal(options: OutputOptions) -> bool:
    """Whether records go to a terminal, where nothing else may be drawn."""
    return options.is_standard_output and sys.stdout is not None and sys.stdout.isatty()


@contextmanager
def open_exporter(options: OutputOptions, form: Format, report: ReportOptions) -> Iterator[Exporter]:
    """Open the output before any work begins; end it in a valid state, also at Ctrl-C.

    Raises:
        SettingsError: options that contradict each other.
        ExportError: the output cannot be written.

    """
    target = options.target(form)
    if report.errors is not None and report.errors in {options.output, options.out_dir}:
        raise SettingsError(f"-o and --errors name the same file: {report.errors}")
    with open_export(form, target) as exporter:
        yield exporter
