"""Dates at the places that are asked last: the address, the article's footer, the data of the page's scripts."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from scraper.fields.dates.date_text import Moment, find_moments, read_moment
from scraper.fields.dates.labels import is_change_by_class
from scraper.fields.dates.months import is_update_label, month_number
from scraper.fields.dates.stated import read_value
from scraper.fields.values import fold
from scraper.page.words import places_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.dates.visible import Raw
    from scraper.fields.material import Material

__all__ = [
    "address_of",
    "dates_beside_own_title",
    "dates_in_address",
    "dates_in_footers",
    "dates_in_scripts",
    "days_in",
    "fits_address",
]

_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:[/\-_.](0[1-9]|1[0-2])[/\-_.](0[1-9]|[12]\d|3[01])(?!\d))")
_URL_DIGITS = re.compile(r"(?<!\d)(199\d|20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_MONTH_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})/(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_PATH = re.compile(r"/((?:19|20)\d{2})/(1[0-2]|[1-9])/(3[01]|[12]\d|[1-9])/")
_URL_WORD = re.compile(r"/((?:19|20)\d{2})/([a-z]{3,9})/(3[01]|[12]\d|0?[1-9])(?=/)")
_URL_DAY_FIRST = re.compile(r"(?<![\d-])(0[1-9]|[12]\d|3[01])-(0[1-9]|1[0-2])-((?:19|20)\d{2})(?![\d-])")
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])(?=/|$)")
_ZONES = dt.timedelta(days=1)
_TWO_MONTHS = dt.timedelta(days=62)
"""An article may be filed some weeks before it appears."""
_MIN_TITLE = 12
"""Characters of a headline that no other article has by chance."""
_MAX_LEVELS = 4
_MAX_TEASER = 25
"""Text nodes of one teaser at most."""
_MAX_FOOTER = 300
_STATE = re.compile(
    rb"\"(?:publi(?:shed|sh|cation)_?(?:date|at|time|on)|date_?published|first_?publish(?:ed)?(?:_?(?:date|at))?)\\?\"\s*:\s*\\?\"((?:19|20)\d\d-\d\d-\d\d[T0-9:.+Z-]{0,25})",
    re.IGNORECASE,
)
_BEFORE = 8
"""Bytes from the quotation mark before such a name to its "ubli"."""
_MAX_STATES = 20
_DAY = 10
"""Characters of an ISO 8601 date."""


def address_of(material: Material) -> str:
    """Return the page's address, its canonical one where it was read without; ""."""
    return material.url or next(iter(material.clues.links.get("canonical", ())), "")


def dates_in_address(material: Material) -> Iterator[Raw]:
    """Yield the day in the page's address."""
    for moment, raw in days_in(address_of(material))[:1]:
        yield moment, raw, "url", "path"


def days_in(address: str) -> list[tuple[Moment, str]]:
    """Return the days in an address, with how it writes them: /2024/05/03, /2024/5/3/, /2024/may/03/, 03-05-2024."""
    found = []
    for pattern, order in (
        (_URL_DAY, (0, 1, 2)),
        (_URL_DIGITS, (0, 1, 2)),
        (_URL_MONTH_DAY, (0, 1, 2)),
        (_URL_PATH, (0, 1, 2)),
        (_URL_WORD, (0, 1, 2)),
        (_URL_DAY_FIRST, (2, 1, 0)),
    ):
        match = pattern.search(address)
        if match:
            parts = match.groups()
            moment = read_moment("-".join(str(month_number(parts[k]) or parts[k]) for k in order))
            found += [(moment, match.group())] if moment else []
    return found


def fits_address(moment: Moment, address: str) -> bool:
    """Whether a day can be the one, or of the month, that the page's address names; true where it names none."""
    days = days_in(address)
    if days:
        return any(
            abs(_date_of(moment) - _date_of(named)) <= _ZONES
            or moment.iso[5:10] == f"{named.iso[8:10]}-{named.iso[5:7]}"
            for named, _ in days
        )
    month = _URL_MONTH.search(address)
    if not month:
        return True
    first = dt.date(int(month[1]), int(month[2]), 1)
    return first - _ZONES <= _date_of(moment) <= first + _TWO_MONTHS


def _date_of(moment: Moment) -> dt.date:
    return dt.date.fromisoformat(moment.day)


def dates_beside_own_title(material: Material) -> Iterator[Raw]:
    """Yield the date of the teaser of this very article, in the site's list of its latest ones."""
    winner = next(iter(material.headlines.candidates), None)
    title = fold(winner.value) if winner else ""
    snapshot = material.snapshot
    for block in material.story.segments if len(title) >= _MIN_TITLE else ():
        first = block.text[:1]
        if first.isalnum() and first.casefold()[0] != title[0]:  # most lines: quicker than to fold them
            continue
        if block.element == material.headlines.element or fold(block.text) != title:
            continue
        box = block.element
        for _ in range(_MAX_LEVELS):
            box = snapshot.parents[box]
            if box < 0 or snapshot.text_ends[box] - snapshot.text_starts[box] > _MAX_TEASER:
                break
            lines = snapshot.texts[snapshot.text_starts[box] : snapshot.text_ends[box]]
            moments = [m for line in lines for m in find_moments(line, month_first=material.month_first)[:1]]
            if moments:
                if len({m.day for m in moments}) == 1:
                    yield moments[0], " ".join(" ".join(lines).split())[:_MAX_FOOTER], "visible", "teaser of its own"
                break


def dates_in_footers(material: Material) -> Iterator[Raw]:
    """Yield the dates of the article's footer: marked ones, then those of <time>, then written ones."""
    footers = material.footers
    if footers is None:
        return
    marked: list[Raw] = []
    timed: list[Raw] = []
    for i in range(len(footers.tags)):
        attributes = footers.attributes(i)
        name = f"{attributes.get('itemprop', '')} {attributes.get('property', '')}".lower()
        if "datepublished" in name or "datecreated" in name:
            marked += read_value(
                material, attributes.get("content") or attributes.get("datetime"), "microdata", "footer"
            )
        elif footers.tags[i] == "time" and not is_change_by_class("time", footers.sources[i]):
            timed += read_value(material, attributes.get("datetime"), "time", "footer")
    yield from (*marked, *timed)
    text = " ".join("".join(footers.texts).split())[:_MAX_FOOTER]
    for moment in find_moments(text, month_first=material.month_first)[:1]:
        if not is_update_label(text[: moment.start]):
            yield moment, text[moment.start : moment.end], "visible", "footer"


def dates_in_scripts(material: Material) -> Iterator[Raw]:
    """Yield the date in the data that a page's script draws it from; of several days, none."""
    found = _states(material.page.source)
    if len({value[:_DAY] for value in found}) == 1:
        yield from read_value(material, found[0].decode("ascii", "ignore"), "script", "publication date")


def _states(source: bytes) -> list[bytes]:
    """Return the first dates in the data of scripts that are those of publication by their names."""
    found: list[bytes] = []
    places = places_in(b"ubli", source)
    for at in sorted([*places, *places_in(b"UBLI", source)]) if places else ():
        start = source.rfind(b'"', max(at - _BEFORE, 0), at)
        state = _STATE.match(source, start) if start >= 0 else None
        if state:
            found.append(state[1])
            if len(found) == _MAX_STATES:
                break
    return found
