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
from scraper.export.terminal import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Output", "open_output"]

_MODE = 0o666
"""Permissions of a new file before the umask, as `open` gives them."""


class Output:
    """A stream of text; UTF-8, flushed at each write."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self.name = name
        """For messages: the path, or "standard output"."""
        self.is_terminal = stream.isatty()

    def write(self, text: str) -> None:
        """Write and flush; on a terminal, control characters are escaped.

        Raises:
            ExportError: a full disk or the like.
            BrokenPipeError: the reader went away, which is its right.

        """
        self.write_styled(escape_controls(text) if self.is_terminal else text)

    def write_styled(self, text: str) -> None:
        """Write and flush text of our own making, colours included; whatever a page said in it is escaped already."""
        try:
            self._stream.write(text.encode("utf-8", "replace"))
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _cannot_write(self.name, error) from error


@contextmanager
def open_output(path: Path | None) -> Iterator[Output]:
    """Open standard output (None, or "-") or a file.

    A regular file is written aside, in the same folder, and takes its name when all is written, or when Ctrl-C ends
    the run; after any other failure the old file is still there, untouched. Devices and pipes are written directly.

    Raises:
        ExportError: the path cannot be written; raised before anything is done, or when it is finished.

    """
    if path is None or str(path) == "-":
        if sys.stdout is None:
            raise ExportError("standard output is closed", advice="name a file with -o")
        yield Output(sys.stdout.buffer, "standard output")
    elif _is_special(path):
        with _opened(path) as stream:
            yield Output(stream, str(path))
    else:
        with _written_aside(path) as stream:
            yield Output(stream, str(path))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        stream = path.open("wb")
    except OSError as error:
        raise _cannot_write(str(path), error) from error
    try:
        yield stream
    finally:
        _close(stream)


@contextmanager
def _written_aside(path: Path) -> Iterator[BinaryIO]:
    try:
        handle, name = tempfile.mkstemp(prefix=".scraper-", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _cannot_write(str(path), error) from error
    aside = Path(name)
    stream = os.fdopen(handle, "wb")
    try:
        try:
            yield stream
        except KeyboardInterrupt:
            _finish(stream, aside, path)
            raise
        _finish(stream, aside, path)
    finally:
        _close(stream)
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _close(stream: BinaryIO) -> None:
    """Close; what was written is flushed already, so an error here only repeats one that was reported."""
    with suppress(OSError):
        stream.close()


def _finish(stream: BinaryIO, aside: Path, path: Path) -> None:
    """Make the bytes durable, then give them their name (atomic on POSIX; the folder is synced for it to last)."""
    try:
        stream.flush()
        os.fchmod(stream.fileno(), _permissions(path))
        os.fsync(stream.fileno())
        aside.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise _cannot_write(str(path), error) from error


def _permissions(path: Path) -> int:
    """Return the mode of the file that will be replaced, or of a new one."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return _MODE & ~mask


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _cannot_write(str(path), error) from error
    if stat.S_ISDIR(mode):
        raise ExportError(f"cannot write {path}: it is a folder", advice="name a file")
    return not stat.S_ISREG(mode)


def _cannot_write(name: str, error: OSError) -> ExportError:
    return ExportError(f"cannot write {name}: {error.strerror or error}", advice="choose another place or make room")
