"""The pictures that a page names to machines: og:image, JSON-LD and their kin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scraper.fields.pictures.pictures import key_of
from scraper.fields.values import absolute_url, clean, strings
from scraper.model.article import Image
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material

__all__ = ["WIDEST", "declared_images", "declared_keys", "pixels_of"]

_IMAGE_META = ("twitter:image", "twitter:image:src", "thumbnail", "sailthru.image.full", "parsely-image-url")

WIDEST = 100_000
"""Pixels; no picture has more."""


def declared_images(material: Material) -> list[Candidate]:
    """Return the pictures that the page names to machines, most trusted first."""
    if "declared" not in material.memo:
        material.memo["declared"] = list(_declared(material))
    declared: list[Candidate] = material.memo["declared"]
    return declared


def declared_keys(material: Material) -> list[frozenset[str]]:
    """Return the keys of `declared_images`."""
    if "declared keys" not in material.memo:
        material.memo["declared keys"] = [key_of(material, c.value.url) for c in declared_images(material)]
    keys: list[frozenset[str]] = material.memo["declared keys"]
    return keys


def _declared(material: Material) -> Iterator[Candidate]:
    base = material.base
    meta = material.clues.meta
    for name in ("og:image", "og:image:secure_url", "og:image:url"):
        for value in meta.get(name, ())[:1]:
            url = absolute_url(value, base)
            if url:
                image = Image(
                    url=url,
                    width=pixels_of(next(iter(meta.get("og:image:width", ())), None)),
                    height=pixels_of(next(iter(meta.get("og:image:height", ())), None)),
                    alt=clean(next(iter(meta.get("og:image:alt", ())), None), 500),
                )
                yield Candidate(value=image, raw=value[:500], source="og", where=name)
    for node in material.articles[:3]:
        for item in _items(node.get("image"))[:1]:
            image_of = _from_node(material, item)
            if image_of:
                yield Candidate(value=image_of, raw=str(image_of.url)[:500], source="jsonld", where="image")
    plain = [(name, meta.get(name, ())[:1]) for name in _IMAGE_META]
    for name, values in [*plain, ("image_src", material.clues.links.get("image_src", ())[:1])]:
        for value in values:
            url = absolute_url(value, base)
            if url:
                yield Candidate(value=Image(url=url), raw=value[:500], source=f"meta:{name}", where=name)


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value[:20]
    return [value] if value else []


def _from_node(material: Material, item: Any) -> Image | None:
    node = (
        material.by_id.get(item["@id"], item) if isinstance(item, dict) and isinstance(item.get("@id"), str) else item
    )
    if not isinstance(node, dict):
        url = absolute_url(node, material.base)
        return Image(url=url) if url else None
    address = node.get("url") or node.get("contentUrl")
    if isinstance(address, list):
        address = address[0] if address else None
    if isinstance(address, dict):
        address = address.get("url") or address.get("@id")
    url = absolute_url(address, material.base)
    if not url:
        return None
    return Image(
        url=url,
        width=pixels_of(node.get("width")),
        height=pixels_of(node.get("height")),
        caption=next(iter(strings(node.get("caption"))), None),
        credit=next(iter(strings(node.get("creditText") or node.get("author") or node.get("copyrightHolder"))), None),
    )


def pixels_of(value: Any) -> int | None:
    """Return a width or height as stated anywhere, in pixels; None for what is none."""
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, str):
        value = value.strip().removesuffix("px")
        value = int(value) if value.isdecimal() and len(value) < 6 else None  # noqa: PLR2004  # no picture is wider
    return (
        int(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < WIDEST else None
    )  # as above
