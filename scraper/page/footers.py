"""The footers of articles, which the snapshot leaves out with the site's: read only where a page says too little."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from scraper.page.snapshot import Snapshot, snapshot_of
from scraper.page.words import places_in

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["article_footers"]

_MOST = 20
_MAX_HTML = 20_000
"""Characters; a longer one is the site's."""
_ARTICLES = re.compile(r"entry|post|article|node|meta|author|byline|story", re.IGNORECASE)
_OTHERS = re.compile(r"teaser|card|comment|page-|site|related|widget|global", re.IGNORECASE)
"""In classes: of other articles, of comments, of the site."""
_START = b"<footer"
_ATTRIBUTES = re.compile(rb"""(?:[^>"']++|"[^"]*"|'[^']*')*+""")


def article_footers(source: bytes) -> Snapshot | None:
    """Return what stands in <footer> elements of articles, as one snapshot; None where there are none.

    Themes put author and date there: `<footer class="entry-meta">`. It costs a parse of the page, which is spared where
    no start tag has such a name in it.
    """
    if not any(_ARTICLES.search(tag) for tag in _start_tags(source)):
        return None
    parts: list[str] = []
    for node in LexborHTMLParser(source).css("footer")[:_MOST]:
        named = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        html = node.html or ""
        if _ARTICLES.search(named) and not _OTHERS.search(named) and len(html) <= _MAX_HTML:
            parts.append(html)
    return snapshot_of("".join(parts), whole=True) if parts else None


def _start_tags(source: bytes) -> Iterator[str]:
    """Yield what stands in the start tags of footers."""
    end = 0
    for at in places_in(_START, source):
        tag = _ATTRIBUTES.match(source, at + len(_START)) if at >= end else None
        if tag:
            end = tag.end()
            yield tag[0].decode("utf-8", "replace")
