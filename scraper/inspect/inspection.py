"""Inspection: all that a report on one page shows, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from scraper.model.evidence import BlockVerdict
    from scraper.model.extraction import Extraction

__all__ = ["CAPTION", "UNSURE_FROM", "UNSURE_TO", "Comparison", "Inspection", "Place", "ShownBlock", "Timing"]

CAPTION = "caption of a picture"
UNSURE_FROM, UNSURE_TO = 0.2, 0.8
"""Scores between these are shown as unsure: on annotated pages nine of ten scores lie outside."""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block of the page, in the page's order."""

    verdict: BlockVerdict
    uses: tuple[str, ...] = ()
    """What else its text became: "headline", "caption of a picture", "authors" ..."""
    in_text: bool = False
    """Whether it was kept, and stands in `articleBody`; captions and credits are kept elsewhere."""
    theirs: bool | None = None
    """Whether the other extractor has it; None where there is no comparison, or too little text to tell."""

    @property
    def state(self) -> Literal["kept", "moved", "dropped"]:
        """Where the text went: into the article's text, to a picture as its caption or credit, or nowhere."""
        if self.in_text:
            return "kept"
        return "moved" if CAPTION in self.uses else "dropped"

    @property
    def unsure(self) -> bool:
        """Whether the score is in the middle."""
        return UNSURE_FROM <= self.verdict.score <= UNSURE_TO


@dataclass(frozen=True, slots=True)
class Place:
    """Text that the page holds where no reader sees it."""

    where: str
    """For people: "script#data", "JSON-LD articleBody", "attribute alt of img"."""
    text: str


@dataclass(frozen=True, slots=True)
class Timing:
    """Wall-clock time of one step."""

    step: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What another extractor takes for the article."""

    name: str
    words: int
    """Words of its text."""
    strangers: tuple[str, ...] = ()
    """Lines of its text that are no block of the page."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A page under the glass."""

    name: str
    """URL or path, as asked for."""
    extraction: Extraction
    blocks: tuple[ShownBlock, ...]
    hidden: tuple[Place, ...] = ()
    """Text of the page's source that is no block."""
    body_blocks: tuple[int | None, ...] = ()
    """For each of the article's blocks, the page's block that it came from."""
    timings: tuple[Timing, ...] = ()
    comparison: Comparison | None = None
