"""Pictures: which file an <img>, <picture> or <figure> shows, at its largest, and which ones are no pictures at all."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from scraper.page.links import absolute
from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = [
    "IMAGE_TAGS",
    "Picture",
    "attributes_of_image",
    "custom_pictures",
    "largest_file",
    "picture_of",
    "read_srcset",
]

IMAGE_TAGS = frozenset({"img", "amp-img", "image"})
"""Elements that show one picture file."""
_CUSTOM_TAG = re.compile(r"(?:^|-)(?:image|img|picture|photo)(?:-|$)")
"""In the name of a custom element that shows one: "lazy-image", "storefront-image", "a-img"."""

_SRCSETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-src-set", "data-sizes-srcset", "data-original-set")
_FULL = ("data-orig-file", "data-large-file", "data-full-url", "data-full-src", "data-hi-res-src", "data-zoom-image")
"""The original beside a smaller view: gallery and zoom plug-ins."""
_LAZY = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-lazy",
    "data-lazyload",
    "data-echo",
    "data-image",
    "data-image-src",
    "data-img-src",
    "data-td-src",
    "data-url",
    "lazy-src",
    "original",
)
"""Where lazy-loading scripts keep the URL while `src` holds a placeholder."""
_NAMES_OF_SETS, _NAMES_OF_FULL, _NAMES_OF_LAZY = frozenset(_SRCSETS), frozenset(_FULL), frozenset(_LAZY)
_CANDIDATE = re.compile(r"([^\s,]\S*)((?<!,)\s[^,]*)?")
"""One image candidate string (HTML standard, 4.8.4.2.1): a URL may hold commas, not end with one."""
_DESCRIPTOR = re.compile(r"(\d{1,6}|\d{0,6}\.\d{1,6})([wx])\b")
_DIGITS = 6
_NUMBER = re.compile(rf"\s*(\d{{1,{_DIGITS}}})(?:\.\d+)?\s*(?:px)?\s*$")
_STAND_IN = re.compile(
    r"/(?:(?:[^/?#]*[-_.])?(?:placeholder|spacer|1x1|loader|default-?image|no-?image|dummy)(?:[-_.][^/?#]*)?"
    r"|(?:[^/?#_.-]*[-_.])?(?:blank|transparent|pixel|lazy|loading|grey|gray|empty)(?:[-_.][^/?#_.-]*){0,2})(?:[?#]|$)"
)
"""In the address of a picture that stands in for another one, in lower case; "empty-wooden-chair-4711.jpg" is none."""
_may_stand_in = finder(
    "blank", "placeholder", "spacer", "transparent", "pixel", "1x1", "lazy", "loading", "loader", "grey", "gray",
    "empty", "default", "no-image", "noimage", "dummy",
)  # fmt: skip
"""One of these is in it: quicker to look for."""
_DECORATION = re.compile(
    r"(?:^|[\s_-])(?:avatars?|gravatar|emoji|emoticon|smil(?:ey|ies)|icons?|favicon|logo|sprite|spinner|tracking|tracker|"
    r"pixel|beacon|byline|author-?(?:image|photo|pic(?:ture)?|thumb|img)|user-?pic|captcha)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DECORATION_FILE = re.compile(
    r"[/_.=-](?:avatars?|gravatar|emoji|smil(?:ey|ies)|favicon|sprite|spinner|pixel|beacon|logo)(?:$|[_/.&?-])|\.svg(?:[?#]|$)",
    re.IGNORECASE,
)
_may_be_decoration = finder(
    "avatar", "gravatar", "emoji", "emoticon", "smil", "icon", "logo", "sprite", "spinner", "track", "pixel", "beacon",
    "byline", "author", "user", "captcha", ".svg",
)  # fmt: skip
"""One of these is in what either pattern finds: quicker to look for, in ASCII; beyond it, case knows more letters."""
_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)", re.IGNORECASE)
_SIZE_SUFFIX = re.compile(r"(?:[-_.]?\d{2,4}x\d{2,4}|[-_](?:thumb(?:nail)?|small|medium|scaled))?\.\w{3,4}(?:\?.*)?$")
_SMALL = 48
"""Pixels; a picture declared narrower or lower than this is an icon, a smiley or a tracking pixel."""
_RATIOS = frozenset({(16, 9), (4, 3), (3, 2), (3, 4), (2, 3), (9, 16)})
_LAYERS = 40
"""Elements of one figure that are looked at."""


class Picture(NamedTuple):
    """One picture of the page."""

    url: str
    """Absolute http(s) URL of the largest version that the page offers."""
    width: int | None = None
    """Pixels, as declared for that version."""
    height: int | None = None
    alt: str | None = None


def custom_pictures(snapshot: Snapshot) -> list[int]:
    """Return the custom elements that a script turns into pictures: with a file's address, without an <img> inside."""
    if "custom pictures" not in snapshot.memo:  # the body asks for them, and so do the fields
        snapshot.memo["custom pictures"] = _custom_pictures(snapshot)
    found: list[int] = snapshot.memo["custom pictures"]
    return found


