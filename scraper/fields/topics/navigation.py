"""Topics in a <nav> or <footer> of the article, which the snapshot leaves out with the site's own."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from scraper.compiled import fastest
from scraper.fields.topics.links import is_topic, text_of_link
from scraper.fields.values import fold
from scraper.page.snapshot import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["tags_of", "topics_in_navigation"]

_MOST = 30
_MAX_HTML = 20_000
"""Bytes; a longer one is the site's."""
_MAX_TAG = 500
"""Bytes of a start tag that are looked at before its end is."""
_MAX_TOPICS = 25
_MAX_LINKS = 60
"""Of a <nav> or <footer>: one with more is the site's, and its links need not be looked at."""
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
        start = part[: part.find(b">") + 1].decode("utf-8", "replace").lower()
        if not _OF_SITE.search(start) and _lead_to_topics(tags):
            topics = list(dict.fromkeys(_topics(snapshot_of(part, whole=True))))
            named = _OF_ARTICLE.search(start) or any('rel="tag' in tag for tag in tags)
            share = _IN_TEXT if named else _IN_TEXT_UNNAMED
            if topics and len(topics) <= _MAX_TOPICS and _are_told_of(material, topics, share):
                found = topics
    return found


def _lead_to_topics(tags: list[str]) -> bool:
    """Whether most links lead to topics."""
    others = 0
    for tag in tags:
        if not is_topic(tag):
            others += 1
            if len(tags) - others < _MOSTLY * len(tags):  # hardly any list goes on from here
                return False
    return bool(tags)


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
    """Yield the <nav> and <footer> elements as they stand in the source, short ones only; of the site's own not all."""
    for start, behind, name in _tags_of(source, _MOST):
        tag = source[start : source.find(b">", behind, behind + _MAX_TAG) + 1]
        if b"<" not in tag[1:] and _OF_SITE.search(tag.decode("utf-8", "replace").lower()):
            continue  # without looking for its end
        end = source.find(b"</" + name + b">", behind, start + _MAX_HTML)
        if end >= 0 and source.count(b"<a", behind, end) <= _MAX_LINKS:
            yield source[start:end]


def tags_of(source: bytes, most: int) -> list[tuple[int, int, bytes]]:
    """Return (where it begins, where its name ends, name as written) of the first start tags of <nav> and <footer>."""
    return [(start.start(), start.end(), start[1]) for start in islice(_START.finditer(source), most)]


def _topics(snapshot: Snapshot) -> Iterator[str]:
    for element, tag in enumerate(snapshot.tags):
        if tag == "a" and is_topic(snapshot.sources[element].lower()):
            text = text_of_link(snapshot, element)
            text = text.strip(_QUOTES)
            if text and text.lower() not in _NO_TOPICS:
                yield text


_tags_of = fastest(tags_of, "hrefs")
