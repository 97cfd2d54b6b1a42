"""<meta>, <link>, <title> and <html lang>: what the head of the page says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from scraper.compiled import fastest
from scraper.page.snapshot import attributes_of
from scraper.page.words import finder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.page.snapshot import Snapshot

__all__ = ["Head", "read_head", "statements"]

_MAX_CONTENT = 20_000
"""Characters of one value that are kept."""
_MAX_VALUES = 1_000
"""Values of one name that are kept."""
_is_resource = finder(
    'rel="stylesheet', 'rel="pre', 'rel="dns-', 'rel="modulepreload', 'rel="apple-touch', 'rel="manifest',
    'rel="alternate"', 'rel="icon', 'rel="shortcut', 'rel="mask-icon',
)  # fmt: skip
"""Links to what a page is built from, to other languages and feeds; they say nothing of it."""
_NAMES = ("name", "property", "itemprop", "http-equiv")
_USUAL = re.compile(r' (?:name|property)="([^"&]*)" content="([^"&]*)"')
"""All of a <meta> in most pages: nothing to unescape, no other attribute to look for."""


class Head(msgspec.Struct, frozen=True):
    """The statements of the head, by name."""

    meta: dict[str, tuple[str, ...]]
    links: dict[str, tuple[str, ...]]
    title: str | None
    html_lang: str | None


def read_head(snapshot: Snapshot, metas: list[int], links: list[int], titles: list[int]) -> Head:
    """Return what <meta>, <link> and <title> elements say; the last three arguments are their indexes."""
    contents = _statements(snapshot.sources, metas)
    hrefs: dict[str, list[str]] = {}
    for i in links:
        if _is_resource(snapshot.sources[i]):
            continue
        attributes = snapshot.attributes(i)
        href = attributes.get("href")
        if href:
            for rel in attributes.get("rel", "").lower().split()[:10]:
                hrefs.setdefault(rel, []).append(href.strip())
    root = snapshot.tags.index("html") if "html" in snapshot.tags else -1
    return Head(
        meta={key: tuple(values) for key, values in contents.items()},
        links={key: tuple(values) for key, values in hrefs.items()},
        title=next((text for i in titles if (text := snapshot.text(i)[:_MAX_CONTENT])), None),
        html_lang=snapshot.attribute(root, "lang") or snapshot.attribute(root, "xml:lang") if root >= 0 else None,
    )


def statements(sources: list[str], metas: list[int]) -> dict[str, list[str]]:
    """Return what <meta> elements say by name; `metas` are their indexes in `sources`."""
    contents: dict[str, list[str]] = {}
    for i in metas:
        names, content = _statement(sources[i])
        if content:
            for name in names:
                values = contents.setdefault(name, [])
                if len(values) < _MAX_VALUES:
                    values.append(content)
    return contents


def _statement(source: str) -> tuple[Iterable[str], str]:
    """Return (names in lower case, each once; content) of a <meta>."""
    usual = _USUAL.fullmatch(source)
    if usual:
        return (usual[1].strip().lower(),), usual[2][:_MAX_CONTENT].strip()
    attributes = attributes_of(source)
    # "value" is no attribute of <meta>, but pages use it; browsers and crawlers of old were tolerant
    content = (attributes.get("content") or attributes.get("value", ""))[:_MAX_CONTENT].strip()
    names = [attributes[key].strip().lower() for key in _NAMES if key in attributes] if content else []
    return dict.fromkeys(names), content


_statements = fastest(statements, "attributes")
