"""Records as JSON text: one line each, readable by every line-based tool."""

from __future__ import annotations

from typing import Any

import msgspec

__all__ = ["encode_line", "plain_json"]


def encode_line(value: Any) -> str:
    """Return `value` as JSON on one line.

    U+2028, U+2029 and U+0085 are escaped: some readers take them for line ends. Lone surrogates, which no UTF-8 can
    hold, become "?".
    """
    text = _encoded(value).decode("utf-8")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def plain_json(value: Any) -> Any:
    """Return `value` as what `json.loads` would give: dicts, lists, strings, numbers, bools and None."""
    return msgspec.json.decode(_encoded(value))


def _encoded(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_writable(msgspec.to_builtins(value)))


def _writable(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "replace").decode("utf-8")
        case dict():
            return {_writable(key): _writable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_writable(inner) for inner in value]
    return value