def _custom_pictures(snapshot: Snapshot) -> list[int]:
    tags = snapshot.tags
    names = {tag for tag in set(tags) if "-" in tag and _CUSTOM_TAG.search(tag)} - IMAGE_TAGS
    if not names:
        return []
    return [
        i
        for i, tag in enumerate(tags)
        if tag in names and "src" in snapshot.sources[i] and "img" not in tags[i + 1 : snapshot.ends[i]]
    ]


def picture_of(snapshot: Snapshot, element: int, base_url: str | None) -> Picture | None:
    """Return the picture that an <img>, <amp-img>, <picture> or <figure> shows.

    None for what is no picture of the article by its own markup: tracking pixels, icons, avatars, logos, stand-ins of
    lazy loading without the real file, and elements without any image.
    """
    tags = snapshot.tags
    if tags[element] in IMAGE_TAGS or ("-" in tags[element] and _CUSTOM_TAG.search(tags[element])):
        return _read(snapshot, element, base_url)
    for inner in range(element + 1, min(snapshot.ends[element], element + _LAYERS)):
        if tags[inner] in IMAGE_TAGS and (picture := _read(snapshot, inner, base_url)):
            return picture
    return None


def read_srcset(srcset: str) -> list[tuple[str, float, str]]:
    """Return the (URL, number, unit) of each candidate, unit "w" or "x"; (URL, 1.0, "x") where none is given."""
    if (plain := _plain_candidates(srcset)) is not None:
        return plain
    found = []
    for url, descriptors in _CANDIDATE.findall(srcset):
        match = _DESCRIPTOR.search(descriptors) if descriptors else None
        found.append((url.rstrip(","), float(match[1]), match[2]) if match else (url.rstrip(","), 1.0, "x"))
    return found


def _plain_candidates(srcset: str) -> list[tuple[str, float, str]] | None:
    """Return what `read_srcset` does where each candidate is an address and a whole number, as nearly always."""
    found = []
    for part in srcset.split(","):
        words = part.split()
        if len(words) != 2:  # noqa: PLR2004  # said above
            return None
        url, descriptor = words
        number, unit = descriptor[:-1], descriptor[-1]
        if unit not in "wx" or len(number) > _DIGITS or not number.isdecimal():
            return None
        found.append((url, float(number), unit))
    return found


def _read(snapshot: Snapshot, image: int, base_url: str | None) -> Picture | None:
    attributes = attributes_of_image(snapshot, image)
    width, height = _declared_size(attributes)
    if _is_decoration(attributes, width, height):
        return None
    url, best_width = largest_file(snapshot, image, attributes, base_url)
    if url is None or (_is_found(_DECORATION_FILE, url) and not _is_big(width, height)):
        return None
    if best_width and best_width != width:
        height = round(best_width * height / width) if width and height else None
        width = best_width
    return Picture(url, width, height, " ".join(attributes.get("alt", "").split()) or None)


def _declared_size(attributes: dict[str, str]) -> tuple[int | None, int | None]:
    """Return (width, height) in pixels; (None, None) where the two only give a ratio such as 16 to 9."""
    width, height = _pixels(attributes.get("width")), _pixels(attributes.get("height"))
    if (width, height) in _RATIOS or (attributes.get("layout") == "responsive" and (width or 0) < _SMALL):
        return None, None
    return width, height


def attributes_of_image(snapshot: Snapshot, image: int) -> dict[str, str]:
    """Return the attributes of an element that shows a picture; several readers ask for them."""
    known: dict[int, dict[str, str]] = snapshot.memo.setdefault("attributes of images", {})
    if image not in known:
        known[image] = snapshot.attributes(image)
    return known[image]


def largest_file(
    snapshot: Snapshot, image: int, attributes: dict[str, str], base_url: str | None
) -> tuple[str | None, int | None]:
    """Return the absolute URL of the largest version of an <img> and its width in pixels where a srcset tells it.

    Args:
        snapshot: the page.
        image: the element.
        attributes: its attributes, read before.
        base_url: where relative addresses start.

    """
    known = snapshot.memo.setdefault("largest files", {})
    if (image, base_url) not in known:  # the body asks for the pictures in it, and so do the fields
        known[image, base_url] = _largest_file(snapshot, image, attributes, base_url)
    found: tuple[str | None, int | None] = known[image, base_url]
    return found


