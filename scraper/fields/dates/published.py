"""datePublished and dateModified: two facts, never one copied into the other."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from scraper.fields.dates.agreement import WEAK, agreed, most_precise
from scraper.fields.dates.by_class import dates_by_class
from scraper.fields.dates.date_text import read_moment
from scraper.fields.dates.day_order import in_the_order_of_the_page
from scraper.fields.dates.hidden import (
    address_of,
    dates_beside_own_title,
    dates_in_address,
    dates_in_footers,
    dates_in_scripts,
    fits_address,
)
from scraper.fields.dates.lines import dated_lines, dates_by_label, dates_in_lines, dates_of_first_publication
from scraper.fields.dates.months import is_update_label
from scraper.fields.dates.sound import Sound, sound_of
from scraper.fields.dates.stated import stated_modified, stated_published
from scraper.fields.dates.visible import (
    Raw,
    dates_in_head,
    dates_in_headline,
    dates_in_tail,
    is_labelled,
)
from scraper.fields.found import Found
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock
    from scraper.fields.material import Material

__all__ = ["modified", "published"]

_MAX_RAW = 500
_MAX_PROBLEMS = 5
_MAX_LINES = 2_000
"""Blocks of a page in which the last resort looks for lines."""
_MAX_LINE = 160
_NO_LINES = frozenset({"pre", "code", "td", "th"})
_MAX_ROWS = 60
"""Lines with a year that the last resort is given."""
_NO_CLOCK = "2100-01-01"
"""Without a limit, htmldate would read the clock of the machine."""
_YEAR = re.compile(r"[12](?:(?<=1)9|(?<=2)0)\d\d")  # a set of characters first is the quickest to look for
_MAY_BE_READ = re.compile(r"[0-9][./-][0-9]{1,2}[./-][0-9]")
"""In every date that htmldate reads in plain lines: in numbers, with hyphens, strokes or full stops."""


def published(material: Material) -> Found:
    """Return the candidates for `datePublished`, most trusted first; values are ISO 8601."""
    stated, problems = _stated(material)
    seen_raws = dates_in_head(material, updates=False)
    if stated:
        seen, _ = sound_of(material, seen_raws)
        changed, _ = _changes(material)
        if stated[0][2] in WEAK and not seen:
            marked, _ = sound_of(material, dates_by_class(material, month_first=material.month_first))
            stated = [*[m for m in marked if m[0].day < stated[0][0].day][:1], *stated]
        stated[0] = in_the_order_of_the_page(material, stated[0], seen)
        return _found(agreed(stated, seen, {m.day for m, *_ in changed}, address_of(material)), problems)
    address = address_of(material)
    for source in (
        dates_of_first_publication(material),
        sorted((raw for raw in seen_raws if not _is_in_prose(raw)), key=lambda raw: not is_labelled(material, raw)),
        dates_in_headline(material),
        dates_by_class(material, month_first=material.month_first),
        dates_by_label(material),
        dates_in_lines(material),
        (raw for raw in seen_raws if _is_in_prose(raw)),
        dates_in_address(material),
        dates_in_tail(material, updates=False),
        dates_beside_own_title(material),
        dates_in_footers(material),
        dates_in_scripts(material),
    ):
        sound, more = sound_of(material, source)
        problems += more
        found = [s for s in sound if fits_address(s[0], address)]
        if found:
            best = most_precise(in_the_order_of_the_page(material, found[0], found[1:]), found[1:])
            if best[2] == "url":
                best = most_precise(best, sound_of(material, dates_in_footers(material))[0])
            return _found([best, *(s for s in found if s[0].iso != best[0].iso)], problems)
    return _found(_last_resort(material), problems)


def _is_in_prose(raw: Raw) -> bool:
    """Whether a date stands in a paragraph that it does not open."""
    return raw[3].startswith("prose in") and (raw[0] is None or raw[0].start > 1)


def modified(material: Material) -> Found:
    """Return the candidates for `dateModified`; values are ISO 8601."""
    stated, problems = _changes(material)
    seen, _ = sound_of(material, dates_in_head(material, updates=True))
    if stated:
        stated = _not_before(stated, _stated(material)[0])
        stated[0] = in_the_order_of_the_page(material, stated[0], seen)
        return _found(agreed(stated, seen, None, ""), problems)
    return _found(_shown_changes(material, seen), problems)


def _not_before(changes: list[Sound], published: list[Sound]) -> list[Sound]:
    """Return changes with one that is not before the publication in front, where another statement has such a one."""
    first = published[0][0] if published else None
    if first is None or not first.has_zone or not changes[0][0].has_zone:
        return changes
    begun = first.as_datetime()
    if changes[0][0].as_datetime() >= begun:
        return changes
    later = next((k for k, s in enumerate(changes) if s[0].has_zone and s[0].as_datetime() >= begun), 0)
    return [changes[later], *changes[:later], *changes[later + 1 :]]


def _shown_changes(material: Material, seen: list[Sound]) -> list[Sound]:
    """Return what readers see of the last change; away from the headline only where the page tells machines nothing."""
    if seen:
        return seen
    for source in (
        dates_in_tail(material, updates=True),
        *(() if _stated(material)[0] else (dates_by_class(material, month_first=material.month_first, updates=True),)),
        *(() if _stated(material)[0] else (dates_by_label(material, updates=True),)),
    ):
        found, _ = sound_of(material, source)
        if found:
            return found
    return []


def _stated(material: Material) -> tuple[list[Sound], list[str]]:
    """Return what machines are told of the publication, as a list of its own; both fields ask."""
    if "stated" not in material.memo:
        material.memo["stated"] = sound_of(material, stated_published(material))
    sound, problems = material.memo["stated"]
    return list(sound), list(problems)


def _changes(material: Material) -> tuple[list[Sound], list[str]]:
    """Return what machines are told of the last change; both fields ask."""
    if "changes" not in material.memo:
        material.memo["changes"] = sound_of(material, stated_modified(material))
    changes: tuple[list[Sound], list[str]] = material.memo["changes"]
    return changes


def _found(sound: list[Sound], problems: list[str]) -> Found:
    candidates = [
        Candidate(value=moment.iso, raw=raw[:_MAX_RAW], source=source, where=where)
        for moment, raw, source, where in sound
    ]
    return Found(tuple(candidates), tuple(problems[:_MAX_PROBLEMS]))


def _may_tell(material: Material, block: TextBlock) -> bool:
    """Whether a block is a line with a year, and neither the program of a computer nor of a change."""
    tags, text = material.snapshot.tags, block.text
    line = len(text) <= _MAX_LINE and tags[block.element] not in _NO_LINES
    return line and bool(_YEAR.search(text)) and not is_update_label(text)


def _last_resort(material: Material) -> list[Sound]:
    """Return what htmldate makes of the page's lines; slow to load, so only for a page that says nothing itself."""
    segments = material.story.segments
    lines = [segments[k].text for k in dated_lines(material) if k < _MAX_LINES and _may_tell(material, segments[k])]
    if not any(map(_MAY_BE_READ.search, lines[:_MAX_ROWS])):
        return []
    from htmldate import find_date  # noqa: PLC0415  # 0.2 s to load, see above

    rows = "".join(f"<p>{html.escape(line)}</p>" for line in lines[:_MAX_ROWS])
    now = material.page.fetched_at
    found = find_date(
        f"<html><body>{rows}</body></html>",
        extensive_search=False,
        original_date=True,
        max_date=now.date().isoformat() if now else _NO_CLOCK,
    )
    moment = read_moment(found) if found else None
    changes = (
        *dates_in_head(material, updates=True),
        *dates_in_tail(material, updates=True),
        *dates_by_class(material, month_first=material.month_first, updates=True),
        *dates_by_label(material, updates=True),
    )
    if moment and any(change and change.day == moment.day for change, *_ in changes):
        return []
    return [(moment, found or "", "text", "htmldate")] if moment else []
