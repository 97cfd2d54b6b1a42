"""Connections of our own, by origin: HTTP/1.1 over h11, all else over httpcore, both over our dialler."""

from __future__ import annotations

import os
import ssl
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import httpcore

from scraper.errors import SettingsError
from scraper.fetch.exchange import Arrival
from scraper.fetch.http11 import Http11Pool
from scraper.fetch.target import shown_url

if TYPE_CHECKING:
    from scraper.fetch.dialler import Dialler
    from scraper.fetch.http11 import Headers
    from scraper.fetch.stream import SocketStream
    from scraper.fetch.target import Target
    from scraper.settings import FetchSettings

__all__ = ["Connections", "check_http2", "proxy_of", "tls_context"]

_KEEPALIVE_S = 15.0
"""Servers commonly close idle connections after 5 to 75 seconds; a stale one costs a retry, not a record."""
_MOST_ORIGINS = 100
"""Origins with open connections; a file descriptor each."""


def proxy_of(url: str) -> httpcore.Proxy:
    """Return the proxy that a URL names, its credentials apart.

    Raises:
        SettingsError: not an http(s) URL.

    """
    try:
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        proxy = httpcore.Proxy(place, auth=auth)
    except (ValueError, TypeError):
        proxy = None
    if proxy is None or proxy.url.scheme not in {b"http", b"https"} or not proxy.url.host:
        raise SettingsError(f"not the URL of an HTTP proxy: {shown_url(url)}")
    return proxy


def check_http2(settings: FetchSettings) -> None:
    """Return if what HTTP/2 needs is there, where it is asked for.

    Raises:
        SettingsError: it is not.

    """
    if settings.http2 and find_spec("h2") is None:
        raise SettingsError("HTTP/2 needs the extra: pip install 'article-scraper[http2]'")


def tls_context(*, verify: bool) -> ssl.SSLContext:
    """Return what certificates are checked with: as httpx does it, SSL_CERT_FILE and SSL_CERT_DIR included.

    Not httpx's own function, for importing httpx takes .1 s of CPU that nothing else here needs.
    """
    if not verify:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if file:
        return ssl.create_default_context(cafile=file)
    if folder:
        return ssl.create_default_context(capath=folder)
    import certifi  # noqa: PLC0415  # only for those who ask over TLS

    return ssl.create_default_context(cafile=certifi.where())


class _HttpcorePool:
    """The connections of one origin where httpcore is asked: HTTP/2 and proxies."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    async def get(self, target: Target, headers: Headers, connect_timeout_s: float) -> Arrival:
        """Return the head of the answer to a GET request."""
        scheme, host, path = target.scheme.encode("ascii"), target.host.encode("ascii"), target.path.encode("ascii")
        response = await self._pool.handle_async_request(
            httpcore.Request(
                method=b"GET",
                url=httpcore.URL(scheme=scheme, host=host, port=target.named_port, target=path),
                headers=headers,
                extensions={"timeout": {"connect": connect_timeout_s}},
            )
        )
        return Arrival(response.status, response.headers, response.aiter_stream, response.aclose)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


@dataclass(slots=True, eq=False)
class _Kept:
    pool: Http11Pool | _HttpcorePool
    users: int = 0
    """Requests that have not let go of their connection."""


class Connections:
    """Sends requests; what the connections raise goes up as it is, for one table maps it.

    Each origin has a pool of its own: httpcore looks at every connection of a pool for every request, and at every
    pair of them where some are to be closed. How many are open at once the fetcher decides.

    Args:
        settings: how many are kept, HTTP/2, and whose certificates are not checked.
        proxy: asked in place of the origin.
        dialler: opens sockets.

    """

    def __init__(self, settings: FetchSettings, proxy: httpcore.Proxy | None, dialler: Dialler) -> None:
        self._settings = settings
        self._proxy = proxy
        self._dialler = dialler
        self._most_origins = max(_MOST_ORIGINS, 4 * settings.concurrency)
        """Idle pools beyond this are closed, the longest unused first."""
        self._kept: OrderedDict[tuple[str, str, int], _Kept] = OrderedDict()

    async def get(self, target: Target, headers: Headers, connect_timeout_s: float) -> Arrival:
        """Return the head of the answer to a GET request; its body comes as it is read.

        Only opening a connection has a timeout of its own here: the budget of the fetch ends everything else.
        """
        kept = await self._pool(target)
        try:
            arrival = await kept.pool.get(target, headers, connect_timeout_s)
        except BaseException:
            kept.users -= 1
            raise
        return Arrival(arrival.status, arrival.headers, arrival.chunks, _LetGo(kept, arrival).aclose)

    async def aclose(self) -> None:
        """Close all connections."""
        kept, self._kept = self._kept, OrderedDict()
        for each in kept.values():
            await each.pool.aclose()

    async def _pool(self, target: Target) -> _Kept:
        """Return the pool of an origin, with us among its users."""
        origin = target.origin
        kept = self._kept.get(origin)
        if kept is not None:
            self._kept.move_to_end(origin)
            kept.users += 1
            return kept
        idle = [name for name, other in self._kept.items() if not other.users]
        closed = [self._kept.pop(name) for name in idle[: max(0, len(self._kept) + 1 - self._most_origins)]]
        kept = self._kept[origin] = _Kept(self._new_pool(target), users=1)
        for each in closed:
            await each.pool.aclose()
        return kept

    def _new_pool(self, target: Target) -> Http11Pool | _HttpcorePool:
        if self._proxy is None and not self._settings.http2:
            return Http11Pool(self._dial, most_idle=self._settings.per_host, idle_s=_KEEPALIVE_S)
        return _HttpcorePool(
            httpcore.AsyncConnectionPool(
                proxy=self._proxy,
                ssl_context=self._context(target) if target.scheme == "https" else None,
                http2=self._settings.http2,
                max_connections=None,
                max_keepalive_connections=self._settings.per_host,
                keepalive_expiry=_KEEPALIVE_S,
                network_backend=self._dialler,
            )
        )

    async def _dial(self, target: Target, timeout_s: float) -> SocketStream:
        """Return a connection to an origin."""
        stream = await self._dialler.connect_tcp(target.host, target.port, timeout_s)
        if target.scheme != "https":
            return stream
        context = self._context(target)
        context.set_alpn_protocols(["http/1.1"])
        return await stream.start_tls(context, target.host, timeout_s)

    def _context(self, target: Target) -> ssl.SSLContext:
        return self._checked if self._settings.at(target.host, target.port).verify_tls else self._unchecked

    @cached_property
    def _checked(self) -> ssl.SSLContext:
        return tls_context(verify=True)

    @cached_property
    def _unchecked(self) -> ssl.SSLContext:
        return tls_context(verify=False)


class _LetGo:
    """Ends a use of a pool, once."""

    def __init__(self, kept: _Kept, arrival: Arrival) -> None:
        self._kept: _Kept | None = kept
        self._arrival = arrival

    async def aclose(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.users -= 1
            await self._arrival.aclose()
