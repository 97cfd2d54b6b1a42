"""The pictures that an article shows, in their order, each once."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING

from msgspec import structs

from scraper.body.blocks.captions import credit_name
from scraper.fields.bylines.authors import bylines
from scraper.fields.bylines.names import says_who_wrote, without_prefix
from scraper.fields.pictures.boxes import MAX_CAPTION, SOMEWHERE, figure_of, leads_to_file
from scraper.fields.pictures.captions import MAX_IMAGES, Captions, Shown, picture_elements
from scraper.fields.pictures.captions_alone import captions_alone
from scraper.fields.pictures.declared import declared_keys, pixels_of
from scraper.fields.pictures.pictures import is_furniture, is_furniture_file, key_of, same_keys
from scraper.fields.pictures.versions import larger_of, twin_of
from scraper.fields.values import clean
from scraper.model.article import Image
from scraper.page.picture_boxes import gallery_behind, is_poster, link_around
from scraper.page.pictures import attributes_of_image, largest_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["shown_images"]

_BEFORE = 80
"""Elements before the article's head in which the lead picture can stand."""

_MAX_CREDIT = 200

_SENTENCE = 30
"""Characters of a caption that says what a picture shows, not whom or what it belongs to."""

_BEHIND = 15
"""Elements behind the last paragraph in which a picture still belongs to it."""


def shown_images(material: Material) -> tuple[Image, ...]:
    """Return the pictures within the article, in order, each once."""
    if "images" not in material.memo:
        material.memo["images"] = _find_shown(material)
    shown: tuple[Image, ...] = material.memo["images"]
    return shown


def _find_shown(material: Material) -> tuple[Image, ...]:
    snapshot = material.snapshot
    low, high = material.element_range
    kept = material.kept
    between = partial(_pictures_between, picture_elements(material))
    gallery = gallery_behind(snapshot, kept[0].element, high, between) if kept else []
    low, high = max(low - _BEFORE, 0), max([high + _BEHIND, *gallery])
    captions = Captions(material, low, high)
    first = material.first_element
    declared = declared_keys(material)
    found: list[Image] = []
    keys: list[frozenset[str]] = material.memo.setdefault("image keys", [])
    places: list[int] = material.memo.setdefault("image places", [])
    for image, attributes, url, width in _candidates(material, captions, low, high):
        if len(found) >= MAX_IMAGES:
            break
        known = next((k for k, f in enumerate(found) if f.url == url), -1)
        if known >= 0 and (found[known].caption or found[known].credit):
            continue
        shown = captions.of(image)
        if not _is_of_article(material, image, url, shown):
            continue
        caption, credit = shown.caption, shown.credit
        if caption and len(caption) > MAX_CAPTION:
            caption = credit = None
        if known >= 0:  # of a lazy picture and its twin in <noscript>, the caption stands behind the second
            found[known] = structs.replace(found[known], caption=caption, credit=credit)
            continue
        key = key_of(material, url)
        if not caption and not credit and image < first and not _leads(material, image, attributes, key, declared):
            continue
        picture = Image(
            url=url,
            width=width or pixels_of(attributes.get("width")),
            height=None if width else pixels_of(attributes.get("height")),
            alt=clean(attributes.get("alt"), 500),
            caption=caption,
            credit=credit or _credit_in(attributes),
        )
        twin = twin_of(found, keys, picture, key)
        if twin < 0:
            material.memo.setdefault("first picture", image)
            found.append(picture)
            keys.append(key)
            places.append(image)
        else:
            found[twin] = larger_of(found[twin], picture)
    _drop_site_head(material, found, keys)
    material.memo["captions alone"] = captions_alone(material, captions)
    return tuple(found) if material.base else _without_addresses(material, found, keys)


def _pictures_between(images: list[int], low: int, high: int) -> list[int]:
    return images[bisect_left(images, low) : bisect_left(images, high)]


def _is_of_article(material: Material, image: int, url: str, shown: Shown) -> bool:
    """Whether a picture is no logo, no other article's and no portrait beside a byline, by what is written beside it."""
    if shown.foreign and not (shown.promoted and key_of(material, url) in declared_keys(material)):
        return False
    captioned = len(shown.caption or "") >= _SENTENCE
    if not captioned and figure_of(material.snapshot, image) >= 0 and is_furniture_file(url):
        return False
    return not _is_byline(material, shown.caption)


