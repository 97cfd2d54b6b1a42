"""videos, audios and embeds: foreign objects of the body, and what JSON-LD says of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scraper.body.blocks.embed_addresses import public_address
from scraper.body.blocks.embeds import embed_of, provider_of
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
    shown = [*_in_page(material, "video"), *_in_body(material, _VIDEO)]
    return _one([*shown, *_declared(material, "video", "videoobject", {media.url for media, _, _ in shown})])


def audios(material: Material) -> Found:
    """Return the candidate for `audios`."""
    shown = [*_in_page(material, "audio"), *_in_body(material, _AUDIO)]
    return _one([*shown, *_declared(material, "audio", "audioobject", {media.url for media, _, _ in shown})])


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
        if low <= element <= high and (embed := embed_of(snapshot, element, material.base)):
            yield (
                Media(url=embed.url, provider=embed.provider or host_of(embed.url) or None, title=embed.title),
                "visible",
                tag,
            )


def _declared(material: Material, key: str, type_name: str, shown: set[str]) -> list[tuple[Media, str, str]]:
    """Return what JSON-LD declares, without what the page shows: the same player, or the one that a site has of its own."""
    found: dict[str, Media | None] = {}
    for node in material.articles[:2]:
        value = node.get(key)
        items: list[Any] = value[:_MAX_MEDIA] if isinstance(value, list) else [value]
        for item in items:
            if not isinstance(item, dict) or type_name not in type_names(item):
                continue
            urls = [absolute_url(item.get(name), material.base) for name in ("contentUrl", "embedUrl", "url")]
            known = [public_address(url) for url in urls if url]
            if known and shown.isdisjoint(known):
                title = next(iter(strings(item.get("name"))), None)
                media = Media(url=known[0], provider=provider_of(known[0]) or host_of(known[0]) or None, title=title)
                # One address for two films leads to neither.
                found[known[0]] = media if found.get(known[0], media) == media else None
    own = any(provider_of(url) is None for url in shown)
    return [(media, "jsonld", key) for media in found.values() if media and not (own and len(found) == 1)]
