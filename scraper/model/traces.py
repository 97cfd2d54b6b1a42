"""Traces: what a page leaves for the memory of its site; numbers only, no text."""

from __future__ import annotations

import msgspec

__all__ = ["PageTraces"]


class PageTraces(msgspec.Struct, frozen=True, kw_only=True):
    """Fingerprints of one page's blocks; small enough to cross processes with every page."""

    site: str
    """Whose page it is: a host without "www.", or "" where the page names no address."""
    page: int
    """64-bit hash of the page's canonical address; without any, of its text."""
    texts: tuple[tuple[int, int], ...] = ()
    """(fingerprint of a block, characters of it in the body: 0 where it was dropped)."""
    paths: tuple[tuple[int, int], ...] = ()
    """(hash of the markup path of a block of prose, 1 where it was kept, else 0)."""
