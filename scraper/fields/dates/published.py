"""datePublished and dateModified: two facts, never one copied into the other."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import TYPE_CHECKING

from scraper.fields.dates.by_class import dates_by_class
from scraper.fields.dates.date_text import Moment, read_moment
from scraper.fields.dates.hidden import (
    address_of,
    dates_beside_own_title,
    dates_in_address,
    dates_in_footers,
    dates_in_scripts,
    days_in,
    fits_address,
)
from scraper.fields.dates.lines import dates_by_label, dates_in_lines, dates_of_first_publication
from scraper.fields.dates.months import is_update_label
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
    from collections.abc import Iterable

    from scraper.body.segment import TextBlock
    from scraper.fields.material import Material

__all__ = ["modified", "published"]

_WEAK = frozenset(
    f"meta:{name}"
    for name in (
        "date",
        "dc.date",
        "dcterms.date",
        "dc.date.created",
        "dcterms.created",
        "datecreated",
        "creation_date",
        "created",
    )
)
"""Of the file as often as of the article: the date that readers see outdoes them."""
_NUMERIC = re.compile(r"\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
"""What can be read in two ways."""
_EITHER_ORDER = re.compile(r"\s*\d{1,2}[/-]\d{1,2}[/-]\d{4}")
_PARTS = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(?:19|20)\d\d(?!\d)")
_MAX_DATE_LINE = 200
_DAY_FIRST = re.compile(r"\d\.\d{1,2}\.\d{4}")
"""With full stops, nobody writes the month first."""
_MAX_RAW = 500
_MAX_PROBLEMS = 5
_MAX_LINES = 2_000
_MAX_LINE = 300
_NO_LINES = frozenset({"pre", "code", "td", "th"})
_MAX_ROWS = 60
"""Lines with a year that the last resort is given."""
_NO_CLOCK = "2100-01-01"
"""Without a limit, htmldate would read the clock of the machine."""
_YEAR = re.compile(r"[12](?:(?<=1)9|(?<=2)0)\d\d")  # a set of characters first is the quickest to look for
_EARLIEST_WEB = 1990
_SLACK = dt.timedelta(hours=36)
"""A page may be dated in the easternmost zone, be read as UTC, and be scheduled for the morning."""
_QUARTER = dt.timedelta(minutes=15)
"""Offsets from UTC are multiples of it."""
_MAX_SHOWN = 3
"""Dates beside the headline that are looked at: the first is the article's own, the rest may be of comments or teasers."""
_FARTHEST = dt.timedelta(hours=14)
"""Of all zones from UTC to the east; to the west it is `_WEST`."""
_WEST = dt.timedelta(hours=12)


def published(material: Material) -> Found:
    """Return the candidates for `datePublished`, most trusted first; values are ISO 8601."""
    stated, problems = _stated(material)
    seen_raws = dates_in_head(material, updates=False)
    if stated:
        seen, _ = _sound(material, seen_raws)
        changed, _ = _changes(material)
        if stated[0][2] in _WEAK and not seen:
            marked, _ = _sound(material, dates_by_class(material, month_first=material.month_first))
            stated = [*[m for m in marked if m[0].day < stated[0][0].day][:1], *stated]
        stated[0] = _in_the_order_of_the_page(material, stated[0], seen)
        return _found(_agreed(stated, seen, {m.day for m, *_ in changed}, address_of(material)), problems)
    address = address_of(material)
    for source in (
        dates_of_first_publication(material),
        sorted(seen_raws, key=lambda raw: (_is_in_prose(raw), not is_labelled(material, raw))),
        dates_in_headline(material),
        dates_by_class(material, month_first=material.month_first),
        dates_by_label(material),
        dates_in_lines(material),
        dates_in_address(material),
        dates_in_tail(material, updates=False),
        dates_beside_own_title(material),
        dates_in_footers(material),
        dates_in_scripts(material),
    ):
        sound, more = _sound(material, source)
        problems += more
        found = [s for s in sound if fits_address(s[0], address)]
        if found:
            best = _most_precise(_in_the_order_of_the_page(material, found[0], found[1:]), found[1:])
            return _found([best, *(s for s in found if s[0].iso != best[0].iso)], problems)
    return _found(_last_resort(material), problems)


def _is_in_prose(raw: Raw) -> bool:
    """Whether a date stands in a paragraph that it does not open."""
    return raw[3].startswith("prose in") and (raw[0] is None or raw[0].start > 1)


def modified(material: Material) -> Found:
    """Return the candidates for `dateModified`; values are ISO 8601."""
    stated, problems = _changes(material)
    seen, _ = _sound(material, dates_in_head(material, updates=True))
    if stated:
        stated[0] = _in_the_order_of_the_page(material, stated[0], seen)
        return _found(_agreed(stated, seen, None, ""), problems)
    return _found(_shown_changes(material, seen), problems)


