"""Link: an article that a feed, a sitemap or a page points to."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from scraper.model.json_text import encode_line

__all__ = ["Link", "LinkSource"]

LinkSource = Literal["feed", "sitemap", "news_sitemap", "page"]


class Link(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """One link, with what the document that lists it says of the article. Missing is None or ().

    >>> link = Link(url="https://example.com/news/1", source="feed", found_at="https://example.com/feed.xml")
    >>> link.to_dict()["foundAt"], link.title
    ('https://example.com/feed.xml', None)

    """

    url: str
    """Absolute, http or https, as listed; without fragment and tracking parameters."""
    title: str | None = None
    """Plain text."""
    date_published: str | None = None
    """ISO 8601, the offset kept where one is stated; a date alone has no time."""
    date_modified: str | None = None
    """The same; of a sitemap, its lastmod."""
    source: LinkSource
    """The kind of document it was found in."""
    found_at: str
    """URL of that document."""
    authors: tuple[str, ...] = ()
    """Names as a feed gives them."""
    summary: str | None = None
    """The publisher's, as plain text, at most 2,000 characters."""
    keywords: tuple[str, ...] = ()
    """Categories of a feed's item, keywords of a news sitemap."""
    score: float | None = None
    """Of a page's link: how likely it leads to an article, 0 to 1."""

    def to_dict(self) -> dict[str, Any]:
        """Return the link as plain JSON types."""
        result: dict[str, Any] = msgspec.to_builtins(self)
        return result

    def to_json(self) -> str:
        """Return the link as one line of JSON."""
        return encode_line(self)
