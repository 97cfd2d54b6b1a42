"""Words of class names and of short texts, with the weights that training gave them.

A token enters the tables only when it occurs on pages of at least four or five different sites, so none names a site.
"""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["EDGE_WORDS", "ClassWords", "class_tokens", "edge_tokens", "first_words"]

_NAMING = frozenset("class id role itemprop data-component data-testid data-module aria-label".split())
_LONGEST = 200
"""Characters of an attribute that are read."""
_ATTRIBUTE = re.compile(rf"\s([^\s=>]+)=\"([^\"]{{1,{_LONGEST}}})")
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LOWER_TOKEN = re.compile(r"[a-z]{2,}")
"""What `_TOKEN` finds where nothing is in upper case, single letters apart."""
_WORD = re.compile(r"\w+")
EDGE_WORDS = 30
_SHORT_TEXT = 160
_COLON_WITHIN = 25


class ClassWords:
    """The words that name the elements of one page, read once an element."""

    __slots__ = ("_of_source", "_sources")

    def __init__(self, sources: list[str]) -> None:
        self._sources = sources
        self._of_source: dict[str, tuple[str, ...]] = {"": ()}

    def of(self, element: int) -> tuple[str, ...]:
        """Return the words of an element; none for -1."""
        source = self._sources[element] if element >= 0 else ""
        found = self._of_source.get(source)
        if found is None:
            found = self._of_source[source] = class_tokens(source)
        return found


def class_tokens(source: str) -> tuple[str, ...]:
    """Return the lower-case words of an element's class, id, role and test names: "wp-postBody" -> wp, post, body.

    Each once, in the order of the page: sums of their weights are the same in every process.
    """
    if source.startswith(' class="') and source.find('"', 8) == len(source) - 1:  # nothing but a class: the usual case
        value = source[8:-1][:_LONGEST]
    else:
        value = " ".join([value for name, value in _ATTRIBUTE.findall(source) if name in _NAMING])
    if not value:
        return ()
    if value.islower():
        return tuple(dict.fromkeys(_LOWER_TOKEN.findall(value)))
    return tuple(dict.fromkeys([word.lower() for word in _TOKEN.findall(value) if len(word) > 1]))


def first_words(lower: str) -> list[str]:
    """Return the first words of a lower-case text: fourteen of a short one, five of a long one."""
    if len(lower) < _SHORT_TEXT:
        return _WORD.findall(lower)[:14]
    return _WORD.findall(lower[:80])[:5]


def edge_tokens(lower: str) -> set[str]:
    """Return what tells a line in the flow of an article that is none of it ("^read more", "source:", "reserved$").

    Words of the start, word pairs of a short text, "^" before what begins the text, "$" after what ends it,
    "!" for a mark at either end.
    """
    words = _WORD.findall(lower[:260])[:EDGE_WORDS]
    if not words:
        return {lower[:3]}
    short = len(words) < EDGE_WORDS
    tokens = set(words if short else words[:8])
    tokens.add("^" + words[0])
    if len(words) > 1:
        tokens.add(f"^{words[0]} {words[1]}")
    if len(words) > 2:  # noqa: PLR2004  # the first three words
        tokens.add(f"^{words[0]} {words[1]} {words[2]}")
    last = _WORD.findall(lower[-60:])[-2:]
    tokens.add(last[-1] + "$" if last else "$")
    tokens.add(" ".join(last) + "$")
    if not lower[0].isalnum():
        tokens.add("!" + lower[0])
    if not lower[-1].isalnum():
        tokens.add(lower[-1] + "!")
    colon = lower.find(":", 0, 40)
    if colon >= 0:
        tokens.add(f"^{lower[:colon]}:" if colon < _COLON_WITHIN else "::")
    if short:
        tokens.update(map(" ".join, pairwise(words)))
    return tokens
