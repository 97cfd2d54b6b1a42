"""Clues: everything that a page says of itself, by syntax; read once, before any decision."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, compress, count
from typing import TYPE_CHECKING, Any

from scraper.metadata.json_ld import read_json_ld
from scraper.metadata.meta_tags import read_head
from scraper.metadata.microdata import Marked, read_microdata

if TYPE_CHECKING:
    from scraper.page.page import Page
    from scraper.page.snapshot import Snapshot

__all__ = ["Clues", "Places", "read_clues"]

_TAGS = frozenset(
    "meta link title h1 h2 h3 h4 time img amp-img figure figcaption source iframe video audio address".split()
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where things stand in the snapshot: elements by tag, and by a word in their attributes."""

    by_tag: dict[str, list[int]]
    """Elements of the tags that carry metadata, in document order."""
    attributes: str
    """The attributes of all elements in lower case, each begins with a blank; "?" for what is not ASCII.

    The words looked for are all ASCII, and ASCII is three times faster to make and to search.
    """
    ends: list[int]
    """End of each element's attributes in `attributes`."""

    def tag(self, name: str) -> list[int]:
        """Return the elements of one of the indexed tags."""
        return self.by_tag.get(name, [])

    def naming(self, word: str) -> list[int]:
        """Return the elements whose attributes hold `word` (ASCII, lower case), in document order."""
        found: list[int] = []
        at = self.attributes.find(word)
        while at >= 0:
            element = bisect_right(self.ends, at)
            found.append(element)
            at = self.attributes.find(word, self.ends[element])
        return found

    def within(self, words: tuple[str, ...], low: int, high: int) -> dict[int, str]:
        """Return element -> the first of `words` (ASCII, lower case) in its attributes, from `low` to `high`."""
        if not self.ends or high < low:
            return {}
        start = self.ends[low - 1] if low > 0 else 0
        stop = self.ends[min(high, len(self.ends) - 1)]
        part = self.attributes[start:stop]
        found: dict[int, str] = {}
        for word in words:
            at = part.find(word)
            while at >= 0:
                element = bisect_right(self.ends, start + at)
                found.setdefault(element, word)
                at = part.find(word, self.ends[element] - start)
        return found


@dataclass(frozen=True, slots=True)
class Clues:
    """Plain data without opinion."""

    meta: dict[str, tuple[str, ...]]
    """Content of <meta> by its name, property, itemprop or http-equiv in lower case ("og:title", "author")."""
    links: dict[str, tuple[str, ...]]
    """href of <link> by each of its rel tokens in lower case ("canonical", "amphtml", "next", "icon")."""
    title: str | None
    """Text of <title>."""
    html_lang: str | None
    json_ld: tuple[dict[str, Any], ...]
    """Every JSON-LD object that has a type or an id, graphs and arrays flattened, in document order."""
    problems: tuple[str, ...] = ()
    """Broken scripts and the like."""
    microdata: tuple[Marked, ...] = ()
    """Elements with an itemprop, in document order."""
    places: Places = field(default_factory=lambda: Places({}, "", []))


def read_clues(page: Page) -> Clues:
    """Return all clues of a page."""
    snapshot = page.snapshot
    places = _places(snapshot)
    head = read_head(snapshot, places.tag("meta"), places.tag("link"), places.tag("title"))
    json_ld, problems = read_json_ld(snapshot.json_ld)
    return Clues(
        meta=head.meta,
        links=head.links,
        title=head.title,
        html_lang=head.html_lang,
        json_ld=json_ld,
        problems=problems,
        microdata=read_microdata(snapshot, sorted({*places.naming("itemprop="), *_in_rdfa(snapshot, places)})),
        places=places,
    )


def _in_rdfa(snapshot: Snapshot, places: Places) -> list[int]:
    """Return the elements of the body that state an RDFa property."""
    return [i for i in places.naming(' property="') if snapshot.tags[i] != "meta"]


def _places(snapshot: Snapshot) -> Places:
    by_tag: dict[str, list[int]] = {}
    for i in compress(count(), map(_TAGS.__contains__, snapshot.tags)):
        by_tag.setdefault(snapshot.tags[i], []).append(i)
    sources = snapshot.sources
    attributes = "".join(sources).encode("ascii", "replace").lower().decode("ascii")
    return Places(by_tag, attributes, list(accumulate(map(len, sources))))
