"""Which moments can be the date of an article."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from scraper.fields.dates.date_text import Moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.fields.dates.visible import Raw
    from scraper.fields.material import Material

__all__ = ["EITHER_ORDER", "Sound", "other_order", "sound_of"]

Sound = tuple[Moment, str, str, str]
"""A Raw whose moment was read and can be the date of an article."""
EITHER_ORDER = re.compile(r"\s*\d{1,2}[/-]\d{1,2}[/-]\d{4}")
"""What can be read in two ways."""
_MAX_PROBLEMS = 5
_EARLIEST_WEB = 1990
_SLACK = dt.timedelta(hours=36)
"""A page may be dated in the easternmost zone, be read as UTC, and be scheduled for the morning."""


def sound_of(material: Material, raws: Iterable[Raw]) -> tuple[list[Sound], list[str]]:
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
            other = other_order(moment) if EITHER_ORDER.match(raw) else None
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


def other_order(moment: Moment) -> Moment | None:
    """Return a moment with its day and month changed over; None where that is none, or the same."""
    month, day = moment.iso[5:7], moment.iso[8:10]
    if month == day or int(day) > 12:  # noqa: PLR2004  # no thirteenth month
        return None
    return Moment(f"{moment.iso[:5]}{day}-{month}{moment.iso[10:]}", moment.has_time, moment.has_zone)
