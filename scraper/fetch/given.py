"""An `httpx.AsyncClient` of the user's: their connections, cookies and authentication, our headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scraper.fetch.dialler import DIALLED
from scraper.fetch.exchange import Arrival

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from scraper.fetch.target import Target

__all__ = ["GivenClient"]

_OURS = frozenset({"accept", "accept-encoding", "connection", "host", "transfer-encoding", "content-length"})
"""Headers of a given client that stay ours: httpx fills them in by default."""


class GivenClient:
    """Sends requests over a client that somebody else opened, and closes."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    def headers(self) -> dict[str, str]:
        """Return what the client itself wants sent, names in lower case."""
        named = self._client.headers.items()
        return {k: v for k, v in named if k not in _OURS and not v.startswith("python-httpx/")}

    async def get(
        self, target: Target, headers: Mapping[str, str], timeouts: Mapping[str, float], *, secrets: bool
    ) -> Arrival:
        """Return the head of the answer to a GET request; its body comes as it is read.

        Args:
            target: what to ask for.
            headers: names in lower case.
            timeouts: as httpx knows them.
            secrets: whether the client's own authentication and cookies may be sent.

        """
        import httpx  # noqa: PLC0415  # .1 s of CPU; who has a client has it loaded

        pairs = [(name.title(), value) for name, value in headers.items()]
        extensions = {"timeout": dict(timeouts), "trace": _note_dialling}
        request = httpx.Request("GET", target.url, headers=pairs, extensions=extensions)
        if secrets:
            self._client.cookies.set_cookie_header(request)
        auth = httpx.USE_CLIENT_DEFAULT if secrets else None
        response = await self._client.send(request, stream=True, auth=auth, follow_redirects=False)
        # a hook may have read it, or it is a mock: then it is decoded, too
        content = response.content if response.is_stream_consumed else None
        return Arrival(response.status_code, response.headers.raw, response.aiter_raw, response.aclose, content)


async def _note_dialling(event: str, _info: dict[str, Any]) -> None:
    if event == "connection.connect_tcp.started":
        DIALLED.set(True)
