"""Pictures of a page: addresses, captions, credits; which are content and which are furniture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from scraper.body.blocks.captions import credit_name, is_credit_label, split_credit
from scraper.fields.bylines.names import is_full_name
from scraper.fields.values import clean
from scraper.page.picture_boxes import is_in_control
from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = [
    "caption_of",
    "credit_in",
    "is_credit",
    "is_furniture",
    "is_furniture_file",
    "key_of",
    "picture_key",
    "same_keys",
    "serial_of",
]

_MAX_CAPTION = 1_000
_FURNITURE = frozenset(
    "logo logos sprite tracking beacon smiley icon icons spinner author authors byline badge button btn qrcode newsletter".split()
)
_STAND_IN = frozenset("pixel 1x1 blank placeholder loading loader transparent profile qr".split())
"""In file names only: lazy pictures have such classes, too."""
_PARTS = ("avatar", "spacer", "emoji", "doubleclick", "scorecardresearch", "sitelogo", "/tr?")
_has_furniture_part = finder(*_PARTS)
_FURNITURE_PATH = re.compile(r"/(?:avatars?|logos?|icons?|ico|emoji|sprites?)/", re.IGNORECASE)
"""Folders of pictures that are no content."""
_OF_NO_STORY = re.compile(
    r"/(?:plugins|themes|wp-includes|typo3conf|bundles|node_modules"
    r"|ads|adverts?|advertisements?|anzeigen|banners|publicidad|sponsors|werbung)/|/werbung[_-]?\d*\.",
    re.IGNORECASE,
)
"""Folders of what a publishing system is made of, whose pictures are on every page; those of advertisements."""
_FOLDERS_OF_NO_STORY = (
    *("/plugins/", "/themes/", "/wp-includes/", "/typo3conf/", "/bundles/", "/node_modules/"),
    *("/ads/", "/advert", "/anzeigen/", "/banners/", "/publicidad/", "/sponsors/", "/werbung"),
)
_may_be_of_no_story = finder(*_FOLDERS_OF_NO_STORY)
_RATIO_SIZES = ([16, 9], [160, 90], [4, 3], [40, 30], [80, 60], [3, 2], [30, 20], [9, 16], [3, 4], [2, 3], [1, 1])
"""Width and height that say no more than how the sides relate."""
_FOLDERS = ("avatar", "logo", "icon", "/ico/", "emoji", "sprite")
_may_be_furniture_path = finder(*_FOLDERS)
"""One of these is in it: quicker to look for, in ASCII; beyond it, case knows more letters."""
_may_be_furniture = finder(
    *(*_FURNITURE, *_STAND_IN, *_PARTS, *_FOLDERS, *_FOLDERS_OF_NO_STORY, ".svg", "gravatar.com")
)
"""One of these is in every class, id and address of furniture, but for sizes: the first look, which most pass."""
_TINY_PATH = re.compile(r"[-/](?:[2-8]\dx\d{2,3}|\d{2,3}x[2-8]\d)[/.]")
"""The size in an address, one side of up to `_TINY` pixels: "teasers-56x56/harbour.jpg"."""
_tells_of_writer = finder(
    "author", "autor", "auteur", "writer", "byline", "avatar", "bio", "contributor", "muhabir", "yazar"
)
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
_CALLED = re.compile(
    r"^(?:(?:image|media|photo|picture|video) caption(?:[,:]\s*|\s+|(?-i:(?=[A-Z\"“'‘])))|(?:bildunterschrift|bildbeschreibung|caption|legende)\s?:\s*)",
    re.IGNORECASE,
)
"""What a caption is called in words that only a reading voice says: "Image caption, The harbour at night"."""
_LARGE = 300
"""Pixels of width or height of a picture that shows a logo, as no page's head does."""
_may_be_credit = finder(
    "credit", "copyright", "source", "photographer", "byline", "author", "autor", "fotograf", "urheber", "quelle", "agency",
    "rights", "attribution", "firma",
)  # fmt: skip
"""In the attributes of an element that names whose a picture is."""
_NAMES_CREDIT = re.compile(
    r'(?:class|id)="(?![^"]*(?:caption|legend|desc|text|info))[^"]*(?:credit|copyright|photographer|courtesy|agency)',
    re.IGNORECASE,
)
"""An element that calls itself a credit."""
_CREDIT_BEFORE = 25
"""Characters before a credit's end that are of the credit, too: "Jane Doe / Agency"."""
_BLOCKS = frozenset({"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "section", "header", "td", "dt", "dd"})
_INLINE = frozenset({"span", "small", "em", "i", "cite", "b", "strong"})
_MAX_NAME = 80
"""Characters of a photographer and the agency."""
_ALPHANUMERIC = re.compile(r"[a-z0-9]+")
_TOKEN = re.compile(r"[^\W_]+")
_INNER_URL = re.compile(r"(?:^|&)[\w-]+=https?:/+([^&]+)")
"""The address of a picture in the query of a service that makes another form of it."""
_VERSION = frozenset(
    """scaled original image images photo jpg jpeg png webp large medium small crop master default max full hd fullhd rc
    wide mobile desktop tablet scale square landscape portrait standard poster file origin resize""".split()
)
"""Words of a file's name, in lower case, that tell of a version, not of the picture."""
_SIZE = re.compile(r"^(?:\d{1,4}[wh]?|\d{2,4}x\d{2,4}|[wh]\d{2,4}|v\d|q\d{2}|thumb\w*)$")
"""The same: numbers and thumbnails."""
_LONGEST_SIZE = 9
"""Characters of a size, "1200x1200"."""
_DATE = re.compile(r"^(?:(?:19|20)\d{6,}|1[3-9]\d{8}(?:\d{3})?)$")
"""A date, or seconds or milliseconds since 1970: pictures that were stored together have it in common."""
_RATIO = re.compile(
    r"(?<!\d)(?:16[-_x:]9|9[-_x:]16|4[-_x:]3|3[-_x:]4|3[-_x:]2|2[-_x:]3|1[-_x:]1|2[-_x:]1|21[-_x:]9)(?!\d)"
)
_TELLING = 6
"""Characters of a number or a hash that two pictures do not share by chance."""
_PIECE = re.compile(r"[^\W_]+(?:[@%=][^\W_]+)*")
_SETTINGS = frozenset({"q", "w", "h", "v", "x", "c", "dpr", "quality", "width", "height", "scale", "version", "t"})
"""Before a number in a file's name, how the picture was made."""
_COUNTED = 3
_LONGEST_COUNT = 4
_CAMERA = re.compile(r"(?:dsc[fn]?|img|imgp|dji|pict|mvi|gopr|pxl|cimg|sam)", re.IGNORECASE)
"""Before the number that a camera gives a picture."""


def is_furniture(snapshot: Snapshot, image: int, attributes: dict[str, str], *, stated: bool = False) -> bool:
    """Whether a picture is an icon, a portrait, a logo or a tracking pixel by its markup, whatever its file.

    The size of one whose caption is `stated` in a <figcaption> may be no more than the ratio of its sides: "160" by "90".
    """
    sizes = [int(v) for n in ("width", "height") if (v := attributes.get(n, "").removesuffix("px")).isdecimal()]
    # a single 0 is a side that the page leaves open, as Arc XP writes it
    if sizes and (max(sizes) == 0 or any(0 < size <= _TINY for size in sizes)):
        ratio = stated and sizes in _RATIO_SIZES and "srcset" in attributes
        if not ratio:
            return True
    own = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()
    if _may_be_furniture(own) and (not _FURNITURE.isdisjoint(_ALPHANUMERIC.findall(own)) or _has_furniture_part(own)):
        return True
    if attributes.get("alt", "")[-5:].lower() == " logo" and max(sizes, default=0) < _LARGE:
        return True
    return is_in_control(snapshot, image) or _in_portrait_box(snapshot, image)


def is_furniture_file(url: str, *, captioned: bool = False) -> bool:
    """Whether a file is an icon, a logo or a tracking pixel by its address; a captioned one's name tells what it shows."""
    if url.isascii() and not _may_be_furniture(url):
        return "x" in url and _TINY_PATH.search(url) is not None
    name = url.rpartition("/")[2].lower()
    words = _ALPHANUMERIC.findall(name)
    if not _STAND_IN.isdisjoint(words) and not _STAND_IN.isdisjoint(_ALPHANUMERIC.findall(name.partition("?")[0])):
        return True
    if not captioned and not _FURNITURE.isdisjoint(words):
        return True
    if _has_furniture_part(name):
        return True
    return (
        ".svg" in url[-40:].lower()
        or "gravatar.com" in url
        or bool((_may_be_furniture_path(url) or not url.isascii()) and _FURNITURE_PATH.search(url))
        or (not captioned and _may_be_of_no_story(url) and _OF_NO_STORY.search(url) is not None)
        or _TINY_PATH.search(url) is not None
    )


def _in_portrait_box(snapshot: Snapshot, image: int) -> bool:
    """Whether a picture is the portrait in a box about an author."""
    around = snapshot.parents[image]
    for _ in range(_MAX_PORTRAIT):
        if around < 0 or snapshot.tags[around] in _NO_PORTRAIT:
            return False
        if snapshot.ends[around] - around > _MAX_CARD:
            return False
        source = snapshot.sources[around]
        if _tells_of_writer(source) and _PORTRAIT_BOX.search(source.lower()):
            return True
        around = snapshot.parents[around]
    return False


def caption_of(material: Material, container: int) -> tuple[str | None, str | None]:
    """Return (caption, credit) of a <figure> or of an element that calls itself a caption."""
    snapshot = material.snapshot
    caption = clean(spaced_text(snapshot, container), _MAX_CAPTION) or ""
    if called := _CALLED.match(caption):
        caption = caption[called.end() :]
    if not caption:
        return None, None
    source = snapshot.sources[container]
    named = _may_be_credit(source) and _NAMES_CREDIT.search(source)
    if named and not _is_caption_too(caption):
        return None, credit_name(credit_in(snapshot, container)) or None
    found: list[str] = []
    end = -1
    for i in range(container + 1, snapshot.ends[container]):
        if i >= end and _may_be_credit(snapshot.sources[i]):
            text = clean(spaced_text(snapshot, i), _MAX_CAPTION)
            if text == caption and _NAMES_CREDIT.search(snapshot.sources[i]) and not _is_caption_too(caption):
                return None, credit_name(credit_in(snapshot, i)) or None
            if text and text != caption and caption.endswith(text):
                found.append(credit_in(snapshot, i))
                caption = caption.removesuffix(text).strip()
                end = snapshot.ends[i]
    if found:
        return caption.strip(" |–—/") or None, credit_name(" ".join(found)) or None
    return _signed(snapshot, container, caption) or _split(caption)


def _is_caption_too(credit: str) -> bool:
    """Whether what calls itself a credit says at its start what the picture shows."""
    text, name = _split(credit)
    return bool(text and name) and (len(text or "") >= _CREDIT_BEFORE or (text or "").endswith((".", "!", "?")))


def spaced_text(snapshot: Snapshot, element: int) -> str:
    """Return the text inside an element, with a blank where a block or a line begins or ends."""
    inner = range(element + 1, snapshot.ends[element])
    starts, ends = snapshot.text_starts, snapshot.text_ends
    blocks = [i for i in inner if snapshot.tags[i] in _BLOCKS]
    if not blocks:
        return snapshot.text(element)
    borders = {starts[i] for i in blocks} | {ends[i] for i in blocks}
    nodes = range(starts[element], ends[element])
    return "".join(" " + snapshot.texts[k] if k in borders else snapshot.texts[k] for k in nodes)


def is_credit(snapshot: Snapshot, element: int) -> bool:
    """Whether an element, or one around it, calls itself a credit."""
    for _ in range(3):
        if element < 0:
            return False
        if _may_be_credit(snapshot.sources[element]):
            return True
        element = snapshot.parents[element]
    return False


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
        whole = clean(spaced_text(snapshot, i), _MAX_CAPTION) or ""
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
    url = url[:2_000]
    path, _, query = (unquote(url) if "%" in url else url).partition("://")[2].partition("?")
    inner = _INNER_URL.search(query) if "http" in query else None
    if inner:
        path = inner[1].partition("?")[0]
    for segment in path.rsplit("/", 5)[:0:-1]:
        stem = segment.rpartition(".")[0] if "." in segment[-6:] else segment
        if "=" in stem[-12:]:
            continue
        pattern = _ALPHANUMERIC if stem.isascii() else _TOKEN
        tokens = set(pattern.findall(stem.lower())) - _VERSION
        words = [t for t in tokens if ((t.isalpha() or len(t) > _LONGEST_SIZE) and t[0] != "t") or not _SIZE.match(t)]
        if words:
            return frozenset(words)
    return frozenset()


def key_of(material: Material, url: str) -> frozenset[str]:
    """Return the key of a picture of a page: the shown ones and those named to machines are often the same."""
    known: dict[str, frozenset[str]] = material.memo.setdefault("picture keys", {})
    if url not in known:
        known[url] = picture_key(url)
    return known[url]


def serial_of(url: str) -> tuple[str, ...]:
    """Return the short numbers in a file's name, which count the pictures of one series: "harbour-1.jpg", "DSC_0614"."""
    name = unquote(url[:2_000]).partition("?")[0].rpartition("/")[2].rpartition(".")[0]
    found: list[str] = []
    before = ""
    for piece in _PIECE.findall(_RATIO.sub("", name)):
        if piece.isdecimal() and before not in _SETTINGS:
            counts = len(piece) < _COUNTED or piece[0] == "0" or _CAMERA.fullmatch(before)
            if counts and len(piece) <= _LONGEST_COUNT:
                found.append(piece.lstrip("0"))
        before = piece.lower()
    return tuple(found)


def same_keys(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two keys are those of versions of one picture."""
    if a.isdisjoint(b):
        return False
    common = a & b
    if len(common) * 3 >= 2 * max(len(a), len(b)):
        return True
    long = [t for t in common if len(t) >= _TELLING and not t.isalpha()]
    # a number or hash in an archive
    return any(any(c.isdigit() for c in t) and not _DATE.match(t) for t in long)
