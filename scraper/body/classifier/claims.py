"""What the page claims its article is: titles, descriptions and a body, to compare its blocks with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.metadata.clues import Clues

__all__ = ["FEW_WORDS", "Claims", "claims_of", "words_of"]

_WORD = re.compile(r"\w+")
_TITLE_KEYS = ("og:title", "twitter:title")
_DESCRIPTION_KEYS = ("description", "og:description", "twitter:description")
_MOST = 5
"""Titles, and descriptions, that are looked at."""
FEW_WORDS = 5
"""Words of a description that says too little to be compared."""


@dataclass(frozen=True)
class Claims:
    """Texts that the page gives outside its visible body."""

    titles: tuple[str, ...]
    """Lower case, white space collapsed, each once."""
    descriptions: tuple[str, ...]
    """Lower case."""
    body: str
    """JSON-LD articleBody on one line, or ""."""

    @cached_property
    def title_words(self) -> tuple[frozenset[str], ...]:
        """The words of each title."""
        return tuple(frozenset(words_of(title)) for title in self.titles)

    @cached_property
    def description_words(self) -> tuple[frozenset[str], ...]:
        """The words of each description that has more than a few."""
        found = (frozenset(words_of(text)) for text in self.descriptions)
        return tuple(words for words in found if len(words) > FEW_WORDS)


def claims_of(clues: Clues) -> Claims:
    """Return the texts that a page claims for itself."""
    titles = [value for key in _TITLE_KEYS for value in clues.meta.get(key, ())]
    descriptions = [value for key in _DESCRIPTION_KEYS for value in clues.meta.get(key, ())]
    if clues.title:
        titles.append(clues.title)
    body = ""
    for item in clues.json_ld:
        headline, description, text = item.get("headline"), item.get("description"), item.get("articleBody")
        if isinstance(headline, str):
            titles.append(headline)
        if isinstance(description, str):
            descriptions.append(description)
        if isinstance(text, str) and len(text) > len(body):
            body = text
    short = dict.fromkeys(" ".join(title[:300].lower().split()) for title in titles)
    summaries = dict.fromkeys(description[:600].lower() for description in descriptions)
    return Claims(tuple(short)[:_MOST], tuple(summaries)[:_MOST], " ".join(body.split()))


def words_of(lower: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(lower)
