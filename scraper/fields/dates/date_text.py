"""Text -> moments: every way in which pages write a date; nothing here knows a clock of its own."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

import msgspec

from scraper.fields.dates.months import OFFSETS, month_number

__all__ = ["Moment", "find_moments", "read_moment"]

_EARLIEST = 1900
"""Archives put older papers online, but a date before the press photograph is a default value."""
_BUDDHIST = range(2443, 2643)
"""Years of the Thai calendar: the Common Era plus 543."""
_SOLAR_HIJRI = range(1370, 1420)
"""Years of the Iranian calendar from 1991 to 2041; higher ones are of the Islamic lunar calendar, which is refused."""
_MAX_TEXT = 400

_TIME = r"(\d{1,2})\s?[:.hHꞏ時时시]\s?(\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?"
_ZONE = r"\s*\(?((?:UTC|GMT)?\s?[+\-−]\s?\d{1,2}:?(?:\d{2})?(?!\d)|[A-Za-z]{3,4}\b|Z\b|МСК|мск)?"
_TWO_NUMBERS = re.compile(r"\d(?:\D+\d|\d{4})")
"""What every date has, or its figures are joined: most lines have none, or a year alone."""
_FOUR_DIGITS = re.compile(r"\d\d\d\d")
_DAY_BEFORE_YEAR = re.compile(r"\d(?:st|nd|rd|th)?[,.]?\s+\d{4}")
"""What every date has whose month stands first."""
_WEB = 1990
"""No page was dated with a time of the day before."""
_TWO_DIGITS = re.compile(r"\d\s?[./\-|]\s?\d")
# A digit that no other one stands before is written `\d(?<!\d\d)`, for the engine to go on to the next digit at once.

_ISO = re.compile(
    r"(\d(?<!\d\d)\d{3})([-/.•·])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)"
    r"(?:[T\s,]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z\b|(?:UTC|GMT)?\s?[+\-−](?:\d\d:\d\d|\d{1,2}:?(?:\d{2})?(?!\d))|[A-Z]{3,4}\b)?)?"
)
_ISO_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
    r"(?:Z|[+\-](?:0[0-9]|1[0-4]):?[0-5][0-9])?"
)
"""What nearly every page tells machines; `datetime` reads it at a tenth of the cost of the patterns for people."""
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?\s*(Z|[+\-]\d{2}:?\d{2})?)?$")
_EPOCH = re.compile(r"^(\d{10})(\d{3})?(?:\.\d+)?$")
_WORD = r"([^\s\d,،;|/()<>]{2,20}?)(?:\s?/\s?[^\W\d]{2,12})?"
_DAY_MONTH_YEAR = re.compile(
    rf"(\d(?<!\d\d)\d?)(?:\.|st\b|nd\b|rd\b|th\b|º|ª|°|er\b|-?го|η)?[\s,\-–/]*(?:de |d['’]|of |ta' |da |ng )?{_WORD}\.?(?:[\s,،\-–/]|’|'|de\b|del\b|of\b|พ\.ศ\.|ค\.ศ\.)*"
    r"(\d{4})(?!\d(?!\d?:\d\d))"  # "202410:43": the year and the hour in one
)
_MONTH_DAY_YEAR = re.compile(rf"(?<!\w){_WORD}\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?\b[,.]?\s+(\d{{4}})(?!\d)")
_LEAF = re.compile(r"(?:^|(?<=[\s|(]))(?<!\d\s)(?<!\d\.\s)([^\W\d]{3,12})\.?\s*([0-3]\d)((?:19|20)\d\d)(?!\d)")
"""The leaf of a calendar, its parts in boxes of their own that the text joins: "Apr 042013"."""
_YEAR_MONTH_DAY = re.compile(rf"(\d(?<!\d\d)\d{{3}})\.?\s+(?:m\.\s+|\. gada |gada )?{_WORD}\.?\s*(\d{{1,2}})(?!\d)")
_LATVIAN = re.compile(rf"(\d(?<!\d\d)\d{{3}})\.? gada (\d{{1,2}})\.? {_WORD}(?!\w)")
_ORDERS = (
    (_DAY_MONTH_YEAR, (2, 1, 0)),
    (_MONTH_DAY_YEAR, (2, 0, 1)),
    (_YEAR_MONTH_DAY, (0, 1, 2)),
    (_LEAF, (2, 0, 1)),
)
"""Dates in words, with the places of year, month and day."""
_LOOKS = {_MONTH_DAY_YEAR: _DAY_BEFORE_YEAR, _LEAF: re.compile(r"[0-3]\d(?:19|20)\d\d")}
"""What a text must have for a pattern to be looked for."""
_NUMERIC = re.compile(r"(\d(?<![\d./]\d)\d?)\s?([./\-|])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/])")
_IDEOGRAPHIC = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]?")
_ERA = re.compile(r"(令和|平成|民國|民国)\s?(\d{1,3}|元)年\s?(\d{1,2})月\s?(\d{1,2})日")
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
"""Years before the first of Japanese eras and of the Republic of China, which Taiwan counts by."""
_SHORT_YEAR = re.compile(
    r"(\d(?<!\d\d)\d?)(?:-([^\W\d]{3,9})-|\.?\s([^\W\d]{3,9})\.?\s?['’])(\d{2})(?!\d)"  # "3-May-24", "3 May '24"
    r"|(\d(?<!\d\d)\d?)\s?([\u0e00-\u0e4e.]{3,12})\s?(\d{2})(?![\d:.])"  # Thai: "3 พ.ค. 67", of the year 2567
)
_MAY_BE_SHORT = re.compile(r"\d-[^\W\d]|['’]\d\d|[\u0e00-\u0e4e.]\s?\d\d")
"""In every such date: quicker to look for."""
_MIN_THAI = 40
"""Two digits below are hardly of the Thai calendar: 2540 was 1997."""
_SYRIAC = re.compile(r"(كانون|تشرين) (?=ال)")
"""Months of two words."""
_VIETNAMESE = re.compile(r"(\d{1,2}) tháng (\d{1,2}),? (?:năm )?(\d{4})", re.IGNORECASE)
_TIME_AFTER = re.compile(
    rf"(?:[（(][月火水木金土日][）)]|[\s,.\-–—|•·@(/\]:日]|at\b|um\b|à\b|a las\b|alle\b|ore\b|kl\.?|klo\b|o\b|a les\b|d\.|o godz\.?|godz\.?|в\b|о\b|saat\b|om\b|às\b|v\b|u\b|T|ab\b|pukul\b|lúc\b|la ora\b|오전|오후|午前|午後|上午|下午|[^\W\d]{{3,9}}\.?,?\s){{0,8}}?{_TIME}\s*([apAP]\.?\s?[mM]\b\.?)?(?:\s?(?:Uhr|h|hrs|Hrs|น\.|ч\.?|klo)\b)?{_ZONE}"
)
_TIME_BEFORE = re.compile(
    rf"{_TIME}\s*([apAP]\.?\s?[mM]\b\.?)?(?:\s?(?:Uhr|h|hrs)\b)?{_ZONE}[\s,\-–|•·)]*(?:on|am|le|den)?\s*(?:[^\W\d]{{3,10}}\.?,?\s+)?$"
)
_C_STYLE = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d{1,2}):(\d{2}):(\d{2}) (?:([A-Z]{3,4}) )?(\d{4})")
"""ctime(3) and date(1)."""
_AFTERNOON = re.compile(r"오후|午後|下午")


class Moment(msgspec.Struct, frozen=True):
    """A point of time as precise as it was written."""

    iso: str
    """ISO 8601: "2024-05-03", "2024-05-03T15:47:42" or with an offset."""
    has_time: bool
    has_zone: bool
    start: int = 0
    """Where in the text it was found."""
    end: int = 0

    @property
    def day(self) -> str:
        """Return the calendar day as written."""
        return self.iso[:10]

    def as_datetime(self) -> dt.datetime:
        """Return an aware datetime; what has no zone is read as UTC."""
        moment = dt.datetime.fromisoformat(self.iso)
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def read_moment(value: Any, *, month_first: bool = False) -> Moment | None:
    """Return the moment that a value made for machines holds: ISO 8601, epoch, RFC 5322, or a date in words."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value)[:_MAX_TEXT].strip()
    if _ISO_INSTANT.fullmatch(text) and (instant := _instant(text)):
        return instant
    epoch = _EPOCH.match(text)
    if epoch:
        try:
            return _moment(dt.datetime.fromtimestamp(int(epoch.group(1)), dt.UTC), has_time=True)
        except (ValueError, OverflowError, OSError):
            return None
    compact = _COMPACT.match(text)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        return _build((year, month, day), (hour, minute, second), None, zone)
    return next(iter(find_moments(text, month_first=month_first)), None)


