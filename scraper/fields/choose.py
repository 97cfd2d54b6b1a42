"""The single place where candidates become decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fields import authors, dates
from scraper.fields.found import Found
from scraper.fields.material import Material, material_of
from scraper.model.evidence import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.body.story import Story
    from scraper.metadata.clues import Clues
    from scraper.page.page import Page

__all__ = ["FIELDS", "choose_fields", "material_of"]


def headline(material: Material) -> Found:
    """Return the candidates for `headline`."""
    return Found(material.headlines.candidates)


FIELDS: tuple[tuple[str, Callable[[Material], Found]], ...] = (
    ("headline", headline),
    ("authors", authors.authors),
    ("datePublished", dates.published),
    ("dateModified", dates.modified),
)


def choose_fields(page: Page, clues: Clues, story: Story) -> dict[str, Choice]:
    """Return the decision for every field of the record but the body, by its camelCase name."""
    material = material_of(page, clues, story)
    return {name: _choose(name, find, material) for name, find in FIELDS}


def _choose(name: str, find: Callable[[Material], Found], material: Material) -> Choice:
    """Return the decision for one field: the first candidate wins, for each field puts the most trusted first."""
    found = find(material)
    return Choice(
        field=name, winner=next(iter(found.candidates), None), losers=found.candidates[1:], problems=found.problems
    )
