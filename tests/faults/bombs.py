"""Bodies of 1 GiB in a few kilobytes to a few megabytes, made without compressing 1 GiB."""

from __future__ import annotations

import functools
import gzip
import importlib
import zlib

import brotli

from scraper.fetch.decoder import accepted_codings

__all__ = ["BOMBS", "GIB", "bomb"]

GIB = 1 << 30
_MIB = 1 << 20


@functools.cache
def _deflated() -> bytes:
    """1 GiB of zeros as raw deflate: one flushed block of 1 MiB stands for all."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = stream.compress(bytes(_MIB)) + stream.flush(zlib.Z_FULL_FLUSH)
    again = stream.compress(bytes(_MIB)) + stream.flush(zlib.Z_FULL_FLUSH)
    return first + again * (GIB // _MIB - 1) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


@functools.cache
def _gzip() -> bytes:
    crc = 0
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + _deflated() + crc.to_bytes(4, "little") + (0).to_bytes(4, "little")


@functools.cache
def _brotli() -> bytes:
    stream = brotli.Compressor(quality=5, lgwin=24)
    return b"".join(stream.process(bytes(16 * _MIB)) for _ in range(GIB // (16 * _MIB))) + bytes(stream.finish())


@functools.cache
def _zstd() -> bytes:
    stream = importlib.import_module("backports.zstd").ZstdCompressor()
    return b"".join(stream.compress(bytes(16 * _MIB)) for _ in range(GIB // (16 * _MIB))) + bytes(stream.flush())


BOMBS = {
    "gzip": _gzip,
    "deflate": _deflated,
    "br": _brotli,
    "gzip, gzip": lambda: gzip.compress(_gzip(), 1),
    "br, gzip": lambda: gzip.compress(_brotli(), 1),
    "gzip, br": lambda: brotli.compress(_gzip(), quality=1),
    "gzip, gzip, gzip": lambda: gzip.compress(gzip.compress(_gzip(), 1), 1),
} | ({"zstd": _zstd} if "zstd" in accepted_codings() else {})


@functools.cache
def bomb(coding: str) -> bytes:
    """Return what decodes to 1 GiB by `coding` (the Content-Encoding header)."""
    return BOMBS[coding]()
