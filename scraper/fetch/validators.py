"""Conditional requests (RFC 9110, section 13): what a response says of its version goes back with the next request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from scraper.model.response import Response

__all__ = ["Unchanged", "Validators", "validators_of"]

_FIT = re.compile(r"[\x20-\x7e\x80-\xff]{1,1000}")


class Validators(msgspec.Struct, frozen=True, kw_only=True):
    """Kept by whoever keeps the article; empty for a server that gives none."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> tuple[tuple[str, str], ...]:
        """Return the headers that make a request conditional, names in lower case."""
        pairs = (("if-none-match", self.etag), ("if-modified-since", self.last_modified))
        return tuple((name, value) for name, value in pairs if value and _FIT.fullmatch(value))


class Unchanged(msgspec.Struct, frozen=True, kw_only=True):
    """The answer 304: the page is still what the validators say."""

    requested_url: str
    url: str
    validators: Validators


def validators_of(response: Response) -> Validators:
    """Return what to ask with the next time."""
    return Validators(etag=response.header("etag"), last_modified=response.header("last-modified"))
