"""Content codings, decoded under a hard cap: the limit is inside the decompressor, so a bomb never unfolds.

`httpx` decodes what it is sent, whole (1 MB of gzip becomes 1 GiB of memory), and passes a body cut short as complete.
Here every step gives out pieces of bounded size, and every coding must have reached its own end.
"""

from __future__ import annotations

import importlib
import io
import zlib
from typing import TYPE_CHECKING, Any, Protocol

import brotli  # type: ignore[import-untyped]

from scraper.errors import ConnectionFailed, IncompleteBody, PermanentFetchError, ResponseTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["GZIP_MAGIC", "BodyDecoder", "accepted_codings", "codings_of"]

GZIP_MAGIC = b"\x1f\x8b\x08"
"""RFC 1952, section 2.3.1: ID1, ID2 and the only method there is."""
_PIECE = 32_768
"""Bytes a step gives out at once; brotli may overshoot by its ring buffer, 64 KiB at most in all (measured)."""
_MOST_CODINGS = 3
"""No server stacks two on purpose; each multiplies the work a small body can cause."""
_NO_CODING = frozenset({"", "identity", "none", "utf-8", "binary", "8bit"})
"""Nothing, and words that misconfigured servers put here and that name no compression."""
_ZSTD_WINDOW_LOG = 23
"""8 MB, the most that RFC 9659 lets a server use."""


class _Step(Protocol):
    """One coding."""

    odd: str | None
    """What was odd without costing the content."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` decodes to, in pieces of about `_PIECE` bytes."""
        ...

    def whole(self) -> bool:
        """Return whether the coding's own end has been reached."""
        ...


def accepted_codings() -> str:
    """Return the Accept-Encoding header: what this installation decodes."""
    return "gzip, deflate, br" + (", zstd" if _zstd() is not None else "")


def codings_of(header: str | None) -> tuple[str, ...]:
    """Return the codings named by Content-Encoding, in the order they were applied.

    Raises:
        PermanentFetchError: an unknown coding, or more than three; reason "encoding".

    """
    names = [name.strip().lower() for name in (header or "").split(",", 100)]
    known = tuple(name.removeprefix("x-") for name in names if name not in _NO_CODING)
    if len(known) > _MOST_CODINGS:
        raise PermanentFetchError(f"{len(known)} or more content codings on top of each other", reason="encoding")
    for name in known:
        if name not in _STEPS or (name == "zstd" and _zstd() is None):
            raise PermanentFetchError(f"unknown content coding {name[:40]!r}", reason="encoding")
    return known


class BodyDecoder:
    """Takes a body as it comes off the wire and gives it back decoded, whole, and no longer than `limit`.

    Args:
        codings: as `codings_of` returns them.
        limit: bytes, for the wire, for each step between, and for the result.
        cut: keep the first `limit` bytes of a longer body instead of refusing it (robots.txt).

    """

    def __init__(self, codings: tuple[str, ...], limit: int, *, cut: bool = False) -> None:
        self._steps = [_STEPS[name]() for name in reversed(codings)]
        self._made = [0] * (len(codings) + 1)
        self.limit = limit
        self.cut = cut
        self._body = io.BytesIO()
        self.full = False
        """With `cut`: the limit is reached, the rest need not be read."""

    @property
    def received(self) -> int:
        """Bytes taken off the wire."""
        return self._made[0]

    def feed(self, data: bytes) -> None:
        """Decode the next bytes of the wire.

        Raises:
            ResponseTooLarge: the cap is reached.
            ConnectionFailed: not what the coding says it is; reason "encoding".

        """
        if self.full:
            return
        self._count(0, data)
        for piece in self._through(0, data):
            self._body.write(piece)

    def finish(self) -> bytes:
        """Return the body.

        Raises:
            IncompleteBody: a coding has not reached its end.

        """
        if not self.full and not all(step.whole() for step in self._steps):
            raise IncompleteBody(f"the compressed body was cut short after {self.received:,} bytes")
        return self._body.getvalue()[: self.limit]

    @property
    def problems(self) -> tuple[str, ...]:
        """What was odd, in words."""
        return tuple(step.odd for step in self._steps if step.odd)

    def _through(self, number: int, data: bytes) -> Iterator[bytes]:
        if number == len(self._steps):
            yield data
            return
        try:
            for piece in self._steps[number].pieces(data):
                self._count(number + 1, piece)
                if number + 1 == len(self._steps):
                    yield piece
                else:
                    yield from self._through(number + 1, piece)
                if self.full:
                    return
        except _BROKEN as error:
            failure = ConnectionFailed(f"the body is not what its content coding says: {error}", reason="encoding")
            failure.retryable = False
            raise failure from error

    def _count(self, number: int, data: bytes) -> None:
        self._made[number] += len(data)
        if self._made[number] <= self.limit:
            return
        if not self.cut:
            raise ResponseTooLarge(
                f"a body of more than {self.limit:,} bytes", advice="--max-bytes (max_body_bytes) sets the limit"
            )
        self.full = number in {0, len(self._steps)}
        if number not in {0, len(self._steps)}:
            raise ResponseTooLarge(f"more than {self.limit:,} bytes between two content codings")


