"""Taking turns: how many requests a host gets at once, how far apart, and how long it is left alone when it asks.

All state is of one run and in memory; what outlives a run leaves and comes back as `Hold` values. Nothing here knows
HTTP.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import msgspec

from scraper.errors import TooManyRequests

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from scraper.fetch.clock import Clock
    from scraper.settings import FetchSettings

__all__ = ["Hold", "Rest", "Turns", "retry_after_s"]

_LONGEST_HOLD_S = 86_400.0
"""A host that asks for more than a day has made a mistake."""
_LONGEST_LATENCY_S = 10.0
"""A slow server is given as long a rest as its answer took, up to this."""
_MOST_HOSTS = 5000
"""Hosts remembered before the idle ones are forgotten; some 400 bytes each."""
_DIGITS = re.compile(r"[0-9]{1,12}", re.ASCII)
_DATE = re.compile(r"[ -~]{1,60}")


_MOST_STRIKES = 16
"""Doublings after which the longest hold is reached, whatever `backoff_s` is."""


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """A host that asked to be left alone: kept by whoever asks again in another run."""

    host: str
    """Name, or name and port where that is none of the web's own."""
    until: datetime
    """Aware, UTC."""
    strikes: int = 0
    """How often in a row it said so without saying how long: each doubles the wait."""


class Rest(msgspec.Struct, frozen=True, kw_only=True):
    """The pause after the last request to a host, where it is not over: kept by whoever asks again in another run."""

    host: str
    """As in `Hold`."""
    until: datetime
    """Aware, UTC."""
    left_s: float
    """What is left of it: whatever the clock of the next run says, it lasts no longer."""


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    delay_s: float
    free_at: float = 0.0
    """Monotonic time before which no request begins."""
    held_until: float = 0.0
    """The part of `free_at` that the host itself asked for."""
    crawl_delay_s: float = 0.0
    users: int = 0
    """Turns taken or waited for."""
    strikes: int = 0
    """See `Hold.strikes`."""


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

    def push_back(self, host: str) -> None:
        """Leave a host alone that wants it and does not say for how long: `backoff_s`, doubled each time in a row."""
        lane = self._host(host)
        self.hold(host, self._settings.backoff_s * 2.0 ** min(lane.strikes, _MOST_STRIKES))
        lane.strikes += 1

    def welcome(self, host: str) -> None:
        """Take down that a host answers again."""
        if host in self._hosts:
            self._hosts[host].strikes = 0

    def set_delay(self, host: str, delay_s: float) -> None:
        """Let the setting `delay_s` be another one for this host."""
        self._host(host).delay_s = delay_s

    def holds(self) -> tuple[Hold, ...]:
        """Return the hosts that are to be left alone beyond this moment, for the next run."""
        now, today = self._clock.monotonic(), self._clock.now()
        return tuple(
            Hold(host=name, until=today + timedelta(seconds=lane.held_until - now), strikes=lane.strikes)
            for name, lane in self._hosts.items()
            if lane.held_until > now
        )

    def resume(self, holds: Iterable[Hold]) -> None:
        """Take up what `holds` returned in an earlier run; none lasts longer than a day from now, whatever it says."""
        today = self._clock.now()
        for hold in holds:
            left = (hold.until - today).total_seconds()
            if left > 0:
                self.hold(hold.host, left)
                self._host(hold.host).strikes = max(0, min(hold.strikes, _MOST_STRIKES))

    def rests(self) -> tuple[Rest, ...]:
        """Return the hosts that were asked so lately that the next run must wait, too."""
        now, today = self._clock.monotonic(), self._clock.now()
        left = {
            name: min(lane.free_at - now, self._gap(lane, latency=_LONGEST_LATENCY_S))
            for name, lane in self._hosts.items()
        }
        return tuple(
            Rest(host=name, until=today + timedelta(seconds=seconds), left_s=seconds)
            for name, seconds in left.items()
            if seconds > 0
        )

    def resume_rests(self, rests: Iterable[Rest]) -> None:
        """Take up what `rests` returned in an earlier run."""
        now, today = self._clock.monotonic(), self._clock.now()
        for rest in rests:
            left = min((rest.until - today).total_seconds(), rest.left_s)
            if left > 0:
                lane = self._host(rest.host)
                lane.free_at = max(lane.free_at, now + left)

    @contextlib.asynccontextmanager
    async def turn(self, host: str, *, counts: bool = True, part: bool = False) -> AsyncIterator[None]:
        """Wait for a turn at a host, and take it for the length of the block.

        The next turn comes `delay_s` after the end of this one, later where robots.txt or slow answers ask for it.

        Args:
            host: what counts as one host, see `Target.lane`.
            counts: False for robots.txt, which the page that asked for it may follow at once.
            part: a part of the visit that has just begun: no need to wait, unless the host wants to be left alone.

        Raises:
            TooManyRequests: the host wants to be left alone for longer than `max_retry_after_s`.

        """
        lane = self._host(host)
        lane.users += 1
        try:
            async with lane.slots:
                await self._wait(lane, part=part)
                started = self._clock.monotonic()
                if counts:
                    lane.free_at = max(lane.free_at, started + self._gap(lane))
                try:
                    yield
                finally:
                    self._slots.release()
                    if counts:
                        ended = self._clock.monotonic()
                        lane.free_at = max(lane.free_at, ended + self._gap(lane, latency=ended - started))
        finally:
            lane.users -= 1

    async def _wait(self, lane: _Host, *, part: bool) -> None:
        """Return once the host is free and one of all slots is ours."""
        while True:
            free_at = lane.held_until if part else lane.free_at
            left = free_at - self._clock.monotonic()
            if lane.held_until - self._clock.monotonic() > self._settings.max_retry_after_s:
                raise self._closed(lane)
            if left > 0:
                await self._clock.sleep(left)
                continue
            await self._slots.acquire()
            if (lane.held_until if part else lane.free_at) <= self._clock.monotonic():
                return
            self._slots.release()

    def _gap(self, lane: _Host, latency: float = 0.0) -> float:
        if not lane.delay_s:
            return lane.crawl_delay_s
        return max(lane.delay_s, lane.crawl_delay_s, min(latency, _LONGEST_LATENCY_S))

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
            self._hosts[name] = _Host(asyncio.Semaphore(self._settings.per_host), self._settings.delay_s)
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