def _largest_file(
    snapshot: Snapshot, image: int, attributes: dict[str, str], base_url: str | None
) -> tuple[str | None, int | None]:
    for name in () if _NAMES_OF_FULL.isdisjoint(attributes) else _FULL:
        if name in attributes and (url := _usable(attributes[name], base_url)):
            return url, None
    sources = [s for s in (attributes, *_sources(snapshot, image)) if not _NAMES_OF_SETS.isdisjoint(s)]
    sets = [source[name] for source in sources for name in _SRCSETS if name in source]
    candidates = [candidate for srcset in sets for candidate in read_srcset(srcset)]
    if candidates:
        width = _declared_size(attributes)[0] or 1
        sized = [(number if unit == "w" else number * width, url) for url, number, unit in candidates]
        sized.sort(key=itemgetter(0), reverse=True)
        if any([".svg" in srcset for srcset in sets]):  # noqa: C419  # quicker
            # a drawing beside photographs stands in for them until they are loaded
            sized.sort(key=lambda one: ".svg" in one[1])
        for pixels, candidate in sized:
            if url := _usable(candidate, base_url):
                return url, int(pixels) if pixels > _SMALL else None
    for name in ("src",) if _NAMES_OF_LAZY.isdisjoint(attributes) else (*_LAZY, "src"):
        value = attributes.get(name)
        if value and (name == "src" or "/" in value or "." in value) and (url := _usable(value, base_url)):
            behind = _by_any_name(attributes, base_url) if ".svg" in url else None
            return behind or _linked_original(snapshot, image, url, base_url) or url, None
    return _by_any_name(attributes, base_url), None


def _by_any_name(attributes: dict[str, str], base_url: str | None) -> str | None:
    """Return the file in an attribute that no table names ("nitro-lazy-src", "data-src-big"): of several, the first."""
    for name, value in attributes.items():
        if ("src" in name or "lazy" in name) and "small" not in name and (_FILE.search(value) or "srcset" in name):
            url = _usable(next((one[0] for one in read_srcset(value)), None) if " " in value else value, base_url)
            if url:
                return url
    return None


def _sources(snapshot: Snapshot, image: int) -> list[dict[str, str]]:
    """Return the attributes of the <source> elements beside an image in its <picture>."""
    picture = snapshot.parents[image]
    while picture >= 0 and snapshot.tags[picture] == "source":  # an unclosed <source> of XHTML habits
        picture = snapshot.parents[picture]
    if picture < 0 or snapshot.tags[picture] != "picture":
        return []
    inside = range(picture + 1, min(snapshot.ends[picture], picture + _LAYERS))
    return [snapshot.attributes(i) for i in inside if snapshot.tags[i] == "source"]


def _usable(candidate: str | None, base_url: str | None) -> str | None:
    """Return the absolute URL of a real file; None for data URLs, stand-ins and unfilled templates."""
    if not candidate or candidate.startswith(("data:", "about:")) or _is_template(candidate):
        return None
    url = absolute(base_url, candidate)
    if url is None or url.startswith("mailto:") or _is_stand_in(url):
        return None
    # as browsers do: controls of direction and others that nobody sees
    return url if url.isprintable() else "".join([c if c.isprintable() else quote(c, errors="ignore") for c in url])


def _is_stand_in(url: str) -> bool:
    return _may_stand_in(url) and _STAND_IN.search(url.lower()) is not None


def _is_template(address: str) -> bool:
    """Whether an address is one that a script has yet to fill in; its braces may be escaped."""
    if "{" in address or "}" in address or "[[" in address or "<%" in address:
        return True
    return "%" in address and "%7b" in address.lower()


def _linked_original(snapshot: Snapshot, image: int, url: str, base_url: str | None) -> str | None:
    """Return the file that a link around a thumbnail opens, if it is the same picture by its name."""
    link = snapshot.parents[image]
    if link < 0 or snapshot.tags[link] != "a":
        return None
    target = absolute(base_url, snapshot.attribute(link, "href"))
    if target is None or not _FILE.search(target):
        return None
    stem = _SIZE_SUFFIX.sub("", url.rsplit("/", 1)[-1])
    return target if stem and target.rsplit("/", 1)[-1].startswith(stem) else None


def _is_decoration(attributes: dict[str, str], width: int | None, height: int | None) -> bool:
    """Whether an image is an icon, an avatar, a logo or a tracking pixel by its own attributes."""
    if (width is not None and width < _SMALL) or (height is not None and height < _SMALL):
        return True
    if attributes.get("role") == "presentation" and not attributes.get("alt") and not _is_big(width, height):
        return True
    words = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return _is_found(_DECORATION, words) and not _is_big(width, height)


def _is_found(decoration: re.Pattern[str], text: str) -> bool:
    return (_may_be_decoration(text) or not text.isascii()) and decoration.search(text) is not None


def _is_big(width: int | None, height: int | None) -> bool:
    """Whether the declared size rules an icon out: 300 pixels is the narrowest column of news layouts."""
    return (width or 0) >= 300 or (height or 0) >= 300  # noqa: PLR2004  # said above


def _pixels(text: str | None) -> int | None:
    if not text:
        return None
    if len(text) <= _DIGITS and text.isdecimal():
        return int(text)
    match = _NUMBER.match(text)
    return int(match[1]) if match else None
