"""The seam between URLs and responses: whatever can fetch."""

from __future__ import annotations

import asyncio
from inspect import isawaitable
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from scraper.model.response import Response

if TYPE_CHECKING:
    from scraper.settings import Render

__all__ = ["BoundedFetcher", "BoundedRenderer", "Fetcher", "Renderer", "RenderingFetcher", "renderer_of"]


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


@runtime_checkable
class Renderer(Protocol):
    """A fetcher that can have a browser build a page."""

    def renders(self, url: str) -> Render:
        """Return whether the page at `url` is to be built by a browser."""
        ...

    async def render(self, response: Response) -> Response:
        """Return a fetched page as it stands once its scripts have run.

        Raises:
            FetchError: and SettingsError where there is no browser.

        """
        ...


class RenderingFetcher(Fetcher, Renderer, Protocol):
    """Both."""


def renderer_of(fetcher: Fetcher) -> Renderer | None:
    """Return a fetcher as one that renders, None for others; asked for every page, where `isinstance` takes 20 us."""
    has_both = hasattr(fetcher, "renders") and hasattr(fetcher, "render")
    return cast("Renderer", fetcher) if has_both else None


class BoundedFetcher:
    """A fetcher from elsewhere, asked for a bounded number of pages at once."""

    def __init__(self, fetcher: Fetcher, concurrency: int) -> None:
        self._fetcher = fetcher
        self._slots = asyncio.Semaphore(concurrency)

    async def fetch(self, url: str) -> Response:
        """See `Fetcher.fetch`."""
        async with self._slots:
            asked: object = self._fetcher.fetch(url)
            if not isawaitable(asked):
                raise TypeError(f"the fetcher {type(self._fetcher).__name__} needs `async def fetch(self, url)`")
            response: object = await asked
        if not isinstance(response, Response):
            kind = type(self._fetcher).__name__
            raise TypeError(f"the fetcher {kind} must return a Response, not {type(response).__name__}")
        return response


class BoundedRenderer(BoundedFetcher):
    """The same for one that renders, too."""

    def __init__(self, fetcher: RenderingFetcher, concurrency: int) -> None:
        super().__init__(fetcher, concurrency)
        self._renderer = fetcher

    def renders(self, url: str) -> Render:
        """See `Renderer.renders`."""
        return self._renderer.renders(url)

    async def render(self, response: Response) -> Response:
        """See `Renderer.render`."""
        async with self._slots:
            return await self._renderer.render(response)
