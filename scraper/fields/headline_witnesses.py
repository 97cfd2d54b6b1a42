"""What speaks against a heading that no statement for machines confirms: the page's <title> and its address."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from scraper.fields.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scraper.model.evidence import Candidate

__all__ = ["address_share", "address_words", "is_agreed", "is_section", "rest_of_title"]

_MIN_ADDRESS_WORDS = 4
"""Fewer words of an address name a section as often as an article."""
_MAX_ADDRESS_WORDS = 40
_WORDS = re.compile("[a-z]{2,}")
_EXTENSION = re.compile(r"\.[a-z]{2,5}\Z")
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "ı": "i"}
)
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "ı": "i"})
_AGREED = 0.5
"""Share of words in common from which a statement for machines means the heading."""
_STROKES = frozenset("|｜-–—·•»›")
_MIN_LETTERS = 5
_SECTION_WORDS = 2
"""Words of "News", "Our blog": of 47 headings without a word of the <title>, 8 were so short, and one was the headline;
of the longer ones 34 of 39 were."""


def is_agreed(text: str, stated: Iterable[Candidate]) -> bool:
    """Whether a statement for machines, other than the <title>, means this heading."""
    own = fold(text)
    words = set(own.split())
    for candidate in stated:
        if candidate.source != "title":
            other = fold(candidate.value)
            if own in other or other in own:
                return True
            others = set(other.split())
            if len(words & others) >= _AGREED * max(len(words), len(others)):
                return True
    return False


def is_section(text: str, stated: Sequence[Candidate], url: str | None) -> bool:
    """Whether a heading is a word or two that no statement has, nor the page's own part of its address: "News"."""
    words = fold(text).split()
    if not stated or len(words) > _SECTION_WORDS or any(_is_unspaced(word) for word in words):
        return False
    known = {word for candidate in stated for word in fold(candidate.raw).split()}
    return known.isdisjoint(words) and not _is_in_address("".join(words), url)


def _is_in_address(squeezed: str, url: str | None) -> bool:
    """Whether the last part of a path has the letters of a heading, or a word of some letters of it."""
    last = unquote((url or "").partition("?")[0].rstrip("/").rpartition("/")[2])
    letters = "".join(_WORDS.findall(_EXTENSION.sub("", _plain(last, _LETTERS))))
    plain = _plain(squeezed, _LETTERS)
    return len(letters) >= _MIN_LETTERS and (letters in plain or plain in letters)


def _is_unspaced(word: str) -> bool:
    """Whether a word may be a sentence: scripts that write no blanks (Thai, Khmer, Japanese, Chinese)."""
    return any("\u0e00" <= c <= "\u0eff" or "\u1780" <= c <= "\u17ff" or "\u3040" <= c <= "\u9fff" for c in word)


def rest_of_title(text: str, stated: Iterable[Candidate]) -> set[str]:
    """Return what a <title> has besides a heading's words, folded: "Site: Headline", "Headline | Site".

    Before a colon stands a kicker as often as a site, so what is left there is none.
    """
    own = fold(text)
    rests = set()
    for candidate in stated:
        full = fold(candidate.raw) if candidate.source == "title" else ""
        if full.startswith(own + " "):
            rests.add(full[len(own) + 1 :])
        elif full.endswith(" " + own):
            before = candidate.raw[: -len(text)].rstrip()
            if before[-1:] in _STROKES:
                rests.add(fold(before))
    return rests


def address_words(url: str | None) -> frozenset[str]:
    """Return the words of the longest part of an address's path, for that is what names the article; none of few."""
    path = (url or "").partition("://")[2].partition("?")[0].partition("#")[0].partition("/")[2]
    parts = (_WORDS.findall(_EXTENSION.sub("", _plain(unquote(part), _LETTERS))) for part in path.split("/"))
    words = max(parts, key=len, default=[])
    return frozenset(words) if _MIN_ADDRESS_WORDS <= len(words) <= _MAX_ADDRESS_WORDS else frozenset()


def address_share(text: str, address: frozenset[str]) -> float:
    """Return the share of an address's words that a text has, from 0 to 1; "ü" is "u" or "ue" there."""
    if not address:
        return 0.0
    lowered = text.casefold()
    own = {*_WORDS.findall(_plain(lowered, _LETTERS)), *_WORDS.findall(_plain(lowered.translate(_SPELLED), _LETTERS))}
    return len(own & address) / len(address)


def _plain(text: str, letters: dict[int, str]) -> str:
    """Return a text in ASCII letters as far as its letters have one."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    parted = unicodedata.normalize("NFKD", lowered.translate(letters))
    return "".join(c for c in parted if not unicodedata.combining(c))
