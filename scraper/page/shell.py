"""Script shells: pages that hold next to no text of their own; a script is to build them in the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.page.page import Page

__all__ = ["is_script_shell", "length_of"]

_HARDLY_ANY = 400
"""Characters of text that a page of scripts shows at most: a name, a spinner's "Loading", a cookie notice."""
_LITTLE = 3000
"""The same where the page shows the place that a script is to fill: its menu may be there already."""
_PIECE = 2
"""Times as many characters are looked at at once, as are to be told apart."""
_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""All white space; to count each is five times as fast as to split a text."""
_MOUNT = re.compile(
    r"\b(?:id|class)=\"[^\"]{0,100}?(?:\b|_)(?:root|app|next|nuxt|gatsby|ember|react|vue|svelte|angular|mount|spa|page-content"
    r"|main-content|article|content|main)(?:\b|_)",
    re.IGNORECASE,
)
"""What frameworks and their users call the element that a script fills."""
_RUNS = re.compile(
    rb"<script\b(?![^>]*?\btype\s*=\s*[\"']?(?:application|text)/(?:[\w.+-]*json|template|html|x-))", re.IGNORECASE
)
"""A script that a browser runs, not a block of data (HTML standard, 4.12.1)."""
_NEEDS_SCRIPT = re.compile(r"java\s?script", re.IGNORECASE)
_may_need_script = finder("java")
"""This is in it: quicker to look for."""
_CONTAINERS = frozenset("div main section article".split())


def is_script_shell(page: Page) -> bool:
    """Return whether a page looks as if a script were to build what it is about; meant for pages without an article."""
    memo = page.snapshot.memo
    if "script shell" not in memo:  # the body asks, and so does the reason of a refusal
        memo["script shell"] = _is_shell(page)
    return memo["script shell"] is True


def _is_shell(page: Page) -> bool:
    if not _RUNS.search(page.source):
        return False
    snapshot = page.snapshot
    silent = [(i, snapshot.text(i)) for i in snapshot.elements("noscript")]
    unseen = sum(len(text) for _, text in silent)
    shown = length_of("".join(snapshot.texts), _LITTLE + unseen) - unseen
    if shown > _LITTLE:
        return False
    return (
        shown <= _HARDLY_ANY
        or any(_may_need_script(text) and _NEEDS_SCRIPT.search(text) for _, text in silent)
        or _has_empty_mount(page)
    )


def length_of(text: str, most: int) -> int:
    """Return how many characters a text has, white space collapsed; beyond `most`, some number above that."""
    size = _PIECE * max(most, 1)
    found = 0
    for start in range(0, len(text), size) if len(text) > most else ():
        piece = text[start : start + size]
        found += len(piece) - sum(map(piece.count, _SPACES))
        if found > most:
            return found
    return len(" ".join(text.split()))


def _has_empty_mount(page: Page) -> bool:
    snapshot = page.snapshot
    return any(
        (tag in _CONTAINERS or "-" in tag)
        and ("-" in tag or _MOUNT.search(snapshot.sources[i]))
        and not snapshot.text(i)
        for i, tag in enumerate(snapshot.tags)
    )
