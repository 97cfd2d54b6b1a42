"""The line of an article that says whose its pictures are, away from them: "Beitragsbild: Jane Doe / Agency"."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import structs

from scraper.fields.pictures.caption_lines import credit_label, credit_of_line, may_be_credit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.body.blocks.segment import TextBlock
    from scraper.fields.material import Material
    from scraper.model.article import Image

__all__ = ["with_credits"]

_MAX_LINE = 160
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
Line = tuple[str | None, str, bool]
_SIGN = re.compile(r"\W{0,2}(?:[©ⓒ]|\(c\)\s|copyright)", re.IGNORECASE)
"""Behind the text, a line that begins so is about the rights in the text."""
_ALL = re.compile(
    r"\W{0,2}(?:alle |all )?(?:fotos|photos|bilder|images|pictures|illustrations|imágenes|immagini)\b", re.IGNORECASE
)
"""How a line begins that speaks of all the pictures."""


def with_credits(material: Material, images: tuple[Image, ...], lead: str | None) -> tuple[Image, ...]:
    """Return pictures with the credit that stands in a line of the article, where they have none of their own.

    The line is for the picture with the address `lead`, or the only one, or for all of them where it says so.
    """
    if all(image.credit for image in images):
        return images
    if "credit line" not in material.memo:
        material.memo["credit line"] = next(_lines(material), None)
    line: Line | None = material.memo["credit line"]
    if line is None:
        return images
    caption, credit, everyone = line
    shown: tuple[Image, ...] = material.memo.get("images", ())
    if any(credit in f"{image.caption} {image.credit}" for image in (*images, *shown)):
        return images
    return tuple(
        structs.replace(image, credit=credit, caption=image.caption or caption)
        if not image.credit and (everyone or len(images) == 1 or image.url == lead)
        else image
        for image in images
    )


def _lines(material: Material) -> Iterator[Line]:
    """Yield (caption, credit, whether of all pictures) of the lines behind the text, then of those above it."""
    kept = {block.start for block in material.kept}
    behind = {block.start for block in material.tail}
    above = (block for block in material.head if block.start not in behind)
    for block in chain(material.tail, above):
        if len(block.text) > _MAX_LINE * 2 or not may_be_credit(block.text):
            continue
        heading = material.snapshot.tags[block.element] in _HEADINGS
        if heading or block.start in kept or (2 * block.link_chars > len(block.text) and not _is_labelled(block)):
            continue
        for line in block.text.split("\n"):
            if len(line) > _MAX_LINE:
                continue
            found = None if block.start in behind and _SIGN.match(line) else credit_of_line(line)
            if found:
                yield (*found, _ALL.match(line) is not None)


def _is_labelled(block: TextBlock) -> bool:
    """Whether a line begins with a label of pictures that is no part of its links: those lead to whom it credits."""
    label = credit_label(block.text)
    return bool(label) and block.link_chars <= len(block.text) - len(label.rstrip())