@lru_cache(maxsize=64)
def _instant(text: str) -> Moment | None:
    """Return the moment of an ISO 8601 instant; None for a year of another calendar and for what is no date."""
    try:
        value = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if not _EARLIEST <= value.year < _BUDDHIST.start:
        return None
    return Moment(value.isoformat(timespec="seconds"), has_time=True, has_zone=value.tzinfo is not None, end=len(text))


def find_moments(text: str, *, month_first: bool = False) -> list[Moment]:
    """Return the moments in a text, in the order of their places.

    Args:
        text: one line; only its first 400 characters are read.
        month_first: read 4/5/2024 as the 5th of April; anything else reads it as the 4th of May.

    """
    text = text[:_MAX_TEXT]
    if not _TWO_NUMBERS.search(text):
        return []
    if not _FOUR_DIGITS.search(text):
        return _without_long_years(text, month_first=month_first)
    found: list[Moment] = []
    for match in _ISO.finditer(text):
        year, _, month, day, hour, minute, second, zone = match.groups()
        if hour is None:
            found += _with_time(text, match, (year, month, day))
        else:
            moment = _build((year, month, day), (hour, minute, second), None, zone)
            found += [_placed(moment, match.start(), match.end())] if moment else []
    plain = text.isascii()
    if not plain:
        text = _SYRIAC.sub(r"\1_", text)
    for match in () if plain else _IDEOGRAPHIC.finditer(text):
        found += _with_time(text, match, match.groups())
    found += _in_words_behind(text, found) if found else _in_words(text)
    if not found:
        for match in () if plain else _VIETNAMESE.finditer(text):
            found += _with_time(text, match, match.groups()[::-1])
        found += _in_numbers(text, month_first=month_first)
    else:
        found += _in_numbers_before(text, found, month_first=month_first)
    found.sort(key=lambda m: m.start)
    return found


