"""UTF-8: of a text; whether bytes are, and whether they hold control characters that betray a double encoding."""

from __future__ import annotations

import re
from codecs import utf_8_decode

__all__ = ["holds_c1", "is_utf8", "utf8_of"]

_CHUNK = 32_768
"""Bytes checked at once: for the text of a whole page the system would have to clear new memory."""
_C1 = re.compile(b"\xc2[\x80-\x9f]")
"""A C1 control in UTF-8; of the bytes C2 and 80 to 9F none is part of another character in this order."""


def is_utf8(body: bytes) -> bool:
    """Whether bytes are UTF-8 to the last one; ASCII is."""
    if body.isascii():
        return True
    at = 0
    with memoryview(body) as view:
        try:
            while at < len(body):
                _, read = utf_8_decode(view[at : at + _CHUNK], "strict", at + _CHUNK >= len(body))
                at += read
        except UnicodeDecodeError:
            return False
    return True


def holds_c1(utf8: bytes) -> bool:
    """Whether a C1 control (U+0080 to U+009F) stands in a text in UTF-8."""
    return _C1.search(utf8) is not None


def utf8_of(text: str) -> bytes:
    """Return a text in UTF-8.

    Raises:
        UnicodeEncodeError: it holds a lone surrogate.

    """
    return text.encode("utf-8")
