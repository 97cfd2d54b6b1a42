"""What next: which URLs are asked for now, and when each is due again. Pure: what is known in, plans out."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scraper.crawl.job import lane_of
from scraper.crawl.rows import DAY_S

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from scraper.crawl.rows import UrlRow
    from scraper.model.failure import Failure

__all__ = ["UNREACHABLE", "Due", "Plan", "Retry", "next_check", "plan", "published_at", "retry_of", "source_retry_s"]

_MINUTE = 60
_SOONEST_CHECK_S = 15 * _MINUTE
_GROWTH = 0.5
"""The next check comes after half the article's age: 1 h, 1.5 h, 2.25 h ... some ten checks in two days. Most
corrections come in the first hours."""
_DATE_ONLY = len("2026-01-31")
UNREACHABLE = frozenset({"connect", "dns", "timeout"})
"""Reasons that every URL ends in while the network is down."""


@dataclass(frozen=True, slots=True)
class Due:
    """One URL that may be asked for."""

    key: str
    url: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run asks for."""

    now: tuple[Due, ...]
    held: int
    """Left for a later run: their host wants to be left alone."""
    over_limit: int
    """Left for a later run: the source's limit."""


def plan(due: Iterable[Due], held_hosts: Collection[str], limits: Mapping[str, int]) -> Plan:
    """Return what to ask for, hosts in turn, each host's URLs in the order given."""
    hosts: OrderedDict[str, deque[Due]] = OrderedDict()
    taken: dict[str, int] = {}
    held = over = 0
    for one in due:
        host = lane_of(one.url)
        limit = limits.get(one.source)
        if host in held_hosts:
            held += 1
        elif limit is not None and one.status == "new" and taken.get(one.source, 0) >= limit:
            over += 1
        else:
            taken[one.source] = taken.get(one.source, 0) + (one.status == "new")
            hosts.setdefault(host, deque()).append(one)
    return Plan(tuple(_in_turn(hosts)), held, over)


def _in_turn(hosts: OrderedDict[str, deque[Due]]) -> Iterable[Due]:
    while hosts:
        for host in list(hosts):
            yield hosts[host].popleft()
            if not hosts[host]:
                del hosts[host]


def next_check(row: UrlRow, now: int, window_s: int) -> int | None:
    """Return when an article is to be asked for again; None when it is too old for that.

    `window_s` counts from the publication, or from the first sight of the URL where that was earlier or the page
    gives no date.
    """
    born = min(row.first_seen, now, row.published if row.published is not None else now)
    end = born + window_s
    if now >= end:
        return None
    return min(end, now + max(_SOONEST_CHECK_S, int((now - born) * _GROWTH)))


@dataclass(frozen=True, slots=True)
class Retry:
    """When a failure is tried again: after `first_s`, then after `factor` times as long, `times` times in all."""

    first_s: int
    factor: float = 1
    times: int = 0
    longest_s: int = 7 * DAY_S

    def after(self, attempts: int, now: int) -> int | None:
        """Return when to try again after so many failures in a row; None for never."""
        if attempts > self.times:
            return None
        return now + int(min(self.longest_s, self.first_s * self.factor ** (attempts - 1)))


_NEVER = Retry(0)
_SOON = Retry(10 * _MINUTE, 3, 10, 2 * DAY_S)
"""What passes by itself: 10 min, 30 min, 1.5 h ... 2 days; ten times, over more than a week."""
_DAILY = Retry(DAY_S, 1.5, 4)
"""What somebody must change first."""
_BY_REASON = {
    "robots": _DAILY,
    "tls": _DAILY,
    "redirect": _DAILY,
    "address": _DAILY,
    "protocol": _DAILY,
    "encoding": _DAILY,
    "consent_wall": _DAILY,
    "bot_check": _DAILY,
    "error_page": _SOON,
    "empty": _SOON,
    "http_401": _DAILY,
    "http_402": _NEVER,
    "http_403": _DAILY,
    "http_451": _DAILY,
    "unexpected": _DAILY,
}
"""Every other failure that is not retryable is final: what the page is (a listing, a PDF), or what it does to the
extractor (too complex, a crash, a timeout: such a page is poison, and is not given to a worker again)."""


def retry_of(failure: Failure) -> Retry:
    """Return how a failure is tried again in later runs."""
    found = _BY_REASON.get(failure.reason)
    if found is not None:
        return found
    return _SOON if failure.retryable else _NEVER


def source_retry_s(attempts: int) -> int:
    """Return the seconds that a source which failed is left alone: 0 at first, then longer, at most a day."""
    return 0 if attempts <= 1 else min(DAY_S, 10 * _MINUTE * 2 ** (attempts - 2))


def published_at(text: str | None) -> int | None:
    """Return a record's date as seconds since 1970; of a day without a time, its end; None where there is none."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    if found is None:
        return None
    try:
        moment = int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())
    except (OverflowError, ValueError):
        return None
    return moment + (DAY_S - 1 if len(text or "") == _DATE_ONLY else 0)
