"""Raw values of a page -> clean text and safe URLs; whatever comes in, nothing here raises."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from scraper.body.segment import clean_text

__all__ = ["absolute_url", "clean", "fold", "host_of", "strings", "type_names"]

MAX_TEXT = 5_000
"""Characters of one value; no field of the record holds running text."""
MAX_URL = 4_000
"""Characters of one URL, twice what browsers of old allowed."""
_MAX_ITEMS = 500
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>|<!--[^<>]{0,1000}-->")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
"""Control characters, bidirectional overrides and isolates (CVE-2021-42574), lone surrogates."""
_PLAIN = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#]|$)")
"""An address with a plain host name, which cannot fail to parse."""
_NOT_IN_URL = re.compile('[\x00-\x20"<>\\\\^`{|}\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\uffff\ud800-\udfff]')
"""Characters that RFC 3986 does not allow in an address and that could end an attribute; letters of all scripts may stay."""
_NOT_WORD = re.compile(r"[\W_]+")
_FOLDED = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
"""What `fold` makes of each ASCII character: a table is six times faster than the pattern."""


def clean(value: Any, limit: int = MAX_TEXT) -> str | None:
    """Return `value` as one line of plain text, or None where nothing is left.

    Entities are resolved (twice: publishers escape what is escaped), tags and control characters removed.
    """
    if not isinstance(value, str):
        return None
    text = value[: limit * 4]
    if text.isascii() and text.isprintable() and "&" not in text and "<" not in text:
        return " ".join(text.split())[:limit].strip() or None
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


def fold(text: str | None) -> str:
    """Return text without case and punctuation: the form in which two texts are compared."""
    if not text:
        return ""
    if text.isascii():
        return " ".join(text.translate(_FOLDED).split())
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def strings(value: Any) -> list[str]:
    """Return the texts of a JSON value that should be a text or a list of texts; objects give their name."""
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
    if _NOT_IN_URL.search(text):
        text = _NOT_IN_URL.sub(lambda m: f"%{ord(m.group()):02X}", _UNSAFE.sub("", text))
        if not text:
            return None
    return _plain(text, base) or _resolved(text, base)


def _plain(text: str, base: str | None) -> str | None:
    """Return the address where no parser is needed: whole already, or a path from the root; None otherwise."""
    if _PLAIN.match(text):
        return text
    origin = _PLAIN.match(base) if base else None
    if base and origin:
        if text.startswith("//") and _PLAIN.match("https:" + text):
            return base.partition("//")[0] + text
        if text[0] == "/" and text[1:2] != "/" and "/." not in text:
            return origin.group().rstrip("/?#") + text
    return None


def _resolved(text: str, base: str | None) -> str | None:
    try:
        if not text.startswith(("http://", "https://")):
            text = urljoin(base or "", text)
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.hostname and parts.username is None else None


def host_of(url: str | None) -> str:
    """Return the host of a URL in lower case without "www.", or ""."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
