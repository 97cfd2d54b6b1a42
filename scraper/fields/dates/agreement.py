"""What machines are told and what readers see, held against each other: which is the article's, how precise it is."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from scraper.fields.dates.date_text import Moment
from scraper.fields.dates.hidden import days_in

if TYPE_CHECKING:
    from scraper.fields.dates.sound import Sound

__all__ = ["WEAK", "agreed", "most_precise"]

WEAK = frozenset(
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
_QUARTER = dt.timedelta(minutes=15)
"""Offsets from UTC are multiples of it."""
_MAX_SHOWN = 3
"""Dates beside the headline that are looked at: the first is the article's own, the rest may be of comments or teasers."""
_FARTHEST = dt.timedelta(hours=14)
"""Of all zones from UTC to the east; to the west it is `_WEST`."""
_WEST = dt.timedelta(hours=12)


def agreed(stated: list[Sound], seen: list[Sound], changed: set[str] | None, address: str) -> list[Sound]:
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
    best = most_precise(best, others)
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
    if best[2] in WEAK:
        return True
    earlier = first.day < best[0].day and not any(s[0].day in changed for s in shown)
    return earlier and not (_names_month(address, best[0]) and not _names_month(address, first))


def _names_day(address: str, moment: Moment) -> bool:
    """Whether an address has the day of a moment in it."""
    return any(found.day == moment.day for found, _ in days_in(address))


def _names_month(address: str, moment: Moment) -> bool:
    """Whether an address has the month of a moment in it, as in /2024/05/."""
    return f"/{moment.iso[:4]}/{moment.iso[5:7]}" in address or f"/{moment.iso[:4]}/{int(moment.iso[5:7])}/" in address


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


def most_precise(best: Sound, others: list[Sound]) -> Sound:
    """Return `best` with the time and the local zone that other statements of the same moment have."""
    first = best[0]
    if not first.has_time:
        return next((s for s in others if s[0].has_zone and s[0].day == first.day), None) or next(
            (s for s in others if s[0].has_time and s[0].day == first.day), best
        )
    if not first.has_zone:
        zoned = next((s for s in others if s[0].has_zone and s[0].iso[:16] == first.iso[:16]), None)
        return zoned or _as_utc(best, others)
    if not first.iso.endswith("+00:00"):
        return best
    return _in_local_zone(best, others)


def _as_utc(best: Sound, others: list[Sound]) -> Sound:
    """Return an instant for machines without a zone as UTC, where readers see the same minute of another hour."""
    first = best[0]
    if best[2] == "visible" or first.iso[14:16] == "00":
        return best
    shown = [s for s in others if s[2] == "visible" and s[0].has_time and not s[0].has_zone]
    if any(s[0].iso[:16] == first.iso[:16] for s in shown):
        return best
    for moment, _, source, where in shown:
        offset = moment.as_datetime().replace(second=0) - first.as_datetime().replace(second=0)
        if moment.iso[14:16] == first.iso[14:16] and dt.timedelta(0) < abs(offset) <= _FARTHEST:
            local = first.as_datetime() + offset
            iso = local.replace(tzinfo=dt.timezone(offset)).isoformat()
            return Moment(iso, has_time=True, has_zone=True), best[1], best[2], f"{best[3]}, zone by {source} {where}"
    return best


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
