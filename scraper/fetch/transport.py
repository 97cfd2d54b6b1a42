"""Connections of our own: h11 and httpcore, which httpx stands on, with our dialler in place of its own."""

from __future__ import annotations

import os
import ssl
import time
from collections import OrderedDict
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

import httpcore

from scraper.errors import SettingsError
from scraper.fetch.exchange import Arrival
from scraper.fetch.http1 import Http1Connection
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


class Connections:
    """Sends requests; what the connections raise goes up as it is, for one table maps it.

    How many are open at once the fetcher decides. HTTP/1.1 straight to the origin, which is nearly all there is, is
    spoken on connections of our own; HTTP/2 and proxies are httpcore's.

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
        """Idle ones beyond this are closed, the longest unused first."""
        self._kept: OrderedDict[tuple[str, str, int], _Lane] = OrderedDict()

    async def get(self, target: Target, headers: Sequence[tuple[bytes, bytes]], connect_timeout_s: float) -> Arrival:
        """Return the head of the answer to a GET request; its body comes as it is read.

        Only opening a connection has a timeout of its own here: the budget of the fetch ends everything else.
        """
        lane = await self._lane(target)
        try:
            return await lane.get(target, headers, connect_timeout_s)
        except BaseException:
            lane.users -= 1
            raise

    async def aclose(self) -> None:
        """Close all connections."""
        kept, self._kept = self._kept, OrderedDict()
        for lane in kept.values():
            await lane.aclose()

    async def _lane(self, target: Target) -> _Lane:
        """Return the connections of an origin, with us among their users."""
        origin = target.origin
        lane = self._kept.get(origin)
        if lane is not None:
            self._kept.move_to_end(origin)
            lane.users += 1
            return lane
        idle = [name for name, other in self._kept.items() if not other.users]
        closed = [self._kept.pop(name) for name in idle[: max(0, len(self._kept) + 1 - self._most_origins)]]
        lane = self._kept[origin] = self._new_lane(target)
        lane.users = 1
        for each in closed:
            await each.aclose()
        return lane

    def _new_lane(self, target: Target) -> _Lane:
        context, most = self._context(target), self._settings.per_host
        if self._proxy is None and not self._settings.http2:
            return _Direct(self._backend, context, most)
        return _Pooled(
            httpcore.AsyncConnectionPool(
                proxy=self._proxy,
                ssl_context=context,
                http2=self._settings.http2,
                max_connections=None,
                max_keepalive_connections=most,
                keepalive_expiry=_KEEPALIVE_S,
                network_backend=self._backend,
            )
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


class _Lane(Protocol):
    """The connections of one origin."""

    users: int
    """Requests that have not let go of their connection."""

    async def get(self, target: Target, headers: Sequence[tuple[bytes, bytes]], connect_timeout_s: float) -> Arrival:
        """See `Connections.get`; whoever closes what it returns is a user no more."""
        ...

    async def aclose(self) -> None:
        """Close them all."""
        ...


class _Direct:
    """HTTP/1.1 to the origin itself.

    Args:
        backend: opens sockets.
        context: of TLS; None for plain HTTP.
        most: idle connections that are kept.

    """

    def __init__(self, backend: httpcore.AsyncNetworkBackend, context: ssl.SSLContext | None, most: int) -> None:
        self.users = 0
        self._backend = backend
        self._context = context
        self._most = most
        self._idle: list[Http1Connection] = []
        self._open: set[Http1Connection] = set()

    async def get(self, target: Target, headers: Sequence[tuple[bytes, bytes]], connect_timeout_s: float) -> Arrival:
        """See `Connections.get`."""
        connection = await self._connection(target, connect_timeout_s)
        try:
            status, received = await connection.get(target.path.encode("ascii"), headers)
        except BaseException:
            await self._close(connection)
            raise
        return Arrival(status, received, connection.chunks, _Once(self, connection).aclose)

    async def let_go(self, connection: Http1Connection) -> None:
        """Keep a connection for the next request where that can be."""
        self.users -= 1
        if connection in self._open and connection.again() and len(self._idle) < self._most:
            connection.expires_at = time.monotonic() + _KEEPALIVE_S
            self._idle.append(connection)
        else:
            await self._close(connection)

    async def aclose(self) -> None:
        """Close all connections."""
        for connection in tuple(self._open):
            await self._close(connection)
        self._idle.clear()

    async def _connection(self, target: Target, connect_timeout_s: float) -> Http1Connection:
        """Return an idle connection that still lives, else a new one."""
        while self._idle:
            connection = self._idle.pop()
            if time.monotonic() <= connection.expires_at and not connection.stale:
                return connection
            await self._close(connection)
        stream = await self._backend.connect_tcp(target.host, target.port, timeout=connect_timeout_s)
        if self._context is not None:
            self._context.set_alpn_protocols(["http/1.1"])
            stream = await stream.start_tls(self._context, server_hostname=target.host, timeout=connect_timeout_s)
        connection = Http1Connection(stream)
        self._open.add(connection)
        return connection

    async def _close(self, connection: Http1Connection) -> None:
        self._open.discard(connection)
        await connection.aclose()


class _Once:
    """Lets go of a connection, and does nothing the second time."""

    def __init__(self, lane: _Direct, connection: Http1Connection) -> None:
        self._lane = lane
        self._connection: Http1Connection | None = connection

    async def aclose(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await self._lane.let_go(connection)


class _Pooled:
    """A pool of httpcore's.

    Each origin has one of its own: httpcore looks at every connection of a pool for every request, and at every pair
    of them where some are to be closed.
    """

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self.users = 0
        self._pool = pool

    async def get(self, target: Target, headers: Sequence[tuple[bytes, bytes]], connect_timeout_s: float) -> Arrival:
        """See `Connections.get`."""
        scheme, host, path = target.scheme.encode("ascii"), target.host.encode("ascii"), target.path.encode("ascii")
        response = await self._pool.handle_async_request(
            httpcore.Request(
                method=b"GET",
                url=httpcore.URL(scheme=scheme, host=host, port=target.named_port, target=path),
                headers=headers,
                extensions={"timeout": {"connect": connect_timeout_s}},
            )
        )
        stream = _Stream(response, self)
        return Arrival(response.status, response.headers, stream.chunks, stream.aclose)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class _Stream:
    """The body of a response, and its end."""

    def __init__(self, response: httpcore.Response, lane: _Pooled) -> None:
        self._response = response
        self._lane: _Pooled | None = lane

    def chunks(self) -> AsyncIterator[bytes]:
        return self._response.aiter_stream()

    async def aclose(self) -> None:
        lane, self._lane = self._lane, None
        if lane is not None:
            lane.users -= 1
        await self._response.aclose()
