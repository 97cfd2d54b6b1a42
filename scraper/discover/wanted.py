"""Which links are wanted: by their dates and by their URLs."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING

from scraper.fields.dates.date_text import read_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.model.link import Link
    from scraper.settings import DiscoverSettings

__all__ = ["month_in_url", "too_old", "url_date", "wanted"]

_DAY_IN_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_.-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_IN_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_.-]?(0[1-9]|1[0-2])(?!\d)")
_UNSURE_BY = dt.timedelta(days=1)
"""A day without a zone begins and ends up to 14 hours earlier or later than in UTC."""


def wanted(settings: DiscoverSettings, now: dt.datetime) -> Callable[[Link], bool]:
    """Return whether a link is wanted, as a function; `now` is what a timedelta counts back from."""
    include = [re.compile(pattern) for pattern in settings.include]
    exclude = [re.compile(pattern) for pattern in settings.exclude]
    since = cutoff(settings, now)

    def keep(link: Link) -> bool:
        if since is not None and not _recent(link, since):
            return False
        if include and not any(pattern.search(link.url) for pattern in include):
            return False
        return not any(pattern.search(link.url) for pattern in exclude)

    return keep


def cutoff(settings: DiscoverSettings, now: dt.datetime) -> dt.datetime | None:
    """Return the moment before which articles are not wanted; None for no such."""
    if settings.since is None or isinstance(settings.since, dt.datetime):
        return settings.since
    try:
        return now - settings.since
    except OverflowError:
        return None


def too_old(iso: str | None, since: dt.datetime) -> bool:
    """Whether a date is before `since` whatever its time and zone; a missing one is not."""
    moment = read_moment(iso) if iso else None
    if moment is None:
        return False
    latest = moment.as_datetime()
    if not moment.has_time:
        latest += dt.timedelta(days=1)
    if not moment.has_zone:
        latest += _UNSURE_BY
    return latest < since


def url_date(url: str) -> str | None:
    """Return the day that a URL's path names, such as "2026-11-22" of ".../2026/11/22/..."; None without one."""
    found = _DAY_IN_URL.search(url.partition("?")[0])
    if found is None:
        return None
    try:
        return dt.date(int(found[1]), int(found[3]), int(found[4])).isoformat()
    except ValueError:
        return None


def month_in_url(url: str) -> str | None:
    """Return the last day of the month (or the day) that a sitemap's URL names; None without one."""
    day = url_date(url)
    if day is not None:
        return day
    found = _MONTH_IN_URL.search(url)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    return f"{year}-{month:02}-{calendar.monthrange(year, month)[1]:02}"


def _recent(link: Link, since: dt.datetime) -> bool:
    dates = [date for date in (link.date_published, link.date_modified) if date]
    if not dates:
        day = url_date(link.url)
        if day is None:
            return link.source in {"feed", "page"}
        dates = [day]
    return not all(too_old(date, since) for date in dates)
