"""Dates that a page states for machines: JSON-LD, meta tags, microdata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scraper.fields.dates.date_text import read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.dates.visible import Raw
    from scraper.fields.material import Material

__all__ = ["read_value", "stated_modified", "stated_published"]

_PUBLISHED_META = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "rnews:datepublished", "article:publicationdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "published-date", "publish-date", "publish_date", "publishdate", "publication_date", "publication-date",
    "pubdate", "pub_date", "published", "published_time", "date_published", "article_date_original", "article.published",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "date",
    "weibo:article:create_at", "og:pubdate", "bt:pubdate", "citation_publication_date", "citation_online_date",
    "datecreated", "creation_date", "originalpublicationdate", "release_date", "og:release_date", "article:create",
    "article:post_date", "live:published_time", "shareaholic:article_published_time", "mrf:published", "created",
)  # fmt: skip
_KNOWN_META = frozenset(_PUBLISHED_META)
_MODIFIED_META = (
    "article:modified_time", "article:modified", "og:article:modified_time", "og:updated_time", "og:modified_time",
    "datemodified", "rnews:datemodified", "dc.date.modified", "dcterms.modified", "last-modified", "lastmod",
    "last-updated", "article:updated_time", "article:updated", "date_modified", "update_date", "modified", "revised",
    "live:updated_time", "dc.modified", "cxenseparse:modifiedtime", "article.updated",
)  # fmt: skip
_OTHER_PUBLISHED = re.compile(r"publish|pubdate|pub-date|issued|posted|date.?created|creation")
_NOT_PUBLISHED = re.compile(r"modif|updat|expir|publisher|unpublish|valid|end|review|embargo|copyright")
_MAX_RAW = 500


def _of_nodes(
    material: Material, nodes: tuple[dict[str, Any], ...], keys: tuple[str, ...], prefix: str = ""
) -> Iterator[Raw]:
    for node in nodes:
        for key in keys:
            if key in node:
                yield from read_value(material, node[key], "jsonld", prefix + key)


def stated_published(material: Material) -> Iterator[Raw]:
    """Yield what machines are told of the publication, most trusted first."""
    yield from _of_nodes(material, material.articles, ("datePublished", "dateCreated", "uploadDate"))
    meta = material.clues.meta
    for name in _PUBLISHED_META:
        if name in meta:
            for content in meta[name][:2]:
                yield from read_value(material, content, f"meta:{name}", name)
    yield from _marked(material, ("datepublished", "datecreated"))
    yield from _of_nodes(material, material.pages[:3], ("datePublished", "uploadDate"), "WebPage.")
    for name, contents in meta.items():
        likely = ("pub" in name or "creat" in name or "issued" in name or "posted" in name) and name not in _KNOWN_META
        if likely and _OTHER_PUBLISHED.search(name) and not _NOT_PUBLISHED.search(name):
            yield from read_value(material, contents[0], f"meta:{name}", name)


def stated_modified(material: Material) -> Iterator[Raw]:
    """Yield what machines are told of the last change, most trusted first."""
    yield from _of_nodes(material, material.articles, ("dateModified",))
    meta = material.clues.meta
    for name in _MODIFIED_META:
        for content in meta[name][:1] if name in meta else ():
            yield from read_value(material, content, f"meta:{name}", name)
    yield from _marked(material, ("datemodified",))
    yield from _of_nodes(material, material.pages[:3], ("dateModified",), "WebPage.")


def read_value(material: Material, value: Any, source: str, where: str) -> Iterator[Raw]:
    """Yield the moment of one statement, whatever its JSON type; nothing for none."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    if value not in (None, ""):
        yield read_moment(value, month_first=material.month_first), str(value)[:_MAX_RAW], source, where


def _marked(material: Material, names: tuple[str, ...]) -> Iterator[Raw]:
    snapshot = material.snapshot
    for mark in material.clues.microdata:
        if mark.name in names and not mark.item.startswith(("comment", "review", "userco")):
            text = mark.value or snapshot.text(mark.element)[:200]
            if text:
                yield read_moment(text, month_first=material.month_first), text, "microdata", mark.name
