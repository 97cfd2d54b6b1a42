"""Taking turns: how many requests a host gets at once, how far apart, and how long it is left alone when it asks.

All state is of one run and in memory; nothing here knows HTTP.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scraper.errors import TooManyRequests

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from scraper.fetch.clock import Clock
    from scraper.settings import FetchSettings

__all__ = ["Turns", "retry_after_s"]

_LONGEST_HOLD_S = 86_400.0
"""A host that asks for more than a day has made a mistake."""
_LONGEST_LATENCY_S = 10.0
"""A slow server is given as long a rest as its answer took, up to this."""
_MOST_HOSTS = 5000
"""Hosts remembered before the idle ones are forgotten; some 400 bytes each."""
_DIGITS = re.compile(r"[0-9]{1,12}", re.ASCII)
_DATE = re.compile(r"[ -~]{1,60}")


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    free_at: float = 0.0
    """Monotonic time before which no request begins."""
    held_until: float = 0.0
    """The part of `free_at` that the host itself asked for."""
    crawl_delay_s: float = 0.0
    users: int = 0
    """Turns taken or waited for."""


class Turns:
    """Who may ask which host when."""

    def __init__(self, settings: FetchSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._most_hosts = _MOST_HOSTS

    def slow_down(self, host: str, crawl_delay_s: float) -> None:
        """Leave at least this many seconds between requests to a host."""
        self._host(host).crawl_delay_s = crawl_delay_s

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for some seconds, whoever asks."""
        lane = self._host(host)
        lane.held_until = max(lane.held_until, self._clock.monotonic() + min(seconds, _LONGEST_HOLD_S))
        lane.free_at = max(lane.free_at, lane.held_until)

    @contextlib.asynccontextmanager
    async def turn(self, host: str, *, counts: bool = True) -> AsyncIterator[None]:
        """Wait for a turn at a host, and take it for the length of the block.

        The next turn comes `delay_s` after the end of this one, later where robots.txt or slow answers ask for it.

        Args:
            host: what counts as one host, see `Target.lane`.
            counts: False for robots.txt, which the page that asked for it may follow at once.

        Raises:
            TooManyRequests: the host wants to be left alone for longer than `max_retry_after_s`.

        """
        lane = self._host(host)
        lane.users += 1
        try:
            async with lane.slots:
                await self._wait(lane)
                started = self._clock.monotonic()
                if counts:
                    lane.free_at = started + self._gap(lane)
                try:
                    yield
                finally:
                    self._slots.release()
                    if counts:
                        ended = self._clock.monotonic()
                        lane.free_at = max(lane.free_at, ended + self._gap(lane, latency=ended - started))
        finally:
            lane.users -= 1

    async def _wait(self, lane: _Host) -> None:
        """Return once the host is free and one of all slots is ours."""
        while True:
            left = lane.free_at - self._clock.monotonic()
            if lane.held_until - self._clock.monotonic() > self._settings.max_retry_after_s:
                raise self._closed(lane)
            if left > 0:
                await self._clock.sleep(left)
                continue
            await self._slots.acquire()
            if lane.free_at <= self._clock.monotonic():
                return
            self._slots.release()

    def _gap(self, lane: _Host, latency: float = 0.0) -> float:
        if not self._settings.delay_s:
            return lane.crawl_delay_s
        return max(self._settings.delay_s, lane.crawl_delay_s, min(latency, _LONGEST_LATENCY_S))

    def _closed(self, lane: _Host) -> TooManyRequests:
        seconds = lane.held_until - self._clock.monotonic()
        error = TooManyRequests(
            f"not asked: the host wants to be left alone for another {seconds:.0f} s", advice="try again later"
        )
        error.retry_after_s = seconds
        return error

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            if len(self._hosts) >= self._most_hosts:
                self._forget()
            self._hosts[name] = _Host(asyncio.Semaphore(self._settings.per_host))
        return self._hosts[name]

    def _forget(self) -> None:
        """Forget hosts that may be asked at once anyway, so that a long run stays flat."""
        now = self._clock.monotonic()
        self._hosts = {name: lane for name, lane in self._hosts.items() if lane.users or lane.free_at > now}
        self._most_hosts = max(_MOST_HOSTS, 2 * len(self._hosts))


def retry_after_s(header: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, 0 for a date gone by; None where it says nothing usable.

    ASCII only: `int()` reads digits of every script, and a date parser more than dates.
    """
    text = (header or "").strip()
    if _DIGITS.fullmatch(text):
        return float(text)
    if not _DATE.fullmatch(text):
        return None
    try:
        date = parsedate_to_datetime(text)
        return max(0.0, (date - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
