"""Addresses of embedded objects: what a frame loads -> the page of it that a person can open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["by_id", "public_address"]

_YOUTUBE = re.compile(r"/(?:embed|v|e|shorts|live)/([\w-]{5,40})/?")
_LIST = "videoseries"
_START = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?")
_VIMEO = re.compile(r"/video/(\d{3,15})")
_DAILYMOTION = re.compile(r"/(?:embed/)?video/(\w{3,20})")
_STATUS = re.compile(r"/(?:[A-Za-z0-9_]{1,30}|i|i/web)/status(?:es)?/(\d{1,20})")
_PHOTO = re.compile(r"(?:/[\w.]{1,40})?/(p|reel|reels|tv)/([\w-]{3,60})")
_TIKTOK = re.compile(r"/@[\w.-]{1,60}/(?:video|photo)/\d{5,25}")
_SPOTIFY = re.compile(r"/embed(?:-podcast)?(/\w+/\w+)")
_BLUESKY = re.compile(r"/embed/([\w:.%-]+)/app\.bsky\.feed\.post/(\w+)")
_FLOURISH = re.compile(r"/((?:visualisation|story)/\d+)")
_FACEBOOK = re.compile(r"/(?:v\d+\.\d+/)?plugins/(?:post|video)\.php")
_COUNTED = re.compile(r"(?<=\.mp[34])\?_=\d+\Z")
"""WordPress numbers the players of a page in their files' addresses."""
_IDS: dict[str, tuple[re.Pattern[str], str]] = {
    "youtube": (re.compile(r"[\w-]{11}"), "https://www.youtube.com/watch?v={}"),
    "vimeo": (re.compile(r"\d{5,12}"), "https://vimeo.com/{}"),
    "dailymotion": (re.compile(r"[a-z0-9]{5,10}"), "https://www.dailymotion.com/video/{}"),
    "twitter": (re.compile(r"\d{6,20}"), "https://x.com/i/status/{}"),
    "tweet": (re.compile(r"\d{6,20}"), "https://x.com/i/status/{}"),
    "instagram": (re.compile(r"[\w-]{6,40}"), "https://www.instagram.com/p/{}/"),
    "datawrapper": (re.compile(r"[A-Za-z0-9]{5}"), "https://datawrapper.dwcdn.net/{}/"),
    "flourish": (re.compile(r"(?:visualisation|story)/\d{3,12}"), "https://public.flourish.studio/{}/"),
    "infogram": (re.compile(r"[\w-]{8,80}"), "https://infogram.com/{}"),
}
"""How the ids of a service look, and what they stand behind: the services' own embedding guides."""


