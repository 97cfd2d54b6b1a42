"""HTML of unknown origin -> the few elements and attributes that a record's HTML may hold, written anew.

Balanced, and from a fixed list tag by tag: whatever was odd about the input is not in it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from scraper.render.spans import safe_url

__all__ = ["safe_html"]

_VOID = frozenset({"br", "img"})
_KEPT = _VOID | frozenset(
    "p h2 h3 h4 h5 h6 ul ol li blockquote pre code table tr th td figure figcaption a em strong".split()
)
"""What `scraper.render.html` writes."""
_URLS = {"a": "href", "img": "src"}
_SILENT = frozenset(
    "script style template noscript iframe object embed svg math head title textarea select noembed noframes xmp "
    "plaintext audio video canvas".split()
)
"""Elements whose content is no text of an article."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no HTML document may hold (HTML standard, 13.2.3.5)."""
_DEPTH = 200
"""Elements open at once; browsers flatten what is deeper than 512."""


def safe_html(text: str) -> str:
    """Return the text and the permitted elements of a piece of HTML; links and pictures only to http(s) and mailto."""
    parser = _Rewriter()
    parser.feed(text)
    parser.close()
    return parser.result()


class _Rewriter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._open: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent or tag in _SILENT:
            if tag in _SILENT:
                self._silent.append(tag)
            return
        if tag not in _KEPT or len(self._open) >= _DEPTH:
            return
        self._parts.append(f"<{tag}{_attributes(tag, dict(attrs))}>")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # HTML knows no self-closing tags but those of foreign elements
        if tag in self._silent:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag in self._silent:
                while self._silent.pop() != tag:
                    pass
            return
        if tag in self._open:
            while (last := self._open.pop()) != tag:
                self._parts.append(f"</{last}>")
            self._parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(_text(data))

    def result(self) -> str:
        """Return what was kept, every element closed."""
        return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open))


def _attributes(tag: str, given: dict[str, str | None]) -> str:
    name = _URLS.get(tag)
    url = safe_url(given.get(name)) if name else None
    kept = f' {name}="{_text(url)}"' if url else ""
    if tag == "img" and given.get("alt") is not None:
        kept += f' alt="{_text(given["alt"] or "")}"'
    return kept


def _text(data: str) -> str:
    text = _CONTROLS.sub("", data)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
