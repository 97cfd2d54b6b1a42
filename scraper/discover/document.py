"""What a response is - feed, sitemap, list of URLs, page - and its bytes as text that a parser can take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scraper.errors import NotAListing, PageError, PermanentFetchError
from scraper.page.decode import decode

if TYPE_CHECKING:
    from scraper.model.response import Response

__all__ = ["Document", "Kind", "open_document"]

Kind = Literal["feed", "json_feed", "sitemap", "sitemap_index", "url_list", "page"]

_HEAD = 65_536
"""Bytes in which the root element must begin: comments and a style sheet may stand before it."""
_BEFORE_ROOT = re.compile(
    rb"(?:[^<]|<\?|<!--(?:[^-]|-(?!->))*+-->|<!(?!--))*+<([A-Za-z_][\w.-]*+:)?([A-Za-z_][\w.-]*+)"
)
"""Anything up to the first start tag: its prefix and its name."""
_ROOT = re.compile(rb"<(?:rss|feed|(?:rdf:)?RDF|urlset|sitemapindex)[\s>]")
_KINDS: dict[str, Kind] = {
    "rss": "feed",
    "rdf": "feed",
    "feed": "feed",
    "channel": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap_index",
    "html": "page",
    "head": "page",
    "body": "page",
}
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([^\s\"'>]+)", re.IGNORECASE)
_URL_LINE = re.compile(rb"\s*https?://\S+\s*(?:\r|\n|$)", re.IGNORECASE)
_INTERNAL = re.compile(rb"\]\s*>")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*+([\[>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """A response whose kind is known."""

    kind: Kind
    url: str
    text: bytes
    """Valid UTF-8 without BOM, without document type; of a page, the body as it came."""
    problems: tuple[str, ...] = ()


def open_document(response: Response) -> Document:
    """Return what a response is.

    Raises:
        NotAListing: empty, binary, or nothing that lists anything; the message says which.

    """
    url = response.url
    if not response.body.strip(b"\0\t\r\n "):
        raise NotAListing("an empty document", url=url, reason="empty")
    text, problems = _text_of(response)
    head = text[:_HEAD].lstrip()
    if head[:1] in {b"{", b"["}:
        return Document("json_feed", url, text, problems)
    found = _BEFORE_ROOT.match(head)
    if found is None:
        if _URL_LINE.match(head):
            return Document("url_list", url, text, problems)
        raise NotAListing("neither a feed nor a sitemap nor a page: no markup in it", url=url)
    kind = _KINDS.get(found[2].decode("ascii").lower())
    if kind is None:
        kind, text = _by_content(head), _from_root(text)
    if kind == "page":
        return Document(kind, url, response.body, response.problems)
    text, declared = _without_doctype(text)
    return Document(kind, url, text, problems + declared)


def _text_of(response: Response) -> tuple[bytes, tuple[str, ...]]:
    body = response.body
    if body.startswith(b"\xef\xbb\xbf"):
        body = body[3:]
    if body.isascii() and b"\0" not in body[:_HEAD] and b"\x1b$" not in body[:_HEAD]:
        return body, response.problems  # the same in every encoding: no copy of a large sitemap
    try:
        declared = response.header("content-type")
        decoded = decode(body, declared if declared and "charset" in declared.lower() else None, url=response.url)
    except PermanentFetchError as error:
        raise NotAListing(error.what.replace("not HTML", "no feed, sitemap or page"), url=response.url) from None
    except PageError as error:
        raise NotAListing(error.what, url=response.url) from None
    return decoded.utf8, response.problems + decoded.problems


def _by_content(head: bytes) -> Kind:
    """Return the kind of a document whose root says nothing: by the elements that its beginning holds."""
    if b"<sitemap>" in head:
        return "sitemap_index"
    if b"<url>" in head and b"<loc>" in head:
        return "sitemap"
    if b"<item" in head or b"<entry" in head:
        return "feed"
    return "page"


def _from_root(text: bytes) -> bytes:
    """Return the text from the root of a feed or sitemap on, where a program's notices stand before it."""
    found = _ROOT.search(text, 0, _HEAD)
    return text[found.start() :] if found else text


def _without_doctype(text: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the text without its document type: no entity of a feed's own is ever declared, let alone expanded."""
    found = _DOCTYPE.search(text, 0, _HEAD)
    if found is None:
        return text, ()
    if found[1] == b">":
        return text[: found.start()] + text[found.end() :], ()
    end = _INTERNAL.search(text, found.end())
    rest = text[end.end() :] if end else b""
    return text[: found.start()] + rest, ("a document type with declarations of its own was left out",)
