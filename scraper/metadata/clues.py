"""Clues: everything that a page says of itself, by syntax; read once, before any decision."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import msgspec

from scraper.metadata.json_ld import read_json_ld
from scraper.metadata.meta_tags import read_head
from scraper.metadata.microdata import Marked, read_microdata
from scraper.metadata.places import Places, places_of

if TYPE_CHECKING:
    from scraper.page.page import Page
    from scraper.page.snapshot import Snapshot

__all__ = ["Clues", "read_clues"]


_SCRIPT = "script:ld+json"
"""A <meta> that frameworks write where they are told of a script as of any other statement of the head."""


class Clues(msgspec.Struct, frozen=True):
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
    places: Places = msgspec.field(default_factory=lambda: Places({}, "", array("q"), {}))


def read_clues(page: Page) -> Clues:
    """Return all clues of a page."""
    snapshot = page.snapshot
    places = places_of(snapshot)
    head = read_head(snapshot, places.tag("meta"), places.tag("link"), places.tag("title"))
    json_ld, problems = read_json_ld((*snapshot.json_ld, *head.meta.get(_SCRIPT, ())))
    return Clues(
        meta=head.meta,
        links=head.links,
        title=head.title,
        html_lang=head.html_lang,
        json_ld=json_ld,
        problems=problems,
        microdata=read_microdata(snapshot, sorted({*places.mark("itemprop="), *_in_rdfa(snapshot, places)})),
        places=places,
    )


def _in_rdfa(snapshot: Snapshot, places: Places) -> list[int]:
    """Return the elements of the body that state an RDFa property."""
    return [i for i in places.mark(' property="') if snapshot.tags[i] != "meta"]
