"""HttpFetcher: pages over HTTP, politely, within bounds, through the gate."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from scraper.errors import (
    BadStatus,
    BadUrl,
    FetchError,
    TooManyRedirects,
    TooManyRequests,
)
from scraper.fetch.browser import Browser, check_browser
from scraper.fetch.clock import Clock
from scraper.fetch.deadline import Budget
from scraper.fetch.exchange import Answer, Wish
from scraper.fetch.failures import status_error
from scraper.fetch.journey import Journey
from scraper.fetch.politeness import Hold, Rest, Turns, retry_after_s
from scraper.fetch.refresh import refresh_target
from scraper.fetch.robots import ROBOTS_BYTES, ROBOTS_REDIRECTS, Robots, RobotsText, product_token
from scraper.fetch.target import Target, parse_target, shown_url
from scraper.fetch.validators import Unchanged, Validators
from scraper.fetch.wire import Wire, default_user_agent
from scraper.model.response import Response
from scraper.settings import FetchSettings, Render

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    import httpx

    from scraper.fetch.archive import WarcArchive
    from scraper.fetch.browser import Visit
    from scraper.fetch.dialler import Resolve

__all__ = ["HttpFetcher"]

_log = logging.getLogger("scraper.fetch")
_DEFAULT = FetchSettings()
_CLOCK = Clock()
_LONGEST_BACKOFF_S = 30.0
Result = TypeVar("Result")


class HttpFetcher:
    """A `Fetcher` over HTTP; one for each run, for it knows hosts by what they did before. Belongs to one event loop.

    Args:
        settings: bounds, politeness, headers.
        client: use this one's connections instead of our own; it is left open.
        resolve: from a host name to its addresses; None: the system's resolver.
        clock: time and chance.
        archive: takes down every exchange; it is closed with the fetcher.

    Raises:
        SettingsError: a cookie file or a proxy that cannot be used.

    """

    def __init__(
        self,
        settings: FetchSettings = _DEFAULT,
        *,
        client: httpx.AsyncClient | None = None,
        resolve: Resolve | None = None,
        clock: Clock = _CLOCK,
        archive: WarcArchive | None = None,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._clock = clock
        check_browser(settings)
        self._wire = Wire(settings, client=client, resolve=resolve)
        self._browser: Browser | None = None
        self._turns = Turns(settings, clock)
        self._robots = Robots(product_token(settings.user_agent or default_user_agent()), clock)
        if not settings.robots:
            _log.warning("robots.txt is ignored: fetch only where you have leave to")
        for host, its in settings.hosts.items():
            if not its.verify_tls:
                _log.warning("%s: TLS certificates are not verified", host)

    async def fetch(self, url: str) -> Response:
        """Return the page at `url`.

        Raises:
            FetchError: and nothing else; `attempts` says how often the URL was asked for.

        """
        response = await self._ask(url, Wish(self._settings.max_body_bytes))
        if isinstance(response, Unchanged):  # nobody asked with validators
            raise BadStatus("HTTP 304 to an unconditional request", url=response.url, reason="http_304")
        return response

    async def fetch_document(self, url: str, *, max_body_bytes: int | None = None) -> Response:
        """Return what is at `url`, of whatever type: feeds, sitemaps, robots.txt.

        Raises:
            FetchError: as `fetch`, but for NotHtml.

        """
        response = await self.fetch_document_if_changed(url, Validators(), max_body_bytes=max_body_bytes)
        if isinstance(response, Unchanged):
            raise BadStatus("HTTP 304 to an unconditional request", url=response.url, reason="http_304")
        return response

    async def fetch_document_if_changed(
        self, url: str, validators: Validators, *, max_body_bytes: int | None = None
    ) -> Response | Unchanged:
        """Return what is at `url`, or `Unchanged` where it is still what `validators` came with.

        Raises:
            FetchError: as `fetch_document`.

        """
        limit = max_body_bytes or self._settings.max_body_bytes
        return await self._ask(url, Wish(limit, html=False, validators=validators.headers()))

    async def fetch_if_changed(self, url: str, validators: Validators) -> Response | Unchanged:
        """Return the page at `url`, or `Unchanged` where it is still the one that `validators` came with.

        Raises:
            FetchError: as `fetch`.

        """
        return await self._ask(url, Wish(self._settings.max_body_bytes, validators=validators.headers()))

    def holds(self) -> tuple[Hold, ...]:
        """Return the hosts that want to be left alone beyond this moment: a small value for whoever asks again."""
        return self._turns.holds()

    def resume(self, holds: Iterable[Hold]) -> None:
        """Leave alone the hosts that an earlier run's `holds` named, for as long as they say; at most a day."""
        self._turns.resume(holds)

    def rests(self) -> tuple[Rest, ...]:
        """Return the hosts whose pause after the last request is not over, for the next run."""
        return self._turns.rests()

    def resume_rests(self, rests: Iterable[Rest]) -> None:
        """Wait out what an earlier run's `rests` named, no longer than was left then."""
        self._turns.resume_rests(rests)

    def renders(self, url: str) -> Render:
        """Return whether a browser is to build the page at `url`."""
        if not self._settings.hosts:
            return self._settings.render
        try:
            target = parse_target(url)
        except BadUrl:
            return "never"
        return self._settings.renders(target.host, target.port)

    async def render(self, response: Response) -> Response:
        """Return a page as it stands once a browser has run its scripts; may take another `timeout_s`.

        Raises:
            FetchError: the scripts do not end, the page grows too large, the browser crashes.
            SettingsError: there is no browser, or it does not start.

        """
        if self._browser is None:
            self._browser = Browser(self._settings, self._part)
        return await self._browser.render(response)

    async def aclose(self) -> None:
        """Close all connections of our own."""
        browser, self._browser = self._browser, None
        if browser is not None:
            await browser.aclose()
        await self._wire.aclose()
        if self._archive is not None:
            self._archive.close()

    async def _ask(self, url: str, wish: Wish) -> Response | Unchanged:
        target = parse_target(url)
        budget = Budget(self._settings.timeout_s)

        async def once() -> Response | Unchanged:
            journey = Journey(target)
            return self._response(url, journey, await self._follow(journey, wish, budget))

        try:
            return await self._retrying(once, budget)
        except _NoEntry as refused:
            raise refused.error from refused.error.__cause__

    async def _retrying(self, once: Callable[[], Awaitable[Result]], budget: Budget) -> Result:
        """Return what `once` returns, tried again after temporary failures while the budget lasts."""
        attempt = 1
        while True:
            try:
                return await once()
            except FetchError as error:
                error.attempts = attempt
                wait = self._wait_before_retry(error, attempt)
                if wait is None or wait > budget.left_s:
                    raise
                _log.debug("attempt %d: %s; again in %.1f s", attempt, error, wait)
            attempt += 1
            budget.left_s -= wait
            await self._clock.sleep(wait)

    async def _part(self, url: str, wish: Wish, visit: Visit) -> Answer:
        """Return what a page in the browser asks for, as a part of its visit; others get no headers of the user's."""
        target = parse_target(url)
        journey = Journey(target, anonymous=target.origin != visit.origin)
        journey.cookies = visit.cookies
        budget = Budget(max(0.0, visit.ends - asyncio.get_running_loop().time()))
        return await self._follow(journey, wish, budget, part=True)

    async def _follow(self, journey: Journey, wish: Wish, budget: Budget, *, part: bool = False) -> Answer:
        """Return the answer at the end of all redirects."""
        while True:
            if (
                self._obeys_robots(journey.here) and journey.here.path != "/robots.txt"
            ):  # always allowed (RFC 9309, 2.2.2)
                await self._enter(journey.here, budget)
            answer = await self._request(journey, wish, budget, part=part)
            location = answer.location
            if location is None and wish.html and not journey.refreshed:
                location = journey.refresh(refresh_target(answer.body))
            if location is None:
                return answer
            journey.follow(location, changed=answer.status, limit=self._settings.max_redirects)

    def _obeys_robots(self, target: Target) -> bool:
        obeyed = self._settings.at(target.host, target.port).robots
        return self._settings.robots if obeyed is None else obeyed

    async def _enter(self, target: Target, budget: Budget) -> None:
        """Return if robots.txt lets us in; its own failures have been retried when they arrive here."""
        try:
            crawl_delay_s = await self._robots.check(target, partial(self._read_robots, budget))
        except FetchError as error:
            raise _NoEntry(error) from error
        self._turns.slow_down(target.lane, crawl_delay_s)

    async def _request(
        self, journey: Journey, wish: Wish, budget: Budget, *, counts: bool = True, part: bool = False
    ) -> Answer:
        """Ask for the place where the journey stands, when it is our turn."""
        here = journey.here
        delay_s = self._settings.at(here.host, here.port).delay_s
        if delay_s is not None:
            self._turns.set_delay(here.lane, delay_s)
        async with self._turns.turn(here.lane, counts=counts, part=part), budget.spend():
            answer = await self._wire.request(journey, wish, budget)
        if self._archive is not None:
            self._archive.write(here, answer, self._clock.now())
        if journey.cookies.keep(here, answer.all("set-cookie")):
            journey.news = True
        self._note_mood(here.lane, answer)
        return answer

    def _note_mood(self, lane: str, answer: Answer) -> None:
        """Leave a host alone that asks for it, for as long as it asks."""
        if answer.status not in {429, 503}:
            self._turns.welcome(lane)
            return
        wait = retry_after_s(answer.first("retry-after"), self._clock.now())
        if wait:
            self._turns.hold(lane, wait)
        elif answer.status == 429:  # noqa: PLR2004  # RFC 6585: without a usable Retry-After
            self._turns.push_back(lane)

    async def _read_robots(self, budget: Budget, target: Target) -> RobotsText:
        """Return robots.txt; redirects that lead nowhere count as "unavailable" (RFC 9309, section 2.3.1.2)."""
        wish = Wish(ROBOTS_BYTES, html=False, cut=True)

        async def once() -> RobotsText:
            journey = Journey(target, anonymous=True)
            while True:
                answer = await self._request(journey, wish, budget, counts=False)
                if answer.location is None:
                    break
                try:
                    journey.follow(answer.location, changed=answer.status, limit=ROBOTS_REDIRECTS)
                except (TooManyRedirects, BadUrl):
                    return RobotsText(answer.status, b"")
            error = status_error(answer.status, target.url, None) if answer.status >= 500 else None  # noqa: PLR2004
            if error is not None:
                raise error
            return RobotsText(answer.status, answer.body)

        return await self._retrying(once, budget)

    def _wait_before_retry(self, error: FetchError, attempt: int) -> float | None:
        """Return the seconds to wait before asking again; None where that is not to be done."""
        if not error.retryable or attempt > self._settings.retries:
            return None
        if isinstance(error, TooManyRequests) and error.retry_after_s is not None:
            return 0.0 if error.retry_after_s <= self._settings.max_retry_after_s else None  # the host is on hold
        wait: float = min(self._settings.backoff_s * 2.0 ** (attempt - 1), _LONGEST_BACKOFF_S)
        return wait * (0.5 + self._clock.random())

    def _response(self, url: str, journey: Journey, answer: Answer) -> Response | Unchanged:
        here = journey.here
        if answer.status == 304:  # noqa: PLR2004  # Not Modified
            kept = Validators(etag=answer.first("etag"), last_modified=answer.first("last-modified"))
            return Unchanged(requested_url=shown_url(url), url=here.url, validators=kept)
        wait = retry_after_s(answer.first("retry-after"), self._clock.now())
        error = status_error(answer.status, here.url, wait)
        if error is not None:
            raise error
        return Response(
            requested_url=shown_url(url),
            url=here.url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            fetched_at=self._clock.now(),
            problems=(*journey.problems, *answer.problems),
        )


class _NoEntry(Exception):
    """A refusal that another attempt would not change."""

    def __init__(self, error: FetchError) -> None:
        super().__init__(str(error))
        self.error = error
