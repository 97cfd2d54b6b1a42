"""Place: in which list, table, quotation, heading or live update an element stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scraper.body.inline import KINDS

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = ["ListStep", "Place", "Places"]

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


class Places:
    """Finds places, each element's once; use one for one page and drop it."""

    def __init__(self, snapshot: Snapshot, *, live: bool) -> None:
        self._snapshot = snapshot
        self._live = live
        self._known: dict[int, Place] = {-1: Place()}
        self.outer_tables: set[int] = set()
        """Tables that hold another table on the way to an element asked for."""

    def of(self, element: int) -> Place:
        """Return the place that text directly inside `element` has."""
        known = self._known
        parents = self._snapshot.parents
        path = []
        while element not in known:
            path.append(element)
            element = parents[element]
        place = known[element]
        for inner in reversed(path):
            place = self._inside(place, inner)
            known[inner] = place
        return place

    def _inside(self, place: Place, element: int) -> Place:
        tag = self._snapshot.tags[element]
        source = self._snapshot.sources[element]
        change = _CHANGES.get(tag)
        if change is not None:
            if tag == "table" and place.table >= 0:
                self.outer_tables.add(place.table)
            place = change(place, element, tag)
        elif "heading" in source and self._snapshot.attribute(element, "role") == "heading":
            place = _heading(place, element, self._aria_tag(element))
        if self._live and tag in _CONTAINERS and _is_update(source):
            place = place._replace(update=element)
        return place

    def _aria_tag(self, element: int) -> str:
        level = self._snapshot.attribute(element, "aria-level") or ""
        return f"h{level}" if level in {"1", "2", "3", "4", "5", "6"} else "h2"


_CONTAINERS = frozenset({"div", "section", "article", "li"})


def _is_update(source: str) -> bool:
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
