"""The single place where candidates become decisions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from scraper.fields import language, live, media, site, summary
from scraper.fields.bylines import authors, credit, datelines
from scraper.fields.dates import published as dates
from scraper.fields.found import Found
from scraper.fields.material import Material, material_of
from scraper.fields.pictures import images
from scraper.fields.topics import keywords, sections, trails
from scraper.model.evidence import Choice
from scraper.page.words import finder

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.body.story import Story
    from scraper.metadata.clues import Clues
    from scraper.model.evidence import Candidate
    from scraper.page.page import Page

__all__ = ["FIELDS", "choose_fields", "material_of"]

_MAX_LOSERS = 20
"""Candidates kept as evidence beside the winner."""
_UNFILLED = re.compile(
    r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{\$[^{}]*\}|\$\{[^{}]*\}|%%\w+%%|\[object Object\]|undefined|null"
)
"""A whole value that a template or a script should have replaced: "{{ item.title }}", "{$category}", "undefined"."""
_may_be_unfilled = finder("{", "%%", "[object", "undefined", "null")
"""One of these is in each: quicker to look for."""


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
    candidates, problems = found.candidates, found.problems
    while candidates and _may_be_unfilled(candidates[0].raw):
        filled = _filled(candidates[0])
        if filled is candidates[0]:
            break
        problems = (
            *problems,
            f"{name} {candidates[0].raw[:100]!r} ({candidates[0].source}): a placeholder left unfilled",
        )
        candidates = (filled, *candidates[1:]) if filled else candidates[1:]
    losers = tuple(candidates[1 : 1 + _MAX_LOSERS])
    return Choice(field=name, winner=candidates[0] if candidates else None, losers=losers, problems=problems)


def _filled(candidate: Candidate) -> Candidate | None:
    """Return the candidate without values that are placeholders: the same where it has none, None where nothing is left."""
    value = candidate.value
    if not isinstance(value, tuple):
        return None if _is_unfilled(value) else candidate
    kept = tuple(part for part in value if not _is_unfilled(part))
    if len(kept) == len(value):
        return candidate
    return msgspec.structs.replace(candidate, value=kept) if kept else None


def _is_unfilled(value: Any) -> bool:
    """Whether a text, or the name of a thing, is a placeholder and nothing else."""
    text = value if isinstance(value, str) else getattr(value, "name", None)
    return isinstance(text, str) and _UNFILLED.fullmatch(text.strip()) is not None