def _shown_changes(material: Material, seen: list[Sound]) -> list[Sound]:
    """Return what readers see of the last change; away from the headline only where the page tells machines nothing."""
    if seen:
        return seen
    for source in (
        dates_in_tail(material, updates=True),
        *(() if _stated(material)[0] else (dates_by_class(material, month_first=material.month_first, updates=True),)),
        *(() if _stated(material)[0] else (dates_by_label(material, updates=True),)),
    ):
        found, _ = _sound(material, source)
        if found:
            return found
    return []


Sound = tuple[Moment, str, str, str]
"""A Raw whose moment was read and can be the date of an article."""


def _stated(material: Material) -> tuple[list[Sound], list[str]]:
    """Return what machines are told of the publication, as a list of its own; both fields ask."""
    if "stated" not in material.memo:
        material.memo["stated"] = _sound(material, stated_published(material))
    sound, problems = material.memo["stated"]
    return list(sound), list(problems)


def _changes(material: Material) -> tuple[list[Sound], list[str]]:
    """Return what machines are told of the last change; both fields ask."""
    if "changes" not in material.memo:
        material.memo["changes"] = _sound(material, stated_modified(material))
    changes: tuple[list[Sound], list[str]] = material.memo["changes"]
    return changes


def _found(sound: list[Sound], problems: list[str]) -> Found:
    candidates = [
        Candidate(value=moment.iso, raw=raw[:_MAX_RAW], source=source, where=where)
        for moment, raw, source, where in sound
    ]
    return Found(tuple(candidates), tuple(problems[:_MAX_PROBLEMS]))


def _sound(material: Material, raws: Iterable[Raw]) -> tuple[list[Sound], list[str]]:
    """Return (the moments that can be, why the others cannot)."""
    found: list[Sound] = []
    problems: list[str] = []
    now = material.page.fetched_at
    for moment, raw, source, where in raws:
        if moment is None:
            problem = "cannot be read"
        elif int(moment.iso[:4]) < _EARLIEST_WEB and moment.day[5:] == "01-01":
            problem = "is a default value"
        elif now and moment.as_datetime() > now + _SLACK:
            other = _other_order(moment) if _EITHER_ORDER.match(raw) else None
            if other and other.as_datetime() <= now + _SLACK:
                found.append((other, raw, source, where))
                continue
            problem = "lies in the future"
        else:
            found.append((moment, raw, source, where))
            continue
        if len(problems) < _MAX_PROBLEMS:
            problems.append(f"date {raw[:40]!r} ({source}) {problem}")
    return found, problems


def _agreed(stated: list[Sound], seen: list[Sound], changed: set[str] | None, address: str) -> list[Sound]:
    """Return the candidates with the best in front: what machines are told, as precise as the page has it anywhere.

    Args:
        stated: for machines, most trusted first; not empty.
        seen: beside the headline.
        changed: days of change; None where the change itself is asked for.
        address: of the page.

    """
    best = stated[0]
    others = stated[1:] + seen
    shown = [s for s in seen if s[3] in {"line in head", "time in head"}][:_MAX_SHOWN]
    if changed is not None and shown and _outdone(best, stated, seen, shown, changed, address):
        best = shown[0]
        others = [*stated, *seen]
    best = _most_precise(best, others)
    return [best, *(s for s in (*stated, *seen) if s[0].iso != best[0].iso)]


def _outdone(  # the parts of one decision
    best: Sound, stated: list[Sound], seen: list[Sound], shown: list[Sound], changed: set[str], address: str
) -> bool:
    """Whether the first date that readers see is the article's rather than the first one that machines are told."""
    first = shown[0][0]
    if any(s[0].day == best[0].day for s in seen):
        return False
    if any(_near(best[0], s[0]) for s in seen):
        in_url = _names_day(address, first) and best[0].iso.endswith("+00:00") and not first.has_time
        return in_url or (_swapped(best[0], first) and bool(_NUMERIC.match(best[1])))
    if any(
        s[0].day == first.day and (first.day not in changed or s[2] == "meta:article:published_time") for s in stated
    ):
        return True
    if best[2] in _WEAK:
        return True
    earlier = first.day < best[0].day and not any(s[0].day in changed for s in shown)
    return earlier and not (_names_month(address, best[0]) and not _names_month(address, first))


def _names_day(address: str, moment: Moment) -> bool:
    """Whether an address has the day of a moment in it."""
    return any(found.day == moment.day for found, _ in days_in(address))


def _names_month(address: str, moment: Moment) -> bool:
    """Whether an address has the month of a moment in it, as in /2024/05/."""
    return f"/{moment.iso[:4]}/{moment.iso[5:7]}" in address or f"/{moment.iso[:4]}/{int(moment.iso[5:7])}/" in address


