"""What was never looked at: the text of <nav> and <footer>, told where somebody asks why a block is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.body.blocks.segment import segment
from scraper.model.evidence import BlockVerdict

if TYPE_CHECKING:
    from scraper.page.page import Page
    from scraper.page.snapshot import Snapshot

__all__ = ["furniture_verdicts"]

_FURNITURE = frozenset({"nav", "footer"})
"""What `snapshot_of` prunes before its walk."""


def furniture_verdicts(page: Page) -> tuple[BlockVerdict, ...]:
    """Return a verdict on each block of text that pruning took away; () unless the page was opened whole."""
    if page.whole is None or page.snapshot.whole:
        return ()
    inside = _inside(page.whole)
    return tuple(
        BlockVerdict(
            text=block.text,
            kept=False,
            score=0.0,
            reason=f"inside <{inside[block.element]}>",
            place=page.whole.tags[block.element],
        )
        for block in segment(page.whole)
        if inside[block.element]
    )


def _inside(snapshot: Snapshot) -> list[str]:
    """Return for each element the tag of the furniture around it, itself included, or ""."""
    found: list[str] = []
    for tag, parent in zip(snapshot.tags, snapshot.parents, strict=True):
        found.append(tag if tag in _FURNITURE else found[parent] if parent >= 0 else "")
    return found
