"""What bytes are that are no markup: known file types by their first bytes, and binary noise."""

from __future__ import annotations

import re
import zlib

__all__ = ["binary_kind", "inflate", "looks_like_markup", "typed_otherwise"]

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"OggS", "Ogg media"),
    (b"ID3", "an MP3 recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "Matroska or WebM media"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x00\x01\x00\x00", "a font"),
    (b"\x00asm", "WebAssembly"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
"""WHATWG MIME Sniffing 6.1-6.4 and the formats' own specifications."""
_SHORT_SIGNATURES = frozenset((b"BM", b"MZ", b"ID3", b"BZh"))
"""Also how text may begin: they count only where binary bytes follow."""
_CONTAINERS = {b"WEBP": "a WebP image", b"WAVE": "a WAV recording", b"AVI ": "an AVI video"}

_HEAD = 1445
"""Bytes looked at: the resource header of MIME Sniffing, section 5.2."""
_BINARY_BYTES = bytes((*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)))
"""Binary data bytes (MIME Sniffing, section 3); ESC is not one of them: ISO-2022-JP needs it."""
_NOISE = 0.03
"""Share of binary bytes from which a head is noise: random bytes have .11, pages with stray controls under .01."""
_MARKUP = re.compile(rb"[\s\x00]*<\x00*(?:[!?/a-zA-Z]|$)")
_NOT_MARKUP_TYPE = re.compile(
    r"\s*(?:(?:image/(?!svg)|audio/|video/|font/)|application/(?:pdf|zip|gzip|x-gzip|json|ld\+json|octet-stream|msword"
    r"|vnd\.(?!wap)|x-(?:rar|tar|7z|shockwave)|javascript|wasm)|text/(?:css|csv|javascript|calendar))",
    re.IGNORECASE,
)


def looks_like_markup(body: bytes) -> bool:
    """Whether the body starts with a tag, a doctype, a comment or an XML declaration."""
    return _MARKUP.match(body, 0, _HEAD) is not None


def typed_otherwise(content_type: str | None, body: bytes) -> bool:
    """Whether the declared type is none that holds a page, and the body does not belie it."""
    return bool(content_type and _NOT_MARKUP_TYPE.match(content_type) and not looks_like_markup(body))


def binary_kind(body: bytes) -> str | None:
    """Return what a binary body is, in words ("a PDF"), or None for text of any encoding without NULs."""
    head = body[:_HEAD]
    noisy = len(head) - len(head.translate(None, _BINARY_BYTES)) > max(2, len(head) * _NOISE)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature) and (noisy or signature not in _SHORT_SIGNATURES):
            return kind
    if head[:4] == b"RIFF" and head[8:12] in _CONTAINERS:
        return _CONTAINERS[head[8:12]]
    if head[4:8] == b"ftyp":
        return "an MP4 video or a HEIF image"
    return "binary data" if noisy and not looks_like_markup(head) else None


def inflate(body: bytes, limit: int) -> tuple[bytes, bool]:
    """Return the content of gzip data, every member of it, and whether it is whole.

    Args:
        body: starts with a gzip header (RFC 1952).
        limit: bytes; more than this is never held.

    Raises:
        OverflowError: the content is larger than `limit`.

    """
    parts: list[bytes] = []
    size = 0
    rest = body
    while rest.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        try:
            part = member.decompress(rest, limit + 1 - size)
        except zlib.error:
            return b"".join(parts), False
        parts.append(part)
        size += len(part)
        if size > limit:
            raise OverflowError
        if not member.eof:
            return b"".join(parts), False
        rest = member.unused_data
    return b"".join(parts), True
