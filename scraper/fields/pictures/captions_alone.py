"""Captions of pictures whose address the page does not have: a script fills it in, or draws the whole picture."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from scraper.fields.pictures.boxes import MAX_CAPTION, SOMEWHERE, figure_of
from scraper.fields.pictures.captions import MAX_IMAGES, Shown, picture_elements
from scraper.fields.pictures.pictures import caption_of, is_furniture
from scraper.fields.values import clean
from scraper.model.article import Image
from scraper.page.pictures import attributes_of_image, largest_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.fields.pictures.captions import Captions

__all__ = ["captions_alone", "with_captions_alone"]

_NO_PICTURE = frozenset(
    {"blockquote", "table", "pre", "code", "iframe", "video", "audio", "object", "embed", "math", "ul", "ol", "form"}
)
"""In a <figure> whose caption speaks of something else than a picture."""
_WORD = re.compile(r"[^\W\d_]{2}")


def with_captions_alone(
    images: tuple[Image, ...], places: list[int], alone: list[tuple[int, Image]]
) -> tuple[Image, ...]:
    """Return pictures and, in their places, those without an address that have a caption, which no other has.

    Args:
        images: with an address, in document order.
        places: their elements.
        alone: (element, picture) of those without, as `captions_alone` returns them.

    """
    told = {(image.caption, image.credit) for image in images}
    merged: list[tuple[float, Image]] = list(zip(places, images, strict=True))
    for element, picture in alone:
        if (picture.caption, picture.credit) not in told:
            told.add((picture.caption, picture.credit))
            merged.append((element, picture))
    if len(merged) == len(images):
        return images
    merged.sort(key=lambda one: one[0])
    return tuple(image for _, image in merged[:MAX_IMAGES])


def captions_alone(material: Material, captions: Captions) -> list[tuple[int, Image]]:
    """Return (element, picture) of what has a <figcaption> and no file: an <img> that waits for a script, or none at all."""
    return list(_found(material, captions)) if material.clues.places.tag("figcaption") else []


def _found(material: Material, captions: Captions) -> Iterator[tuple[int, Image]]:
    snapshot = material.snapshot
    for image, stated in captions.stated.items():
        if not stated.stated:
            continue
        attributes = attributes_of_image(snapshot, image)
        url, _ = largest_file(snapshot, image, attributes, material.base or SOMEWHERE)
        if url is None and not is_furniture(snapshot, image, attributes, stated=True):
            shown = captions.of(image)
            if not shown.foreign and _tells(shown):
                alt = clean(attributes.get("alt"), 500)
                yield image, Image(alt=alt, caption=shown.caption, credit=shown.credit)
    pictures = picture_elements(material)
    first, last = material.element_range
    for element in material.clues.places.tag("figcaption"):
        figure = figure_of(snapshot, element) if first <= element <= last else -1
        if figure < 0 or bisect_left(pictures, figure) != bisect_left(pictures, snapshot.ends[figure]):
            continue
        if _NO_PICTURE.isdisjoint(snapshot.tags[figure : snapshot.ends[figure]]):
            shown = Shown(*caption_of(material, element))
            if _tells(shown):
                yield element, Image(caption=shown.caption, credit=shown.credit)


def _tells(shown: Shown) -> bool:
    """Whether there are words beside a picture, of the length of a caption."""
    text = f"{shown.caption or ''}{shown.credit or ''}"
    return len(text) <= MAX_CAPTION and _WORD.search(text) is not None
