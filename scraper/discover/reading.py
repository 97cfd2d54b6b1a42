"""Reading: one document at a time, each once, up to a number of them; what goes wrong becomes a value."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scraper.discover.document import open_document
from scraper.discover.feeds import read_feed
from scraper.discover.front_page import read_page
from scraper.discover.json_feed import read_json_feed
from scraper.discover.sitemaps import read_index, read_sitemap, sitemaps_in_robots
from scraper.errors import ScraperError
from scraper.fetch.refresh import refresh_target
from scraper.model.failure import Failure, failure_of
from scraper.model.response import Response
from scraper.model.url import normalise, registrable_domain

if TYPE_CHECKING:
    from datetime import datetime

    from scraper.discover.listing import Keep, Listing
    from scraper.settings import DiscoverSettings

__all__ = ["Fetch", "Read", "Reader", "host_of", "read_listing"]

Fetch = Callable[[str], Awaitable[Response | None]]
"""Returns what is at a URL; None where it is unchanged since it was last read (of a page or an index of sitemaps, that
ends the walk there). Raises FetchError."""
_INLINE_BYTES = 256_000
"""A larger document is read in a thread: 1 MB of a sitemap takes some 100 ms."""
_ROBOTS_BYTES = 500 * 1024
"""RFC 9309, section 2.5."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document has been read and all its links given out: what it was, and what was odd."""

    url: str
    """After redirects."""
    kind: str
    """As of `Listing`; "unchanged" where the fetch said so, "left_out" where a limit was reached."""
    entries: int = 0
    """What it lists, wanted or not."""
    links: int = 0
    """Links given out: wanted, and listed by no document before."""
    problems: tuple[str, ...] = ()


def read_listing(response: Response, keep: Keep, limit: int, *, site: str | None = None) -> Listing:
    """Return what a response lists, whatever its kind.

    Args:
        response: a feed, a sitemap, an index of sitemaps, a list of URLs or a page.
        keep: which links are wanted.
        limit: links at most.
        site: registrable domain that a sitemap's URLs must belong to; None: that of the response; "*": any.

    Raises:
        NotAListing: none of these, or without a single entry.
        PageError: a page that cannot be read.

    """
    document = open_document(response)
    match document.kind:
        case "feed":
            return read_feed(document, keep, limit)
        case "json_feed":
            return read_json_feed(document, keep, limit)
        case "sitemap" | "url_list":
            return read_sitemap(document, keep, limit, site=site)
        case "sitemap_index":
            return read_index(document, site=site)
        case "page":
            return read_page(response, keep, limit)


class Reader:
    """Fetches and reads for one walk.

    Args:
        fetch: asked for one document at a time.
        keep: which links are wanted.
        settings: the limits.
        now: for the time of failures.

    """

    def __init__(self, fetch: Fetch, keep: Keep, settings: DiscoverSettings, now: datetime) -> None:
        self._fetch = fetch
        self._keep = keep
        self._settings = settings
        self._now = now
        self._known: set[str] = set()
        self._fetched = 0
        self.site = "*"
        """Registrable domain that sitemaps and their URLs must belong to; "*" for what the user names."""
        self.failed = False
        """Whether there has been a failure."""

    async def open(self, url: str, *, guess: bool = False) -> Listing | Failure | Read | None:
        """Return what is at `url`; None for a document that was read before, or a guess that was wrong.

        A `Read` stands for a document that is unchanged, or for all that a limit leaves out.
        """
        if normalise(url) in self._known:
            return None
        self._known.add(normalise(url))
        self._fetched += 1
        if self._fetched > self._settings.max_documents:
            problem = f"{self._settings.max_documents} documents are read: the rest is left out"
            return (
                Read(url, "left_out", problems=(problem,))
                if self._fetched == self._settings.max_documents + 1
                else None
            )
        try:
            response = await self._fetch(url)
            there = None if response is None else _refreshed(response)
            if there is not None and normalise(there) not in self._known:
                response = await self._fetch(there)
            return Read(url, "unchanged") if response is None else await self._listing(response, url)
        except ScraperError as error:
            return None if guess and not error.retryable else self.failure(error, url)

    async def sitemaps_named(self, where: str) -> list[str]:
        """Return the sitemaps that the robots.txt of a site names; none for one that cannot be read."""
        try:
            response = await self._fetch(urljoin(where, "/robots.txt"))
        except ScraperError:  # there are the usual places; a host that is down fails there, too
            return []
        if response is None:
            return []
        self.site = registrable_domain(host_of(response.url))
        return list(sitemaps_in_robots(response.body[:_ROBOTS_BYTES], response.url))

    def failure(self, error: ScraperError, url: str) -> Failure:
        """Return the record of an error."""
        self.failed = True
        return failure_of(error, url, at=f"{self._now:%Y-%m-%dT%H:%M:%SZ}")

    async def _listing(self, response: Response, url: str) -> Listing | None:
        there = normalise(response.url)
        if there != normalise(url):
            if there in self._known:
                return None
            self._known.add(there)
        read = partial(read_listing, response, self._keep, self._settings.max_links, site=self.site)
        return read() if len(response.body) <= _INLINE_BYTES else await asyncio.to_thread(read)


def _refreshed(response: Response) -> str | None:
    """Return where a stub of a page sends its reader by a meta refresh: it is followed once."""
    target = refresh_target(response.body)
    if target is None:
        return None
    try:
        there = urljoin(response.url, target)
        if urlsplit(there).scheme not in {"http", "https"} or open_document(response).kind != "page":
            return None
    except (ValueError, ScraperError):  # not a URL; not a document, which is told where it is read
        return None
    return there


def host_of(url: str) -> str:
    """Return the host of a URL; "" where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
