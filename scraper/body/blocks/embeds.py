"""Embeds: videos, posts and other foreign objects by their provider and URL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.body.blocks.embed_addresses import public_address
from scraper.body.blocks.placeholders import address_of
from scraper.model.body import Embed
from scraper.page.links import absolute

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = ["EMBED_TAGS", "embed_of", "provider_of"]

EMBED_TAGS = frozenset(
    [
        *("iframe", "video", "audio", "blockquote", "lite-youtube", "lite-vimeo", "video-js"),
        *("amp-iframe", "amp-video", "amp-audio", "amp-youtube", "amp-vimeo", "amp-dailymotion"),
        *("amp-twitter", "amp-instagram", "amp-facebook", "amp-tiktok"),
    ]
)
"""Elements that may hold a foreign object; a <blockquote> only where it is a quoted post."""

_PROVIDERS = {
    "youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "dailymotion.com": "Dailymotion",
    "dai.ly": "Dailymotion",
    "twitter.com": "X",
    "x.com": "X",
    "instagram.com": "Instagram",
    "facebook.com": "Facebook",
    "fb.watch": "Facebook",
    "tiktok.com": "TikTok",
    "bsky.app": "Bluesky",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "t.me": "Telegram",
    "reddit.com": "Reddit",
    "redditmedia.com": "Reddit",
    "linkedin.com": "LinkedIn",
    "pinterest.com": "Pinterest",
    "spotify.com": "Spotify",
    "soundcloud.com": "SoundCloud",
    "apple.com": "Apple",
    "podigee.io": "Podigee",
    "acast.com": "Acast",
    "bandcamp.com": "Bandcamp",
    "mixcloud.com": "Mixcloud",
    "deezer.com": "Deezer",
    "audioboom.com": "Audioboom",
    "simplecast.com": "Simplecast",
    "buzzsprout.com": "Buzzsprout",
    "spreaker.com": "Spreaker",
    "podbean.com": "Podbean",
    "libsyn.com": "Libsyn",
    "art19.com": "ART19",
    "ivoox.com": "iVoox",
    "megaphone.fm": "Megaphone",
    "omny.fm": "Omny",
    "datawrapper.de": "Datawrapper",
    "dwcdn.net": "Datawrapper",
    "flourish.studio": "Flourish",
    "uri.sh": "Flourish",
    "infogram.com": "Infogram",
    "public.tableau.com": "Tableau",
    "google.com": "Google",
    "openstreetmap.org": "OpenStreetMap",
    "scribd.com": "Scribd",
    "documentcloud.org": "DocumentCloud",
    "slideshare.net": "SlideShare",
    "issuu.com": "Issuu",
    "yumpu.com": "Yumpu",
    "calameo.com": "Calaméo",
    "arcgis.com": "ArcGIS",
    "genial.ly": "Genially",
    "thinglink.com": "ThingLink",
    "rumble.com": "Rumble",
    "twitch.tv": "Twitch",
    "bilibili.com": "Bilibili",
    "nicovideo.jp": "Niconico",
    "rutube.ru": "Rutube",
    "vk.com": "VK",
    "ok.ru": "OK",
    "odysee.com": "Odysee",
    "bitchute.com": "BitChute",
    "jwplayer.com": "JW Player",
    "jwplatform.com": "JW Player",
    "brightcove.net": "Brightcove",
    "brightcove.com": "Brightcove",
    "streamable.com": "Streamable",
    "giphy.com": "Giphy",
    "imgur.com": "Imgur",
    "codepen.io": "CodePen",
    "gist.github.com": "GitHub",
    "ted.com": "TED",
    "loom.com": "Loom",
    "wistia.com": "Wistia",
    "wistia.net": "Wistia",
    "kickstarter.com": "Kickstarter",
}
"""Services that publishers embed, by registrable domain (oEmbed's provider registry names most of them)."""
_NO_CONTENT = re.compile(
    r"googletagmanager|doubleclick|googlesyndication|amazon-adsystem|adservice|recaptcha|/gtm|/ads?[/.?_-]|adserver|"
    r"plugins/(?:like|share|follow|page)|widgets/(?:follow|tweet)_button|about:blank|newsletter|subscri|consent|"
    r"disqus|comments|share_button|captcha|prebid|outbrain|taboola|smartads|dianomi|(?:^|/)navi?(?:gation)?[/_.-]",
    re.IGNORECASE,
)
"""Frames that hold advertising, counters, buttons, forms and menus."""
_SOURCES = (
    "src",
    "data-src",
    "data-lazy-src",
    "data-url",
    "data-cmp-src",
    "data-cookieblock-src",
    "data-litespeed-src",
    "data-original",
)
_POSTS = (
    ("twitter-t", ("cite",)),
    ("twitter-video", ("cite",)),
    ("instagram-media", ("data-instgrm-permalink", "cite")),
    ("tiktok-embed", ("cite",)),
    ("bluesky-embed", ("data-bluesky-uri", "cite")),
    ("text-post-media", ("data-text-post-permalink", "cite")),
    ("reddit-", ("cite",)),
    ("mastodon-embed", ("data-embed-url", "cite")),
    ("imgur-embed", ("cite",)),
)
"""(class token of a quoted post, attributes that hold its address); else the last link of the quotation is it."""
_AMP = {
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v="),
    "lite-youtube": ("videoid", "https://www.youtube.com/watch?v="),
    "lite-vimeo": ("videoid", "https://vimeo.com/"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/"),
    "amp-twitter": ("data-tweetid", "https://x.com/i/status/"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/"),
    "amp-facebook": ("data-href", ""),
    "amp-tiktok": ("data-src", "https://www.tiktok.com/video/"),
}
"""Custom elements that name a service: the attribute with the object's id, and what it stands behind."""
_ID = re.compile(r"[\w-]{3,40}")
_TINY = 30
"""Pixels; a smaller frame shows nothing."""


def embed_of(snapshot: Snapshot, element: int, base_url: str | None) -> Embed | None:
    """Return what an element of `EMBED_TAGS`, or a placeholder, embeds.

    None for advertising, counters, buttons and quotations.
    """
    tag = snapshot.tags[element]
    attributes = snapshot.attributes(element)
    if tag == "blockquote":
        url = _post_url(snapshot, element, attributes, base_url)
    elif tag in _AMP:
        url = _by_id(tag, attributes)
    elif tag in EMBED_TAGS:
        url = _frame_url(snapshot, element, attributes, base_url)
    else:
        url = absolute(None, address_of(attributes))
    if url is None or url.startswith("mailto:"):
        return None
    url = public_address(url)
    title = " ".join(attributes.get("title", attributes.get("aria-label", "")).split())
    return Embed(text="", url=url, provider=provider_of(url), title=title or None)


def provider_of(url: str) -> str | None:
    """Return the name of the service that a URL belongs to; for an unknown one, None."""
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return None
    for size in (3, 2):
        if name := _PROVIDERS.get(".".join(labels[-size:])):
            return name
    return None


def _frame_url(snapshot: Snapshot, element: int, attributes: dict[str, str], base_url: str | None) -> str | None:
    for name in ("width", "height"):
        size = attributes.get(name, "").removesuffix("px")
        if size.isascii() and size.isdigit() and int(size[:6]) < _TINY:
            return None
    candidates = [attributes.get(name) for name in _SOURCES]
    if snapshot.tags[element] not in {"iframe", "amp-iframe"}:
        inside = range(element + 1, snapshot.ends[element])
        candidates += [snapshot.attribute(i, "src") for i in inside if snapshot.tags[i] == "source"]
    for candidate in candidates:
        if candidate and not _NO_CONTENT.search(candidate) and (url := absolute(base_url, candidate)):
            return url
    return _brightcove(attributes) if "data-account" in attributes else None


def _brightcove(attributes: dict[str, str]) -> str | None:
    """Return the page of a Brightcove player, which a script makes of <video data-account data-video-id>."""
    account, video = attributes["data-account"], attributes.get("data-video-id", "")
    player = f"{attributes.get('data-player') or 'default'}_{attributes.get('data-embed') or 'default'}"
    if not (account.isdecimal() and _ID.fullmatch(video) and _ID.fullmatch(player)):
        return None
    return f"https://players.brightcove.net/{account}/{player}/index.html?videoId={video}"


def _by_id(tag: str, attributes: dict[str, str]) -> str | None:
    name, prefix = _AMP[tag]
    value = attributes.get(name, "")
    if not prefix:
        return absolute(None, value)
    return prefix + value if _ID.fullmatch(value) else None


def _post_url(snapshot: Snapshot, element: int, attributes: dict[str, str], base_url: str | None) -> str | None:
    classes = attributes.get("class", "")
    names = next((names for token, names in _POSTS if token in classes), None)
    if names is None:
        return None
    for name in names:
        if url := absolute(base_url, attributes.get(name)):
            return url
        if (value := attributes.get(name, "")).startswith("at://"):
            return _bluesky(value)
    links = [i for i in range(element + 1, snapshot.ends[element]) if snapshot.tags[i] == "a"]
    return absolute(base_url, snapshot.attribute(links[-1], "href")) if links else None


def _bluesky(uri: str) -> str | None:
    """Return the web address of an at:// record: at://did/app.bsky.feed.post/key."""
    match = re.fullmatch(r"at://([\w:.%-]+)/app\.bsky\.feed\.post/(\w+)", uri)
    return f"https://bsky.app/profile/{match[1]}/post/{match[2]}" if match else None
