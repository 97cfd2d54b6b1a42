"""What stands around a picture and says that it is no picture of the article: a button, a share link, a player."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from scraper.page.words import finder

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.page.snapshot import Snapshot

__all__ = ["gallery_behind", "is_in_control", "is_poster", "link_around"]

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
    *("facebook", "twitter", "x.com", "whatsapp", "wa.me", ".me/share", "pinterest", "linkedin", "reddit", "tumblr"),
    *("pocket", "xing", "stumble", "addto", "addthis", "flattr", "mailto"),
)
_may_be_player = finder(
    *("video", "player", "vjs-", "connatix", "brightcove", "plyr", "mejs", "youtube", "consent", "gdpr"),
)
_PLAYER = re.compile(
    r'(?:class|id)="[^"]*(?:video-?_?(?:player|slate|poster|thumb|preview|js\b)|vjs-|jw-?player|jw-preview|connatix|brightcove'
    r"|\bplyr|\bmejs|(?<![a-z])player(?![a-z])|youtube_?-?(?:prefs|player|thumb|placeholder)|lite-youtube|gdpr|(?<![a-z])consent)",
    re.IGNORECASE,
)
"""The box of a player, or of what asks before it shows one."""


_OUTER = 2
"""Levels above what holds the whole text that may hold its gallery, too."""
_GALLERY = 1_500
"""Elements behind the text that are looked at."""
_LINES = 80
"""Characters between two pictures, without their captions, that are no text of something else."""
_ENDS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "form", "nav", "footer", "aside", "button", "input", "article"})
_WHOLE = frozenset({"html", "body", "main"})
_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)", re.IGNORECASE)
_captions = finder("caption", "legend", "bildunter", "bildtext", "credit", "copyright")


def gallery_behind(snapshot: Snapshot, first: int, last: int, pictures: Callable[[int, int], list[int]]) -> list[int]:
    """Return the pictures that follow a text, without anything else between: its gallery.

    Each stands in a figure, in a box with a caption, or in a link to its own file, so banners are left out.

    Args:
        snapshot: the page.
        first: the element of the text's first paragraph.
        last: that of its last.
        pictures: gives the elements that show a picture, in document order, from an element to the one before another.

    """
    behind = snapshot.ends[last]
    parted = snapshot.memo.setdefault("parted", {})
    if last not in parted:  # the body asks, and so do the fields
        parted[last] = _parted_at(snapshot, last)
    if not pictures(behind, parted[last]):
        return []
    end = snapshot.ends[_box_of_text(snapshot, first, last)]
    images = pictures(behind, end)
    known = snapshot.memo.get("gallery")
    if known and known[0] == (first, last, images):  # as above
        gallery: list[int] = known[1]
        return gallery
    found = _gallery(snapshot, images, range(behind, min(end, behind + _GALLERY)))
    snapshot.memo["gallery"] = ((first, last, images), found)
    return found


def _gallery(snapshot: Snapshot, images: list[int], inside: range) -> list[int]:
    """Return those of the pictures behind a text that are its gallery."""
    at = 0
    found: list[int] = []
    chars = 0
    element = inside.start
    while element < inside.stop and chars <= _LINES and snapshot.tags[element] not in _ENDS:
        if at < len(images) and images[at] == element:
            at += 1
            if _is_shown_as_such(snapshot, element):
                found.append(element)
                chars = 0
        elif _is_caption_of_gallery(snapshot, element, images):
            element = snapshot.ends[element]
            continue
        else:
            chars += _own_chars(snapshot, element)
        element += 1
    return found


def _parted_at(snapshot: Snapshot, last: int) -> int:
    """Return the first element behind the last paragraph with more text between than a caption's."""
    chars = 0
    texts = snapshot.texts
    for k in range(snapshot.text_ends[last], len(texts)):
        chars += len(texts[k].strip())
        if chars > _LINES:
            return bisect_right(snapshot.text_starts, k, snapshot.ends[last])
    return len(snapshot.tags)


def _box_of_text(snapshot: Snapshot, first: int, last: int) -> int:
    """Return the element around a whole text, and around the gallery beside it."""
    parents, tags = snapshot.parents, snapshot.tags
    box = last
    while parents[box] >= 0 and tags[parents[box]] not in _WHOLE and not box <= first < snapshot.ends[box]:
        box = parents[box]
    for _ in range(_OUTER):
        if parents[box] >= 0 and tags[parents[box]] not in _WHOLE and tags[box] != "article":
            box = parents[box]
    return box


def _is_shown_as_such(snapshot: Snapshot, image: int) -> bool:
    """Whether a picture stands in a figure, in a box with a caption, or in a link to its own file."""
    around = snapshot.parents[image]
    for _ in range(_LEVELS):
        if around < 0:
            return False
        if snapshot.tags[around] == "figure" or _captions(snapshot.sources[around]):
            return True
        if snapshot.tags[around] == "a":
            return _FILE.search(snapshot.attribute(around, "href") or "") is not None
        around = snapshot.parents[around]
    return False


def _is_caption_of_gallery(snapshot: Snapshot, element: int, images: list[int]) -> bool:
    """Whether an element holds a caption, and no picture."""
    if snapshot.tags[element] != "figcaption" and not _captions(snapshot.sources[element]):
        return False
    return bisect_left(images, snapshot.ends[element]) == bisect_left(images, element)


def _own_chars(snapshot: Snapshot, element: int) -> int:
    """Return the characters that an element holds itself, without those inside it."""
    start, end = snapshot.text_starts[element], snapshot.text_ends[element]
    return sum([len(snapshot.texts[k].strip()) for k in range(start, end) if snapshot.text_parents[k] == element])


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
