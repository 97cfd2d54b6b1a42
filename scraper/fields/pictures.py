"""Pictures of a page: addresses, captions, credits; which are content and which are furniture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from scraper.body.captions import credit_name, is_credit_label, split_credit
from scraper.fields.names import is_full_name
from scraper.fields.values import clean

if TYPE_CHECKING:
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["caption_of", "credit_in", "is_furniture", "is_furniture_file", "picture_key", "same_keys"]

_MAX_CAPTION = 1_000
_FURNITURE = frozenset(
    "logo logos sprite tracking beacon smiley icon icons spinner author authors byline badge button btn qrcode newsletter".split()
)
_STAND_IN = frozenset("pixel 1x1 blank placeholder loading loader transparent profile qr".split())
"""In file names only: lazy pictures have such classes, too."""
_FURNITURE_PARTS = ("avatar", "spacer", "emoji", "doubleclick", "scorecardresearch", "sitelogo", "/tr?")
_FURNITURE_PATH = re.compile(r"/(?:avatars?|logos?|icons?|emoji|sprites?)/", re.IGNORECASE)
"""Folders of pictures that are no content."""
_ABOUT_WRITER = ("author", "autor", "auteur", "writer", "byline", "avatar", "bio", "contributor", "muhabir", "yazar")
_PORTRAIT_BOX = re.compile(
    r"(?:class|id)=\"[^\"]*(?:author|autor|auteur|writer|byline|avatar|(?<![a-z])bio(?![a-z])|contributor|muhabir|yazar)"
)
"""Boxes about the person who wrote, in lower case; few have one of these words anywhere."""
_MAX_PORTRAIT = 4
"""Levels around a portrait in which its box calls itself so."""
"""In the class, the id or the file name of pictures that are no content."""
_NO_PORTRAIT = frozenset({"figure", "figcaption", "article", "main", "body", "html"})
_MAX_CARD = 40
"""Elements of a box about an author at most."""
_MAX_SOURCES = 6
_TINY = 90
"""Pixels of width or height up to which a picture is an icon or a portrait beside a byline."""
_CREDIT_CLASS = re.compile(
    "credit|copyright|source|photographer|byline|author|autor|fotograf|urheber|quelle|agency|rights|attribution|firma"
)
"""In the attributes of an element that names whose a picture is, in lower case."""
_INLINE = frozenset({"span", "small", "em", "i", "cite", "b", "strong"})
_MAX_NAME = 80
"""Characters of a photographer and the agency."""
_ALPHANUMERIC = re.compile(r"[a-z0-9]+")
_TOKEN = re.compile(r"[^\W_]+")
_VERSION = frozenset(
    """scaled original image images photo jpg jpeg png webp large medium small crop master default max full hd fullhd rc
    wide mobile desktop tablet scale square landscape portrait standard poster file origin resize""".split()
)
"""Words of a file's name, in lower case, that tell of a version, not of the picture."""
_SIZE = re.compile(r"^(?:\d{1,4}[wh]?|\d{2,4}x\d{2,4}|[wh]\d{2,4}|v\d|q\d{2}|thumb\w*)$")
"""The same: numbers and thumbnails."""
_DATE = re.compile(r"^(?:19|20)\d{6,}$")


def is_furniture(snapshot: Snapshot, image: int, attributes: dict[str, str]) -> bool:
    """Whether a picture is an icon, a portrait, a logo or a tracking pixel by its markup, whatever its file."""
    sizes = [int(v) for n in ("width", "height") if (v := attributes.get(n, "").removesuffix("px")).isdecimal()]
    # a single 0 is a side that the page leaves open, as Arc XP writes it
    if sizes and (max(sizes) == 0 or any(0 < size <= _TINY for size in sizes)):
        return True
    own = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()
    if own != " " and (not _FURNITURE.isdisjoint(_ALPHANUMERIC.findall(own)) or _has_furniture_part(own)):
        return True
    return (attributes.get("alt") or "").lower().endswith(" logo") or _in_portrait_box(snapshot, image)


def is_furniture_file(url: str, *, captioned: bool = False) -> bool:
    """Whether a file is an icon, a logo or a tracking pixel by its address; a captioned one's name tells what it shows."""
    name = url.rpartition("/")[2].lower()
    words = _ALPHANUMERIC.findall(name)
    if not _STAND_IN.isdisjoint(words) and not _STAND_IN.isdisjoint(_ALPHANUMERIC.findall(name.partition("?")[0])):
        return True
    if not captioned and not _FURNITURE.isdisjoint(words):
        return True
    if _has_furniture_part(name):
        return True
    return ".svg" in url[-40:].lower() or "gravatar.com" in url or bool(_FURNITURE_PATH.search(url))


