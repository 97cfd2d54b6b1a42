"""Why a page is no article, in words that say what to do: what it is besides, looked up only for pages refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.page.shell import is_script_shell, length_of

if TYPE_CHECKING:
    from scraper.model.article import PageType
    from scraper.page.page import Page
    from scraper.page.snapshot import Snapshot

__all__ = ["refusal_of"]

_FEED = re.compile(
    rb"(?:<\?xml[^>]{0,300}>|<!--[^>]{0,2000}-->|\s++)*+<(rss|feed|rdf:rdf|urlset|sitemapindex)\b", re.IGNORECASE
)
_ONE_WORD = re.compile(rb"\s*(?:(https?://\S+)|[^\s<>]+\.(?:html?|mht(?:ml)?|txt))\s*", re.IGNORECASE)
_ADDRESS_BYTES = 2_000
_HEAD = 5_000
"""Bytes in which a feed's first element stands."""
_SITEMAPS = frozenset({b"urlset", b"sitemapindex"})
_SURE = frozenset({"consent_wall", "bot_check", "error_page"})
"""Walls are known by their words; nothing else needs to be said."""
_FORM = 1_500
"""Characters of text that a page may have beside a form to log in, as beside other walls (`page_walls`)."""
_FEW_WORDS = 60
_FEW_LINKS = 10
_FRAMES = 3
"""Frames that are named, at most."""
_ADDRESS = 80


def refusal_of(reason: str, kind: PageType, page: Page) -> str:
    """Return why a page was refused.

    Args:
        reason: what the verdict on the page says.
        kind: of the page, by that verdict.
        page: that was refused.

    """
    if kind in _SURE:
        return reason
    if other := _no_page(page.source):
        return other
    text = " ".join(page.snapshot.texts)
    if hint := _besides(page, length_of(text, _FORM)):
        return f"{reason}; {hint}"
    words = len(text.split(None, _FEW_WORDS))
    if kind == "listing" and words < _FEW_WORDS and page.snapshot.tags.count("a") < _FEW_LINKS:
        more = "" if page.url else ": its URL (--url) would tell more"
        count = f"{words} words are" if words != 1 else "one word is"
        return f"its {count} too few to tell it from a list or a service page{more}"
    return reason


def _no_page(source: bytes) -> str | None:
    """Return what a text is that was given in place of a page; None where it may be one."""
    if not source.strip():
        return "there is nothing in it"
    feed = _FEED.match(source[:_HEAD])
    if feed:
        what = "a sitemap" if feed[1].lower() in _SITEMAPS else "a feed"
        return f"{what}, not a page: `scraper discover` lists the articles that it names"
    word = _ONE_WORD.fullmatch(source) if len(source) <= _ADDRESS_BYTES else None
    if word is None:
        return None
    if word[1]:
        return "a URL, not the page at it: `scraper get` and `Scraper().get` fetch it"
    return "the name of a file, not the page in it: `scraper extract` and `Path(...).read_bytes()` read it"


def _besides(page: Page, length: int) -> str | None:
    """Return what else a page has, or where its text is; `length`: characters of its own, or above `_FORM`."""
    snapshot = page.snapshot
    if length <= _FORM:
        if any(snapshot.attribute(i, "type") == "password" for i in snapshot.elements("input")):
            return "it asks its readers to log in"
        if frames := _frames(snapshot):
            return f"it shows other pages in frames: {', '.join(frames)}"
    return "scripts are to build it: --render auto lets a browser do so" if is_script_shell(page) else None


def _frames(snapshot: Snapshot) -> list[str]:
    """Return the addresses of frames that readers may see, as written."""
    seen = [i for tag in ("frame", "iframe") for i in snapshot.elements(tag) if not _is_unseen(snapshot, i)]
    found = [snapshot.attribute(i, "src") or "" for i in seen]
    return [src[:_ADDRESS] for src in found if src and not src.startswith(("about:", "javascript:", "data:"))][:_FRAMES]


def _is_unseen(snapshot: Snapshot, frame: int) -> bool:
    """Whether a frame has no size: those of scripts that count visits."""
    style = (snapshot.attribute(frame, "style") or "").replace(" ", "").lower()
    return "0" in {snapshot.attribute(frame, "width"), snapshot.attribute(frame, "height")} or "display:none" in style