def _in_the_order_of_the_page(material: Material, best: Sound, seen: list[Sound]) -> Sound:
    """Return a date in numbers as the page has it elsewhere, where it can be read in two ways: 11/01/2023, 1 November.

    The address may tell (/2023/november/01/), what readers see beside the headline, or any line that says when.
    """
    moment = best[0]
    other = _other_order(moment) if _EITHER_ORDER.match(best[1]) else None
    if other is None:
        return best
    days = {m.day for m, _ in days_in(address_of(material))} or {
        m[0].day for m in seen if not _EITHER_ORDER.match(m[1])
    }
    if not days:
        labelled, _ = _sound(material, [*dates_by_label(material), *dates_beside_own_title(material)])
        days = {m[0].day for m in labelled if _DAY_FIRST.search(m[1]) or not _EITHER_ORDER.search(m[1])}
    if not days and best[2] in {"visible", "time"} and _contradicts(material.snapshot.texts, best[1], moment):
        return (other, *best[1:])
    return (other, *best[1:]) if other.day in days and moment.day not in days else best


def _other_order(moment: Moment) -> Moment | None:
    """Return a moment with its day and month changed over; None where that is none, or the same."""
    month, day = moment.iso[5:7], moment.iso[8:10]
    if month == day or int(day) > 12:  # noqa: PLR2004  # no thirteenth month
        return None
    return Moment(f"{moment.iso[:5]}{day}-{month}{moment.iso[10:]}", moment.has_time, moment.has_zone)


def _contradicts(texts: list[str], raw: str, moment: Moment) -> bool:
    """Whether the page's other dates, of which one part can be no month, are in the other order than a date was read in."""
    own = _PARTS.search(raw)
    if own is None:
        return False
    first, separator, _ = own.groups()
    orders = {
        int(a) > 12  # noqa: PLR2004  # no thirteenth month
        for text in texts
        if separator in text and len(text) <= _MAX_DATE_LINE
        for a, sign, b in _PARTS.findall(text)
        if sign == separator and (int(a) > 12) != (int(b) > 12)  # noqa: PLR2004  # as above
    }
    month_first = int(first) == int(moment.iso[5:7])
    return orders == {month_first}


def _near(stated: Moment, shown: Moment) -> bool:
    """Whether two moments can be the same one, written in different zones, or with day and month in another order."""
    if stated.day == shown.day or _swapped(stated, shown):
        return True
    if not stated.has_time:
        return False
    instant = stated.as_datetime()
    if shown.has_time:
        return abs(shown.as_datetime() - instant) <= _FARTHEST
    return (instant - _WEST).date().isoformat() <= shown.day <= (instant + _FARTHEST).date().isoformat()


def _swapped(a: Moment, b: Moment) -> bool:
    return a.iso[5:7] == b.iso[8:10] and a.iso[8:10] == b.iso[5:7] and a.iso[:4] == b.iso[:4]


def _most_precise(best: Sound, others: list[Sound]) -> Sound:
    """Return `best` with the time and the local zone that other statements of the same moment have."""
    first = best[0]
    if not first.has_time:
        return next((s for s in others if s[0].has_zone and s[0].day == first.day), None) or next(
            (s for s in others if s[0].has_time and s[0].day == first.day), best
        )
    if not first.has_zone:
        return next((s for s in others if s[0].has_zone and s[0].iso[:16] == first.iso[:16]), best)
    if not first.iso.endswith("+00:00"):
        return best
    return _in_local_zone(best, others)


def _in_local_zone(best: Sound, others: list[Sound]) -> Sound:
    """Return an instant in UTC as others of the page's statements have it."""
    first = best[0]
    instant = first.as_datetime()
    for other in others:
        # the day alone, told to machines as the instant at which it began in the page's zone
        if not other[0].has_time and first.iso[13:] == ":00:00+00:00" and other[0].day != first.day:
            offset = other[0].as_datetime() - instant
            if dt.timedelta(0) < offset <= _FARTHEST:
                return other
        if other[0].has_zone and not other[0].iso.endswith("+00:00") and other[0].as_datetime() == instant:
            return other
    for moment, _, source, where in others:
        if moment.has_time and not moment.has_zone:
            offset = moment.as_datetime().replace(second=0) - instant.replace(second=0)
            if offset and abs(offset) <= _FARTHEST and offset % _QUARTER == dt.timedelta(0):
                local = instant.astimezone(dt.timezone(offset)).isoformat()
                return (
                    Moment(local, has_time=True, has_zone=True),
                    best[1],
                    best[2],
                    f"{best[3]}, zone by {source} {where}",
                )
    return best


def _may_tell(material: Material, block: TextBlock) -> bool:
    """Whether a block is a line with a year, and neither the program of a computer nor of a change."""
    tags, text = material.snapshot.tags, block.text
    line = len(text) <= _MAX_LINE and tags[block.element] not in _NO_LINES
    return line and bool(_YEAR.search(text)) and not is_update_label(text)


def _last_resort(material: Material) -> list[Sound]:
    """Return what htmldate makes of the page's lines; slow to load, so only for a page that says nothing itself."""
    lines = [s.text for s in material.story.segments[:_MAX_LINES] if _may_tell(material, s)]
    if not lines:
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
    if moment and any(change[0].day == moment.day for change in _shown_changes(material, [])):
        return []
    return [(moment, found or "", "text", "htmldate")] if moment else []