def _has_furniture_part(name: str) -> bool:
    return any([part in name for part in _FURNITURE_PARTS])  # noqa: C419  # quicker


def _in_portrait_box(snapshot: Snapshot, image: int) -> bool:
    """Whether a picture is the portrait in a box about an author."""
    around = snapshot.parents[image]
    for _ in range(_MAX_PORTRAIT):
        if around < 0 or snapshot.tags[around] in _NO_PORTRAIT:
            return False
        if snapshot.ends[around] - around > _MAX_CARD:
            return False
        source = snapshot.sources[around].lower()
        if any([word in source for word in _ABOUT_WRITER]) and _PORTRAIT_BOX.search(source):  # noqa: C419  # quicker
            return True
        around = snapshot.parents[around]
    return False


def caption_of(material: Material, container: int) -> tuple[str | None, str | None]:
    """Return (caption, credit) of a <figure> or of an element that calls itself a caption."""
    snapshot = material.snapshot
    caption = clean(snapshot.text(container), _MAX_CAPTION)
    if not caption:
        return None, None
    found: list[str] = []
    end = -1
    for i in range(container + 1, snapshot.ends[container]):
        if i < end or not snapshot.sources[i]:
            continue
        if _CREDIT_CLASS.search(snapshot.sources[i].lower()):
            text = clean(snapshot.text(i), _MAX_CAPTION)
            if text and text != caption and caption.endswith(text):
                found.append(credit_in(snapshot, i))
                caption = caption.removesuffix(text).strip()
                end = snapshot.ends[i]
    if found:
        return caption.strip(" |–—/") or None, credit_name(" ".join(found)) or None
    return _signed(snapshot, container, caption) or _split(caption)


def credit_in(snapshot: Snapshot, element: int) -> str:
    """Return the text of a credit's element without the nodes that are a label alone ("Credit", "Photo:")."""
    nodes = snapshot.texts[snapshot.text_starts[element] : snapshot.text_ends[element]]
    kept = [node for node in nodes if not is_credit_label(node)]
    return clean("".join(kept), _MAX_CAPTION) or ""


def _signed(snapshot: Snapshot, container: int, caption: str) -> tuple[str | None, str | None] | None:
    """Return (caption, credit) of a caption that ends in an element of its own with nothing but a name in it."""
    inner = [i for i in range(container + 1, snapshot.ends[container]) if snapshot.tags[i] in _INLINE][-_MAX_SOURCES:]
    for i in inner:
        if snapshot.text_ends[i] < snapshot.text_ends[container] and any(
            t.strip() for t in snapshot.texts[snapshot.text_ends[i] : snapshot.text_ends[container]]
        ):
            continue
        whole = clean(snapshot.text(i), _MAX_CAPTION) or ""
        if not whole or whole == caption or not caption.endswith(whole):
            continue
        name = credit_name(credit_in(snapshot, i))
        before = caption.removesuffix(whole).rstrip(" |–—/")
        signed = name and (name != whole or (before.endswith((".", "!", "?", "”", "»")) and is_full_name(name)))
        if before and signed and len(name) <= _MAX_NAME:
            return before, name
    return None


def _split(caption: str) -> tuple[str | None, str | None]:
    """Return (caption, credit) of a caption that names its photographer at the end."""
    text, credit = split_credit(caption)
    return text.strip(" |–—/") or None, (credit_name(credit) or None) if credit else None


def picture_key(url: str) -> frozenset[str]:
    """Return the parts of an address that identify the picture whatever its size: the words of the file's name."""
    path, _, query = unquote(url[:2_000]).partition("://")[2].partition("?")
    if "url=" in query:
        path = query.partition("url=")[2].partition("&")[0].partition("?")[0]
    for segment in path.rsplit("/", 5)[:0:-1]:
        stem = segment.rpartition(".")[0] if "." in segment[-6:] else segment
        if "=" in stem[-12:]:
            continue
        words = [t for t in _TOKEN.findall(stem.lower()) if t not in _VERSION and not _is_size(t)]
        if words:
            return frozenset(words)
    return frozenset()


def _is_size(word: str) -> bool:
    return not (word.isalpha() and word[0] != "t") and _SIZE.match(word) is not None


def same_keys(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two keys are those of versions of one picture."""
    if a.isdisjoint(b):
        return False
    common = a & b
    telling = any(len(t) >= 6 and any(c.isdigit() for c in t) and not _DATE.match(t) for t in common)  # noqa: PLR2004  # a number or hash in an archive
    return telling or len(common) * 3 >= 2 * max(len(a), len(b))
