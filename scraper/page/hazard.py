"""A linear scan that refuses markup which would wedge the parser."""

from __future__ import annotations

__all__ = ["check"]


def check(html: str, *, url: str | None = None) -> None:
    """Return if `html` can be parsed in bounded time.

    Raises:
        TooComplex: nesting, attributes or options that Lexbor handles in quadratic time.

    """
