"""Clues: everything that a page says of itself, by syntax; read once, before any decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scraper.page.page import Page

__all__ = ["Clues", "read_clues"]


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
    """Every JSON-LD object that has a type, graphs and arrays flattened, in document order."""
    problems: tuple[str, ...] = ()
    """Broken scripts and the like."""


def read_clues(page: Page) -> Clues:
    """Return all clues of a page."""
    snapshot = page.snapshot
    meta: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    title = html_lang = None
    for i, tag in enumerate(snapshot.tags):
        if tag == "meta":
            attributes = snapshot.attributes(i)
            content = attributes.get("content")
            if content:
                for key in ("name", "property", "itemprop", "http-equiv"):
                    if key in attributes:
                        meta.setdefault(attributes[key].strip().lower(), []).append(content.strip())
        elif tag == "link":
            attributes = snapshot.attributes(i)
            href = attributes.get("href")
            if href:
                for rel in attributes.get("rel", "").lower().split():
                    links.setdefault(rel, []).append(href.strip())
        elif tag == "title" and title is None:
            title = snapshot.text(i)
        elif tag == "html":
            html_lang = snapshot.attribute(i, "lang")
    return Clues(
        meta={key: tuple(values) for key, values in meta.items()},
        links={key: tuple(values) for key, values in links.items()},
        title=title,
        html_lang=html_lang,
        json_ld=(),
    )
