"""Feeds: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0; their items as links, their data kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scraper.discover.listing import Listing, everything, gathered, link_url, moment_of, plain_text
from scraper.discover.xml_items import is_cut, items_of, local_name, prefix_of, text_in
from scraper.errors import NotAListing
from scraper.model.link import Link

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from scraper.discover.document import Document
    from scraper.discover.listing import Keep

__all__ = ["MOST_ITEMS", "is_media", "read_feed"]

MOST_ITEMS = 50_000
"""Links of one document, the most that the sitemap protocol allows."""
_ITEMS = ("item", "entry")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_OURS = frozenset({"", "rss", "atom", "default"})
"""Prefixes under which feeds write the plain elements of RSS and Atom."""
_PUBLISHED = frozenset("pubdate published issued date created publicationdate".split())
_MODIFIED = frozenset("updated modified lastmod lastbuilddate".split())
_MEDIA = re.compile(
    r"\.(?:mp3|m4a|m4v|mp4|ogg|oga|opus|wav|flac|avi|mov|jpe?g|png|gif|webp|avif|zip)(?:[?#]|\Z)", re.IGNORECASE
)
_MAIL = re.compile(r"<?[^\s<>@]{1,100}@[^\s<>@]{1,200}>?")
_MOST_AUTHORS = 20


def is_media(url: str) -> bool:
    """Whether a URL ends as a recording, a picture or an archive does."""
    return _MEDIA.search(url) is not None


def read_feed(document: Document, keep: Keep = everything, limit: int = MOST_ITEMS) -> Listing:
    """Return the items of a feed.

    Args:
        document: of the kind "feed".
        keep: which links are wanted.
        limit: links; the rest is left out, and a problem says so.

    Raises:
        NotAListing: a feed without items (reason "empty"), or whose items have no links.

    """
    elements = items_of(document.text, _ITEMS)
    first = next(elements, None)
    if first is None:
        raise NotAListing("a feed without items", url=document.url, reason="empty")
    base = _base_of(first, document.url)
    following = _next_of(first, base)
    found = (_link_of(element, base, document.url) for element in chain([first], elements))
    links, items, problems = gathered(found, document.url, keep, limit)
    cut = ("the feed is cut short",) if is_cut(document.text, _ITEMS) else ()
    return Listing(
        url=document.url,
        kind="feed",
        links=links,
        entries=items,
        next_page=following,
        problems=(*document.problems, *problems, *cut),
    )


@dataclass(slots=True)
class _Item:
    """What the children of an item say, first come first kept."""

    texts: dict[str, str]
    authors: list[str]
    keywords: list[str]
    published: str | None = None
    modified: str | None = None


def _link_of(element: Element, base: str, found_at: str) -> Link | None:
    base = _rebased(base, element)
    item = _Item({}, [], [])
    for child in element:
        prefix = prefix_of(child)
        name = local_name(child).lower()
        if prefix in _OURS:
            _take_plain(item, child, name)
        elif prefix in {"dc", "dcterms"}:
            _take_dublin_core(item, child, name)
        elif name == "origlink":
            item.texts["original"] = text_in(child)
    url = _url_of(element, item, base)
    if url is None:
        return None
    return Link(
        url=url,
        title=plain_text(item.texts.get("title")),
        date_published=item.published,
        date_modified=item.modified,
        source="feed",
        found_at=found_at,
        authors=tuple(dict.fromkeys(filter(None, map(plain_text, item.authors[:_MOST_AUTHORS])))),
        summary=plain_text(item.texts.get("summary") or item.texts.get("description")),
        keywords=tuple(dict.fromkeys(filter(None, map(plain_text, item.keywords[:_MOST_AUTHORS])))),
    )


def _take_plain(item: _Item, child: Element, name: str) -> None:
    if name == "link":
        _take_link(item, child)
    elif name in {"author", "contributor"}:
        if name == "author":
            _take_author(item, child)
    elif name == "category":
        item.keywords.append(child.get("term") or text_in(child))
    elif name in _PUBLISHED:
        item.published = item.published or moment_of(text_in(child))
    elif name in _MODIFIED:
        item.modified = item.modified or moment_of(text_in(child))
    elif name == "guid":
        if (child.get("isPermaLink") or "true").lower() != "false":
            item.texts.setdefault("permalink", text_in(child))
    else:
        item.texts.setdefault(name, text_in(child))


def _take_link(item: _Item, child: Element) -> None:
    """RSS writes the link as text, Atom as href; enclosures, replies and the like are no links to the article."""
    href = child.get("href")
    if href is None:
        item.texts.setdefault("link", text_in(child))
        return
    if (child.get("rel") or "alternate").lower() not in {
        "alternate",
        "http://www.iana.org/assignments/relation/alternate",
    }:
        return
    kind = (child.get("type") or "").lower()
    item.texts.setdefault("page" if not kind or "html" in kind else "other", href)


def _take_author(item: _Item, child: Element) -> None:
    names = [text_in(part) for part in child if local_name(part) == "name"]
    if names or len(child):
        item.authors += names
        return
    text = text_in(child)  # RSS: "mail@example.com (Name)", "Name <mail@example.com>"
    item.authors.append(_MAIL.sub(" ", text).strip(" ()\t\n\"'") if "@" in text else text)


def _take_dublin_core(item: _Item, child: Element, name: str) -> None:
    if name == "creator":
        item.authors.append(text_in(child))
    elif name == "subject":
        item.keywords.append(text_in(child))
    elif name in _PUBLISHED:
        item.published = item.published or moment_of(text_in(child))
    elif name in _MODIFIED:
        item.modified = item.modified or moment_of(text_in(child))
    elif name in {"title", "description"}:
        item.texts.setdefault(f"dc:{name}", text_in(child))
        item.texts.setdefault(name, text_in(child))


def _url_of(element: Element, item: _Item, base: str) -> str | None:
    """Return the article's URL: as it was before a feed service rewrote it, as the link says, or as the id does."""
    names = ("original", "page", "link", "permalink", "other", "id")
    candidates = [item.texts.get(name) for name in names] + [element.get(_RDF_ABOUT)]
    for at, candidate in enumerate(candidates):
        if not candidate:
            continue
        if at != 2 and at != 1 and not candidate.lower().startswith(("http://", "https://")):  # noqa: PLR1714, PLR2004  # "page", "link"
            continue  # an id is a URL only where it says so
        url = link_url(base, candidate)
        if url is not None and not is_media(url):
            return url
    return None


def _base_of(element: Element, url: str) -> str:
    """Return what relative links of a feed start from: xml:base, else the feed's own URL.

    Where a feed service of another host gives the feed out, the site that the feed is about takes its place.
    """
    around = list(element.iterancestors())
    base = url
    for outer in reversed(around):
        base = _rebased(base, outer)
    if base != url:
        return base
    for outer in around:
        for child in outer:
            if local_name(child) == "link" and prefix_of(child) in _OURS and child.get("rel") in {None, "alternate"}:
                site = link_url(url, child.get("href") or text_in(child))
                if site and urlsplit(site).hostname != urlsplit(url).hostname:
                    return site
    return base


def _next_of(element: Element, base: str) -> str | None:
    """Return the next page of a feed in several (RFC 5005, sections 3 and 4)."""
    for outer in element.iterancestors():
        for child in outer:
            if local_name(child) == "link" and child.get("rel") in {"next", "prev-archive"}:
                return link_url(base, child.get("href"))
    return None


def _rebased(base: str, element: Element) -> str:
    given = element.get(_XML_BASE)
    if not given:
        return base
    try:
        joined = urljoin(base, given.strip())
    except ValueError:
        return base
    return joined if joined.startswith(("http://", "https://")) else base
