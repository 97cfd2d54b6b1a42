"""JSON Feed (jsonfeed.org, versions 1 and 1.1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scraper.discover.feeds import MOST_ITEMS, is_media
from scraper.discover.listing import Listing, everything, gathered, link_url, moment_of, plain_text
from scraper.errors import NotAListing
from scraper.model.link import Link

if TYPE_CHECKING:
    from scraper.discover.document import Document
    from scraper.discover.listing import Keep

__all__ = ["read_json_feed"]

_MOST_NAMES = 20


def read_json_feed(document: Document, keep: Keep = everything, limit: int = MOST_ITEMS) -> Listing:
    """Return the items of a JSON Feed; arguments as those of `read_feed`.

    Raises:
        NotAListing: broken JSON, JSON that is no feed, or a feed without usable items.

    """
    feed, items = _items_of(document)
    found = (_link_of(item, document.url) if isinstance(item, dict) else None for item in items)
    links, _, problems = gathered(found, document.url, keep, limit)
    return Listing(
        url=document.url,
        kind="json_feed",
        links=links,
        entries=len(items),
        next_page=_url(document.url, feed.get("next_url")),
        problems=(*document.problems, *problems),
    )


def _items_of(document: Document) -> tuple[dict[str, Any], list[Any]]:
    try:
        feed = json.loads(document.text)
    except (ValueError, RecursionError) as error:
        raise NotAListing(f"JSON that cannot be read: {str(error)[:80]}", url=document.url) from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise NotAListing('JSON, but no JSON Feed: there is no list "items"', url=document.url)
    if not items:
        raise NotAListing("a feed without items", url=document.url, reason="empty")
    return feed, items


def _link_of(item: dict[str, Any], base: str) -> Link | None:
    url = next(filter(None, (_url(base, item.get(name)) for name in ("url", "external_url"))), None)
    identity = _text(item, "id") or ""
    if url is None and identity.lower().startswith(("http://", "https://")):
        url = _url(base, identity)
    if url is None:
        return None
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    tags = item.get("tags") if isinstance(item.get("tags"), list) else []
    return Link(
        url=url,
        title=plain_text(_text(item, "title")),
        date_published=moment_of(_text(item, "date_published")),
        date_modified=moment_of(_text(item, "date_modified")),
        source="feed",
        found_at=base,
        authors=tuple(
            name
            for author in (authors or [])[:_MOST_NAMES]
            if isinstance(author, dict) and (name := plain_text(_text(author, "name")))
        ),
        summary=plain_text(_text(item, "summary")),
        keywords=tuple(tag for one in (tags or [])[:_MOST_NAMES] if isinstance(one, str) and (tag := plain_text(one))),
    )


def _url(base: str, value: object) -> str | None:
    url = link_url(base, value) if isinstance(value, str) else None
    return None if url is None or is_media(url) else url


def _text(item: dict[str, Any], name: str) -> str | None:
    value = item.get(name)
    return value if isinstance(value, str) else None
