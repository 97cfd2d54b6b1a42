"""The single place where candidates become decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fields import language, live, media, site, summary
from scraper.fields.bylines import authors, credit, datelines
from scraper.fields.dates import published as dates
from scraper.fields.found import Found
from scraper.fields.material import Material, material_of
from scraper.fields.pictures import images
from scraper.fields.topics import keywords, sections, trails
from scraper.model.evidence import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.body.story import Story
    from scraper.metadata.clues import Clues
    from scraper.page.page import Page

__all__ = ["FIELDS", "choose_fields", "material_of"]

_MAX_LOSERS = 20
"""Candidates kept as evidence beside the winner."""


def _headline(material: Material) -> Found:
    return Found(material.headlines.candidates)


FIELDS: tuple[tuple[str, Callable[[Material], Found]], ...] = (
    ("headline", _headline),
    ("alternativeHeadline", summary.alternative_headline),
    ("description", summary.description),
    ("datePublished", dates.published),
    ("dateModified", dates.modified),
    ("authors", authors.authors),
    ("agency", credit.agency),
    ("dateline", datelines.dateline),
    ("publisher", site.publisher),
    ("inLanguage", language.language),
    ("articleSection", sections.section),
    ("keywords", keywords.keywords),
    ("breadcrumbs", trails.breadcrumbs),
    ("mainImage", images.main_image),
    ("images", images.article_images),
    ("videos", media.videos),
    ("audios", media.audios),
    ("embeds", media.embeds),
    ("liveUpdates", live.live_updates),
    ("isLiveBlog", live.is_live_blog),
    ("canonicalUrl", site.canonical_url),
    ("isAccessibleForFree", site.access),
    ("license", site.licence),
)
"""Every field that a page can speak for, and who reads it."""


def choose_fields(page: Page, clues: Clues, story: Story) -> dict[str, Choice]:
    """Return the decision for every field of the record but the body, by its camelCase name."""
    material = material_of(page, clues, story)
    return {name: _choose(name, find, material) for name, find in FIELDS}


def _choose(name: str, find: Callable[[Material], Found], material: Material) -> Choice:
    """Return the decision for one field: the first candidate wins, for each field puts the most trusted first.

    A field that crashes loses its value and becomes a problem; the rest of the article survives.
    """
    try:
        found = find(material)
    except Exception as error:  # noqa: BLE001  # the one place where a field's bug must not cost the article
        return Choice(field=name, problems=(f"{name} could not be read: {type(error).__name__}: {error}"[:300],))
    if not found.candidates:
        return Choice(field=name, problems=found.problems)
    losers = tuple(found.candidates[1 : 1 + _MAX_LOSERS])
    return Choice(field=name, winner=found.candidates[0], losers=losers, problems=found.problems)
