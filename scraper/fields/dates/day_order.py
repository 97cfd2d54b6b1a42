"""Dates in numbers that can be read in two ways: the page tells in which order it writes day and month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.dates.hidden import address_of, dates_beside_own_title, days_in
from scraper.fields.dates.lines import dates_by_label
from scraper.fields.dates.sound import EITHER_ORDER, Sound, other_order, sound_of

if TYPE_CHECKING:
    from scraper.fields.dates.date_text import Moment
    from scraper.fields.material import Material

__all__ = ["in_the_order_of_the_page"]

_PARTS = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(?:19|20)\d\d(?!\d)")
_MAX_DATE_LINE = 200
_DAY_FIRST = re.compile(r"\d\.\d{1,2}\.\d{4}")
"""With full stops, nobody writes the month first."""


def in_the_order_of_the_page(material: Material, best: Sound, seen: list[Sound]) -> Sound:
    """Return a date in numbers as the page has it elsewhere, where it can be read in two ways: 11/01/2023, 1 November.

    The address may tell (/2023/november/01/), what readers see beside the headline, or any line that says when.
    """
    moment = best[0]
    other = other_order(moment) if EITHER_ORDER.match(best[1]) else None
    if other is None:
        return best
    days = {m.day for m, _ in days_in(address_of(material))} or {m[0].day for m in seen if not EITHER_ORDER.match(m[1])}
    if not days:
        labelled, _ = sound_of(material, [*dates_by_label(material), *dates_beside_own_title(material)])
        days = {m[0].day for m in labelled if _DAY_FIRST.search(m[1]) or not EITHER_ORDER.search(m[1])}
    if not days and best[2] in {"visible", "time"} and _contradicts(material.snapshot.texts, best[1], moment):
        return (other, *best[1:])
    return (other, *best[1:]) if other.day in days and moment.day not in days else best


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
