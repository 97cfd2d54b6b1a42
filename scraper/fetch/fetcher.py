"""The seam between URLs and responses: whatever can fetch."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from scraper.model.response import Response

__all__ = ["BoundedFetcher", "Fetcher"]


@runtime_checkable
class Fetcher(Protocol):
    """Fetches pages: over HTTP, from an archive, with a browser.

    An `async def aclose(self) -> None` is awaited where a fetcher has one and the scraper made it.
    """

    async def fetch(self, url: str) -> Response:
        """Return the response to `url`, its redirects followed.

        Raises:
            FetchError: and nothing else.

        """
        ...


class BoundedFetcher:
    """A fetcher from elsewhere, asked for a bounded number of pages at once."""

    def __init__(self, fetcher: Fetcher, concurrency: int) -> None:
        self._fetcher = fetcher
        self._slots = asyncio.Semaphore(concurrency)

    async def fetch(self, url: str) -> Response:
        """See `Fetcher.fetch`."""
        async with self._slots:
            return await self._fetcher.fetch(url)
