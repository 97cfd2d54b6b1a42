"""What a line of text is, where the words of the vocabulary give it away."""

from __future__ import annotations

import re

from scraper.body.vocabulary import CATEGORIES, Category

__all__ = ["category_of", "is_label", "opening_of", "reason_of"]

_EDGES = " \t\n.:;,!|·•-–—>»«<*#()[]{}…/\\\"'"
_EDGES_AND_COUNT = _EDGES + "0123456789"
_LONG = 350
"""Characters; a longer text is a paragraph, whatever phrase it contains."""
_LONG_START = 220
"""The same for beginnings: "Share this ..." may begin a paragraph, too."""
_SPACELESS = "\u2e80"
"""From here on, scripts set no space between words."""
_COUNT = re.compile(r"^[\d.,\s]+|[\d.,\s]+$|\(\d+\)$")


def _cased(text: str) -> str:
    """Return a text in the case and with the apostrophes of the vocabulary; a dotted capital I is an "i"."""
    return text.replace("’", "'").replace("\u0130", "i").casefold()


def _fold(text: str) -> str:
    return _cased(text).strip(_EDGES)


_LABELS = {_fold(label): category for category in reversed(CATEGORIES) for label in category.labels}


def _by_beginning() -> dict[str, list[tuple[str, Category]]]:
    index: dict[str, list[tuple[str, Category]]] = {}
    for category in CATEGORIES:
        for start in category.starts:
            index.setdefault(start.casefold()[:2], []).append((start.casefold(), category))
    return index


_STARTS = _by_beginning()
_PHRASES = tuple((phrase.casefold(), category) for category in CATEGORIES for phrase in category.phrases)


def category_of(text: str) -> Category | None:
    """Return what a line of text is, where its words give it away as no part of an article; else None."""
    found = opening_of(text)
    if found is not None or len(text) > _LONG:
        return found
    folded = _cased(text)
    return next((category for phrase, category in _PHRASES if phrase in folded), None)


def opening_of(text: str) -> Category | None:
    """Return what a line is by the whole of it or by how it begins; a tenth of the cost of `category_of`."""
    if len(text) > _LONG:
        return None
    folded = _cased(text).strip()
    bare = folded.strip(_EDGES)
    found = _LABELS.get(bare)
    if not found and not (bare[:1].isalpha() and bare[-1].isalpha()):  # a count stands at one of the ends
        found = _LABELS.get(_COUNT.sub("", bare).strip(_EDGES))
    if found or len(text) > _LONG_START:
        return found
    for start, category in _STARTS.get(folded[:2], []) + _STARTS.get(folded[:1], []):
        if folded.startswith(start) and not (
            start[-1].isalnum() and start[-1] < _SPACELESS and folded[len(start) : len(start) + 1].isalnum()
        ):
            return category
    return None


def is_label(text: str, name: str) -> bool:
    """Whether a line is nothing but a label of the category `name`, with a count before or behind it or without."""
    found = _LABELS.get(_cased(text).strip(_EDGES_AND_COUNT))
    return found is not None and found.name == name


def reason_of(text: str) -> str | None:
    """Return why a line is no part of an article, in words, or None."""
    category = category_of(text)
    return category.reason if category else None
