"""Elements of a large or broken XML document, one at a time: memory holds the one that is read, not the document."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

__all__ = ["is_cut", "items_of", "local_name", "prefix_of", "text_in"]

_CHUNK = 65_536
_LARGEST_ITEM = 4_000_000
"""Bytes between the ends of two items; more is no item, and its tree would take 30 times as much memory."""
_CONTROLS = bytes((*range(9), 0x0B, 0x0C, *range(0x0E, 0x20)))
"""Characters that XML 1.0, section 2.2, has no place for."""
_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));|&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,31});)?",
    re.DOTALL | re.IGNORECASE,
)
"""A CDATA section, where an ampersand is itself; a reference to a control character, which XML has no place for; or an
ampersand that begins none of XML's own references."""
_PREFIXES = {
    "http://search.yahoo.com/mrss/": "media",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
}


def items_of(text: bytes, names: tuple[str, ...]) -> Iterator[Element]:
    """Yield the elements of these local names as they end; each is gone when the next one is asked for.

    What cannot be parsed is skipped: what came before it, and mostly what comes after, is still read. No entity but
    the named characters of HTML is known, nothing is loaded.

    Args:
        text: UTF-8, without document type.
        names: without namespace.

    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    text = _AMPERSAND.sub(_as_reference, text)
    since_item = 0
    for at in range(0, len(text), _CHUNK):
        broken = not _fed(parser, text[at : at + _CHUNK].translate(None, _CONTROLS), last=at + _CHUNK >= len(text))
        since_item += _CHUNK
        ended = [element for _, element in parser.read_events()]
        if ended and at + _CHUNK >= len(text) and is_cut(text, names):
            del ended[-1][-1:]  # its last child may be half a URL
        for element in ended:
            since_item = 0
            yield element
            _forget(element, names)
        if broken or since_item > _LARGEST_ITEM:
            return


def is_cut(text: bytes, names: tuple[str, ...]) -> bool:
    """Whether the document ends inside an item."""
    tags = re.compile(rb"<(/?)(?:[\w.-]{1,40}:)?(?:" + "|".join(names).encode("ascii") + rb")[\s>]")
    last = None
    for last in tags.finditer(text, max(0, len(text) - _LARGEST_ITEM)):  # noqa: B007  # the last one is wanted
        pass
    return last is not None and not last[1]


def _fed(parser: etree.XMLPullParser, chunk: bytes, *, last: bool) -> bool:
    """Feed the parser; return False where not even recovery finds a way on."""
    try:
        parser.feed(chunk)
        if last:
            parser.close()
    except etree.XMLSyntaxError:
        return False
    return True


def local_name(element: Element) -> str:
    """Return the name without namespace, and without a prefix that was never declared."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def prefix_of(element: Element) -> str:
    """Return the customary prefix of the element's namespace; "" without one."""
    tag = element.tag
    if not isinstance(tag, str):
        return "?"
    if tag[:1] == "{":
        return _PREFIXES.get(tag[1 : tag.index("}")], element.prefix or "")
    return tag.rpartition(":")[0]


def text_in(element: Element) -> str:
    """Return all the text of an element, trimmed."""
    text = element.text or "" if len(element) == 0 else "".join(element.itertext())
    return text.strip()


def _as_reference(found: re.Match[bytes]) -> bytes:
    if found[0][:1] == b"<":
        return found[0]
    if found[0][1:2] == b"#":
        return b""
    character = html5.get(found[1].decode("ascii") + ";") if found[1] else None
    if character is None:
        return b"&amp;" + found[0][1:]
    return "".join(f"&#{ord(one)};" for one in character).encode("ascii")


def _forget(element: Element, names: tuple[str, ...]) -> None:
    """Free an element that has been read, and whatever stands before it, unless that is part of an unclosed item."""
    element.clear()
    parent = element.getparent()
    if parent is not None and local_name(parent) in names:
        return
    while parent is not None and element.getprevious() is not None:
        del parent[0]
