"""Front pages and sections: which of their links lead to articles, which feeds they advertise, where they go on."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.discover.link_features import features_of
from scraper.discover.listing import Listing, everything, link_url, moment_of, plain_text
from scraper.discover.page_links import links_of
from scraper.discover.wanted import url_date
from scraper.model.link import Link
from scraper.model.url import registrable_domain, url_key
from scraper.page.links import base_url_of
from scraper.page.page import open_page

if TYPE_CHECKING:
    from scraper.discover.listing import Keep
    from scraper.discover.page_links import PageLink
    from scraper.model.response import Response
    from scraper.page.snapshot import Snapshot

__all__ = ["THRESHOLD", "candidates_of", "read_page", "score_of"]

THRESHOLD = 0.5
"""Score from which a link is given out; `python -m training.links` prints what it costs."""
_WEIGHTS = Path(__file__).with_name("link_weights.json")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_COMMENTS = re.compile(r"comments?(?:/|\b)|kommentare", re.IGNORECASE)
_NEXT = re.compile(r"(?:^|\s)next(?:\s|$)", re.IGNORECASE)
_MOST_FEEDS = 20


def read_page(response: Response, keep: Keep = everything, limit: int = 50_000) -> Listing:
    """Return the links of a page that lead to articles of the same site, by a learned score.

    Args:
        response: an HTML page: a home page, a section, a tag, an archive.
        keep: which links are wanted.
        limit: links; the rest is left out.

    Raises:
        PageError: the page cannot be read.
        NotHtml: it is binary.

    """
    page = open_page(response, whole=True)
    snapshot = page.whole or page.snapshot
    base = base_url_of(snapshot, response.url) or response.url
    candidates = candidates_of(snapshot, response.url, base)
    articles = 0
    links: list[Link] = []
    for candidate, features in zip(candidates, features_of(candidates, response.url), strict=True):
        score = score_of(features)
        if score < THRESHOLD:
            continue
        articles += 1
        link = _link(candidate, round(score, 3), response.url)
        if keep(link) and len(links) < limit:
            links.append(link)
    return Listing(
        url=response.url,
        kind="page",
        links=tuple(links),
        entries=articles,
        feeds=_feeds_of(snapshot, base),
        next_page=_next_of(snapshot, base, response.url),
        problems=page.problems,
    )


def candidates_of(snapshot: Snapshot, url: str, base: str) -> list[PageLink]:
    """Return the links of a page to other pages of its site, its home page left out."""
    site = registrable_domain(urlsplit(url).hostname or "")
    own = url_key(url)
    return [
        link
        for link in links_of(snapshot, base)
        if registrable_domain(_host(link.url)) == site and (key := url_key(link.url)) != own and _leads_on(key)
    ]


def score_of(features: set[str]) -> float:
    """Return how likely a link leads to an article, 0 to 1."""
    weights = _weights()
    total = weights[""] + sum(weights.get(name, 0.0) for name in features)
    return 1 / (1 + math.exp(-total))


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return weights


def _link(candidate: PageLink, score: float, found_at: str) -> Link:
    return Link(
        url=candidate.url,
        title=plain_text(candidate.text),
        date_published=moment_of(candidate.date) or url_date(candidate.url),
        source="page",
        found_at=found_at,
        score=score,
    )


def _feeds_of(snapshot: Snapshot, base: str) -> tuple[str, ...]:
    """Return the feeds that a page advertises (HTML standard, 4.6.7.1), those of comments left out."""
    found: dict[str, None] = {}
    for element in snapshot.elements("link"):
        attributes = snapshot.attributes(element)
        if "alternate" not in (attributes.get("rel") or "").lower().split():
            continue
        if (attributes.get("type") or "").split(";")[0].strip().lower() not in _FEED_TYPES:
            continue
        url = link_url(base, attributes.get("href"))
        if url and not _COMMENTS.search(f"{urlsplit(url).path}/ {attributes.get('title') or ''}"):
            found.setdefault(url)
    return tuple(found)[:_MOST_FEEDS]


def _next_of(snapshot: Snapshot, base: str, url: str) -> str | None:
    """Return the next page of a listing: rel=next, in the head or on a link."""
    for tag in ("link", "a"):
        for element in snapshot.elements(tag):
            if "next" in snapshot.sources[element] and _NEXT.search(snapshot.attribute(element, "rel") or ""):
                there = link_url(base, snapshot.attribute(element, "href"))
                if there and url_key(there) != url_key(url) and _host(there) == _host(url):
                    return there
    return None


def _leads_on(key: str) -> bool:
    """Whether a key has more than a host."""
    return "/" in key or "?" in key


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
