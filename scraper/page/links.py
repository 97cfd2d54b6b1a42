"""Links: what an href means, as an absolute URL that is safe to hand on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin

from scraper.compiled import fastest

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.page.snapshot import Snapshot

__all__ = ["absolute", "base_url_of", "resolved"]

_PLAIN = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#][!#-;=?-\[\]_a-z~]*)?")
"""Absolute, and nothing in it needs a second look: the common case."""
_PATH = re.compile(r"/(?!/)[!#-;=?-\[\]_a-z~]*")
"""From the root, and nothing in it needs a second look; "/." may be a step up."""
_ORIGIN = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?=[/?#]|$)")
_NAME = re.compile(r"[A-Za-z0-9_][!#-9=?-\[\]_a-z~]*")
"""Relative to the folder, the same; a colon may end a scheme."""
_SAFE = re.compile(r"[!$-:=@-\[\]_a-z~]*")
_REMOVED = re.compile("[\t\n\r]")
"""URL standard, 4.4: tabs and line ends are dropped wherever they stand."""
_EDGE = "".join(map(chr, range(0x21)))
"""URL standard, 4.4: C0 controls and spaces are dropped at both ends."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = re.compile(r"(https?)://([^/?#]+)", re.IGNORECASE)
_HOST = re.compile(r"(?:[^@]*@)?(?:[^\s@\[\]<>\"^`{|}\\:%]+|\[[0-9A-Fa-f:.]+\])\.?(?::[0-9]{0,5})?")
_UNSAFE = re.compile('[\x00-\x20"<>\\\\^`{|}\x7f]')
"""Never literal in a URL (RFC 3986, appendix C and section 2); also what would end an attribute or a Markdown link."""
_MAX_CHARS = 8_000
"""RFC 9110, 4.1: recipients should support at least 8,000 octets; a longer "link" is data."""


def base_url_of(snapshot: Snapshot, url: str | None) -> str | None:
    """Return the URL that relative links of a page start from: the first usable <base href>, else the page's own."""
    if "base" not in snapshot.tags:
        return url
    for element in snapshot.elements("base"):
        href = snapshot.attribute(element, "href")
        if href and href.strip():
            found = absolute(url, href)
            return found if found and not found.startswith("mailto:") else url
    return url


def resolved(base: str | None, href: str | None) -> str | None:
    """Return `href` as an absolute http, https or mailto URL; None for every other scheme and for garbage.

    Args:
        base: absolute URL that a relative `href` starts from; without one, relative means None.
        href: as in the page, entities already decoded.

    """
    if not href or len(href) > _MAX_CHARS:
        return None
    if _PLAIN.fullmatch(href):
        return href
    return _rooted(base, href) or _beside(base, href) or _joined(base, href)


_Joiner = TypeVar("_Joiner", bound="Callable[[str | None, str | None], str | None]")


def quickly(thoroughly: _Joiner) -> _Joiner:
    """Return `thoroughly`, which is `resolved`; its twin is asked first and knows plain addresses."""
    return thoroughly


absolute = fastest(quickly, "addresses")(resolved)


def _rooted(base: str | None, href: str) -> str | None:
    """Return a plain path from the root on its host, without parsing either; None where they need a parser."""
    origin = _ORIGIN.match(base) if base and "/." not in href and _PATH.fullmatch(href) else None
    return origin[0] + href if origin else None


def _beside(base: str | None, href: str) -> str | None:
    """Return a plain name in the folder of `base`, or a plain "//host/path"; None where they need a parser."""
    if not base:
        return None
    if href.startswith("//"):
        scheme, _ = _folder_of(base)
        whole = scheme + href
        return whole if scheme and not _has_empty(href[2:]) and _PLAIN.fullmatch(whole) else None
    if _has_empty(href) or not _NAME.fullmatch(href):
        return None
    _, folder = _folder_of(base)
    return folder + href if folder else None


def _has_empty(href: str) -> bool:
    """Whether an href has steps, or what joining addresses leaves out where it is empty."""
    return "//" in href or "/." in href or ";" in href or "?#" in href or href.endswith(("?", "#"))


@lru_cache(maxsize=8)
def _folder_of(base: str) -> tuple[str, str]:
    """Return ("https:", "https://example.org/news/") of "https://example.org/news/1?all", "" for what is not plain."""
    address = base.partition("#")[0].partition("?")[0]
    origin = _ORIGIN.match(address)
    if not origin:
        return "", ""
    path = address[origin.end() :]
    folder = path.rpartition("/")[0] + "/"
    plain = "//" not in path and "/." not in path and _SAFE.fullmatch(folder)
    return address.partition("/")[0], origin[0] + folder if plain else ""


def _joined(base: str | None, href: str) -> str | None:
    text = _REMOVED.sub("", href.strip(_EDGE))
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() == "mailto":
        address = _UNSAFE.sub(_percent, text[7:])
        return f"mailto:{address}" if "@" in address else None
    text = _slashes(text)
    if not text or (scheme and not _WEB.match(text)):
        return None
    try:
        joined = urljoin(base or "", text)
    except ValueError:  # such as "http://[bad"
        return None
    return _checked(joined)


def _checked(url: str) -> str | None:
    """Return `url` with its unsafe characters escaped; None where it has no plausible host."""
    web = _WEB.match(url)
    if not web or not _HOST.fullmatch(web[2]):
        return None
    return f"{web[1].lower()}://{web[2]}{_UNSAFE.sub(_percent, url[web.end() :])}"


def _slashes(text: str) -> str:
    """Read a backslash before the query as a slash, as browsers do (URL standard, 4.4)."""
    if "\\" not in text:
        return text
    cut = min((at for at in (text.find("?"), text.find("#")) if at >= 0), default=len(text))
    return text[:cut].replace("\\", "/") + text[cut:]


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"
