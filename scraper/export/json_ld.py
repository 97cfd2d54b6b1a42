"""The record as schema.org JSON-LD: what search engines, libraries and linked-data tools read.

Names follow https://schema.org/NewsArticle. What is unknown is left out. "<", ">" and "&" are written as escapes, so
that a document can stand in a <script type="application/ld+json"> as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scraper.export.sinks import open_sink
from scraper.model.json_text import encode_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scraper.export.exporter import Mark, Sink, Target
    from scraper.model.article import Article, Breadcrumb, Image, LiveBlogUpdate, Media, Publisher

__all__ = ["JsonLd", "json_ld_document", "json_ld_of", "open_json_ld"]

_CONTEXT = "https://schema.org"
_BEGIN = f'{{"@context":"{_CONTEXT}","@graph":['
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


class JsonLd:
    """Writes one document whose `@graph` holds the articles, one a line."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._count = 0

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:  # noqa: ARG002  # no place for it
        """Write one node."""
        begin = "," if self._count else _BEGIN
        self._sink.write(f"{begin}\n{_encoded(json_ld_of(article))}")
        self._count += 1

    def commit(self) -> Mark:
        """Make what was written durable, where the output allows it."""
        return self._sink.commit()

    def close(self) -> None:
        """End the document."""
        begin = "" if self._count else _BEGIN
        try:
            self._sink.write(f"{begin}\n]}}\n")
        finally:
            self._sink.close()


def open_json_ld(target: Target) -> JsonLd:
    """Open JSON-LD at a target."""
    return JsonLd(open_sink(target))


def json_ld_document(
    article: Article,
    fields: Sequence[str] = (),  # noqa: ARG001  # names are schema.org's
    extra: Mapping[str, Any] | None = None,  # noqa: ARG001  # no place for it
) -> str:
    """Return one article as a document of its own."""
    return _encoded({"@context": _CONTEXT, **json_ld_of(article)}) + "\n"


def json_ld_of(article: Article) -> dict[str, Any]:
    """Return an article as a node of type NewsArticle or LiveBlogPosting."""
    return _known(
        {
            "@type": "LiveBlogPosting" if article.is_live_blog else "NewsArticle",
            "@id": article.canonical_url or article.url or f"urn:article-scraper:{article.id}",
            "identifier": article.id,
            "url": article.canonical_url or article.url,
            "mainEntityOfPage": article.canonical_url,
            "headline": article.headline,
            "alternativeHeadline": article.alternative_headline,
            "description": article.description,
            "datePublished": article.date_published,
            "dateModified": article.date_modified,
            "author": [_known({"@type": one.type, "name": one.name, "url": one.url}) for one in article.authors],
            "sourceOrganization": [{"@type": "Organization", "name": name} for name in article.agency],
            "dateline": article.dateline,
            "publisher": article.publisher and _publisher(article.publisher),
            "inLanguage": article.in_language,
            "articleSection": [name for name in article.article_section if name],
            "keywords": [word for word in article.keywords if word],
            "breadcrumb": _breadcrumb(article.breadcrumbs),
            "articleBody": article.article_body,
            "thumbnailUrl": article.main_image and article.main_image.url,
            "image": [_image(image) for image in _images(article)],
            "video": [_media(one, "VideoObject") for one in article.videos],
            "audio": [_media(one, "AudioObject") for one in article.audios],
            "liveBlogUpdate": [_update(one) for one in article.live_updates],
            "isAccessibleForFree": article.is_accessible_for_free,
            "license": article.license,
            "wordCount": article.word_count,
        }
    )


def _known(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value is not None and value not in ("", [])}


def _publisher(publisher: Publisher) -> dict[str, Any]:
    logo = None if publisher.logo is None else {"@type": "ImageObject", "url": publisher.logo}
    return _known({"@type": "NewsMediaOrganization", "name": publisher.name, "url": publisher.url, "logo": logo})


def _images(article: Article) -> list[Image]:
    """Return the lead picture and the others, each once."""
    first = [article.main_image] if article.main_image else []
    urls = {image.url for image in first}
    return first + [image for image in article.images if image.url not in urls]


def _image(image: Image) -> dict[str, Any]:
    return _known(
        {
            "@type": "ImageObject",
            "url": image.url,
            "width": image.width,
            "height": image.height,
            "description": image.alt,
            "caption": image.caption,
            "creditText": image.credit,
        }
    )


def _media(media: Media, kind: str) -> dict[str, Any]:
    provider = None if media.provider is None else {"@type": "Organization", "name": media.provider}
    return _known({"@type": kind, "url": media.url, "name": media.title, "provider": provider})


def _breadcrumb(trail: tuple[Breadcrumb, ...]) -> dict[str, Any] | None:
    if not trail:
        return None
    steps = [
        _known({"@type": "ListItem", "position": number, "name": step.name, "item": step.url})
        for number, step in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _update(update: LiveBlogUpdate) -> dict[str, Any]:
    return _known(
        {
            "@type": "BlogPosting",
            "headline": update.headline,
            "datePublished": update.date_published,
            "articleBody": update.article_body,
            "url": update.url,
        }
    )


def _encoded(node: dict[str, Any]) -> str:
    return encode_line(node).translate(_ESCAPES)
