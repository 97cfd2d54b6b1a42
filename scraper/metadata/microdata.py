"""Microdata (itemprop), RDFa properties in the body and hNews / hEntry classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = ["Marked", "read_microdata"]

_MAX_MARKS = 2_000
_HEAD = frozenset({"meta", "link"})
"""Read with the head."""


class Marked(NamedTuple):
    """One element that a page marks as a property of an item."""

    name: str
    """The property in lower case, such as "datepublished"."""
    element: int
    item: str
    """Type of the innermost item around it in lower case, such as "newsarticle"; "" outside of any."""
    value: str | None
    """What an attribute says (content, datetime); None: the element's text is the value."""


def read_microdata(snapshot: Snapshot, elements: list[int]) -> tuple[Marked, ...]:
    """Return the properties among `elements`, the elements whose attributes name `itemprop` or `property`."""
    marks: list[Marked] = []
    types: dict[int, str] = {}
    for i in elements[:_MAX_MARKS]:
        attributes = snapshot.attributes(i)
        names = attributes.get("itemprop", "").lower().split()[:5]
        if not names and snapshot.tags[i] not in _HEAD:
            names = [name.rpartition(":")[2] for name in attributes.get("property", "").lower().split()[:5]]
        if not names:
            continue
        value = attributes.get("content") or attributes.get("datetime")
        if value is None and snapshot.tags[i] == "abbr":
            value = attributes.get("title")  # the datetime design pattern of microformats
        item = _item_around(snapshot, i, types)
        marks += [Marked(name, i, item, value) for name in names]
    return tuple(marks)


def _item_around(snapshot: Snapshot, element: int, types: dict[int, str]) -> str:
    """Return the type of the item that the element is a property of; `types` remembers what was found."""
    path = []
    at = snapshot.parents[element]
    found = ""
    while at >= 0:
        if at in types:
            found = types[at]
            break
        path.append(at)
        if "itemtype" in snapshot.sources[at]:
            found = (snapshot.attribute(at, "itemtype") or "").rstrip("/").rpartition("/")[2].lower()
            break
        if "itemscope" in snapshot.sources[at]:
            break
        at = snapshot.parents[at]
    for i in path:
        types[i] = found
    return found
