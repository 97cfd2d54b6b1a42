"""Failure: what a batch says of a URL that gave no record."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from scraper.errors import FetchError, ScraperError
from scraper.model.json_text import encode_line

__all__ = ["Failure", "failure_of"]


class Failure(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One URL without a record; written to the second stream, versioned as the record is."""

    schema_version: Literal["1.0"] = "1.0"
    requested_url: str
    url: str | None = None
    """Where redirects had led when it failed."""
    status: Literal["failed", "skipped", "unchanged"] = "failed"
    stage: str
    """"fetch", "decode", "extract", "discover", "export", or "read" for a file that cannot be read."""
    reason: str
    """A short stable word: "http_404", "timeout", "robots", "not_article" ..."""
    message: str
    """One line for people: what failed, where, what to do."""
    retryable: bool = False
    http_status: int | None = None
    attempt: int = 1
    at: str | None = None
    """UTC, ISO 8601; null where no clock is involved."""

    def to_dict(self) -> dict[str, Any]:
        """Return the failure as plain JSON types.

        >>> failure.to_dict()["stage"], failure.reason, failure.retryable
        ('fetch', 'bad_url', False)

        """
        result: dict[str, Any] = msgspec.to_builtins(self)
        return result

    def to_json(self) -> str:
        """Return the failure as one line of JSON."""
        return encode_line(self)


def failure_of(error: ScraperError, requested_url: str, *, at: str | None = None) -> Failure:
    """Return the failure record of `error`."""
    return Failure(
        requested_url=requested_url,
        url=error.url,
        stage=error.stage,
        reason=error.reason,
        message=str(error),
        retryable=error.retryable,
        http_status=error.http_status if isinstance(error, FetchError) else None,
        attempt=error.attempts if isinstance(error, FetchError) else 1,
        at=at,
    )
