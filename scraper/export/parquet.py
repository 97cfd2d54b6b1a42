"""Articles as Parquet (extra `parquet`): a one-off file, or a folder of parts, one for each commit.

A part is written aside and renamed when it is committed, so a folder never holds half a file. Going back to a mark
removes the parts after it.
"""

from __future__ import annotations

import logging
import os
import re
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

from scraper.errors import ExportError, OutputChanged, SettingsError
from scraper.export import disk
from scraper.export.exporter import promised

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scraper.export.exporter import Exporter, Mark, Target
    from scraper.model.article import Article

__all__ = ["ParquetFile", "ParquetParts", "open_parquet"]

_LOG = logging.getLogger("scraper")
_GROUP_BYTES = 32 << 20
"""Characters of text that make a row group: about 100 MB of memory while writing, and large enough to compress."""
_GROUP_ROWS = 10_000
_PART = re.compile(r"part-(\d{6})\.parquet", re.ASCII)


class ParquetFile:
    """Writes one file; it can be read when it is closed."""

    def __init__(self, path: Path, name: str, fields: Sequence[str] = ()) -> None:
        import pyarrow.parquet  # noqa: PLC0415  # heavy, and an extra

        from scraper.export import arrow_types  # noqa: PLC0415  # the same

        self.name = name
        self.rows = 0
        self._types = arrow_types
        self._schema = arrow_types.arrow_schema(fields)
        self._waiting: list[dict[str, Any]] = []
        self._size = 0
        self._handle = disk.open_file(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, name)
        self._stream = _Bytes(self._handle, name)
        self._writer = pyarrow.parquet.ParquetWriter(self._stream, self._schema, compression="zstd")

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:  # noqa: ARG002  # columns are fixed
        """Take a record; a row group is written when there are enough."""
        self._waiting.append(article.to_dict())
        self._size += len(article.article_body) + len(article.article_body_html or "")
        self.rows += 1
        if self._size >= _GROUP_BYTES or len(self._waiting) >= _GROUP_ROWS:
            self._write_group()

    def commit(self) -> Mark:
        """Return an empty mark: the file is whole when it is closed."""
        return {}

    def close(self) -> None:
        """Write what waits and the end of the file."""
        if self._handle < 0:
            return
        try:
            if self._waiting:
                self._write_group()
            self._writer.close()
            disk.sync(self._handle, self.name)
        finally:
            self.drop()

    def drop(self) -> None:
        """Let go of the file without an end."""
        if self._handle >= 0:
            self._stream.dropped = True
            handle, self._handle = self._handle, -1
            with suppress(OSError):
                os.close(handle)

    def _write_group(self) -> None:
        self._writer.write_table(self._types.arrow_table(self._waiting, self._schema))
        self._waiting, self._size = [], 0


class ParquetParts:
    """Writes `part-000001.parquet`, `part-000002.parquet` ... in a folder; one process at a time."""

    def __init__(self, folder: Path, mark: Mark | None = None, fields: Sequence[str] = ()) -> None:
        self.name = str(folder)
        self._folder = folder
        self._fields = fields
        self._file: ParquetFile | None = None
        self._broken = False
        disk.make_folder(folder, self.name)
        self._lock = self._locked()
        try:
            parts = self._parts()
            self._last = max(parts, default=0)
            if mark is not None:
                self._go_back_to(promised(mark, "parquet"), parts)
        except BaseException:
            self.close()
            raise

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:
        """Take a record for the part that the next commit ends."""
        self._check()
        if self._file is None:
            self._file = ParquetFile(self._aside(), self._shown(self._last + 1), self._fields)
        try:
            self._file.write(article, extra)
        except BaseException:
            self._broken = True
            raise

    def commit(self) -> Mark:
        """End the part and give it its name."""
        self._check()
        if self._file is not None:
            self._broken = True
            self._file.close()
            disk.rename(self._aside(), self._path(self._last + 1), self.name)
            disk.sync_folder(self._folder, self.name)
            self._last += 1
            self._file, self._broken = None, False
        size = self._size(self._last) if self._last else 0
        return {"kind": "parquet", "part": self._last, "length": size}

    def close(self) -> None:
        """Let go of the folder; a part that was not committed is dropped."""
        self._broken = True
        if self._file is not None:
            self._file.drop()
            with suppress(ExportError):
                disk.remove(self._aside(), self.name)
        with suppress(OSError):
            os.close(self._lock)

    def _check(self) -> None:
        if self._broken:
            raise ExportError(f"cannot write {self.name}: an earlier failure left it closed", advice="open it anew")

    def _locked(self) -> int:
        with disk.opened(self.name):
            handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            disk.lock(handle, self.name)
        except ExportError:
            os.close(handle)
            raise
        return handle

    def _go_back_to(self, mark: Mark, parts: list[int]) -> None:
        last = mark["part"]
        if last and (last not in parts or self._size(last) != mark["length"]):
            raise OutputChanged(
                f"{self._path(last)} is not as it was left: missing or of another size",
                advice="put it back, or forget its mark to go on after what is there",
                reason="output_changed" if last in parts else "output_missing",
            )
        for part in parts:
            if part > last:
                _LOG.warning("%s: never committed, removed", self._path(part))
                disk.remove(self._path(part), self.name)
        self._last = last

    def _parts(self) -> list[int]:
        with disk.opened(self.name):
            names = os.listdir(self._folder)  # noqa: PTH208  # as all calls to the system here
        return sorted(int(match[1]) for name in names if (match := _PART.fullmatch(name)))

    def _size(self, part: int) -> int:
        with disk.opened(self._shown(part)):
            return self._path(part).stat().st_size

    def _path(self, part: int) -> Path:
        return self._folder / f"part-{part:06d}.parquet"

    def _shown(self, part: int) -> str:
        return str(self._path(part))

    def _aside(self) -> Path:
        return self._folder / ".scraper-next.part"


class _Bytes:
    """A file for Arrow that writes as all exporters do."""

    closed = False

    def __init__(self, handle: int, name: str) -> None:
        self.dropped = False
        """Whether the file is closed: what the writer still says, when it is collected, goes nowhere."""
        self._handle = handle
        self._name = name
        self._position = 0

    def write(self, data: Any) -> int:
        piece = bytes(data)
        if not self.dropped:
            disk.write(self._handle, piece, self._name)
        self._position += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._position

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    def close(self) -> None:
        """Leave the descriptor to its owner."""

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False


def open_parquet(target: Target) -> Exporter:
    """Open Parquet at a target: a file, or with `append` a folder of parts.

    Raises:
        SettingsError: pyarrow is not installed.

    """
    if target.path is None:
        raise SettingsError("parquet cannot be written to standard output", advice="name a file")
    try:
        import_module("pyarrow")
    except ImportError as error:
        raise SettingsError("Parquet is not installed", advice="pip install 'article-scraper[parquet]'") from error
    if target.append:
        return ParquetParts(target.path, target.mark, target.fields)
    return ParquetFile(target.path, target.name, target.fields)
