"""The seam between URLs and responses: whatever can fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from scraper.model.response import Response

__all__ = ["Fetcher"]


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