def public_address(url: str) -> str:
    """Return the address that a person opens of an object whose frame loads `url`: most often `url` itself."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return url
    change = _CHANGES.get(host)
    return (change(parts) if change else None) or _COUNTED.sub("", url)


def by_id(service: str, value: str) -> str | None:
    """Return the address of an object of a service of `_IDS` by its id; None where it looks like none."""
    shape, address = _IDS[service]
    return address.format(value) if shape.fullmatch(value) else None


def _first(parts: SplitResult, *names: str) -> str:
    """Return the first value that the query has under one of `names`, or ""."""
    query = parse_qs(parts.query, max_num_fields=100) if parts.query.count("&") < 100 else {}  # noqa: PLR2004  # a bound
    return next((query[name][0] for name in names if name in query), "")


def _youtube(parts: SplitResult) -> str | None:
    path = parts.path if parts.hostname != "youtu.be" else f"/v{parts.path}"
    match = _YOUTUBE.fullmatch(path)
    video = match[1] if match else _first(parts, "v") if path == "/watch" else ""
    playlist = _first(parts, "list")
    if video in {"", _LIST} or not re.fullmatch(r"[\w-]{3,40}", video):
        known = playlist and re.fullmatch(r"[\w-]{3,60}", playlist)
        return f"https://www.youtube.com/playlist?list={playlist}" if known else None
    if video == "live_stream":
        return None
    start = _seconds(_first(parts, "start", "t"))
    return f"https://www.youtube.com/watch?v={video}" + (f"&t={start}" if start else "")


def _seconds(text: str) -> int:
    """Return the seconds of "90", "90s" and "1m30s"; 0 for everything else."""
    match = _START.fullmatch(text)
    if not match:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def _vimeo(parts: SplitResult) -> str | None:
    match = _VIMEO.match(parts.path)
    key = _first(parts, "h")
    return f"https://vimeo.com/{match[1]}" + (f"/{key}" if re.fullmatch(r"\w{5,20}", key) else "") if match else None


def _dailymotion(parts: SplitResult) -> str | None:
    match = _DAILYMOTION.match(parts.path)
    video = match[1] if match else _first(parts, "video")
    return f"https://www.dailymotion.com/video/{video}" if re.fullmatch(r"\w{3,20}", video) else None


def _post(parts: SplitResult) -> str | None:
    """Return a post on X without what its embedding code adds."""
    host = (parts.hostname or "").removeprefix("mobile.")
    return f"https://{host}{parts.path.rstrip('/')}" if _STATUS.match(parts.path) else None


def _post_frame(parts: SplitResult) -> str | None:
    return by_id("twitter", _first(parts, "id"))


def _instagram(parts: SplitResult) -> str | None:
    match = _PHOTO.match(parts.path)
    return f"https://www.instagram.com/{match[1]}/{match[2]}/" if match else None


def _tiktok(parts: SplitResult) -> str | None:
    match = _TIKTOK.match(parts.path)
    return f"https://www.tiktok.com{match[0]}" if match else None


def _facebook(parts: SplitResult) -> str | None:
    target = _first(parts, "href") if _FACEBOOK.match(parts.path) else ""
    try:
        host = urlsplit(target).hostname or ""
    except ValueError:
        return None
    return target if target.startswith("https://") and host.endswith(("facebook.com", "fb.watch")) else None


def _spotify(parts: SplitResult) -> str | None:
    match = _SPOTIFY.match(parts.path)
    return f"https://open.spotify.com{match[1]}" if match else None


def _soundcloud(parts: SplitResult) -> str | None:
    target = _first(parts, "url")
    return target if target.startswith("https://soundcloud.com/") else None


def _bluesky(parts: SplitResult) -> str | None:
    match = _BLUESKY.match(parts.path)
    return f"https://bsky.app/profile/{match[1]}/post/{match[2]}" if match else None


def _telegram(parts: SplitResult) -> str | None:
    return f"https://t.me{parts.path}" if re.fullmatch(r"/\w+/\d+", parts.path) else None


def _flourish(parts: SplitResult) -> str | None:
    match = _FLOURISH.match(parts.path)
    return f"https://public.flourish.studio/{match[1]}/" if match else None


def _at(host: str, prefix: str = "") -> Callable[[SplitResult], str | None]:
    """Return what puts another host before the path, less a prefix of it."""
    return lambda parts: f"https://{host}{parts.path.removeprefix(prefix)}" if parts.path.strip("/") else None


_CHANGES: dict[str, Callable[[SplitResult], str | None]] = {
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _youtube,
    "player.vimeo.com": _vimeo,
    "dailymotion.com": _dailymotion,
    "geo.dailymotion.com": _dailymotion,
    "twitter.com": _post,
    "mobile.twitter.com": _post,
    "x.com": _post,
    "platform.twitter.com": _post_frame,
    "platform.x.com": _post_frame,
    "instagram.com": _instagram,
    "tiktok.com": _tiktok,
    "facebook.com": _facebook,
    "open.spotify.com": _spotify,
    "w.soundcloud.com": _soundcloud,
    "embed.bsky.app": _bluesky,
    "t.me": _telegram,
    "embed.podcasts.apple.com": _at("podcasts.apple.com"),
    "embed.music.apple.com": _at("music.apple.com"),
    "embed.ted.com": _at("www.ted.com"),
    "embed.reddit.com": _at("www.reddit.com"),
    "redditmedia.com": _at("www.reddit.com"),
    "flo.uri.sh": _flourish,
}
"""By host, without "www." and "m."."""
