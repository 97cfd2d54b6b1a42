"""The wire: builds requests, sends them over our client or the user's, and maps whatever goes wrong."""

from __future__ import annotations

import contextlib
import ipaddress
from typing import TYPE_CHECKING

from scraper.fetch.cookies import file_cookies, load_cookie_file
from scraper.fetch.decoder import accepted_codings
from scraper.fetch.dialler import DIALLED, Dialler
from scraper.fetch.dialler import resolve as system_resolve
from scraper.fetch.exchange import read_answer
from scraper.fetch.failures import died_before_answering, fetch_error
from scraper.fetch.gate import admit
from scraper.fetch.given import GivenClient
from scraper.fetch.transport import Connections, check_http2, proxy_of

if TYPE_CHECKING:
    from http.cookiejar import CookieJar

    import httpx

    from scraper.fetch.deadline import Budget
    from scraper.fetch.dialler import Resolve
    from scraper.fetch.exchange import Answer, Arrival, Wish
    from scraper.fetch.journey import Journey
    from scraper.fetch.target import Target
    from scraper.settings import FetchSettings

__all__ = ["Wire", "default_user_agent"]

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.1"


def default_user_agent() -> str:
    """Return who we are and where to read about it."""
    from scraper.version import __version__  # noqa: PLC0415  # one line, read by the few who send it

    return f"article-scraper/{__version__} (+https://pypi.org/project/article-scraper/)"


class Wire:
    """Sends single requests. Connections are opened on first use.

    Raises:
        SettingsError: a cookie file, a proxy or HTTP/2 that cannot be used.

    """

    def __init__(
        self, settings: FetchSettings, *, client: httpx.AsyncClient | None = None, resolve: Resolve | None = None
    ) -> None:
        check_http2(settings)
        self._settings = settings
        self._given = GivenClient(client) if client is not None else None
        self._dialler = Dialler(allow_private=settings.allow_private, resolve=resolve or system_resolve)
        self._connections: Connections | None = None
        self._cookie_file: CookieJar | None = load_cookie_file(settings.cookie_file) if settings.cookie_file else None
        self._proxy = proxy_of(settings.proxy) if settings.proxy else None
        self._always = {
            "user-agent": settings.user_agent or default_user_agent(),
            "accept": _ACCEPT,
            "accept-encoding": accepted_codings(),
        }
        longest = settings.timeout_s
        connect = min(settings.connect_timeout_s, longest)
        self._timeouts = {"connect": connect, "read": longest, "write": longest, "pool": longest}

    async def request(self, journey: Journey, wish: Wish, budget: Budget) -> Answer:
        """Ask for the place where `journey` stands.

        Raises:
            FetchError: whatever went wrong; nothing else.

        """
        url = journey.here.url
        try:
            arrival = await self._answered(journey, wish)
        except Exception as error:
            raise fetch_error(error, url) from error
        try:
            return await read_answer(arrival, url, wish, budget)
        finally:
            with contextlib.suppress(Exception):  # the answer is read or refused; how the connection ends is no news
                await arrival.aclose()

    async def aclose(self) -> None:
        """Close our connections; a client that was given stays open."""
        connections, self._connections = self._connections, None
        if connections is not None:
            await connections.aclose()

    async def _answered(self, journey: Journey, wish: Wish) -> Arrival:
        """Return the response, its body unread; a connection that died of old age is replaced once, at once."""
        headers = self._headers(journey, wish)
        for _ in range(2):
            DIALLED.set(False)
            try:
                return await self._send(journey, headers)
            except Exception as error:
                if DIALLED.get() or not died_before_answering(error):
                    raise
                last = error
        raise last

    async def _send(self, journey: Journey, headers: dict[str, str]) -> Arrival:
        if self._given is not None:
            self._admit_literal(journey.here)
            return await self._given.get(journey.here, headers, self._timeouts, secrets=journey.secrets)
        if self._proxy is not None:
            await self._admit_behind_proxy(journey.here)
        if self._connections is None:
            # the gate is for places that pages lead to; the proxy is the user's own choice
            dialler = Dialler(allow_private=True) if self._proxy is not None else self._dialler
            self._connections = Connections(self._settings, self._proxy, dialler)
        pairs = [(name.title().encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
        return await self._connections.get(journey.here, pairs, self._timeouts["connect"])

    def _headers(self, journey: Journey, wish: Wish) -> dict[str, str]:
        """Return the headers of a request, names in lower case."""
        here = journey.here
        headers = {"host": here.netloc, **self._always, **dict(wish.headers)}
        if journey.secrets:
            headers |= dict(wish.validators)
            headers |= self._users_headers(here)
            if here.authorization is not None:
                headers["authorization"] = here.authorization
        cookies = [headers.get("cookie", ""), journey.cookies.of(here)]
        if self._cookie_file is not None and not journey.anonymous:
            cookies.append(file_cookies(self._cookie_file, here, journey.start))
        if any(cookies):
            headers["cookie"] = "; ".join(filter(None, cookies))
        return headers

    def _users_headers(self, here: Target) -> dict[str, str]:
        """Return what the user wants sent to the origin asked for."""
        given = {} if self._given is None else self._given.headers()
        for_host = dict(self._settings.at(here.host, here.port).headers)
        return given | {name.lower(): value for name, value in (dict(self._settings.headers) | for_host).items()}

    def _admit_literal(self, target: Target) -> None:
        """Refuse what can be refused before another client's own resolver speaks."""
        if self._settings.allow_private:
            return
        if target.address is not None:
            admit([target.address], target.host)
        elif target.host == "localhost" or target.host.endswith(".localhost"):
            admit([ipaddress.IPv4Address(0x7F000001)], target.host)

    async def _admit_behind_proxy(self, target: Target) -> None:
        """Refuse a name that we know to be private; the proxy resolves by itself, perhaps where we cannot."""
        with contextlib.suppress(OSError):
            await self._dialler.addresses(target.host)
