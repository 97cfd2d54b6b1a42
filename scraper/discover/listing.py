"""Listing: what one document lists, as a value."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scraper.errors import NotAListing
from scraper.fields.dates.date_text import read_moment
from scraper.model.url import url_key, without_tracking
from scraper.page.links import absolute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scraper.discover.document import Kind
    from scraper.model.link import Link

__all__ = ["Keep", "Listing", "SitemapRef", "everything", "gathered", "link_url", "moment_of", "plain_text"]

if TYPE_CHECKING:
    Keep = Callable[[Link], bool]
else:
    Keep = object

_TAG = re.compile(r"<(?:!--.*?(?:-->|\Z)|/?[a-zA-Z!][^<>]*+>)", re.DOTALL)
_NEVER_TEXT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(\d{1,2} [A-Za-z]{3} )(\d{2} )(?=\d{1,2}:)")
"""RFC 822 as it was before 1989 (RFC 1123, section 5.2.14), and as some feeds still write it."""
_RFC822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) ((?:19|20)\d\d) (\d\d:\d\d:\d\d) "
    r"([+-](?:0\d|1[0-4])[0-5]\d|GMT|UTC|Z)",
    re.ASCII,
)
_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)", re.ASCII)
_MONTHS = {
    name: f"{number:02}" for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)
}
_MOST_TEXT = 2_000
_MOST_MARKUP = 20_000
"""Characters of marked-up text that are read for its first 2,000 of plain text."""


class SitemapRef(NamedTuple):
    """A sitemap that an index lists."""

    url: str
    date_modified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one document lists."""

    url: str
    kind: Kind
    links: tuple[Link, ...] = ()
    """Those that were wanted, in the order of the document, each article once."""
    entries: int = 0
    """What the document lists in all, wanted or not; of a page, its links to articles."""
    sitemaps: tuple[SitemapRef, ...] = ()
    """Of a sitemap index."""
    feeds: tuple[str, ...] = ()
    """Of a page: the feeds it advertises, comments' feeds left out."""
    next_page: str | None = None
    """Of a page or a feed in several pages (RFC 5005): where it goes on."""
    problems: tuple[str, ...] = ()
    """What was odd, or left out, in words."""


class Gathered(NamedTuple):
    """What the items of a feed gave."""

    links: tuple[Link, ...]
    items: int
    """That were read."""
    problems: tuple[str, ...]


def everything(_link: Link) -> bool:
    """Keep every link."""
    return True


def gathered(found: Iterable[Link | None], url: str, keep: Keep, limit: int) -> Gathered:
    """Return the links of a feed's items, each article once; None stands for an item without a link.

    Args:
        found: what the items say.
        url: of the feed.
        keep: which links are wanted.
        limit: links; the rest is left out, and a problem says so.

    Raises:
        NotAListing: no item has a link.

    """
    links: dict[str, Link] = {}
    problems: list[str] = []
    items = unlinked = 0
    for link in found:
        items += 1
        if link is None:
            unlinked += 1
        elif keep(link):
            links.setdefault(url_key(link.url), link)
        if len(links) > limit:
            problems.append(f"more than {limit:,} items: the rest is left out")
            links.popitem()
            break
    if unlinked == items:
        raise NotAListing(f"a feed whose {items} items have no link", url=url)
    if unlinked:
        problems.append(f"{unlinked} items without a link")
    return Gathered(tuple(links.values()), items, tuple(problems))


def link_url(base: str, href: str | None) -> str | None:
    """Return a link as an absolute http(s) URL without fragment and tracking parameters; None for what is none."""
    if not href or href.startswith("#"):
        return None
    found = absolute(base, href)
    if found is None or found.startswith("mailto:"):
        return None
    return without_tracking(found)


def moment_of(text: str | None) -> str | None:
    """Return a date of a feed or sitemap in ISO 8601, its offset kept; None for what is none."""
    if not text:
        return None
    text = text[:100].strip()
    exact = _exact(text)
    if exact is not None:
        return exact
    moment = read_moment(_SHORT_YEAR.sub(r"\g<1>20\2", text))
    return moment.iso if moment else None


def _exact(text: str) -> str | None:
    """Return a date that is written as the specifications say, in a tenth of the time; None for all others."""
    found = _RFC822.fullmatch(text)
    if found:
        day, month, year, clock, zone = found.groups()
        offset = f"{zone[:3]}:{zone[3:]}" if zone[0] in "+-" else "+00:00"
        text = f"{year}-{_MONTHS.get(month)}-{int(day):02}T{clock}{offset}"
    elif not _ISO.fullmatch(text):
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(microsecond=0).isoformat()


def plain_text(text: str | None) -> str | None:
    """Return marked-up text as plain text on one line, cut at 2,000 characters; None for an empty one."""
    if not text:
        return None
    text = text[:_MOST_MARKUP]
    if "<" in text:
        text = _TAG.sub(" ", _NEVER_TEXT.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
        if "<" in text:  # escaped twice
            text = _TAG.sub(" ", _NEVER_TEXT.sub(" ", text))
    return " ".join(text.split())[:_MOST_TEXT].rstrip() or None
