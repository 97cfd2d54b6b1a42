"""From a target to the place where its text goes: plain or compressed, in one file or several, with a head or none."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from scraper.errors import ExportError
from scraper.export import disk
from scraper.export.appended_file import AppendedFile
from scraper.export.compression import Compressed, compression_of, first_bytes, whole_length
from scraper.export.output import standard_output, stream_to
from scraper.export.rotation import Rotated

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.export.compression import Compression
    from scraper.export.exporter import Mark, Sink, Target

__all__ = ["Headed", "open_sink"]

_LOG = logging.getLogger("scraper")


def open_sink(target: Target, head: str = "", mend: Callable[[AppendedFile], None] | None = None) -> Sink:
    """Open standard output, a new file, or one or several files that are appended to.

    Args:
        target: where; a path that ends with `.gz` or `.zst` is compressed.
        head: stands first in every file.
        mend: checks the end of a file that is appended to without a mark, and mends it or raises ExportError.

    Raises:
        SettingsError: a compression that is not installed.
        ExportError: it cannot be opened; an OutputChanged when it is not as its mark says.

    """
    if not target.append:
        compression = compression_of(target.name)
        sink: Sink = standard_output() if target.path is None else stream_to(target.path, target.name)
        return _headed(Compressed(sink, compression, appended=False) if compression and target.path else sink, head)
    open_file = partial(_open_appended, head=head, mend=mend)
    if target.options.rotate_bytes or target.options.rotate_daily:
        return Rotated(target, open_file)
    return open_file(target)


class Headed:
    """Writes a head before the first record of an empty file, in one piece with it."""

    def __init__(self, sink: Sink, head: str) -> None:
        self._sink = sink
        self._head = head if sink.is_empty else ""
        self.name = sink.name

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the file."""
        return self._sink.is_empty

    def write(self, text: str) -> None:
        """Write a record, or with "" the head alone."""
        if self._head or text:
            self._sink.write(self._head + text)
            self._head = ""

    def write_bytes(self, data: bytes) -> None:
        """Write a record."""
        self._sink.write_bytes(self._head.encode("utf-8", "replace") + data)
        self._head = ""

    def commit(self) -> Mark:
        """Make the file durable."""
        return self._sink.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._sink.close()


def _headed(sink: Sink, head: str) -> Sink:
    return Headed(sink, head) if head else sink


def _open_appended(target: Target, head: str, mend: Callable[[AppendedFile], None] | None) -> Sink:
    if target.path is None:
        raise ExportError("standard output cannot be appended to", advice="name a file")
    file = AppendedFile(target.path, target.mark, target.name)
    try:
        compression = compression_of(target.name)
        if target.mark is None and not file.is_empty:
            if compression:
                _cut_torn_member(file, compression)
            elif mend is not None:
                mend(file)
        if head and not file.is_empty:
            _check_head(file, head)
        return _headed(Compressed(file, compression) if compression else file, head)
    except BaseException:
        file.close()
        raise


def _cut_torn_member(file: AppendedFile, compression: Compression) -> None:
    with disk.opened(file.name):
        whole = whole_length(file.path, compression)
    if not whole:
        raise ExportError(f"cannot append to {file.name}: it holds no {compression} data", advice="choose another file")
    if whole < file.length:
        _LOG.warning("%s: a torn end of %d bytes is cut off", file.name, file.length - whole)
        file.cut(whole)


def _check_head(file: AppendedFile, head: str) -> None:
    wanted = head.encode("utf-8")
    with disk.opened(file.name):
        found = first_bytes(file.path, len(wanted) + 3)
    bom = b"\xef\xbb\xbf"
    if not found.removeprefix(bom).startswith(wanted.removeprefix(bom)):
        raise ExportError(
            f"cannot append to {file.name}: its first line names other columns",
            advice="choose another file, or the fields that it was begun with",
        )
