"""By which name the state knows a URL."""

from __future__ import annotations

from scraper.model.url import normalise

__all__ = ["key_of"]


def key_of(url: str) -> str:
    """Return what all spellings of a URL have in common."""
    return normalise(url)
