"""HttpFetcher: pages over HTTP, with httpx."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx

from scraper.errors import BadStatus, ConnectionFailed
from scraper.fetch.target import shown_url
from scraper.model.response import Response
from scraper.settings import FetchSettings

__all__ = ["HttpFetcher"]


class HttpFetcher:
    """Provisional."""

    def __init__(self, settings: FetchSettings, *, client: httpx.AsyncClient | None = None) -> None:
        self._settings = settings
        self._client = client or httpx.AsyncClient(follow_redirects=True)
        self._own = client is None

    async def fetch(self, url: str) -> Response:
        try:
            answer = await self._client.get(url)
        except httpx.HTTPError as error:
            raise ConnectionFailed(str(error), url=shown_url(url)) from error
        if answer.status_code != 200:
            e = BadStatus(f"HTTP {answer.status_code}", url=shown_url(url), reason=f"http_{answer.status_code}")
            e.http_status = answer.status_code
            raise e
        return Response(
            requested_url=shown_url(url),
            url=shown_url(str(answer.url)),
            status=200,
            headers=tuple((k.lower(), v) for k, v in answer.headers.items()),
            body=answer.content,
            fetched_at=datetime.now(UTC),
        )

    async def aclose(self) -> None:
        if self._own:
            await self._client.aclose()
