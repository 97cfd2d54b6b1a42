"""The walk: from a site, a section, a feed or a sitemap to links, document after document, as links are asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scraper.discover.listing import Listing, SitemapRef
from scraper.discover.places import FEED_PLACES, NEWS_PLACES, SITEMAP_PLACES, is_news_name, newest_first, of_section
from scraper.discover.reading import Fetch, Read, Reader, host_of
from scraper.discover.wanted import cutoff, month_in_url, too_old, wanted
from scraper.errors import NotAListing
from scraper.model.failure import Failure
from scraper.model.link import Link
from scraper.model.url import registrable_domain, url_key
from scraper.settings import DiscoverSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

__all__ = ["Fetch", "Found", "Read", "discover"]

Found = Link | Failure | Read
_DEFAULT = DiscoverSettings()


async def discover(
    fetch: Fetch, source: str, settings: DiscoverSettings = _DEFAULT, *, now: datetime | None = None
) -> AsyncIterator[Found]:
    """Yield the links that `source` leads to, each article once; lazily: what is not asked for is not fetched.

    A `Failure` stands for each document that could not be read, a `Read` follows the last link of each that could.

    Args:
        fetch: asked for one document at a time.
        source: URL of a site, a section, a feed or a sitemap.
        settings: what to look for.
        now: aware; what `settings.since` counts back from. None: the clock's.

    """
    walk = _Walk(fetch, source, settings, now or datetime.now(UTC))
    async for found in walk.found():
        yield found
        if settings.limit is not None and walk.given >= settings.limit:
            return


class _Walk:
    """One run of `discover`."""

    def __init__(self, fetch: Fetch, source: str, settings: DiscoverSettings, now: datetime) -> None:
        self._source = source.strip()
        self._settings = settings
        self._since = cutoff(settings, now)
        self._reader = Reader(fetch, wanted(settings, now), settings, now)
        self._seen: set[str] = set()
        self._read_something = False
        self.given = 0

    async def found(self) -> AsyncIterator[Found]:
        """Yield everything."""
        ways = self._settings.ways
        where = self._source
        page: Listing | None = None
        if not (_is_root(where) and ways and not {"feed", "home"} & set(ways)):  # else its page is not needed
            there = await self._reader.open(where)
            if not isinstance(there, Listing):
                if there is not None:
                    yield there
                return
            if there.kind != "page":
                async for one in self._all_of(there):
                    yield one
                return
            page, where = there, there.url
        self._reader.site = registrable_domain(host_of(where))
        async for one in self._of_site(page, where):
            yield one
        if not self._read_something and not self._reader.failed:
            yield self._reader.failure(_nothing(ways, where), where)

    async def _of_site(self, page: Listing | None, where: str) -> AsyncIterator[Found]:
        """Yield what a site or section leads to, by the ways asked for."""
        ways = self._settings.ways
        if page and (not ways or "feed" in ways):
            async for one in self._feeds(page, asked=bool(ways)):
                yield one
        if "sitemap" in ways or "news" in ways or (not ways and _is_root(where)):
            async for one in self._sitemaps(where, news="sitemap" not in ways, asked=bool(ways)):
                yield one
        if page and (not ways or "home" in ways):
            async for one in self._pages(page):
                yield one
        if not ways and not self._read_something and _is_root(where):
            async for one in self._sitemaps(where, news=False, asked=True):
                yield one

    async def _feeds(self, page: Listing, *, asked: bool) -> AsyncIterator[Found]:
        """Yield the items of the feeds that a page advertises; where it has none, of the first at a usual place."""
        urls = of_section(page.feeds, page.url) or (page.feeds if asked else ())
        for url in urls:
            feed = await self._reader.open(url)
            if isinstance(feed, Listing):
                async for one in self._feed_pages(feed):
                    yield one
            elif feed is not None:
                yield feed
        for place in FEED_PLACES if asked and not urls else ():
            feed = await self._reader.open(urljoin(page.url, place), guess=True)
            if isinstance(feed, Listing) and feed.kind in {"feed", "json_feed"}:
                async for one in self._feed_pages(feed):
                    yield one
                return

    async def _feed_pages(self, feed: Listing) -> AsyncIterator[Found]:
        if feed.kind not in {"feed", "json_feed"}:
            yield self._reader.failure(NotAListing("an HTML page, not a feed", url=feed.url, reason="html"), feed.url)
            return
        async for one in self._pages(feed):
            yield one

    async def _sitemaps(self, where: str, *, news: bool, asked: bool) -> AsyncIterator[Found]:
        """Yield the URLs of a site's sitemaps: of those that robots.txt names, else of the first at a usual place."""
        named = await self._reader.sitemaps_named(where)
        chosen = [url for url in named if is_news_name(url)] if news else named
        if chosen or not asked:
            async for one in self._below(_refs(chosen)):
                yield one
            return
        if named:  # no name says "news", but an index among them may lead to one that does
            async for one in self._below(_refs(named), news=True):
                yield one
            return
        for place in NEWS_PLACES + SITEMAP_PLACES if news else SITEMAP_PLACES + NEWS_PLACES:
            there = _refs([urljoin(where, place)])
            async for one in self._below(there, news=news and place in SITEMAP_PLACES, guess=True):
                yield one
            if self._read_something:
                return

    async def _all_of(self, listing: Listing) -> AsyncIterator[Found]:
        """Yield what a feed, a sitemap or an index that was asked for leads to."""
        async for one in self._pages(listing):
            yield one
        if listing.kind == "sitemap_index":
            self._reader.site = registrable_domain(host_of(listing.url))
            news = self._settings.ways == ("news",) and any(is_news_name(ref.url) for ref in listing.sitemaps)
            async for one in self._below(listing.sitemaps, depth=1, news=news):
                yield one

    async def _below(
        self, refs: Iterable[SitemapRef], *, depth: int = 0, news: bool = False, guess: bool = False
    ) -> AsyncIterator[Found]:
        """Yield the URLs of sitemaps and, below indexes, of theirs, the latest first.

        Args:
            refs: what to read.
            depth: indexes above them.
            news: below an index, read those alone whose names say so; of others, give news entries alone.
            guess: nobody said that they exist.

        """
        left = [(ref, depth) for ref in reversed(newest_first(refs))]
        while left:
            ref, depth = left.pop()
            if self._is_past(ref) or (news and depth > 0 and not is_news_name(ref.url)):
                continue
            listing = await self._reader.open(ref.url, guess=guess)
            if not isinstance(listing, Listing):
                if listing is not None:
                    yield listing
                continue
            if listing.kind == "page":
                if not guess:
                    yield self._reader.failure(
                        NotAListing("a page, not a sitemap", url=ref.url, reason="html"), ref.url
                    )
                continue
            if listing.kind == "sitemap_index" and depth >= self._settings.max_depth:
                problem = f"an index below {depth} others: the {len(listing.sitemaps)} sitemaps it lists are left out"
                listing = replace(listing, sitemaps=(), problems=(*listing.problems, problem))
            left += [(child, depth + 1) for child in reversed(newest_first(listing.sitemaps))]
            if news and not is_news_name(ref.url):
                listing = replace(listing, links=tuple(one for one in listing.links if one.source == "news_sitemap"))
            for one in self._give(listing):
                yield one

    async def _pages(self, listing: Listing) -> AsyncIterator[Found]:
        """Yield the links of a page or feed and of those that follow it."""
        for one in self._give(listing):
            yield one
        for _ in range(1, self._settings.max_pages):
            if listing.next_page is None:
                return
            there = await self._reader.open(listing.next_page)
            if not isinstance(there, Listing):
                if there is not None:
                    yield there
                return
            listing = there
            for one in self._give(listing):
                yield one

    def _give(self, listing: Listing) -> Iterator[Found]:
        """Yield the links of a document that none before it had, then what is to be said of the document."""
        self._read_something = self._read_something or bool(listing.entries)
        new = 0
        for link in listing.links:
            key = url_key(link.url)
            if key not in self._seen:
                self._seen.add(key)
                self.given += 1
                new += 1
                yield link
        yield Read(listing.url, listing.kind, listing.entries, new, listing.problems)

    def _is_past(self, ref: SitemapRef) -> bool:
        return self._since is not None and too_old(ref.date_modified or month_in_url(ref.url), self._since)


def _refs(urls: Iterable[str]) -> list[SitemapRef]:
    return [SitemapRef(url, None) for url in urls]


def _nothing(ways: tuple[str, ...], where: str) -> NotAListing:
    what = {
        (): "neither a feed nor a news sitemap nor a link to an article was found",
        ("feed",): "no feed: the page advertises none, and none is at the usual places",
        ("home",): "no link to an article was found on the page",
        ("news",): "no news sitemap: robots.txt names none, and none is at the usual places",
        ("sitemap",): "no sitemap: robots.txt names none, and none is at the usual places",
    }.get(ways, "nothing that lists articles was found")
    return NotAListing(what, url=where, advice="give the URL of a feed, a sitemap or a section", reason="nothing_found")


def _is_root(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path in {"", "/"} and not parts.query
