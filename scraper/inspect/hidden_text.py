"""Text that a page holds where no reader sees it: scripts, templates, comments, attributes, metadata.

A paragraph that is "on the page" in a browser, and no block here, is most often one of these.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from scraper.inspect.inspection import Place
from scraper.inspect.letters import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["hidden_texts"]

_LEAST = 40
"""Letters of a piece that is worth being found."""
_MOST = 400_000
"""Characters that are kept in all; a report must stay small enough to open."""
_MOST_READ = 4_000_000
"""Characters of scripts, and as many of elements, that are read."""
_STRING = re.compile(r'"((?:[^"\\\n]|\\[^\n])*+)["\n\\]?')
"""A string literal; it ends with its line, so that one without an end costs no second reading."""
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
_ESCAPED = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": ""}
_BREAK = re.compile(r"</?(?:p|br|div|li|h[1-6]|blockquote)\b[^<>]{0,500}>|\n+", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SPACES_FOR = 12
"""A text has a space in this many characters, at least; what has fewer is data (scripts without spaces excepted)."""
_ATTRIBUTES = ("alt", "title", "aria-label", "content", "data-caption", "srcdoc", "value", "placeholder")


def hidden_texts(source: bytes, shown: Iterable[str]) -> tuple[Place, ...]:
    """Return the pieces of prose in a page's source that are no part of the texts `shown`, each once.

    Args:
        source: the page in UTF-8, checked for hazards.
        shown: the texts of its blocks.

    """
    visible = "\n".join(map(letters, shown))
    seen: set[str] = set()
    found: list[Place] = []
    room = _MOST
    for where, raw in _raw_texts(source):
        for piece in _pieces(raw):
            squeezed = letters(piece)
            if len(squeezed) < _LEAST or squeezed in seen or squeezed in visible or not _is_prose(piece):
                continue
            seen.add(squeezed)
            room -= len(piece)
            if room < 0:
                return tuple(found)
            found.append(Place(where, piece))
    return tuple(found)


def _raw_texts(source: bytes) -> Iterator[tuple[str, str]]:
    tree = LexborHTMLParser(source)
    budget = _MOST_READ
    for script in tree.css("script"):
        code = script.text()[:budget]
        budget -= len(code)
        name = script.attributes.get("id")
        kind = script.attributes.get("type") or ""
        where = "JSON-LD" if "ld+json" in kind else f"script#{name}" if name else "script"
        yield from ((where, _unescaped(match[1])) for match in _STRING.finditer(code) if len(match[1]) > _LEAST)
    for tag in ("template", "noscript", "noframes", "textarea", "select"):
        room = _MOST_READ
        for node in tree.css(tag):
            html = (node.html or "")[:room]
            room -= len(html)
            if not html:
                break
            yield f"<{tag}>", html
    for attribute in _ATTRIBUTES:
        for node in tree.css(f"[{attribute}]"):
            label = node.attributes.get("name") or node.attributes.get("property")
            element = f'{node.tag} "{label}"' if label else node.tag
            yield f"attribute {attribute} of {element}", node.attributes.get(attribute) or ""
    yield from (("comment in the source", text) for text in _comments(source.decode("utf-8", "replace")))


def _comments(text: str) -> Iterator[str]:
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at)
        if end < 0:
            return
        yield text[at + 4 : end]
        at = text.find("<!--", end)


def _unescaped(literal: str) -> str:
    r"""Return the text of a string literal: `\n`, `é` and the like resolved, surrogate pairs joined."""
    if "\\" not in literal:
        return literal
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _ESCAPED.get(m[2], m[2]), literal)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _pieces(raw: str) -> Iterator[str]:
    """Yield the paragraphs of a raw text, which may be HTML."""
    if "&lt;" in raw:
        raw = unescape(raw)
    for part in _BREAK.split(raw):
        text = " ".join(unescape(_TAG.sub("", part)).split())
        if text:
            yield text


def _is_prose(text: str) -> bool:
    """Tell sentences from data, addresses and code."""
    if any(mark in text for mark in ("{", "}", "function(", "=>", "://")) and text.count(" ") < len(text) / 8:
        return False
    spaceless = sum(char >= "\u2e80" for char in text) > len(text) / 3
    return spaceless or text.count(" ") >= len(text) / _SPACES_FOR
