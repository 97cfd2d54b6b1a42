"""Outline: what is left of a page's layout once its blocks are scored; what is kept is decided by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock
    from scraper.body.classifier.layout import Layout

__all__ = ["Kin", "Outline", "outline_of"]

Kin: TypeAlias = tuple[str, str, str, str]
"""Tag and class of a block's element, tag and class of its parent; "" where there is none."""


@dataclass(slots=True)
class Outline:
    """Facts about blocks, in lists parallel to them; each as in `Layout`."""

    chars: list[int]
    link_density: list[float]
    good: list[bool]
    inside: list[bool]
    codes: list[int]
    kin: list[Kin]
    box: list[int]
    """The list, table, figure or quotation around each block, the innermost; -1: none."""
    hidden: list[bool]
    depth: int
    """Of the innermost element that holds text; 0: the root."""


def outline_of(layout: Layout, blocks: list[TextBlock]) -> Outline:
    """Return the outline of a page's blocks."""
    return Outline(
        layout.chars,
        layout.link_density,
        layout.good,
        layout.inside,
        layout.codes,
        layout.kin,
        [layout.box[block.element] for block in blocks],
        [layout.hidden[block.element] for block in blocks],
        max(layout.depth.values()),
    )
