"""What changed between two states of an article."""

from __future__ import annotations

import hashlib
import zlib
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import msgspec

from scraper.model.article import ParagraphChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scraper.model.article import Article

__all__ = ["changed_fields", "fingerprints", "is_new_version", "packed", "paragraph_changes", "unpacked"]

_COMPARED = {
    "headline": "headline",
    "alternative_headline": "alternativeHeadline",
    "description": "description",
    "date_published": "datePublished",
    "date_modified": "dateModified",
    "authors": "authors",
    "article_section": "articleSection",
    "keywords": "keywords",
    "article_body": "articleBody",
    "main_image": "mainImage",
    "videos": "videos",
    "live_updates": "liveUpdates",
    "is_accessible_for_free": "isAccessibleForFree",
}
_TELLING = frozenset("headline alternativeHeadline description authors articleBody liveUpdates".split())
"""Fields whose change is a new version. The others change by themselves: a date is bumped at every deployment, an
image's URL is signed anew, a list of tags grows; they are named beside a change, but are none."""
_MOST_PARAGRAPHS = 3000
"""More are compared as one: the comparison is quadratic at worst."""
_LONGEST_TEXT = 20_000_000


def fingerprints(article: Article) -> dict[str, str]:
    """Return a short hash of each field that is compared, by its camelCase name; of empty ones, none."""
    found = {name: getattr(article, attribute) for attribute, name in _COMPARED.items()}
    return {name: _short(msgspec.json.encode(value)) for name, value in found.items() if value not in (None, (), "")}


def changed_fields(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the fields whose values differ, in the record's order."""
    return tuple(name for name in _COMPARED.values() if old.get(name) != new.get(name))


def is_new_version(changed: tuple[str, ...]) -> bool:
    """Return whether these changes make a new version of the article."""
    return not _TELLING.isdisjoint(changed)


def paragraph_changes(old: str, new: str) -> tuple[ParagraphChange, ...]:
    """Return how one text becomes the other, paragraph by paragraph."""
    before, after = old.split("\n\n") if old else [], new.split("\n\n") if new else []
    if max(len(before), len(after)) > _MOST_PARAGRAPHS:
        return (ParagraphChange(at=0, removed=tuple(before), added=tuple(after)),)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return tuple(
        ParagraphChange(at=low, removed=tuple(before[old_low:old_high]), added=tuple(after[low:high]))
        for kind, old_low, old_high, low, high in steps
        if kind != "equal"
    )


def packed(text: str) -> bytes:
    """Return a text deflated, as the state keeps it."""
    return zlib.compress(text.encode("utf-8", "replace"), 6)


def unpacked(data: bytes | None) -> str | None:
    """Return what `packed` was given; None for what is no such thing."""
    if data is None:
        return None
    try:
        return zlib.decompressobj().decompress(data, _LONGEST_TEXT).decode("utf-8", "replace")
    except zlib.error:
        return None


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]
