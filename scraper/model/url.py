"""URLs: join, normalise, and the identity of an article."""

from __future__ import annotations

import hashlib

__all__ = ["article_id"]


def article_id(url: str | None, headline: str | None, text: str) -> str:
    """Return the record's id: 16 hex digits of the sha256 of the URL, or of headline and text without one."""
    key = url or f"{headline or ''}\n{text}"
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:16]
