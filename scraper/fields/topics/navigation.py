"""Topics in a <nav> or <footer> of the article, which the snapshot leaves out with the site's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.topics.links import is_topic, text_of_link
from scraper.fields.values import fold
from scraper.page.snapshot import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["topics_in_navigation"]

_MOST = 30
_MAX_HTML = 20_000
"""Bytes; a longer one is the site's."""
_MAX_TOPICS = 25
_START = re.compile(rb"<(nav|footer)\b", re.IGNORECASE)
_LINK = re.compile(rb"<a\b[^>]*>", re.IGNORECASE)
_OF_SITE = re.compile(
    r"(?<![a-z])(?:main|primary|secondary|site|global|mega|masthead|top|sub|header|mobile|bread-?crumbs?|pagination|social|drawer|"
    r"burger|menu|trending|hauptmenü|hauptnavigation|colophon)(?![a-z])|breadcrumb|mainmenu|sitefooter|site-footer|swiper"
)
"""Words in the attributes of a site's own navigation, in lower case."""
_MOSTLY = 0.6
"""Share of its links that lead to topics."""
_IN_TEXT, _IN_TEXT_UNNAMED = 0.3, 0.7
"""Share of topics of which the article has a word; the second where nothing calls the list the article's."""
_OF_ARTICLE = re.compile(r"article|entry|post|story|tags?(?![a-z])|topic|thema|themen|keyword|schlagw|subject|detail")
"""Words in the attributes of an article's own, in lower case."""
_NO_TOPICS = frozenset({"featured", "top-thema", "uncategorized", "allgemein"})
_MIN_WORD = 4
_QUOTES = " \"'“”„«»‹›,"


def topics_in_navigation(material: Material) -> list[str]:
    """Return the texts of the links of the last <nav> or <footer> that links to topics of which the article has words."""
    source = material.page.source
    found: list[str] = []
    for part in _parts(source):
        tags = [tag.decode("utf-8", "replace").lower() for tag in _LINK.findall(part)]
        tags = [tag for tag in tags if 'rel="category' not in tag]
        if not tags or sum(map(is_topic, tags)) < _MOSTLY * len(tags):
            continue
        start = part[: part.find(b">") + 1].decode("utf-8", "replace").lower()
        if not _OF_SITE.search(start):
            topics = list(dict.fromkeys(_topics(snapshot_of(part, whole=True))))
            named = _OF_ARTICLE.search(start) or any('rel="tag' in tag for tag in tags)
            share = _IN_TEXT if named else _IN_TEXT_UNNAMED
            if topics and len(topics) <= _MAX_TOPICS and _are_told_of(material, topics, share):
                found = topics
    return found


def _are_told_of(material: Material, topics: list[str], share: float) -> bool:
    """Whether the article has a word of enough of these topics."""
    headline = material.headlines.candidates[0].value if material.headlines.candidates else ""
    words = fold(" ".join([headline, *(block.text for block in material.kept)]))
    told = sum(any(word in words for word in _telling(topic)) for topic in topics)
    return told >= max(1.0, share * len(topics))


def _telling(topic: str) -> list[str]:
    words = fold(topic).split()
    return [word for word in words if len(word) >= _MIN_WORD or not word.isascii()] or words


def _parts(source: bytes) -> Iterator[bytes]:
    """Yield the serialised <nav> and <footer> elements as they stand in the source, short ones only."""
    for number, start in enumerate(_START.finditer(source)):
        if number >= _MOST:
            return
        end = source.find(b"</" + start[1] + b">", start.end(), start.start() + _MAX_HTML)
        if end >= 0:
            yield source[start.start() : end]


def _topics(snapshot: Snapshot) -> Iterator[str]:
    for element, tag in enumerate(snapshot.tags):
        if tag == "a" and is_topic(snapshot.sources[element].lower()):
            text = text_of_link(snapshot, element)
            text = text.strip(_QUOTES)
            if text and text.lower() not in _NO_TOPICS:
                yield text
