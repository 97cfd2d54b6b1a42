"""httpx over httpcore with our dialler: httpx's own transport has no public place for one."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import httpcore
import httpx

from scraper.errors import SettingsError
from scraper.fetch.target import shown_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from scraper.settings import FetchSettings

__all__ = ["GatedTransport", "check_http2", "proxy_of", "transport_of"]

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


def transport_of(
    settings: FetchSettings, proxy: httpcore.Proxy | None, backend: httpcore.AsyncNetworkBackend
) -> GatedTransport:
    """Return the connections, through the proxy where there is one; how many are open at once the fetcher decides."""
    checked = httpx.create_ssl_context()
    lax = any(not host.verify_tls for host in settings.hosts.values())
    unchecked = httpx.create_ssl_context(verify=False) if lax else checked

    def pool(host: str, port: int) -> httpcore.AsyncConnectionPool:
        context = checked if settings.at(host, port).verify_tls else unchecked
        return httpcore.AsyncConnectionPool(
            proxy=proxy,
            ssl_context=context,
            http2=settings.http2,
            max_connections=None,
            max_keepalive_connections=settings.per_host,
            keepalive_expiry=_KEEPALIVE_S,
            network_backend=backend,
        )

    return GatedTransport(pool, most_origins=max(_MOST_ORIGINS, 4 * settings.concurrency))


@dataclass(slots=True, eq=False)
class _Kept:
    pool: httpcore.AsyncConnectionPool
    users: int = 0
    """Requests that have not let go of their connection."""


class GatedTransport(httpx.AsyncBaseTransport):
    """Sends httpx's requests; what the connections raise goes up as it is, for one table maps it.

    Each origin has a pool of its own: httpcore looks at every connection of a pool for every request, and at every
    pair of them where some are to be closed.

    Args:
        make_pool: makes the pool of one origin, given its host and port.
        most_origins: idle pools beyond this are closed, the longest unused first.

    """

    def __init__(self, make_pool: Callable[[str, int], httpcore.AsyncConnectionPool], most_origins: int) -> None:
        self._make_pool = make_pool
        self._most_origins = most_origins
        self._kept: OrderedDict[tuple[bytes, bytes, int | None], _Kept] = OrderedDict()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx."""
        url = request.url
        kept = await self._pool((url.raw_scheme, url.raw_host, url.port))
        try:
            response = await kept.pool.handle_async_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        except BaseException:
            kept.users -= 1
            raise
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Stream(response, kept),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        kept, self._kept = self._kept, OrderedDict()
        for each in kept.values():
            await each.pool.aclose()

    async def _pool(self, origin: tuple[bytes, bytes, int | None]) -> _Kept:
        """Return the pool of an origin, with us among its users."""
        kept = self._kept.get(origin)
        if kept is not None:
            self._kept.move_to_end(origin)
            kept.users += 1
            return kept
        idle = [name for name, other in self._kept.items() if not other.users]
        closed = [self._kept.pop(name) for name in idle[: max(0, len(self._kept) + 1 - self._most_origins)]]
        kept = self._kept[origin] = _Kept(self._new_pool(*origin), users=1)
        for each in closed:
            await each.pool.aclose()
        return kept

    def _new_pool(self, scheme: bytes, host: bytes, port: int | None) -> httpcore.AsyncConnectionPool:
        return self._make_pool(host.decode("ascii").strip("[]"), port or (443 if scheme == b"https" else 80))


class _Stream(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response, kept: _Kept) -> None:
        self._response = response
        self._kept: _Kept | None = kept

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.users -= 1
        await self._response.aclose()
