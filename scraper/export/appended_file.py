"""A file that only grows: whole up to its last write, durable up to its last commit, cut back to a mark."""

from __future__ import annotations

import hashlib
import logging
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from scraper.errors import ExportError, OutputChanged
from scraper.export import disk
from scraper.export.exporter import promised

if TYPE_CHECKING:
    from pathlib import Path

    from scraper.export.exporter import Mark

__all__ = ["AppendedFile"]

_LOG = logging.getLogger("scraper")
_TAIL = 4096
"""Bytes before the committed length that a mark's hash covers. An edit that moves anything changes them; one in the
middle that keeps the length does no harm to what is appended."""


class AppendedFile:
    """One writer at a time (an advisory lock that ends with the process); a symbolic link is refused, not followed.

    Args:
        path: created if it is not there.
        mark: what `commit` returned; the file is cut back to it. None: go on at the file's end.
        name: what messages call it.

    Raises:
        OutputChanged: the file is not what the mark says: it is missing, shorter, or was edited.
        ExportError: the file cannot be opened, or another process writes it.

    """

    def __init__(self, path: Path, mark: Mark | None = None, name: str | None = None) -> None:
        self.path = path
        self.name = name or str(path)
        self._broken = False
        kept = 0 if mark is None else promised(mark, "file")["length"]
        if kept and not os.path.lexists(path):
            raise OutputChanged(
                f"{self.name} is missing: {kept} bytes had been written to it",
                advice="put it back, or forget its mark to begin a new file",
                reason="output_missing",
            )
        is_new = not os.path.lexists(path)
        self._handle = disk.open_file(path, os.O_RDWR | os.O_CREAT, self.name)
        try:
            disk.lock(self._handle, self.name)
            self._length = os.fstat(self._handle).st_size
            if mark is not None:
                self._go_back_to(mark)
            os.lseek(self._handle, self._length, os.SEEK_SET)
            if is_new:
                disk.sync_folder(path.parent, self.name)
        except BaseException:
            os.close(self._handle)
            raise

    @property
    def length(self) -> int:
        """Bytes written, committed or not."""
        return self._length

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet."""
        return not self._length

    def read(self, start: int, count: int) -> bytes:
        """Return up to `count` bytes from `start` on."""
        with disk.opened(self.name):
            return os.pread(self._handle, count, start)

    def write(self, text: str) -> None:
        """Append a whole record as UTF-8; lone surrogates become "?"."""
        self.write_bytes(text.encode("utf-8", "replace"))

    def write_bytes(self, data: bytes) -> None:
        """Append a whole record; when that fails, nothing of it stays.

        Raises:
            ExportError: a full disk or the like; the records before are there.

        """
        self._check()
        try:
            disk.write(self._handle, data, self.name)
        except BaseException:  # Ctrl-C, too: a record is whole or absent
            self._broken = True
            with suppress(ExportError):
                disk.cut(self._handle, self._length, self.name)
                self._broken = False
            raise
        self._length += len(data)

    def cut(self, length: int) -> None:
        """Cut the file to `length` bytes."""
        disk.cut(self._handle, length, self.name)
        self._length = length

    def commit(self) -> Mark:
        """Make all that was written durable; return its length, a hash of its last bytes, and its inode.

        Raises:
            OutputChanged: somebody deleted or cut the file in the meantime.
            ExportError: it cannot be made durable.

        """
        self._check()
        try:
            disk.sync(self._handle, self.name)
        except ExportError:
            self._broken = True  # what the system still held may be gone, and a second fsync would not say so
            raise
        facts = os.fstat(self._handle)
        if not facts.st_nlink or facts.st_size != self._length:
            self._broken = True
            what = "deleted" if not facts.st_nlink else "changed"
            raise OutputChanged(f"{self.name} was {what} while it was written", advice="let one program write it")
        return {"kind": "file", "length": self._length, "tail": self._tail(self._length), "inode": facts.st_ino}

    def close(self) -> None:
        """Let go of the file as it is."""
        if self._handle >= 0:
            handle, self._handle, self._broken = self._handle, -1, True
            with suppress(OSError):  # every write was checked, every commit synced
                os.close(handle)

    def _check(self) -> None:
        if self._broken:
            raise ExportError(f"cannot write {self.name}: an earlier failure left it closed", advice="open it anew")

    def _go_back_to(self, mark: Mark) -> None:
        kept = mark["length"]
        if self._length < kept:
            raise OutputChanged(
                f"{self.name} has {self._length} bytes, but {kept} had been written to it",
                advice="put it back, or forget its mark to go on after what is there",
            )
        if mark["tail"] != self._tail(kept):
            raise OutputChanged(
                f"{self.name} was edited: its first {kept} bytes no longer end as they were written",
                advice="put it back, or forget its mark to go on after what is there",
            )
        if self._length > kept:
            _LOG.warning("%s: %d bytes beyond the last commit are cut off", self.name, self._length - kept)
            disk.cut(self._handle, kept, self.name)
            self._length = kept

    def _tail(self, length: int) -> str:
        start = max(0, length - _TAIL)
        return hashlib.sha256(self.read(start, length - start)).hexdigest()[:16]
