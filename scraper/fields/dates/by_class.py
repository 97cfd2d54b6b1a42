"""Dates in elements whose class says that they hold one, wherever they stand."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from scraper.fields.dates.date_text import Moment, find_moments, read_moment
from scraper.fields.dates.labels import is_label_of_another
from scraper.fields.dates.months import is_update_label
from scraper.page.words import finder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.dates.visible import Raw
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["dates_by_class"]

_CLASSES = ("published", "entry-date", "post-date", "date-header", "article-date", "publish", "datum", "fecha", "date")
"""In classes and ids, the most telling first; the last is only read on short texts."""
_STEMS = ("publish", "date", "datum", "fecha")
"""One of these is in each."""
_NO_DATE = frozenset({"meta", "link", "body", "html", "input"})
_MAX_SOURCE = 4_000
"""Characters of an element's attributes that are read; more is data of a script."""
_MAX_ELEMENTS = 40
_MAX_TEXTS = 20
"""Text nodes of a line, not of a section."""
_MAX_TEXT = 160
_ALL, _CHANGES = "all", "changes"
"""Keys beside the kinds of elements."""
_MAX_LEVELS = 6
_LABEL_LEVELS = 3
_BEFORE = 40
"""Characters before a date in which its label stands."""
_END_OF_DATE = re.compile(r"\d{4}(?!\d)|\d:\d\d")
"""What stands before it labels the date that it ends."""
_is_other_date = finder(
    "updat",
    "modif",
    "comment",
    "related",
    "teaser",
    "sidebar",
    "widget",
    "calendar",
    "archive",
    "footer",
    "birth",
    "event",
    "hours",
)
"""In the attributes of other dates than that of publication."""
_is_of_others = finder("comment", "related", "teaser", "review", "recommend", "recent", "popular")
_is_of_comments = finder("comment", "related")
"""In the attributes of what holds the dates of comments and of other articles."""


def dates_by_class(material: Material, *, month_first: bool, updates: bool = False) -> Iterator[Raw]:
    """Yield the dates in elements whose class says that they hold one: of publication, or those of changes."""
    if "class dates" not in material.memo:
        material.memo["class dates"] = list(_found(material, month_first=month_first))
    yield from (raw for raw, change in material.memo["class dates"] if change == updates)


def _found(material: Material, *, month_first: bool) -> Iterator[tuple[Raw, bool]]:
    """Yield (date, whether it is that of a change), without those of other articles."""
    low, high = material.element_range
    found = list(_candidates(material, month_first=month_first))
    days: dict[str, set[str]] = {}
    for element, (moment, *_), change in found:
        if moment:
            for key in (_kind(material.snapshot, element), _CHANGES if change else _ALL):
                days.setdefault(key, set()).add(moment.day)
    end = material.end_of_article
    for element, raw, change in found:
        alone = len(days[_kind(material.snapshot, element)]) == 1
        near = element < end or (not change and len(days[_ALL]) == 1)
        if (alone or low <= element <= high) and near and not _of_others(material, element):
            yield raw, change


def _kind(snapshot: Snapshot, element: int) -> str:
    """Return what the elements of a list have in common."""
    return f"{snapshot.tags[element]} {snapshot.attribute(element, 'class')}"


def _candidates(material: Material, *, month_first: bool) -> Iterator[tuple[int, Raw, bool]]:
    snapshot = material.snapshot
    places = material.clues.places
    named = places.naming(_STEMS)
    for word in _CLASSES:
        stem = next(stem for stem in _STEMS if stem in word)
        found = named.get(stem, ())
        elements = found if word == stem else (element for element in found if places.names(element, word))
        for element in islice(elements, _MAX_ELEMENTS):
            source = snapshot.sources[element]
            if snapshot.tags[element] in _NO_DATE or _is_other_date(source[:_MAX_SOURCE]):
                continue
            moment, text = _moment_of(snapshot, element, month_first=month_first)
            label = _label_before(snapshot, element) if moment else ""
            if moment and not is_label_of_another(f"{label} {text[: moment.start]}"):
                shown = snapshot.text(element)[:_BEFORE]
                change = any(map(is_update_label, (text, label, shown)))
                yield element, (moment, text, "visible", f"class {word}"), change


def _moment_of(snapshot: Snapshot, element: int, *, month_first: bool) -> tuple[Moment | None, str]:
    """Return (the date of an element, what states it)."""
    text = snapshot.attribute(element, "datetime") or snapshot.attribute(element, "title") or ""
    moment = read_moment(text, month_first=month_first) if any(c.isdigit() for c in text) else None
    if moment is None and snapshot.text_ends[element] - snapshot.text_starts[element] <= _MAX_TEXTS:
        text = snapshot.text(element)
        moment = next(iter(find_moments(text, month_first=month_first)), None) if len(text) < _MAX_TEXT else None
    return moment, text


def _label_before(snapshot: Snapshot, element: int) -> str:
    """Return what stands before a date in its line: "Last update: ", or an icon with that title."""
    at = element - 1
    icon = (snapshot.attribute(at, "title") or "") if snapshot.parents[at] == snapshot.parents[element] else ""
    start = snapshot.text_starts[element]
    around = element
    for _ in range(_LABEL_LEVELS):
        around = snapshot.parents[around]
        if around < 0 or snapshot.text_ends[around] - snapshot.text_starts[around] > _MAX_TEXTS:
            break
        start = snapshot.text_starts[around]
    before = "".join(snapshot.texts[start : snapshot.text_starts[element]])
    return icon + _END_OF_DATE.split(before)[-1][-_BEFORE:]


def _of_others(material: Material, element: int) -> bool:
    """Whether a date stands in a comment, a quotation or the teaser of another article."""
    snapshot = material.snapshot
    text = material.first_element
    says = _is_of_others if element > text else _is_of_comments
    for _ in range(_MAX_LEVELS):
        if element < 0 or element <= text < snapshot.ends[element]:
            return False
        if snapshot.tags[element] == "blockquote" or says(snapshot.sources[element][:_MAX_SOURCE]):
            return True
        element = snapshot.parents[element]
    return False
