"""Pages about authors: where a byline, or what machines are told, says that one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from scraper.fields.values import absolute_url, fold, host_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.fields.bylines.byline import Byline
    from scraper.fields.material import Material
    from scraper.model.article import Person

__all__ = ["stated_page", "with_pages"]

_MAX_STATED = 5
"""Addresses of one person that are looked at."""


def stated_page(material: Material, person: Any) -> str | None:
    """Return the page that a JSON-LD author states: its `url`, else one of this site; a home page where there is no other."""
    if not isinstance(person, dict):
        return None
    known = material.by_id.get(person["@id"], {}) if isinstance(person.get("@id"), str) else {}
    home = None
    for stated in (person.get("url"), known.get("url")):
        url = absolute_url(stated, material.base) if stated else None
        if url and not _is_of_page(url, material):
            if not _is_home(url):
                return url
            home = home or url
    own = host_of(material.url)
    for same in (*_listed(person.get("sameAs")), *_listed(known.get("sameAs"))) if own else ():
        url = absolute_url(same, material.base) if isinstance(same, str) and own in same else None
        if url and host_of(url) == own and not (_is_home(url) or _is_of_page(url, material)):
            return url
    return home


def with_pages(people: tuple[Person, ...], bylines: Iterable[Byline], sites: frozenset[str]) -> tuple[Person, ...]:
    """Return the authors, each with the page that any byline of the article gives for the name.

    A home page is that of an organisation, or of the person whose site it is.
    """
    if all(person.url and not _is_home(person.url) for person in people):
        return people
    known: dict[str, str] = {}
    for *_, urls in bylines:
        for name, url in urls.items():
            if not _is_home(url):
                known.setdefault(fold(name), url)
    return tuple(_with_page(person, known.get(fold(person.name)), sites) for person in people)


def _with_page(person: Person, page: str | None, sites: frozenset[str]) -> Person:
    url = person.url
    if url is None or _is_home(url):
        own = person.type == "Organization" or fold(person.name) in sites
        url = page or (url if own else None)
    return person if url == person.url else msgspec.structs.replace(person, url=url)


def _listed(value: Any) -> list[Any]:
    return value[:_MAX_STATED] if isinstance(value, list) else [value] if value else []


def _is_home(url: str) -> bool:
    behind = url.partition("://")[2].partition("#")[0].partition("/")[2]
    return not behind


def _is_of_page(url: str, material: Material) -> bool:
    """Whether an address is that of the article itself."""
    return url.partition("#")[0].rstrip("/") == (material.url or "").partition("#")[0].rstrip("/")
