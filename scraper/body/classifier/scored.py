"""Scored: a page's blocks as the classifier sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock
    from scraper.body.decisions.outline import Outline

__all__ = ["Scored"]


@dataclass(frozen=True, slots=True)
class Scored:
    """Blocks with the classifier's final scores."""

    blocks: list[TextBlock]
    outline: Outline
    scores: list[float]
