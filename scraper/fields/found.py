"""Found: what one field has to offer before the decision."""

from __future__ import annotations

import msgspec

from scraper.model.evidence import Candidate  # the type of a field

__all__ = ["Found"]


class Found(msgspec.Struct, frozen=True):
    """Candidates of one field, the most trusted first, and the values that were refused."""

    candidates: tuple[Candidate, ...] = ()
    problems: tuple[str, ...] = ()
    """Why values were refused, in words."""
