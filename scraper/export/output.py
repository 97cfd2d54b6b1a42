"""Where bytes go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from scraper.errors import ExportError
from scraper.export import disk
from scraper.export.terminal import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.export.exporter import Mark

__all__ = ["Output", "is_special", "open_output", "standard_output", "stream_to", "written_aside"]


class Output:
    """A stream of text; UTF-8, flushed at each write."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self.name = name
        """For messages: the path, or "standard output"."""
        self.is_terminal = stream.isatty()
        self.is_empty = True

    def write(self, text: str) -> None:
        """Write and flush; on a terminal, control characters are escaped.

        Raises:
            ExportError: a full disk or the like.
            BrokenPipeError: the reader went away, which is its right.

        """
        self.write_styled(escape_controls(text) if self.is_terminal else text)

    def write_styled(self, text: str) -> None:
        """Write and flush text of our own making, colours included; whatever a page said in it is escaped already."""
        self.write_bytes(text.encode("utf-8", "replace"))

    def write_bytes(self, data: bytes) -> None:
        """Write bytes as they are, and flush."""
        self.is_empty = False
        disk.write_stream(self._stream, data, self.name)

    def commit(self) -> Mark:
        """Return an empty mark: a stream cannot be gone on with."""
        return {}

    def close(self) -> None:
        """Close a file; standard output stays open."""
        if self._stream is not getattr(sys.stdout, "buffer", None):
            with suppress(OSError):  # all was flushed: an error here only repeats one that was reported
                self._stream.close()


def standard_output() -> Output:
    """Return standard output.

    Raises:
        ExportError: it is closed.

    """
    if sys.stdout is None:
        raise ExportError("standard output is closed", advice="name a file with -o")
    return Output(sys.stdout.buffer, "standard output")


def stream_to(path: Path, name: str) -> Output:
    """Return an output that begins `path` anew: a file written aside, a device, a pipe.

    Raises:
        ExportError: it cannot be opened.

    """
    with disk.opened(name):
        return Output(path.open("wb"), name)


@contextmanager
def open_output(path: Path | None) -> Iterator[Output]:
    """Open standard output (None, or "-") or a file.

    A regular file is written aside, in the same folder, and takes its name when all is written, or when Ctrl-C ends
    the run; after any other failure the old file is still there, untouched. Devices and pipes are written directly.

    Raises:
        ExportError: the path cannot be written; raised before anything is done, or when it is finished.

    """
    if path is None or str(path) == "-":
        yield standard_output()
    elif is_special(path):
        output = stream_to(path, str(path))
        try:
            yield output
        finally:
            output.close()
    else:
        with written_aside(path) as aside:
            output = stream_to(aside, str(path))
            try:
                yield output
            finally:
                output.close()


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Give an empty file to be filled, in the folder of `path`; when all is well, or at Ctrl-C, it becomes `path`.

    After any other failure it is removed, and what `path` was stays.

    Raises:
        ExportError: the file cannot be made, synced or renamed.

    """
    with disk.opened(str(path)):
        handle, name = tempfile.mkstemp(prefix=".scraper-", suffix=".part", dir=path.parent)
    os.close(handle)
    aside = Path(name)
    try:
        try:
            yield aside
        except KeyboardInterrupt:
            _finish(aside, path)
            raise
        _finish(aside, path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _finish(aside: Path, path: Path) -> None:
    """Make the bytes durable, then give them their name; the folder is synced for it to last."""
    name = str(path)
    handle = disk.open_file(aside, os.O_RDWR, name)
    try:
        with disk.opened(name):
            os.fchmod(handle, disk.new_mode(path))
        disk.sync(handle, name)
    finally:
        os.close(handle)
    disk.rename(aside, path, name)
    disk.sync_folder(path.parent, name)


def is_special(path: Path) -> bool:
    """Return whether `path` is a device or a pipe.

    Raises:
        ExportError: it is a folder, or cannot be looked at.

    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        raise disk.cannot_write(str(path), error) from error
    if stat.S_ISDIR(mode):
        raise ExportError(f"cannot write {path}: it is a folder", advice="name a file")
    return not stat.S_ISREG(mode)
