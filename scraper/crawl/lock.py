"""One run at a time: a lock that the kernel keeps, and drops when the process is gone, however it went."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scraper.errors import StateError, StateLocked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["locked"]

_MODE = 0o666
"""Before the umask."""


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Hold the lock of a state file for the time of the block.

    The lock file stays: removing it would let two runs lock two files of the same name. It holds the number of the
    process for people to read; the lock itself is `flock`, which ends with the process (a reboot, kill -9).

    Raises:
        StateLocked: another process holds it.
        StateError: the lock file cannot be written.

    """
    path = state.with_name(state.name + ".lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _MODE)
    except OSError as error:
        raise StateError(
            f"cannot lock {state}: {path}: {error.strerror or error}", advice="choose a place that can be written"
        ) from error
    try:
        _take(handle, state)
        yield
    finally:
        os.close(handle)


def _take(handle: int, state: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StateLocked(f"{state} is in use by {_holder(handle)}", advice="wait until it has ended") from None
    except OSError as error:
        raise StateError(
            f"cannot lock {state}: {error.strerror or error}", advice="this file system has no locks: use a local one"
        ) from error
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    except OSError:
        return  # a full disk: the number is for people only


def _holder(handle: int) -> str:
    number = os.pread(handle, 20, 0).strip()
    return f"another run (process {number.decode()})" if number.isdigit() else "another run"
