"""Text in compressed members, one after the other, so that a file is whole wherever one of them ends.

A file of several gzip members (RFC 1952, section 2.2) or Zstandard frames (RFC 8878, section 3) is a valid file of
its kind: `gzip -d`, `zstd -d`, pandas, DuckDB and Python read it as one.
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from scraper.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scraper.export.exporter import Mark, Sink

__all__ = ["Compressed", "Compression", "compression_of", "first_bytes", "whole_length"]

Compression = Literal["gzip", "zstd"]
_BY_SUFFIX: dict[str, Compression] = {".gz": "gzip", ".zst": "zstd"}
_MEMBER = 1 << 20
"""Characters that make a member by themselves, without a commit; larger members compress no better to speak of."""
_GZIP_LEVEL = 6
_STEP = 1 << 16
"""Bytes read and decompressed at a time when a file is looked through."""


def compression_of(name: str) -> Compression | None:
    """Return how a file of this name is compressed: `.gz`, `.zst`, or not."""
    return _BY_SUFFIX.get(Path(name).suffix.lower())


class Compressed:
    """Writes text in members; what is not committed waits in memory until a member is full.

    Args:
        sink: takes the members.
        compression: which.
        appended: whether closing drops what was not committed; a one-off file is ended with it.

    """

    def __init__(self, sink: Sink, compression: Compression, *, appended: bool = True) -> None:
        self._sink = sink
        self._appended = appended
        self._pack = _packer(compression)
        self._waiting: list[str] = []
        self._held = 0
        self._closed = False
        self.name = sink.name

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet."""
        return self._sink.is_empty and not self._waiting

    def write(self, text: str) -> None:
        """Take a whole record."""
        self._waiting.append(text)
        self._held += len(text)
        if self._held >= _MEMBER:
            self._flush()

    def write_bytes(self, data: bytes) -> None:
        """Take a whole record."""
        self.write(data.decode("utf-8", "replace"))

    def commit(self) -> Mark:
        """End the member, and make the file durable."""
        self._flush()
        return self._sink.commit()

    def close(self) -> None:
        """Let go of the file."""
        try:
            if not self._appended and not self._closed:
                if self.is_empty:
                    self._waiting = [""]  # nothing, compressed, is not nothing
                self._flush()
        finally:
            self._waiting, self._closed = [], True
            self._sink.close()

    def _flush(self) -> None:
        if self._waiting:
            self._sink.write_bytes(self._pack("".join(self._waiting).encode("utf-8", "replace")))
            self._waiting, self._held = [], 0


class _Packer(Protocol):
    def __call__(self, data: bytes, /) -> bytes: ...


def _packer(compression: Compression) -> _Packer:
    if compression == "gzip":
        return lambda data: gzip.compress(data, _GZIP_LEVEL, mtime=0)
    pack: _Packer = _zstd().compress
    return pack


def _zstd() -> Any:
    try:
        from compression import zstd  # type: ignore[import-not-found]  # noqa: PLC0415  # Python 3.14
    except ImportError:
        try:
            from backports import zstd  # noqa: PLC0415  # the extra
        except ImportError as error:
            raise SettingsError(
                "Zstandard is not installed", advice="pip install 'article-scraper[zstd]', or name the file .gz"
            ) from error
    return zstd


def first_bytes(path: Path, count: int) -> bytes:
    """Return the first bytes of a file's text, decompressed after its suffix; fewer when it is shorter or damaged.

    Raises:
        OSError: the file cannot be read.

    """
    opened: dict[str | None, Callable[[Path], Any]] = {
        "gzip": gzip.open,
        "zstd": lambda path: _zstd().open(path),
        None: lambda path: path.open("rb"),
    }
    with opened[compression_of(path.name)](path) as stream:
        try:
            found: bytes = stream.read(count)
        except (EOFError, zlib.error, gzip.BadGzipFile, _zstd_error(compression_of(path.name) or "gzip")):
            return b""
        return found


def whole_length(path: Path, compression: Compression) -> int:
    """Return how many bytes of a compressed file are whole members; the file is read through once.

    Raises:
        OSError: the file cannot be read.

    """
    whole = position = 0
    decoder: Any = None
    for piece in _pieces(path):
        data = piece
        while data:
            decoder = decoder or _decoder(compression)
            try:
                decoder.decompress(data)
            except (zlib.error, _zstd_error(compression)):
                return whole
            left: bytes = decoder.unused_data if decoder.eof else b""
            position += len(data) - len(left)
            if decoder.eof:
                whole, decoder = position, None
            data = left
    return whole


def _decoder(compression: Compression) -> Any:
    return zlib.decompressobj(zlib.MAX_WBITS | 16) if compression == "gzip" else _zstd().ZstdDecompressor()


def _zstd_error(compression: Compression) -> type[Exception]:
    error: type[Exception] = _zstd().ZstdError if compression == "zstd" else zlib.error
    return error


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_STEP):
            yield piece
