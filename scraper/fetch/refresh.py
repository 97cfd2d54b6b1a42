"""Meta refresh: stubs that say where the page is by markup instead of by status."""

from __future__ import annotations

import html
import re

__all__ = ["refresh_target"]

_STUB_BYTES = 8192
"""A page with more in it is a page; many reload themselves, or send readers without scripts elsewhere."""
_SOON_S = 5.0
_META = re.compile(r"<meta\b[^<>]{0,2000}>", re.IGNORECASE)
_IS_REFRESH = re.compile(r"http-equiv\s*=\s*[\"']?\s*refresh\b", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_VALUE = re.compile(r"\s*(\d{1,6}(?:\.\d*)?)\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def refresh_target(body: bytes) -> str | None:
    """Return where a stub sends its reader within five seconds (HTML standard, 4.2.5.3), or None."""
    if len(body) > _STUB_BYTES or b"refresh" not in body.lower():
        return None
    text = _COMMENT.sub("", body.decode("utf-8", "replace"))
    for tag in _META.findall(text):
        content = _CONTENT.search(tag) if _IS_REFRESH.search(tag) else None
        found = _VALUE.match(html.unescape(next(filter(None, content.groups()), ""))) if content else None
        if found is not None and float(found[1]) <= _SOON_S:
            return found[2].strip()
    return None
