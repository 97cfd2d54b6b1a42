"""Sitemaps: XML, news and plain text ones, and indexes of them (sitemaps.org protocol 0.9, Google's news schema)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.discover.feeds import MOST_ITEMS
from scraper.discover.listing import Listing, SitemapRef, everything, link_url, moment_of, plain_text
from scraper.discover.xml_items import is_cut, items_of, local_name, prefix_of, text_in
from scraper.errors import NotAListing
from scraper.model.link import Link
from scraper.model.url import registrable_domain, url_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from scraper.discover.document import Document
    from scraper.discover.listing import Keep

__all__ = ["MOST_BYTES", "read_index", "read_sitemap", "sitemaps_in_robots"]

MOST_BYTES = 52_428_800
"""Of a sitemap, uncompressed (sitemaps.org protocol: 50 MB)."""
_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_MOST_IN_ROBOTS = 500
_MOST_HOSTS = 1000
_MOST_IN_INDEX = 50_000
"""The protocol's own limit."""


def read_sitemap(
    document: Document, keep: Keep = everything, limit: int = MOST_ITEMS, *, site: str | None = None
) -> Listing:
    """Return the URLs of a sitemap; `source` of those with news data is "news_sitemap".

    Args:
        document: of the kind "sitemap" or "url_list".
        keep: which links are wanted; those that are not cost no memory.
        limit: links; the rest is left out, and a problem says so.
        site: registrable domain of the URLs, others are left out (the protocol, "Sitemap file location"); None: that
            of the document; "*": any.

    Raises:
        NotAListing: a sitemap without a single URL.

    """
    ours = _Site(site, document.url)
    problems = list(document.problems)
    links: dict[str, Link] = {}
    entries = 0
    for link in _entries(document):
        entries += 1
        if link is None or not ours.has(link.url) or not keep(link) or url_key(link.url).find("/") < 0:
            continue  # the last: a home page, which nearly every sitemap lists, is no article
        if len(links) >= limit:
            problems.append(f"more than {limit:,} URLs: the rest is left out")
            break
        links.setdefault(url_key(link.url), link)
    if entries == 0:
        raise NotAListing("a sitemap without URLs", url=document.url, reason="empty")
    if document.kind == "sitemap" and is_cut(document.text, ("url",)):
        problems.append("the sitemap is cut short")
    return Listing(
        url=document.url,
        kind=document.kind,
        links=tuple(links.values()),
        entries=entries,
        problems=(*problems, *ours.problems("URLs")),
    )


def read_index(document: Document, *, site: str | None = None) -> Listing:
    """Return the sitemaps that an index lists; `site` as of `read_sitemap`.

    Raises:
        NotAListing: an index without a single sitemap.

    """
    ours = _Site(site, document.url)
    found: dict[str, SitemapRef] = {}
    entries = 0
    problems = list(document.problems)
    for element in items_of(document.text, ("sitemap",)):
        entries += 1
        parts = {local_name(child): text_in(child) for child in element}
        url = link_url(document.url, parts.get("loc"))
        if url is None or not ours.has(url):
            continue
        found.setdefault(url, SitemapRef(url, moment_of(parts.get("lastmod"))))
        if len(found) >= _MOST_IN_INDEX:
            problems.append(f"more than {_MOST_IN_INDEX:,} sitemaps: the rest is left out")
            break
    if entries == 0:
        raise NotAListing("a sitemap index without sitemaps", url=document.url, reason="empty")
    return Listing(
        url=document.url,
        kind="sitemap_index",
        sitemaps=tuple(found.values()),
        entries=entries,
        problems=(*problems, *ours.problems("sitemaps")),
    )


class _Site:
    """Tells the URLs of one site from others, and counts the others."""

    def __init__(self, site: str | None, url: str) -> None:
        self._site = site or registrable_domain(urlsplit(url).hostname or "")
        self._hosts: dict[str, bool] = {}
        self._foreign = 0

    def has(self, url: str) -> bool:
        """Whether a URL belongs to the site; the answer for a host is remembered, for a sitemap has few of them."""
        if self._site == "*":
            return True
        host = url.partition("://")[2].partition("/")[0]
        known = self._hosts.get(host)
        if known is None:
            known = registrable_domain(urlsplit(url).hostname or "") == self._site
            if len(self._hosts) < _MOST_HOSTS:
                self._hosts[host] = known
        self._foreign += not known
        return known

    def problems(self, what: str) -> tuple[str, ...]:
        """Return what is to be said of the others."""
        return (f"{self._foreign:,} {what} of other sites than {self._site} were left out",) if self._foreign else ()


def sitemaps_in_robots(text: bytes, url: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names (http and https alone), at most 500."""
    found: dict[str, None] = {}
    for line in text.decode("utf-8", "replace").lstrip("\ufeff").splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip().lower() in {"sitemap", "site-map"}:
            there = link_url(url, value.partition(" #")[0].strip())
            if there is not None:
                found.setdefault(there)
        if len(found) >= _MOST_IN_ROBOTS:
            break
    return tuple(found)


def _entries(document: Document) -> Iterator[Link | None]:
    """Yield each entry; None for one without a usable URL."""
    if document.kind == "url_list":
        yield from _lines(document)
        return
    for element in items_of(document.text, ("url",)):
        yield _link_of(element, document.url)


def _lines(document: Document) -> Iterator[Link | None]:
    text, at = document.text, 0
    while at < len(text):
        end = text.find(b"\n", at)
        end = len(text) if end < 0 else end
        for line in text[at:end].decode("utf-8", "replace").split("\r"):
            if line.strip():
                url = link_url(document.url, line.strip()) if _WEB.match(line) else None
                yield Link(url=url, source="sitemap", found_at=document.url) if url else None
        at = end + 1


def _link_of(element: Element, found_at: str) -> Link | None:
    url = modified = news = None
    for child in element:
        name, prefix = local_name(child), prefix_of(child)
        if name == "loc" and prefix not in {"image", "video"}:
            url = url or link_url(found_at, text_in(child))
        elif name == "lastmod":
            modified = moment_of(text_in(child))
        elif name == "news":
            news = child
    if url is None:
        return None
    if news is None:
        return Link(url=url, date_modified=modified, source="sitemap", found_at=found_at)
    parts = {local_name(part): text_in(part) for part in news}
    keywords = (parts.get("keywords") or "").split(",")[:20]
    return Link(
        url=url,
        title=plain_text(parts.get("title")),
        date_published=moment_of(parts.get("publication_date")),
        date_modified=modified,
        source="news_sitemap",
        found_at=found_at,
        keywords=tuple(word.strip() for word in keywords if word.strip()),
    )
