"""Records as JSON text: one line each, readable by every line-based tool."""

from __future__ import annotations

from typing import Any

import msgspec

__all__ = ["encode_line"]


def encode_line(value: Any) -> str:
    """Return `value` as JSON on one line.

    U+2028, U+2029 and U+0085 are escaped: some readers take them for line ends.
    """
    text = msgspec.json.encode(value).decode("utf-8")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
