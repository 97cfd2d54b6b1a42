"""httpx over httpcore with our dialler: httpx's own transport has no public place for one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import httpcore
import httpx

from scraper.errors import SettingsError
from scraper.fetch.target import shown_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scraper.settings import FetchSettings

__all__ = ["GatedTransport", "pool_of", "proxy_of"]

_KEEPALIVE_S = 15.0
"""Servers commonly close idle connections after 5 to 75 seconds; a stale one costs a retry, not a record."""


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


def pool_of(
    settings: FetchSettings, proxy: httpcore.Proxy | None, backend: httpcore.AsyncNetworkBackend
) -> httpcore.AsyncConnectionPool:
    """Return the pool of connections, through the proxy where there is one; how many are open the fetcher decides."""
    return httpcore.AsyncConnectionPool(
        proxy=proxy,
        ssl_context=httpx.create_ssl_context(),
        max_connections=None,
        max_keepalive_connections=max(settings.concurrency, settings.per_host) * 4,
        keepalive_expiry=_KEEPALIVE_S,
        network_backend=backend,
    )


class GatedTransport(httpx.AsyncBaseTransport):
    """Sends httpx's requests through a pool; what the pool raises goes up as it is, for one table maps it."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx."""
        url = request.url
        response = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Stream(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._response.aclose()