def _without_long_years(text: str, *, month_first: bool) -> list[Moment]:
    """Return the moments of a text without four digits in a row: years of two digits, or of an era."""
    if "年" in text:
        return _in_eras(text)
    found = _in_numbers(text, month_first=month_first) if _TWO_DIGITS.search(text) else []
    return found or (_in_short_years(text) if _MAY_BE_SHORT.search(text) else [])


def _in_eras(text: str) -> list[Moment]:
    found: list[Moment] = []
    for match in _ERA.finditer(text):
        era, year, month, day = match.groups()
        found += _with_time(text, match, (str(_ERAS[era] + (1 if year == "元" else int(year))), month, day))
    return found


def _in_short_years(text: str) -> list[Moment]:
    found: list[Moment] = []
    for match in _SHORT_YEAR.finditer(text):
        day, hyphened, word, year, thai_day, thai, thai_year = match.groups()
        month = month_number(thai or hyphened or word)
        if month and not (thai and int(thai_year) < _MIN_THAI):
            full = f"25{thai_year}" if thai else _full_year(year)
            found += _with_time(text, match, (full, str(month), thai_day or day))
    return found


def _in_numbers(text: str, *, month_first: bool) -> list[Moment]:
    found: list[Moment] = []
    for match in _NUMERIC.finditer(text):
        first, separator, second, year = match.groups()
        if len(year) > 2 and int(year) < _WEB and text[match.end() : match.end() + 1] == ":":  # noqa: PLR2004  # as below
            year = year[:2]  # "28.09.1912:34": the year and the hour in one
        day, month = (second, first) if month_first and separator in "/-" else (first, second)
        if int(month) > 12:  # noqa: PLR2004  # no thirteenth month: the other order
            day, month = month, day
        found += _with_time(text, match, (_full_year(year), month, day))
    return found


def _full_year(year: str) -> str:
    return year if len(year) > 2 else ("20" if int(year) < 70 else "19") + year  # noqa: PLR2004  # POSIX: 69 is 1969


def _in_numbers_before(text: str, found: list[Moment], *, month_first: bool) -> list[Moment]:
    """Return the dates in numbers before those found: "Bern, 17.08.2007 - A speech held on 18 August 2007"."""
    before = text[: min(m.start for m in found)]
    if not _FOUR_DIGITS.search(before):
        return []
    return [m for m in _in_numbers(before, month_first=month_first) if _FOUR_DIGITS.search(before[m.start : m.end])]


def _in_words_behind(text: str, found: list[Moment]) -> list[Moment]:
    """Return the dates in words behind those found: an instant that is hidden, and what readers see of another one."""
    end = max(m.end for m in found)
    if not _FOUR_DIGITS.search(text, end):
        return []
    behind = _in_words(text[end:])
    return [_placed(m, m.start + end, m.end + end) for m in behind]