def _drop_site_head(material: Material, found: list[Image], keys: list[frozenset[str]]) -> None:
    """Drop what stands above the headline and is not the lead picture, where the article shows that one further down.

    It is the site's own, or a section's, if nothing is said of what it shows.
    """
    headline = material.headlines.element
    places: list[int] = material.memo["image places"]
    declared = declared_keys(material)[:1]
    if not places or places[0] >= headline or not any(same_keys(key, d) for key in keys for d in declared):
        return
    dropped = [
        k
        for k, image in enumerate(found)
        if places[k] < headline
        and len(image.caption or "") < _SENTENCE
        and not any(same_keys(keys[k], d) for d in declared)
    ]
    for k in reversed(dropped):
        del found[k], keys[k], places[k]


def _credit_in(attributes: dict[str, str]) -> str | None:
    """Return the credit that a picture's own attributes state."""
    stated = clean(attributes.get("data-credit") or attributes.get("data-copyright"), _MAX_CREDIT)
    return (credit_name(stated) or None) if stated else None


def _without_addresses(material: Material, found: list[Image], keys: list[frozenset[str]]) -> tuple[Image, ...]:
    """Return the pictures without the addresses that only a base could tell; those that say nothing else are left out."""
    bare = [structs.replace(f, url=None) if (f.url or "").startswith(SOMEWHERE) else f for f in found]
    told = [k for k, f in enumerate(bare) if f.url or f.caption or f.credit]
    material.memo["without address"] = sum(f.url is None for f in bare)
    keys[:] = [keys[k] for k in told]
    places: list[int] = material.memo["image places"]
    places[:] = [places[k] for k in told]
    return tuple(bare[k] for k in told)


def _candidates(
    material: Material, captions: Captions, low: int, high: int
) -> Iterator[tuple[int, dict[str, str], str, int | None]]:
    """Yield (picture, its attributes, its file, the file's width) of those from `low` to `high` that may be of the article.

    No furniture by their own markup or their file, and no player's first picture: questions that are asked quickly.
    """
    snapshot, base = material.snapshot, material.base or SOMEWHERE
    for image in picture_elements(material):
        if low <= image <= high:
            attributes = attributes_of_image(snapshot, image)
            stated = image in captions.stated and captions.stated[image].stated
            if is_furniture(snapshot, image, attributes, stated=stated):
                continue
            url, width = largest_file(snapshot, image, attributes, base)
            if url is None or (is_furniture_file(url) and not _is_captioned_file(snapshot, image, url)):
                continue
            if stated or not is_poster(snapshot, image) or _is_declared(material, url):
                yield image, attributes, url, width


def _is_captioned_file(snapshot: Snapshot, image: int, url: str) -> bool:
    """Whether the name of a furniture's file may tell what it shows: it stands in a figure, which may have a caption."""
    return figure_of(snapshot, image) >= 0 and not is_furniture_file(url, captioned=True)


def _is_declared(material: Material, url: str) -> bool:
    key = key_of(material, url)
    return any(same_keys(key, d) for d in declared_keys(material))


def _is_byline(material: Material, caption: str | None) -> bool:
    """Whether a caption is the byline beside a portrait: "By Jane Doe"."""
    if not caption or not says_who_wrote(caption):
        return False
    authors = [name for _, names, *_ in bylines(material)[:3] for name in names]
    rest = without_prefix(caption)[0]
    return any(rest.startswith(name) for name in authors)


def _leads(
    material: Material, image: int, attributes: dict[str, str], key: frozenset[str], declared: list[frozenset[str]]
) -> bool:
    """Whether a picture before the text, without a caption, is the lead picture: declared as such, or large.

    A large one above the headline that leads to another page is of the site's head. Below it, one in a figure, or that
    opens its own file, leads as well.
    """
    if any(same_keys(key, d) for d in declared):
        return True
    snapshot = material.snapshot
    below = 0 <= material.headlines.element < image
    link = link_around(snapshot, image)
    href = (snapshot.attribute(link, "href") if link >= 0 else None) or "#"
    width = attributes.get("width", "").removesuffix("px")
    if width.isdecimal() and len(width) < 6 and int(width) >= 400:  # noqa: PLR2004  # more than a teaser
        return below or href.startswith("#") or leads_to_file(href)
    return below and (leads_to_file(href) or (link < 0 and figure_of(snapshot, image) >= 0))
