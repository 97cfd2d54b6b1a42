"""What the page claims its article is: titles, descriptions and a body, to compare its blocks with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.metadata.clues import Clues

__all__ = ["Claims", "claims_of", "words_of"]

_WORD = re.compile(r"\w+")
_TITLE_KEYS = ("og:title", "twitter:title")
_DESCRIPTION_KEYS = ("description", "og:description", "twitter:description")
_MOST = 5


@dataclass(frozen=True, slots=True)
class Claims:
    """Texts that the page gives outside its visible body."""

    titles: frozenset[str]
    """Lower case, white space collapsed."""
    title_words: tuple[frozenset[str], ...]
    description_words: tuple[frozenset[str], ...]
    body: str
    """JSON-LD articleBody on one line, or ""."""


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
    short = list(dict.fromkeys(" ".join(title[:300].lower().split()) for title in titles))[:_MOST]
    summaries = dict.fromkeys(description[:600].lower() for description in descriptions)
    return Claims(
        titles=frozenset(short),
        title_words=tuple(frozenset(words_of(title)) for title in short),
        description_words=tuple(
            words for text in list(summaries)[:_MOST] if len(words := frozenset(words_of(text))) > _MOST
        ),
        body=" ".join(body.split()),
    )


def words_of(lower: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(lower)
