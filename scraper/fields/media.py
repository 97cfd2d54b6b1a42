"""videos, audios and embeds: foreign objects of the body, and what JSON-LD says of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scraper.fields.found import Found
from scraper.fields.values import absolute_url, host_of, strings, type_names
from scraper.model.article import Media
from scraper.model.body import Embed
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material

__all__ = ["audios", "embeds", "videos"]

_MAX_MEDIA = 100
_VIDEO = re.compile(
    r"youtu\.?be|vimeo|dailymotion|dai\.ly|brightcove|jwplayer|jwplatform|glomex|twitch|rutube|\.mp4|\.m3u8|/video|player\.",
    re.IGNORECASE,
)
_AUDIO = re.compile(
    r"soundcloud|spotify|podcast|podigee|megaphone|acast|simplecast|omny|art19|buzzsprout|audioboom|\.mp3|/audio",
    re.IGNORECASE,
)


def videos(material: Material) -> Found:
    """Return the candidate for `videos`."""
    return _one(
        [*_in_page(material, "video"), *_in_body(material, _VIDEO), *_declared(material, "video", "videoobject")]
    )


def audios(material: Material) -> Found:
    """Return the candidate for `audios`."""
    return _one(
        [*_in_page(material, "audio"), *_in_body(material, _AUDIO), *_declared(material, "audio", "audioobject")]
    )


def embeds(material: Material) -> Found:
    """Return the candidate for `embeds`: everything foreign in the body, videos included."""
    return _one([(_medium(embed), "visible", "body") for embed in _embedded(material)])


def _one(found: list[tuple[Media, str, str]]) -> Found:
    unique = {media.url: (media, source, where) for media, source, where in reversed(found)}
    ordered = list(unique.values())[::-1][:_MAX_MEDIA]
    if not ordered:
        return Found()
    return Found(
        (
            Candidate(
                value=tuple(m for m, _, _ in ordered),
                raw=ordered[0][0].url[:500],
                source=ordered[0][1],
                where=ordered[0][2],
            ),
        )
    )


def _in_body(material: Material, pattern: re.Pattern[str]) -> Iterator[tuple[Media, str, str]]:
    for embed in _embedded(material):
        if pattern.search(embed.url):
            yield _medium(embed), "visible", "body"


def _medium(embed: Embed) -> Media:
    return Media(url=embed.url, provider=embed.provider, title=embed.title)


def _embedded(material: Material) -> list[Embed]:
    """Return the foreign objects of the body; three fields ask."""
    if "embeds" not in material.memo:
        material.memo["embeds"] = [block for block in material.story.body if isinstance(block, Embed)]
    embedded: list[Embed] = material.memo["embeds"]
    return embedded


def _in_page(material: Material, tag: str) -> Iterator[tuple[Media, str, str]]:
    """Yield <video> and <audio> elements of the article."""
    snapshot = material.snapshot
    low, high = material.element_range
    for element in material.clues.places.tag(tag):
        if low <= element <= high:
            source = snapshot.attribute(element, "src")
            inner = [i for i in range(element + 1, snapshot.ends[element]) if snapshot.tags[i] == "source"]
            url = absolute_url(source or next((snapshot.attribute(i, "src") for i in inner), None), material.base)
            if url:
                yield (
                    Media(url=url, provider=host_of(url) or None, title=snapshot.attribute(element, "title") or None),
                    "visible",
                    tag,
                )


def _declared(material: Material, key: str, type_name: str) -> Iterator[tuple[Media, str, str]]:
    for node in material.articles[:2]:
        value = node.get(key)
        items: list[Any] = value[:_MAX_MEDIA] if isinstance(value, list) else [value]
        for item in items:
            if isinstance(item, dict) and type_name in type_names(item):
                url = absolute_url(item.get("contentUrl") or item.get("embedUrl") or item.get("url"), material.base)
                if url:
                    yield (
                        Media(
                            url=url, provider=host_of(url) or None, title=next(iter(strings(item.get("name"))), None)
                        ),
                        "jsonld",
                        key,
                    )
