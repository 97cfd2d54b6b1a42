"""Raw values of a page -> clean text and safe URLs; whatever comes in, nothing here raises."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from scraper.body.blocks.segment import clean_text
from scraper.compiled import fastest
from scraper.page.links import absolute

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["absolute_url", "clean", "cleaned", "fold", "folded", "host_of", "quickly", "strings", "type_names"]

MAX_TEXT = 5_000
"""Characters of one value; no field of the record holds running text."""
MAX_URL = 4_000
"""Characters of one URL, twice what browsers of old allowed."""
_MAX_ITEMS = 500
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>|<!--[^<>]{0,1000}-->")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
"""Control characters, bidirectional overrides and isolates (CVE-2021-42574), lone surrogates."""
_USER = re.compile(r"https?://[^/?#]*@")
"""A name before the host shows readers another address than it opens."""
_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?:[/?#]|$)")
"""The start of an address without a name, a port or an upper-case letter in its authority."""
_SHORT = 300
"""Characters of a text whose folded form is worth keeping: 512 of them take 0.3 MB."""
_NOT_WORD = re.compile(r"[\W_]+")
_FOLDED = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
"""What `fold` makes of each ASCII character: a table is six times faster than the pattern."""


def cleaned(value: Any, limit: int = MAX_TEXT) -> str | None:
    """Return `value` as one line of plain text, or None where nothing is left.

    Entities are resolved (twice: publishers escape what is escaped), tags and control characters removed.
    """
    if not isinstance(value, str):
        return None
    text = value[: limit * 4]
    if text.isprintable() and "&" not in text and "<" not in text:  # then all white space in it is blanks
        line = " ".join(text.split()) if "  " in text else text.strip()
        return line[:limit].strip() or None
    if text.isspace():
        return None
    if "&" in text:
        text = html.unescape(text)
        if "&" in text and ";" in text:
            text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if not text.isprintable():  # nothing unsafe is printable
        text = _UNSAFE.sub("", text.replace("\x96", "–").replace("\x97", "—"))
    return clean_text(text)[:limit].strip() or None


_Cleaner = TypeVar("_Cleaner", bound="Callable[..., str | None]")


def quickly(thoroughly: _Cleaner) -> _Cleaner:
    """Return `thoroughly`, which is `cleaned`; its twin is asked first and knows what needs no more than its ends trimmed."""
    return thoroughly


clean = fastest(quickly, "cleaning")(cleaned)


def folded(text: str | None) -> str:
    """Return text without case and punctuation: the form in which two texts are compared."""
    if not text:
        return ""
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(text.translate(_FOLDED).split())
    return _NOT_WORD.sub(" ", text.casefold()).strip()


_remembered = lru_cache(maxsize=512)(_folded)
"""Of four calls on a page, three are about a title, a name or a site seen before; long texts are not kept."""
fold = fastest(folded, "folding")


def strings(value: Any) -> list[str]:
    """Return the texts of a JSON value that should be a text or a list of texts; objects give their name."""
    if value is None:
        return []
    if isinstance(value, str):
        text = clean(value)
        return [text] if text else []
    items = value[:_MAX_ITEMS] if isinstance(value, list) else [value]
    found = []
    for item in items:
        named = item.get("name") or item.get("@value") if isinstance(item, dict) else item
        if isinstance(named, list):
            named = named[0] if named else None
        text = clean(named)
        if text:
            found.append(text)
    return found


def type_names(node: dict[str, Any]) -> list[str]:
    """Return the types of a JSON-LD object in lower case, without a vocabulary in front."""
    declared = node.get("@type", node.get("type"))
    if isinstance(declared, str) and declared.isalpha():
        return [declared.lower()]
    names = declared if isinstance(declared, list) else [declared]
    return [n.rpartition("/")[2].rpartition(":")[2].lower() for n in names[:10] if isinstance(n, str)]


def absolute_url(href: Any, base: str | None) -> str | None:
    """Return an absolute http(s) URL, or None for anything else: scripts, data, fragments, what cannot be parsed."""
    if not isinstance(href, str):
        return None
    text = href.strip()
    if not text or len(text) > MAX_URL or text[0] == "#":
        return None
    if "&amp;" in text:
        text = text.replace("&amp;", "&")
    if not text.isprintable():
        text = _UNSAFE.sub("", text)
    url = absolute(base, text)
    return url if url and url[0] == "h" and not _USER.match(url) else None


def host_of(url: str | None) -> str:
    """Return the host of a URL in lower case without "www.", or ""."""
    if not url:
        return ""
    if plain := _PLAIN_HOST.match(url):
        return plain[1].removeprefix("www.")
    if url[0] == "/" and url[1:2].isalnum():  # a path
        return ""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
