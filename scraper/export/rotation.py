"""An appended output in several files: a new one for each day, or when one has its size."""

from __future__ import annotations

import logging
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.errors import ExportError
from scraper.export import disk
from scraper.export.compression import compression_of
from scraper.export.exporter import promised

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.export.exporter import ExportOptions, Mark, Sink, Target

__all__ = ["Rotated", "files_of", "parts_of"]

_LOG = logging.getLogger("scraper")
_FIRST = "000001"


def _utc_day() -> str:
    return datetime.now(UTC).date().isoformat()


class Rotated:
    """Writes `out-000001.jsonl`, `out-000002.jsonl` ... or `out-2026-11-22.jsonl` ... for a target `out.jsonl`.

    A mark names the file that was written to. Files after it hold what was never committed: going back to the mark
    removes them. A finished file may be taken away; with `taken` in the mark, one that is not finished, too: the
    next one is begun, and no name is given twice.

    Args:
        target: with an option of rotation.
        open_file: opens a single appended file, cut back to a mark.
        day: returns the day as YYYY-MM-DD, for tests.

    """

    def __init__(self, target: Target, open_file: Callable[[Target], Sink], day: Callable[[], str] = _utc_day) -> None:
        if target.path is None:
            raise ExportError("standard output cannot be rotated", advice="name a file")
        self.name = target.name
        self._path = target.path
        self._target = target
        self._open_file = open_file
        self._day = day
        self._limit = target.options.rotate_bytes
        parts = parts_of(target.path, daily=target.options.rotate_daily)
        self._part = max(parts, default="")
        if target.mark is None:
            self._sink = self._open(self._part or self._due(), None)
        else:
            mark = promised(target.mark, "rotated")
            self._part = mark["part"]
            after = self._after(mark) if self._part not in parts else None
            if after is None:
                self._sink = self._open(self._part, mark["file"])
            self._remove_after(mark["part"], parts)
            if after is not None:
                self._sink = self._open(after, None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the file whose turn it is."""
        return self._sink.is_empty

    def write(self, text: str) -> None:
        """Append a whole record to the file whose turn it is."""
        self._roll().write(text)

    def write_bytes(self, data: bytes) -> None:
        """Append a whole record to the file whose turn it is."""
        self._roll().write_bytes(data)

    def commit(self) -> Mark:
        """Make the file durable; those before it are."""
        return {"kind": "rotated", "part": self._part, "file": self._sink.commit()}

    def close(self) -> None:
        """Let go of the file."""
        self._sink.close()

    def _roll(self) -> Sink:
        """Return the file whose turn it is; when that is a new one, the one before is made durable and closed."""
        due = self._due()
        if due != self._part:
            self._sink.commit()
            self._sink.close()
            self._sink = self._open(due, None)
        return self._sink

    def _due(self) -> str:
        if self._limit is None:
            return max(self._part, self._day())  # a clock that was set back begins no file a second time
        if not self._part:
            return _FIRST
        full = self._size(self._part) >= self._limit
        return f"{int(self._part) + 1:06d}" if full else self._part

    def _after(self, mark: Mark) -> str | None:
        """Return the file that follows the one of a mark, which is gone; None where that was not finished."""
        if self._limit is None:
            return self._due() if self._due() > self._part or mark.get("taken") else None
        is_finished = mark["file"]["length"] >= self._limit
        return f"{int(self._part) + 1:06d}" if is_finished or mark.get("taken") else None

    def _open(self, part: str, mark: Mark | None) -> Sink:
        path = _part_path(self._path, part)
        sink = self._open_file(replace(self._target, path=path, mark=mark, label=str(path)))
        self._part = part
        return sink

    def _size(self, part: str) -> int:
        with disk.opened(self.name):
            return _part_path(self._path, part).stat().st_size

    def _remove_after(self, part: str, parts: list[str]) -> None:
        for later in parts:
            if later > part:
                path = _part_path(self._path, later)
                _LOG.warning("%s: never committed, removed", path)
                disk.remove(path, str(path))


def parts_of(path: Path, *, daily: bool) -> list[str]:
    """Return what tells the files of a rotated output apart: numbers or days, in order.

    Raises:
        ExportError: the folder cannot be read.

    """
    stem, suffixes = _split(path)
    middle = r"\d{4}-\d{2}-\d{2}" if daily else r"\d{6}"
    ours = re.compile(rf"{re.escape(stem)}-({middle}){re.escape(suffixes)}", re.ASCII)
    with disk.opened(str(path)):
        names = os.listdir(path.parent)  # noqa: PTH208  # by this module's os, for the tests of faults
    return sorted(match[1] for name in names if (match := ours.fullmatch(name)))


def files_of(path: Path, options: ExportOptions) -> list[Path]:
    """Return the files that an output has or would have: its own, or those of a rotated one that are there.

    Raises:
        ExportError: the folder cannot be read.

    """
    if not (options.rotate_daily or options.rotate_bytes):
        return [path]
    return [_part_path(path, part) for part in parts_of(path, daily=options.rotate_daily)]


def _part_path(path: Path, part: str) -> Path:
    stem, suffixes = _split(path)
    return path.with_name(f"{stem}-{part}{suffixes}")


def _split(path: Path) -> tuple[str, str]:
    """Return ("out", ".jsonl.gz")."""
    packed = path.suffix if compression_of(path.name) else ""
    inner = Path(path.name.removesuffix(packed))
    return inner.stem, inner.suffix + packed
