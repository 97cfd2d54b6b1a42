"""From a format and a target to an open exporter that ends as its kind of output should."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.errors import ExportError
from scraper.export.exporter import Target
from scraper.export.formats import Format, format_named
from scraper.export.output import is_special, written_aside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.export.exporter import Exporter

__all__ = ["open_export"]


@contextmanager
def open_export(form: Format | str, target: Target | Path | str) -> Iterator[Exporter]:
    """Open an exporter for the time of a `with` block.

        >>> with open_export("md", path) as exporter:
        ...     exporter.write(article)
        >>> path.read_text("utf-8").splitlines()[0]
        '---'

    Args:
        form: the format, or its name.
        target: where records go; a path alone is a one-off file, "-" standard output.

    A one-off file is written aside and takes its name when the block ends well, or at Ctrl-C; after any other failure
    the old file is still there. Databases, folders and appended files keep what was committed; the end of the block is
    a commit, whatever ended it, unless the output itself failed.

    Raises:
        SettingsError: what this format cannot do.
        ExportError: the output cannot be written, or is not as its mark says.

    """
    form = format_named(form) if isinstance(form, str) else form
    if not isinstance(target, Target):
        target = Target(path=None if str(target) == "-" else Path(target))
    form.check(target)
    with ExitStack() as stack:
        if not target.append and form.is_written_aside(target) and target.path and not is_special(target.path):
            aside = stack.enter_context(written_aside(target.path))
            target = replace(target, path=aside, label=target.name)
        exporter = form.open(target)
        try:
            yield exporter
        except KeyboardInterrupt:
            _end(exporter)
            raise
        except BaseException as error:
            with suppress(ExportError, BrokenPipeError):
                if not isinstance(error, ExportError | BrokenPipeError):
                    exporter.commit()
            with suppress(ExportError, BrokenPipeError):
                exporter.close()
            raise
        _end(exporter)


def _end(exporter: Exporter) -> None:
    try:
        exporter.commit()
    except BaseException:
        with suppress(ExportError, BrokenPipeError):
            exporter.close()
        raise
    exporter.close()