def _fast_zlib() -> Any:
    """Return isal's zlib, which takes .2 ms for a page of 40 kB where Python's takes .45 ms, or that one."""
    try:
        return importlib.import_module("isal.isal_zlib")
    except ImportError:  # no wheel for this machine
        return zlib


INFLATING = _fast_zlib()
"""What inflates; both take and give the same (tests/faults/test_cuts.py)."""


def _inflated(stream: Any, data: bytes) -> Iterator[bytes]:
    """Yield all that `data` gives; a full piece may leave more inside zlib though its input is used up."""
    full = True
    while (data or full) and not stream.eof:
        piece = stream.decompress(data, _PIECE)
        yield piece
        full = len(piece) == _PIECE
        data = stream.unconsumed_tail


class _Gzip:
    """RFC 1952: all members, then whatever junk; each member's own checksum and length are verified."""

    def __init__(self) -> None:
        self._member = INFLATING.decompressobj(wbits=31)
        self._begun = False
        self._between = b""
        self._junk = False
        self.odd: str | None = None

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data and not self._junk:
            if self._member.eof:
                data = self._between + data
                self._between = b""
                if len(data) < len(GZIP_MAGIC) and GZIP_MAGIC.startswith(data):
                    self._between = data
                    return
                if not data.startswith(GZIP_MAGIC):
                    self._junk = True
                    break
                self._member = INFLATING.decompressobj(wbits=31)
            self._begun = True
            yield from _inflated(self._member, data)
            data = self._member.unused_data
        if data.strip(b"\0"):  # padding is common, and nothing to mention
            self.odd = "bytes after the end of the compressed body were left out"

    def whole(self) -> bool:
        return self._member.eof or not self._begun


class _Deflate:
    """RFC 9110, section 8.4.1.2: zlib's format; many servers send the bare stream without zlib's frame."""

    def __init__(self) -> None:
        self._stream = INFLATING.decompressobj()
        self._head: bytes | None = b""
        self._begun = False
        self.odd: str | None = None

    def pieces(self, data: bytes) -> Iterator[bytes]:
        if self._head is not None:
            data = self._head = self._head + data
            if len(data) < 2:  # noqa: PLR2004  # zlib's header
                self._begun = self._begun or bool(data)
                return
            if data[0] & 0x0F != zlib.DEFLATED or (data[0] << 8 | data[1]) % 31:
                self._stream = INFLATING.decompressobj(wbits=-zlib.MAX_WBITS)
            self._head = None
        self._begun = self._begun or bool(data)
        if not self._stream.eof:
            yield from _inflated(self._stream, data)

    def whole(self) -> bool:
        return self._stream.eof or not self._begun


class _Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._begun = False
        self.odd: str | None = None

    def pieces(self, data: bytes) -> Iterator[bytes]:
        self._begun = self._begun or bool(data)
        if not data:
            return
        piece = self._stream.process(data, output_buffer_limit=_PIECE)
        while piece:  # until there is none: `can_accept_more_data` is true already when only the end mark is left
            yield piece
            if self._stream.is_finished():
                return
            piece = self._stream.process(b"", output_buffer_limit=_PIECE)

    def whole(self) -> bool:
        return bool(self._stream.is_finished()) or not self._begun


class _Zstd:
    """RFC 8878: all frames; the window is held to what RFC 9659 allows."""

    def __init__(self) -> None:
        self._module = _zstd()
        self._frame = self._new()
        self._begun = False
        self.odd: str | None = None

    def pieces(self, data: bytes) -> Iterator[bytes]:
        self._begun = self._begun or bool(data)
        while data:
            if self._frame.eof:
                self._frame = self._new()
            yield self._frame.decompress(data, _PIECE)
            while not self._frame.eof and not self._frame.needs_input:
                yield self._frame.decompress(b"", _PIECE)
            data = self._frame.unused_data if self._frame.eof else b""

    def whole(self) -> bool:
        return bool(self._frame.eof) or not self._begun

    def _new(self) -> Any:
        option = self._module.DecompressionParameter.window_log_max
        return self._module.ZstdDecompressor(options={option: _ZSTD_WINDOW_LOG})


def _zstd() -> Any:
    """Return the zstd module of Python 3.14, or its backport, or None."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None


_STEPS: dict[str, type[_Step]] = {"gzip": _Gzip, "deflate": _Deflate, "br": _Brotli, "zstd": _Zstd}
_BROKEN: tuple[type[Exception], ...] = (
    zlib.error,
    INFLATING.error,
    brotli.error,
    *((_zstd().ZstdError,) if _zstd() is not None else ()),
)
