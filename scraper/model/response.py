"""Response: what the wire said."""

from __future__ import annotations

from datetime import datetime  # msgspec resolves the annotation at run time

import msgspec

__all__ = ["RENDERED", "Response"]

RENDERED = "rendered by a browser"
"""The problem of a response whose body is what scripts have made of it."""


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """One HTTP response, body decoded from its content codings but not from its charset.

    >>> with Scraper() as scraper:
    ...     response = scraper.fetch(url)
    >>> response.status, response.header("Content-Type")
    (200, 'text/html; charset=utf-8')

    """

    requested_url: str
    url: str
    """After redirects, without credentials."""
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    """Names in lower case, in the order received."""
    body: bytes = b""
    fetched_at: datetime | None = None
    """Aware, UTC: the only clock that extraction reads."""

    problems: tuple[str, ...] = ()
    """What was odd about the transfer without costing the body, in words."""

    def header(self, name: str) -> str | None:
        """Return the first value of a header, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), None)
