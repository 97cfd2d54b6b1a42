"""From a target to the place where its text goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.export.appended_file import AppendedFile
from scraper.export.output import standard_output, stream_to

if TYPE_CHECKING:
    from scraper.export.exporter import Sink, Target

__all__ = ["open_sink"]


def open_sink(target: Target) -> Sink:
    """Open standard output, a new file, or a file that is appended to.

    Raises:
        ExportError: it cannot be opened; an OutputChanged when it is not as its mark says.

    """
    if target.path is None:
        return standard_output()
    if not target.append:
        return stream_to(target.path, target.name)
    return AppendedFile(target.path, target.mark, target.name)
