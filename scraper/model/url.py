"""URLs: normalise, compare sites, and the identity of an article."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

__all__ = ["article_id", "normalise", "registrable_domain"]

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = frozenset(
    """_ga _gl dclid fbclid gad_source gbraid gclid gclsrc igsh igshid li_fat_id mc_cid mc_eid mkt_tok msclkid
    oly_anon_id oly_enc_id rb_clickid s_cid twclid ttclid vero_id wbraid wickedid yclid ysclid _hsenc _hsmi __hssc
    __hstc hsctatracking""".split()
)
"""Query parameters that analytics and advertising tools add to links they did not make; none selects content."""
_TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "matomo_", "piwik_")
"""Campaign parameters of Google Analytics and of Matomo, by their documented prefixes."""
_EDGES = "".join(map(chr, range(0x21)))
"""C0 controls and space: stripped from both ends (WHATWG URL standard, section 4.4)."""
_DROPPED = str.maketrans("", "", "\t\n\r")
"""Removed anywhere (the same)."""
_ESCAPED = re.compile("%[0-9a-fA-F]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
"""RFC 3986 section 2.3: escaped or not, the same URL."""
_KEPT_RAW = "!$&'()*+,;=:@/%[]|"
_SECOND_LEVEL = frozenset("ac co com edu go gob gouv gov gv mil ne net or org nom asn id ltd me plc sch".split())
"""Labels under which countries register names, as in "example.co.uk"."""
_COUNTRY_CODE = 2
"""Letters of a country's top-level domain (ISO 3166)."""


def normalise(url: str) -> str:
    """Return the form of `url` that is the same for all spellings of one address.

    Scheme and host in lower case, host in IDNA form, without credentials, default port, fragment, tracking parameters
    and trailing slash; everything else, the order of the query included, stays. Never raises: what cannot be parsed
    comes back stripped of surrounding space.
    """
    text = url.strip(_EDGES).translate(_DROPPED)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return text
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        return text
    host = _ascii_host(parts.hostname)
    authority = host if port is None or port == _DEFAULT_PORTS[scheme] else f"{host}:{port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""  # "#!" selects a page
    return urlunsplit((scheme, authority, _path(parts), _query(parts.query), fragment))


def article_id(url: str | None, headline: str | None, text: str) -> str:
    """Return the record's id: 16 hex digits of the sha256 of the normalised URL, else of headline and text."""
    key = normalise(url) if url else f"{headline or ''}\n{text}"
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:16]


def registrable_domain(host: str) -> str:
    """Return the part of a host name that one owner registers: "example.co.uk" of "www.news.example.co.uk".

    An approximation of the Public Suffix List that knows the second-level labels which many countries share.
    """
    host = _ascii_host(host)
    labels = host.split(".")
    if host.startswith("[") or labels[-1].isdecimal():
        return host
    depth = 2
    if len(labels) > depth and len(labels[-1]) == _COUNTRY_CODE and labels[-2] in _SECOND_LEVEL:
        depth += 1
    return ".".join(labels[-depth:])


def _ascii_host(host: str) -> str:
    host = host.lower().rstrip(".")
    if ":" in host:
        return f"[{host.strip('[]')}]"
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _path(parts: SplitResult) -> str:
    path = urljoin("//host/", parts.path).removeprefix("//host") if "/." in parts.path else parts.path
    return _escape(path.rstrip("/")) or "/"


def _query(query: str) -> str:
    return _escape("&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair)))


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _escape(text: str) -> str:
    if "%" in text:
        text = _ESCAPED.sub(_canonical_escape, text)
    return quote(text, safe=_KEPT_RAW + "?", errors="replace")


def _canonical_escape(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    return character if character in _UNRESERVED else match[0].upper()
