"""Where sites keep their feeds and sitemaps, and which of several is worth reading first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.discover.wanted import month_in_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.discover.listing import SitemapRef

__all__ = ["FEED_PLACES", "NEWS_PLACES", "SITEMAP_PLACES", "is_news_name", "newest_first", "of_section"]

FEED_PLACES = (
    "/feed/",
    "/feed",
    "/rss.xml",
    "/rss",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feeds/posts/default",
    "/feed.json",
)
"""WordPress, Drupal, Ghost, Jekyll and others, Hugo, Blogger, JSON Feed's advice."""
SITEMAP_PLACES = (
    "/sitemap.xml",
    "/sitemap_index.xml",
    "/sitemap-index.xml",
    "/wp-sitemap.xml",
    "/sitemap.xml.gz",
    "/sitemap.txt",
)
"""The protocol's own place, those of the WordPress plug-ins and of WordPress, and the protocol's other forms."""
NEWS_PLACES = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/googlenews.xml")
_NEWS = re.compile(r"(?<![a-z])(?:google-?_?)?news(?![a-z])|newssitemap|sitemapnews|googlenews", re.IGNORECASE)


def is_news_name(url: str) -> bool:
    """Whether the path of a sitemap says that it is one of news: the last two days, with titles (Google)."""
    parts = urlsplit(url)
    return _NEWS.search(f"{parts.path}?{parts.query}") is not None


def newest_first(sitemaps: Iterable[SitemapRef]) -> list[SitemapRef]:
    """Return sitemaps, those of news first, then the latest changed: by lastmod, else by the month in the name."""
    return sorted(
        sitemaps,
        key=lambda one: (is_news_name(one.url), one.date_modified or month_in_url(one.url) or ""),
        reverse=True,
    )


def of_section(feeds: Iterable[str], page: str) -> list[str]:
    """Return the feeds that belong to a page: for a home page all, for a section those whose path begins with its."""
    path = urlsplit(page).path.rstrip("/")
    if not path:
        return list(feeds)
    return [feed for feed in feeds if urlsplit(feed).path.startswith(path + "/")]
