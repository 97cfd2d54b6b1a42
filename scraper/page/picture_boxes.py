"""What stands around a picture and says that it is no picture of the article: a button, a share link, a player."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = ["is_in_control", "is_poster", "link_around"]

_LEVELS = 6
_BOX = 80
"""Elements of a player or of a question for consent at most; what has more is a page."""
_SHARE = re.compile(
    r"facebook\.com/(?:sharer?|dialog|plugins)\b|(?:twitter|x)\.com/(?:share|intent|home\?)|whatsapp(?:://|\.com/send)|//wa\.me/"
    r"|(?:t|telegram)\.me/share|pinterest\.[a-z.]+/pin/create|linkedin\.com/(?:share|cws)|reddit\.com/submit|tumblr\.com/(?:share|widgets)"
    r"|getpocket\.com/|xing\.com/(?:spi|social|app/user)|stumbleupon\.com/|addtoany\.com/|addthis\.com/|flattr\.com/|^mailto:",
    re.IGNORECASE,
)
"""Where a link leads that shares the page."""
_may_share = finder(
    "facebook", "twitter", "x.com", "whatsapp", "wa.me", ".me/share", "pinterest", "linkedin", "reddit", "tumblr", "pocket",
    "xing", "stumble", "addto", "addthis", "flattr", "mailto",
)  # fmt: skip
_may_be_player = finder("video", "player", "vjs-", "connatix", "brightcove", "plyr", "mejs", "youtube", "consent", "gdpr")
_PLAYER = re.compile(
    r'(?:class|id)="[^"]*(?:video-?_?(?:player|slate|poster|thumb|preview|js\b)|vjs-|jw-?player|jw-preview|connatix|brightcove'
    r"|\bplyr|\bmejs|(?<![a-z])player(?![a-z])|youtube_?-?(?:prefs|player|thumb|placeholder)|lite-youtube|gdpr|(?<![a-z])consent)",
    re.IGNORECASE,
)
"""The box of a player, or of what asks before it shows one."""


def link_around(snapshot: Snapshot, image: int) -> int:
    """Return the link that a picture is in, or -1."""
    around = snapshot.parents[image]
    for _ in range(_LEVELS):
        if around < 0 or snapshot.tags[around] == "a":
            return around
        around = snapshot.parents[around]
    return -1


def is_in_control(snapshot: Snapshot, image: int) -> bool:
    """Whether a picture is drawn on a button, or on a link that shares the page."""
    around = snapshot.parents[image]
    for _ in range(_LEVELS):
        if around < 0:
            return False
        tag = snapshot.tags[around]
        if tag == "button":
            # one around a whole figure enlarges it
            return "figure" not in snapshot.tags[around:image] and not _is_around_content(snapshot, around)
        if tag == "a":
            href = snapshot.attribute(around, "href") or ""
            return _may_share(href) and _SHARE.search(href) is not None
        around = snapshot.parents[around]
    return False


def _is_around_content(snapshot: Snapshot, button: int) -> bool:
    """Whether a button enlarges the picture in it: it stands in a figure, or calls itself a gallery or a zoom."""
    source = snapshot.sources[button]
    if _enlarges(source):
        return True
    around = snapshot.parents[button]
    for _ in range(_LEVELS):
        if around < 0:
            return False
        if snapshot.tags[around] == "figure":
            return True
        around = snapshot.parents[around]
    return False


_enlarges = finder("zoom", "lightbox", "galler", "enlarge", "fullscreen", "image", "photo", "expand")


def is_poster(snapshot: Snapshot, image: int) -> bool:
    """Whether a picture is what a player shows before it plays, or what stands for it until the reader consents."""
    around = snapshot.parents[image]
    for _ in range(_LEVELS):
        if around < 0 or snapshot.ends[around] - around > _BOX:
            return False
        source = snapshot.sources[around]
        if _may_be_player(source) and _PLAYER.search(source):
            return True
        around = snapshot.parents[around]
    return False
