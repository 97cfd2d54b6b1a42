"""The second opinion: what trafilatura takes for the article; asked only when our own scores are unsure."""

from __future__ import annotations

import logging

__all__ = ["opinion", "text_of"]

_MOST_BYTES = 300_000
_MOST_ELEMENTS = 4_000
_DEEPEST = 200
"""Limits of what is handed over: libxml2 silently drops pages nested deeper than 250; large ones take up to a second
each, a fifth of the time of all pages of segments-dev, and their figures are the same without."""


def opinion(source: bytes, *, elements: int, depth: int) -> str | None:
    """Return the text that trafilatura extracts, white space collapsed; None where it finds none or is not asked.

    Args:
        source: the page in UTF-8.
        elements: how many elements it has.
        depth: how deep they are nested.

    """
    if len(source) > _MOST_BYTES or elements > _MOST_ELEMENTS or depth > _DEEPEST:
        return None
    text = text_of(source, fast=True)
    return " ".join(text.split()) if text else None


def text_of(source: bytes, *, fast: bool = False) -> str | None:
    """Return the text that trafilatura extracts from a page in UTF-8, a block a line; None where it finds none.

    `fast` leaves out its own second opinions (readability, jusText): six tenths of the time, and on the pages where we
    are unsure its vote is worth the same.
    """
    import trafilatura  # noqa: PLC0415  # 0.65 s of CPU, and few pages need it

    try:
        return trafilatura.extract(source.decode("utf-8", "replace"), include_comments=False, fast=fast) or None
    except Exception:  # a foreign extractor's crash must not cost our article
        logging.getLogger(__name__).debug("trafilatura failed", exc_info=True)
        return None
