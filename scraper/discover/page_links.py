"""The links of a page, each URL once, with what its anchors say together: where they stand, what they are called."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scraper.discover.listing import link_url
from scraper.model.url import url_key

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = ["PageLink", "links_of"]

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_NEAR = 5
"""Elements around an anchor whose classes are read, and that may be the card it belongs to."""
_LINKS_OF_A_CARD = 6
"""Anchors that a teaser has at most: picture, headline, section, author, comments, share."""
_MOST_LINKS = 5_000
_MOST_TEXT = 400
_MOST_INSIDE, _MOST_AROUND = 200, 64
"""Elements in and around an anchor that are looked at: pages nest deeper only to do harm."""


@dataclass(slots=True)
class PageLink:
    """One URL that a page links to."""

    url: str
    text: str = ""
    """The longest of its anchors' texts."""
    anchors: int = 0
    tags: set[str] = field(default_factory=set)
    """Names of the elements around and inside any of its anchors."""
    always: set[str] | None = None
    """Names of the elements around each of its anchors."""
    classes: list[str] = field(default_factory=list)
    """Classes and ids of its anchors and of the elements close around them, in lower case."""
    rel: set[str] = field(default_factory=set)
    date: str | None = None
    """The datetime of a <time> in the same card."""
    in_heading: bool = False
    pictures: bool = False


def links_of(snapshot: Snapshot, base: str) -> list[PageLink]:
    """Return the links of a page in document order; `snapshot` with its <nav> and <footer>."""
    anchors = snapshot.elements("a")[:_MOST_LINKS]
    times = snapshot.elements("time")
    found: dict[str, PageLink] = {}
    for anchor in anchors:
        attributes = snapshot.attributes(anchor)
        url = link_url(base, attributes.get("href"))
        if url is None:
            continue
        link = found.setdefault(url_key(url), PageLink(url))
        _add(link, snapshot, anchor, attributes)
        if link.date is None and times:
            link.date = _date_near(snapshot, anchor, anchors, times)
    return list(found.values())


def _add(link: PageLink, snapshot: Snapshot, anchor: int, attributes: dict[str, str]) -> None:
    ancestors = _around(snapshot, anchor)
    around = {snapshot.tags[one] for one in ancestors}
    inside = set(snapshot.tags[anchor + 1 : min(snapshot.ends[anchor], anchor + _MOST_INSIDE)])
    first = snapshot.text_starts[anchor]
    texts = snapshot.texts[first : min(snapshot.text_ends[anchor], first + _MOST_INSIDE)]
    text = " ".join("".join(texts)[: 4 * _MOST_TEXT].split())[:_MOST_TEXT]
    if len(text) > len(link.text):
        link.text = text
    link.anchors += 1
    link.tags |= around | inside
    link.always = around if link.always is None else link.always & around
    link.in_heading = link.in_heading or bool(_HEADINGS & (inside | {snapshot.tags[one] for one in ancestors[:3]}))
    link.pictures = link.pictures or bool(inside & {"img", "picture", "video"})
    link.rel.update((attributes.get("rel") or "").lower().split())
    for one in (anchor, *ancestors[:_NEAR]):
        source = snapshot.sources[one]
        if "class=" in source or "id=" in source:
            named = snapshot.attributes(one)
            link.classes.append(f"{named.get('class', '')} {named.get('id', '')}".lower()[:200])


def _around(snapshot: Snapshot, anchor: int) -> list[int]:
    """Return the elements around an anchor, innermost first, as far as they matter."""
    found: list[int] = []
    parent = snapshot.parents[anchor]
    while parent >= 0 and len(found) < _MOST_AROUND:
        found.append(parent)
        parent = snapshot.parents[parent]
    return found


def _date_near(snapshot: Snapshot, anchor: int, anchors: list[int], times: list[int]) -> str | None:
    """Return the datetime of the first <time> in the smallest element around that could be a teaser."""
    for one in _around(snapshot, anchor)[:_NEAR]:
        end = snapshot.ends[one]
        if bisect_left(anchors, end) - bisect_left(anchors, one) > _LINKS_OF_A_CARD:
            return None
        at = bisect_left(times, one)
        if at < len(times) and times[at] < end:
            return snapshot.attribute(times[at], "datetime") or snapshot.text(times[at])
    return None
