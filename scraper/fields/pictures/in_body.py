"""The pictures of a body are those of `images`, with what is written beside them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from scraper.fields.pictures.captions import MAX_IMAGES
from scraper.fields.pictures.pictures import picture_key, serial_of
from scraper.model.body import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.model.article import Image
    from scraper.model.body import Block
    from scraper.model.evidence import Choice

__all__ = ["with_pictures_of"]


def with_pictures_of(body: tuple[Block, ...], choice: Choice | None) -> tuple[Block, ...]:
    """Return a body without the pictures that `images` has found to be no part of the article.

    Both look at the same pictures, but the body is found before it is known what stands beside them: cards of other
    articles, the site's own. A field that could not be read, or that is full, says nothing.
    """
    if choice is None or not any([isinstance(block, Figure) for block in body]):  # noqa: C419  # quicker
        return body
    images: tuple[Image, ...] = choice.winner.value if choice.winner else ()
    if (not images and choice.problems) or len(images) >= MAX_IMAGES:
        return body
    known = {image.url: image for image in images if image.url}
    return tuple(_own(body, known))


def _own(body: tuple[Block, ...], known: dict[str, Image]) -> Iterable[Block]:
    keys: dict[str, frozenset[str]] = {}
    for block in body:
        if not isinstance(block, Figure):
            yield block
        elif block.url in known:
            yield _as_written(block, known[block.url])
        else:
            keys = keys or {url: picture_key(url) for url in known}
            if _is_version(block.url, keys):
                yield block


def _is_version(url: str, keys: dict[str, frozenset[str]]) -> bool:
    """Whether a picture has the name of another one, given by address and key, in whatever size."""
    own = picture_key(url)
    alike = [known for known, key in keys.items() if key == own]
    return bool(alike) and serial_of(url) in map(serial_of, alike)


def _as_written(figure: Figure, image: Image) -> Figure:
    """Return a picture of the body with alternative text, caption and credit as the field has read them."""
    caption, credit = (
        (image.caption, image.credit) if image.caption or image.credit else (figure.caption, figure.credit)
    )
    alt = image.alt or figure.alt
    if (alt, caption, credit) == (figure.alt, figure.caption, figure.credit):
        return figure
    return structs.replace(figure, alt=alt, caption=caption, credit=credit)
