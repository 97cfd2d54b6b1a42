"""Place: in which list, table, quotation, heading or live update an element stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scraper.body.blocks.inline import KINDS

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = ["ListStep", "Place", "find_places", "headed", "is_update"]

_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
"""Level in the body; an h1 inside the article is a section like an h2, for level 1 is the headline's."""
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_PREFORMATTED = frozenset({"pre", "listing", "xmp", "plaintext"})
_MAX_LISTS = 8
"""Levels of nesting that are told apart; deeper lists count as the next one. Bounds the work on hostile pages."""
_MAX_MARKS = 8
_UPDATE = re.compile(
    r"liveblogupdate|itemprop=\"?[^\">]*liveBlogUpdate|(?:^|[\s\"_-])(?:live-?(?:blog|ticker|update|feed|coverage|story)?|ticker|timeline|"
    r"minute-?by-?minute)(?:__|--?|_)?(?:entry|item|post|update|event|element|block|article|card|message|content-item)(?:$|[\s\"_-])",
    re.IGNORECASE,
)
"""Class, id or microdata of one update of a live blog."""
_UPDATE_WORDS = ("live", "ticker", "timeline", "minute")
"""One of these is in it: quicker to look for."""


class ListStep(NamedTuple):
    """One list around an element, and the item of it that holds the element."""

    list: int
    ordered: bool
    item: int


class Place(NamedTuple):
    """The structure around an element; -1 stands for none."""

    level: int = 0
    """Of the heading around it, 2 to 6; 0 for none."""
    pre: int = -1
    quote: int = -1
    """The outermost block quotation."""
    lists: tuple[ListStep, ...] = ()
    """Outermost first; starts anew inside a table's cell, a quotation and a definition list."""
    table: int = -1
    """The innermost table."""
    row: int = -1
    cell: int = -1
    term: bool = False
    """Inside a <dt>."""
    update: int = -1
    """The container of one live-blog update."""
    marks: tuple[int, ...] = ()
    """Elements such as <a> and <strong> that hold the whole block."""


def find_places(snapshot: Snapshot, elements: list[int], live: bool) -> tuple[list[Place], set[int]]:  # noqa: FBT001  # a twin takes no keywords
    """Return (the place that text directly inside each of `elements` has, tables that hold another one around them).

    `live`: whether the page may have live updates.
    """
    tags, sources, parents = snapshot.tags, snapshot.sources, snapshot.parents
    known: dict[int, Place] = {-1: Place()}
    outer_tables: set[int] = set()
    for element in elements:
        path = []
        at = element
        while at not in known:
            path.append(at)
            at = parents[at]
        place = known[at]
        for inner in reversed(path):
            tag, source = tags[inner], sources[inner]
            change = _CHANGES.get(tag)
            if change is not None:
                if tag == "table" and place.table >= 0:
                    outer_tables.add(place.table)
                place = change(place, inner, tag)
            elif "heading" in source:
                place = headed(place, snapshot, inner)
            if live and tag in _CONTAINERS and is_update(source):
                place = place._replace(update=inner)
            known[inner] = place
    return [known[element] for element in elements], outer_tables


def headed(place: Place, snapshot: Snapshot, element: int) -> Place:
    """Return the place inside an element that may be a heading by its role."""
    if snapshot.attribute(element, "role") != "heading":
        return place
    level = snapshot.attribute(element, "aria-level") or ""
    return _heading(place, element, f"h{level}" if level in {"1", "2", "3", "4", "5", "6"} else "h2")


_CONTAINERS = frozenset({"div", "section", "article", "li"})


def is_update(source: str) -> bool:
    """Whether an element with these attributes holds one update of a live blog."""
    lower = source.lower()
    return any([word in lower for word in _UPDATE_WORDS]) and _UPDATE.search(source) is not None  # noqa: C419  # quicker


def _heading(place: Place, _element: int, tag: str) -> Place:
    return place if place.quote >= 0 else place._replace(level=_HEADINGS[tag])


def _preformatted(place: Place, element: int, _tag: str) -> Place:
    return place._replace(pre=element) if place.pre < 0 else place


def _quotation(place: Place, element: int, _tag: str) -> Place:
    return place._replace(quote=element if place.quote < 0 else place.quote, lists=(), level=0)


def _list(place: Place, element: int, tag: str) -> Place:
    return place._replace(lists=(*place.lists[:_MAX_LISTS], ListStep(element, tag == "ol", -1)), level=0)


def _item(place: Place, element: int, _tag: str) -> Place:
    if not place.lists:  # an <li> without its list
        return place
    return place._replace(lists=(*place.lists[:-1], place.lists[-1]._replace(item=element)), level=0)


def _table(place: Place, element: int, _tag: str) -> Place:
    return place._replace(table=element, row=-1, cell=-1)


def _row(place: Place, element: int, _tag: str) -> Place:
    return place._replace(row=element, cell=-1)


def _cell(place: Place, element: int, _tag: str) -> Place:
    return place._replace(cell=element, lists=(), level=0, term=False)


def _term(place: Place, _element: int, tag: str) -> Place:
    return place._replace(term=tag == "dt", lists=(), level=0)


def _mark(place: Place, element: int, _tag: str) -> Place:
    return place._replace(marks=(*place.marks, element)) if len(place.marks) < _MAX_MARKS else place


_CHANGES = {
    **dict.fromkeys(_HEADINGS, _heading),
    **dict.fromkeys(_PREFORMATTED, _preformatted),
    **dict.fromkeys(_LISTS, _list),
    **dict.fromkeys(KINDS, _mark),
    "blockquote": _quotation,
    "li": _item,
    "table": _table,
    "tr": _row,
    "td": _cell,
    "th": _cell,
    "dt": _term,
    "dd": _term,
}
