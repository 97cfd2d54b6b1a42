"""From a command's output options to an open exporter."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from stat import S_ISREG
from time import monotonic
from typing import TYPE_CHECKING, Any

from scraper.errors import SettingsError
from scraper.export.formats import Format, format_named, format_of_file
from scraper.export.opening import open_export

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from scraper.cli.options import OutputOptions, ReportOptions
    from scraper.export.exporter import Exporter
    from scraper.model.article import Article

__all__ = ["format_of", "open_exporter", "shares_terminal", "spare_inputs"]

_COMMIT_EVERY_S = {"text": 5.0, "database": 5.0, "binary": 60.0}
"""By kind of format: a commit is a sync, of a database the end of a lock, of Parquet a file of its own."""


def format_of(options: OutputOptions, inputs: int) -> Format:
    """Return the format asked for; without one, the one that the file's name says.

    Where that says nothing: JSON in a folder, text for a single page on a terminal, JSON Lines for all else.

    Raises:
        SettingsError: there is no format of this name.

    """
    if options.format is not None:
        return format_named(options.format)
    if options.out_dir is not None:
        return format_named("json")
    if options.output is not None and (found := format_of_file(options.output)) is not None:
        return found
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
        yield _Committing(exporter, _COMMIT_EVERY_S[form.kind])


def spare_inputs(inputs: Iterable[Path], output: OutputOptions, report: ReportOptions) -> None:
    """Refuse to write over what is to be read.

    Raises:
        SettingsError: names the file.

    """
    written = {_file_of(path): path for path in (output.output, report.errors) if path is not None}
    written.pop(None, None)
    if not written:
        return
    for path in inputs:
        if (found := written.get(_file_of(path))) is not None:
            raise SettingsError(f"{found}: it is read, and would be written over", advice="choose another file")


def _file_of(path: Path) -> tuple[int, int] | None:
    """Return what makes a file the same under all of its names; None for none, and for devices."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if S_ISREG(found.st_mode) else None


class _Committing:
    """An exporter that commits now and then, so that a long run that is killed keeps what it has."""

    def __init__(self, exporter: Exporter, every_s: float) -> None:
        self._exporter = exporter
        self._every_s = every_s
        self._last = monotonic()
        self.commit, self.close = exporter.commit, exporter.close

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:
        """Write a record; commit when the last time is a while ago."""
        self._exporter.write(article, extra)
        if monotonic() - self._last >= self._every_s:
            self._exporter.commit()
            self._last = monotonic()
