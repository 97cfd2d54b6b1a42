"""Placeholders: elements that a script turns into a video, a post or a chart, once the reader agrees or comes near."""

from __future__ import annotations

import re

from scraper.body.blocks.embed_addresses import by_id
from scraper.page.words import finder

__all__ = ["HOLDERS", "address_of", "is_placeholder", "may_hold"]

HOLDERS = frozenset({"div", "span", "figure", "section"})
"""Elements that scripts make placeholders of."""
_LIKELY = re.compile(
    r"//(?:[\w-]+\.)*(?:youtu|vimeo|twitter|x\.com|instagram|tiktok|facebook|bsky|dailymotion|spotify|dwcdn|t\.me/)|"
    r"(?:youtube|vimeo|dailymotion|twitter|tweet|instagram)(?:-[a-z-]*id=|\")|datawrapper-|flourish-|infogram-",
    re.IGNORECASE,
)
"""In the attributes of nearly every placeholder; quicker than reading them one by one."""
_may_be_likely = finder(
    *(
        "youtu",
        "vimeo",
        "twitter",
        "tweet",
        "x.com",
        "instagram",
        "tiktok",
        "facebook",
        "bsky",
        "dailymotion",
        "spotify",
    ),
    *("dwcdn", "t.me/", "datawrapper-", "flourish-", "infogram-"),
)
"""One of these is in it: quicker to look for."""
_OBJECT = re.compile(
    r"(?:https?:)?//(?:www\.|m\.|mobile\.)?(?:youtube(?:-nocookie)?\.com/(?:embed/|watch\?v=|shorts/)[\w-]{6}|"
    r"youtu\.be/[\w-]{6}|(?:player\.)?vimeo\.com/(?:video/)?\d{5}|(?:twitter|x)\.com/\w+/status(?:es)?/\d|"
    r"instagram\.com/(?:[\w.]+/)?(?:p|reel|tv)/[\w-]|tiktok\.com/@[\w.-]+/video/\d|"
    r"facebook\.com/(?:[\w.%-]+/(?:posts|videos|photos)/|permalink\.php|photo\.php|story\.php|watch/?\?)|"
    r"bsky\.app/profile/[^/]+/post/|dailymotion\.com/(?:embed/)?video/\w|"
    r"open\.spotify\.com/(?:embed/)?(?:track|episode|album|playlist|show)/|datawrapper\.dwcdn\.net/\w{5}|t\.me/\w+/\d)"
)
"""The address of one video, post, record or chart; of a profile or a page to share it is none."""
_SERVICE_ID = re.compile(r"data-(youtube|vimeo|dailymotion|twitter|tweet|instagram)-?(?:video-?|post-?|tweet-?)?id")
_SERVICE_NAMES = ("data-embed-type", "data-provider", "data-service", "data-platform", "data-network", "data-type")
_ID_NAMES = ("data-embed-id", "data-video-id", "data-post-id", "data-id")
_SERVICES = frozenset({"youtube", "vimeo", "dailymotion", "twitter", "instagram"})
_CHART = re.compile(r"datawrapper-(?:vis|chart)-(\w{5})")


def may_hold(sources: list[str]) -> bool:
    """Whether one of several elements may be a placeholder: those of most pages are none, and one look tells it."""
    together = "\n".join(sources)
    return _may_address(together) and _may_be_likely(together)


def is_placeholder(source: str) -> bool:
    """Whether an element of `HOLDERS` with these attributes may stand for a foreign object."""
    return _may_address(source) and _may_be_likely(source) and _LIKELY.search(source) is not None


def _may_address(source: str) -> bool:
    """Whether an address or an id is in attributes; "data-" is in most."""
    return "//" in source or "-id=" in source or "-embed" in source or "datawrapper" in source


def address_of(attributes: dict[str, str]) -> str | None:
    """Return what a placeholder with these attributes stands for; None where it stands for nothing."""
    for name, value in attributes.items():
        if name not in {"style", "class"} and _OBJECT.match(value):
            return f"https:{value}" if value.startswith("//") else value
        if (match := _SERVICE_ID.fullmatch(name)) and (url := by_id(match[1], value)):
            return url
    return _by_service(attributes) or _chart(attributes)


def _by_service(attributes: dict[str, str]) -> str | None:
    named = (attributes.get(name, "").lower() for name in _SERVICE_NAMES)
    service = next((name for name in named if name in _SERVICES), None)
    values = [attributes[name] for name in _ID_NAMES if attributes.get(name)]
    return by_id(service, values[0]) if service and values else None


def _chart(attributes: dict[str, str]) -> str | None:
    if match := _CHART.fullmatch(attributes.get("id", "")):
        return by_id("datawrapper", match[1])
    classes = attributes.get("class", "")
    if "flourish-embed" in classes:
        return by_id("flourish", attributes.get("data-src", "").partition("?")[0])
    return by_id("infogram", attributes.get("data-id", "")) if "infogram-embed" in classes else None
