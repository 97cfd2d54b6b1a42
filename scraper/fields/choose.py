"""The single place where candidates become decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.model.evidence import Candidate, Choice

if TYPE_CHECKING:
    from scraper.body.story import Story
    from scraper.metadata.clues import Clues
    from scraper.page.page import Page

__all__ = ["choose_fields"]


def choose_fields(page: Page, clues: Clues, story: Story) -> dict[str, Choice]:
    """Return the decision for every field of the record but the body, by its camelCase name."""
    title = clues.meta.get("og:title", (clues.title,))[0]
    winner = Candidate(value=title, raw=title, source="og") if title else None
    return {"headline": Choice(field="headline", winner=winner)}
