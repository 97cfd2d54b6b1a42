"""Found: what one field has to offer before the decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.model.evidence import Candidate

__all__ = ["Found"]


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates of one field, the most trusted first, and the values that were refused."""

    candidates: tuple[Candidate, ...] = ()
    problems: tuple[str, ...] = ()
    """Why values were refused, in words."""