def _in_words(text: str) -> list[Moment]:
    found: list[Moment] = []
    for match in _C_STYLE.finditer(text) if ":" in text else ():
        word, day, hour, minute, second, zone, year = match.groups()
        moment = _build((year, month_number(word) or 0, day), (hour, minute, second), None, zone)
        found += [_placed(moment, match.start(), match.end())] if moment else []
    for pattern, order in _ORDERS if "gada" not in text else (*_ORDERS, (_LATVIAN, (0, 2, 1))):
        look = _LOOKS.get(pattern)
        if look and not look.search(text):
            continue
        held = pattern.search(text)
        while held:
            parts = held.groups()
            year, word, day = (parts[k] for k in order)
            month = month_number(word)
            if month and not any(m.start <= held.start() < m.end for m in found):
                found += _with_time(text, held, (year, str(month), day))
            held = pattern.search(text, held.end() if month else held.start() + 1)
    return found


def _with_time(text: str, match: re.Match[str], date: tuple[str | Any, ...]) -> list[Moment]:
    """Return the moment of a date, with the time that stands right behind or before it."""
    after = _TIME_AFTER.match(text, match.end(), match.end() + 60)
    clock: re.Match[str] | None = after
    if not clock:
        clock = _TIME_BEFORE.search(text, max(match.start() - 45, 0), match.start())
    if clock:
        hour, minute, second, half, zone = clock.groups()
        if half is None and _AFTERNOON.search(clock.group()) and int(hour) < 12:  # noqa: PLR2004  # afternoon
            half = "pm"
        moment = _build(date, (hour, minute, second), half, zone)
        if moment:
            return [_placed(moment, min(match.start(), clock.start()), max(match.end(), clock.end()))]
    moment = _build(date, (None, None, None), None, None)
    return [_placed(moment, match.start(), match.end())] if moment else []


def _placed(moment: Moment, start: int, end: int) -> Moment:
    return Moment(moment.iso, moment.has_time, moment.has_zone, start, end)


def _build(
    date: tuple[Any, ...], time: tuple[str | None, str | None, str | None], half: str | None, zone: str | None
) -> Moment | None:
    """Return the moment of parts, or None where they make none."""
    try:
        year, month, day = (int(part) for part in date)
        if year in _SOLAR_HIJRI:
            year, month, day = _from_solar_hijri(year, month, day)
        if year in _BUDDHIST:
            year -= 543
        if year < _EARLIEST:
            return None
        plain = dt.date(year, month, day)
        if time[0] is None or time[1] is None:
            return Moment(plain.isoformat(), has_time=False, has_zone=False)
        hour, minute, second = int(time[0]), int(time[1]), int(time[2] or 0)
        if half and hour <= 12:  # noqa: PLR2004  # 12-hour clock
            hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
        if (hour, minute, second) == (24, 0, 0):
            hour = 0
        moment = dt.datetime.combine(plain, dt.time(hour, minute, second))  # the zone follows
    except (ValueError, OverflowError):
        return None
    return _moment(moment.replace(tzinfo=_zone(zone)), has_time=True)


def _from_solar_hijri(year: int, month: int, day: int) -> tuple[int, int, int]:
    """Return the Gregorian date of an Iranian one; exact from 1925 to 2089 (33-year cycle of leap years)."""
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004  # months and days
        raise ValueError
    past = year - 1375  # 1375-01-01 was 1996-03-20
    leaps = sum(y % 33 in {1, 5, 9, 13, 17, 22, 26, 30} for y in range(min(1375, year), max(1375, year)))
    days = past * 365 + (leaps if past >= 0 else -leaps)
    days += (month - 1) * 31 - max(month - 7, 0) + day - 1
    date = dt.date(1996, 3, 20) + dt.timedelta(days=days)
    return date.year, date.month, date.day


def _zone(text: str | None) -> dt.timezone | None:
    """Return the time zone of "Z", "+02:00", "GMT+7", "CEST"; None for anything else, impossible offsets too."""
    if not text:
        return None
    word = text.strip().lower().replace("−", "-").replace(" ", "")
    if word in OFFSETS:
        return dt.timezone(dt.timedelta(minutes=OFFSETS[word]))
    digits = word.removeprefix("utc").removeprefix("gmt").replace(":", "")
    if digits[:1] not in {"+", "-"} or not digits[1:].isdigit():
        return None
    hours, minutes = (int(digits[1:3]), int(digits[3:] or 0)) if len(digits) > 2 else (int(digits[1:]), 0)  # noqa: PLR2004  # sign and hour
    if hours > 14 or minutes > 59:  # noqa: PLR2004  # UTC+14 is the easternmost zone
        return None
    delta = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-delta if digits[0] == "-" else delta)


def _moment(value: dt.datetime, *, has_time: bool) -> Moment:
    return Moment(value.isoformat(timespec="seconds"), has_time=has_time, has_zone=value.tzinfo is not None)
