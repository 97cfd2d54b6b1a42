"""URLs as they are dialled and as they are shown: parsed once, by the rules that browsers follow (WHATWG URL)."""

from __future__ import annotations

import re

__all__ = ["shown_url"]

_USERINFO = re.compile(r"(?<=//)[^/?#@]*(?:@[^/?#@]*)*@")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def shown_url(url: object) -> str:
    """Return a URL for records and messages: without credentials, controls escaped, on one line."""
    text = url if isinstance(url, str) else repr(url)
    text = _USERINFO.sub("", text.strip(), count=1)
    return _CONTROL.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), text)
