"""Story: what body extraction hands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock
    from scraper.model.article import PageType
    from scraper.model.body import Block
    from scraper.model.evidence import BlockVerdict
    from scraper.model.traces import PageTraces

__all__ = ["Story"]


@dataclass(frozen=True, slots=True)
class Story:
    """The article's body with what was decided on the way."""

    body: tuple[Block, ...]
    """Typed blocks, in reading order."""
    extractor: str
    """How the body was found: "model", "model+trafilatura" (a second opinion had a vote), "rule", "json_ld",
    "plain_text"."""
    confidence: float
    """0 to 1."""
    page_type: PageType
    truncated: bool = False
    refusal: str | None = None
    """Why this is no article, in words; None for an article."""
    segments: list[TextBlock] = field(default_factory=list)
    """Every block of text of the page, in document order."""
    kept: list[bool] = field(default_factory=list)
    """For each of `segments`, whether it belongs to the body."""
    picture_lines: frozenset[int] = frozenset()
    """Those of `segments` that read like text and were dropped as the captions of the pictures before them."""
    credit_lines: tuple[str, ...] = ()
    """Standalone agency or source lines at the body's edges, such as "(REUTERS)"; dropped from the body."""
    verdicts: tuple[BlockVerdict, ...] = ()
    """The reason for each of `segments`; only where asked for."""
    traces: PageTraces | None = None
    """What the page leaves for the memory of its site; only where one was given."""
    rule: str | None = None
    """Name of the site rule that was used."""
    warnings: tuple[str, ...] = ()
    """What a user should know about how the body was found."""
