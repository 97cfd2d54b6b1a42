"""Places: where the elements stand that may carry metadata, by tag and by the words in their attributes."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate, compress, count
from typing import TYPE_CHECKING

import msgspec

from scraper.compiled import fastest

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = ["Places", "elements_naming", "index_of", "places_of", "words_within"]

_TAGS = frozenset(
    "meta link title base h1 h2 h3 h4 time img amp-img figure figcaption source iframe video audio address".split()
)
_MARKS = ("itemprop=", ' property="', 'rel="tag', 'rel="license')
"""What several readers ask of every page: looked for together."""


class Places(msgspec.Struct, frozen=True):
    """Where things stand in the snapshot: elements by tag, and by a word in their attributes."""

    by_tag: dict[str, list[int]]
    """Elements of the tags that carry metadata, in document order."""
    attributes: str
    """The attributes of all elements in lower case, each begins with a blank; "?" for what is not ASCII.

    The words looked for are all ASCII, and ASCII is three times faster to make and to search.
    """
    ends: array[int]
    """End of each element's attributes in `attributes`."""
    marked: dict[str, list[int]]
    """Elements by the marks of microdata, RDFa and links in their attributes, in document order."""

    def tag(self, name: str) -> list[int]:
        """Return the elements of one of the indexed tags."""
        return self.by_tag.get(name, [])

    def mark(self, name: str) -> list[int]:
        """Return the elements whose attributes hold one of the marks: `itemprop=`, ` property="`, `rel="tag` ..."""
        return self.marked.get(name, [])

    def naming(self, words: tuple[str, ...]) -> dict[str, list[int]]:
        """Return the elements whose attributes hold a word (ASCII, lower case), by word; none for those without."""
        return _elements_naming(self.attributes, self.ends, words)

    def names(self, element: int, word: str) -> bool:
        """Whether the attributes of an element hold a word (ASCII, lower case)."""
        return self.attributes.find(word, self.ends[element - 1] if element else 0, self.ends[element]) >= 0

    def within(self, words: tuple[str, ...], low: int, high: int) -> dict[int, str]:
        """Return element -> the first of `words` (ASCII, lower case) in its attributes, from `low` to `high`."""
        return _words_within(self.attributes, self.ends, words, low, high)


def places_of(snapshot: Snapshot) -> Places:
    """Return where things stand in a snapshot."""
    by_tag, attributes, ends = _index_of(snapshot.tags, snapshot.sources, _TAGS)
    return Places(by_tag, attributes, ends, _elements_naming(attributes, ends, _MARKS))


def index_of(
    tags: list[str], sources: list[str], wanted: frozenset[str]
) -> tuple[dict[str, list[int]], str, array[int]]:
    """Return the first three parts of `Places`; `wanted`: the tags to index."""
    by_tag: dict[str, list[int]] = {}
    for i in compress(count(), map(wanted.__contains__, tags)):
        by_tag.setdefault(tags[i], []).append(i)
    attributes = "".join(sources).encode("ascii", "replace").lower().decode("ascii")
    return by_tag, attributes, array("q", accumulate(map(len, sources)))


def words_within(attributes: str, ends: array[int], words: tuple[str, ...], low: int, high: int) -> dict[int, str]:
    """Return what `Places.within` does: by word, in the order of `words`, and in document order for each."""
    low = max(low, 0)
    high = min(high, len(ends) - 1)
    if high < low:
        return {}
    start = ends[low - 1] if low else 0
    stop = ends[high]
    found: dict[int, str] = {}
    for word in words:
        at = attributes.find(word, start, stop)
        while at >= 0:
            element = bisect_right(ends, at)
            found.setdefault(element, word)
            at = attributes.find(word, ends[element], stop)
    return found


def elements_naming(attributes: str, ends: array[int], words: tuple[str, ...]) -> dict[str, list[int]]:
    """Return what `Places.naming` does: words in their order, elements in document order."""
    named: dict[str, list[int]] = {}
    for word in words:
        at = attributes.find(word)
        while at >= 0:
            element = bisect_right(ends, at)
            named.setdefault(word, []).append(element)
            at = attributes.find(word, ends[element])
    return named


_index_of = fastest(index_of, "places")
_elements_naming = fastest(elements_naming, "places")
_words_within = fastest(words_within, "places")
