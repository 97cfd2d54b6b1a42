"""Connections of our own: httpcore, which httpx stands on, with our dialler in place of its own."""

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
from scraper.fetch.target import shown_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

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


@dataclass(slots=True, eq=False)
class _Kept:
    pool: httpcore.AsyncConnectionPool
    users: int = 0
    """Requests that have not let go of their connection."""


class Connections:
    """Sends requests; what the connections raise goes up as it is, for one table maps it.

    Each origin has a pool of its own: httpcore looks at every connection of a pool for every request, and at every
    pair of them where some are to be closed. How many are open at once the fetcher decides.

    Args:
        settings: how many are kept, HTTP/2, and whose certificates are not checked.
        proxy: asked in place of the origin.
        backend: opens sockets.

    """

    def __init__(
        self, settings: FetchSettings, proxy: httpcore.Proxy | None, backend: httpcore.AsyncNetworkBackend
    ) -> None:
        self._settings = settings
        self._proxy = proxy
        self._backend = backend
        self._most_origins = max(_MOST_ORIGINS, 4 * settings.concurrency)
        """Idle pools beyond this are closed, the longest unused first."""
        self._kept: OrderedDict[tuple[str, str, int], _Kept] = OrderedDict()

    async def get(self, target: Target, headers: Sequence[tuple[bytes, bytes]], connect_timeout_s: float) -> Arrival:
        """Return the head of the answer to a GET request; its body comes as it is read.

        Only opening a connection has a timeout of its own here: the budget of the fetch ends everything else.
        """
        kept = await self._pool(target)
        scheme, host, path = target.scheme.encode("ascii"), target.host.encode("ascii"), target.path.encode("ascii")
        try:
            response = await kept.pool.handle_async_request(
                httpcore.Request(
                    method=b"GET",
                    url=httpcore.URL(scheme=scheme, host=host, port=target.named_port, target=path),
                    headers=headers,
                    extensions={"timeout": {"connect": connect_timeout_s}},
                )
            )
        except BaseException:
            kept.users -= 1
            raise
        stream = _Stream(response, kept)
        return Arrival(response.status, response.headers, stream.chunks, stream.aclose)

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

    def _new_pool(self, target: Target) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            proxy=self._proxy,
            ssl_context=self._context(target),
            http2=self._settings.http2,
            max_connections=None,
            max_keepalive_connections=self._settings.per_host,
            keepalive_expiry=_KEEPALIVE_S,
            network_backend=self._backend,
        )

    def _context(self, target: Target) -> ssl.SSLContext | None:
        if target.scheme != "https":
            return None
        return self._checked if self._settings.at(target.host, target.port).verify_tls else self._unchecked

    @cached_property
    def _checked(self) -> ssl.SSLContext:
        return tls_context(verify=True)

    @cached_property
    def _unchecked(self) -> ssl.SSLContext:
        return tls_context(verify=False)


class _Stream:
    """The body of a response, and its end."""

    def __init__(self, response: httpcore.Response, kept: _Kept) -> None:
        self._response = response
        self._kept: _Kept | None = kept

    def chunks(self) -> AsyncIterator[bytes]:
        return self._response.aiter_stream()

    async def aclose(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.users -= 1
        await self._response.aclose()
