"""The calls to the system that writing files needs; each failure is an ExportError that names the path.

Every exporter writes through these few functions, so that a test can make the n-th of them fail
(`monkeypatch.setattr(scraper.export.disk, "os", ...)`).
"""

from __future__ import annotations

import fcntl
import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from scraper.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "cannot_write",
    "cut",
    "lock",
    "make_folder",
    "new_mode",
    "open_file",
    "opened",
    "remove",
    "rename",
    "sync",
    "sync_folder",
    "write",
    "write_stream",
]

_MODE = 0o666
"""Permissions of a new file before the umask, as `open` gives them."""


def cannot_write(name: str, error: OSError) -> ExportError:
    """Return the error for a failed call."""
    return ExportError(f"cannot write {name}: {error.strerror or error}", advice="choose another place or make room")


@contextmanager
def opened(name: str) -> Iterator[None]:
    """Turn an OSError into an ExportError that names the output.

    Raises:
        BrokenPipeError: as it came: the reader went away, which is its right.

    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write(name, error) from error


def lock(handle: int, name: str) -> None:
    """Keep other processes from writing the same output; it holds until `handle` is closed.

    Raises:
        ExportError: another process holds it.

    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ExportError(
            f"cannot write {name}: another process is writing it", advice="wait for its end", reason="output_locked"
        ) from error
    except OSError:  # a file system without locks: as if alone
        return


def open_file(path: Path, flags: int, name: str, mode: int = _MODE) -> int:
    """Return a descriptor of a regular file; a symbolic link in its place is refused, never followed."""
    try:
        handle = os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, mode)
    except OSError as error:
        if path.is_symlink():
            raise ExportError(f"cannot write {name}: it is a symbolic link", advice="name the file itself") from error
        raise cannot_write(name, error) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ExportError(f"cannot write {name}: it is no regular file", advice="name a file")
    return handle


def write(handle: int, data: bytes, name: str) -> None:
    """Write all of `data`; after a failure a part of it may be there."""
    rest = memoryview(data)
    with opened(name):
        while rest:
            rest = rest[os.write(handle, rest) :]


def write_stream(stream: BinaryIO, data: bytes, name: str) -> None:
    """Write `data` to a stream and flush it."""
    with opened(name):
        stream.write(data)
        stream.flush()


def sync(handle: int, name: str) -> None:
    """Make what was written durable."""
    with opened(name):
        os.fsync(handle)


def cut(handle: int, length: int, name: str) -> None:
    """Cut a file to `length` bytes and set its end as the place to write."""
    with opened(name):
        os.ftruncate(handle, length)
        os.lseek(handle, length, os.SEEK_SET)


def rename(old: Path, new: Path, name: str) -> None:
    """Give a file its name, in place of whatever had it (atomic on POSIX; a symbolic link is replaced itself)."""
    with opened(name):
        os.replace(old, new)  # noqa: PTH105  # by this module's os, for the tests of faults


def remove(path: Path, name: str) -> None:
    """Remove a file, if it is there."""
    with opened(name), suppress(FileNotFoundError):
        os.unlink(path)  # noqa: PTH108  # the same


def make_folder(path: Path, name: str) -> None:
    """Make a folder and those above it, where they are not there yet."""
    with opened(name):
        if path.is_dir():
            return
        if path.exists():
            raise ExportError(f"cannot write {name}: it is a file, and a folder is needed", advice="name a folder")
        os.makedirs(path, exist_ok=True)  # noqa: PTH103  # the same
    sync_folder(path.parent, name)


def sync_folder(path: Path, name: str) -> None:
    """Make the names in a folder durable."""
    with opened(name):
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def new_mode(path: Path) -> int:
    """Return the permissions of the file that will be replaced, or of a new one."""
    with suppress(OSError):
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            return stat.S_IMODE(mode)
    mask = os.umask(0)
    os.umask(mask)
    return _MODE & ~mask
