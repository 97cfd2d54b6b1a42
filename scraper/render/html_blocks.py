"""HTML -> body: reads back what `render_html` writes; of other HTML, what the same few elements hold.

So an article that was read from a file, or extracted without `blocks=True`, has all its looks, and HTML of unknown
origin comes out as the allow-list serialiser writes it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal

from scraper.model.body import Code, Embed, Figure, Heading, List, ListItem, Paragraph, Quote, Span, Table
from scraper.render.spans import moved, safe_url

if TYPE_CHECKING:
    from scraper.model.body import Block

__all__ = ["blocks_of_html"]

_SPANS: dict[str, Literal["link", "emphasis", "strong", "code"]] = {
    "a": "link",
    "em": "emphasis",
    "strong": "strong",
    "code": "code",
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SILENT = frozenset("script style template noscript iframe object svg math head title textarea select".split())
_DEEPEST = 50
"""Nesting of lists that is read."""


def blocks_of_html(html: str) -> tuple[Block, ...]:
    """Return the typed blocks of an article's HTML; `render_html` of them is that HTML again."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks()


class _Text:
    """Text as it is read, with its spans."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: list[Span] = []
        self._open: list[tuple[str, int, str | None]] = []

    def open(self, tag: str, url: str | None) -> None:
        self._open.append((tag, len(self.text), url))

    def close(self, tag: str) -> None:
        for i in range(len(self._open) - 1, -1, -1):
            name, start, url = self._open[i]
            if name == tag:
                del self._open[i]
                if start < len(self.text) and (tag != "a" or url):
                    self.spans.append(Span(start=start, end=len(self.text), kind=_SPANS[tag], url=url))
                return

    def done(self) -> tuple[str, tuple[Span, ...]]:
        """Return the text and its spans, outer ones first."""
        for tag, _, _ in reversed(self._open):
            self.close(tag)
        return self.text, tuple(sorted(self.spans, key=lambda span: (span.start, -span.end)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[Block] = []
        self._now = _Text()
        self._quote: list[tuple[str, tuple[Span, ...]]] | None = None
        self._lists: list[tuple[str, int]] = []
        self._items: list[ListItem] = []
        self._first_number = 1
        self._in_item = False
        self._rows: list[list[tuple[str, tuple[Span, ...]]]] | None = None
        self._header = False
        self._figure: dict[str, str | None] | None = None
        self._silent: list[str] = []

    def blocks(self) -> tuple[Block, ...]:
        """Return what was read; text outside any element is a paragraph."""
        self._end_all()
        return tuple(self._found)

    # events

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent or tag in _SILENT:
            if tag in _SILENT:
                self._silent.append(tag)
            return
        given = dict(attrs)
        if self._figure is not None:
            self._start_in_figure(tag, given)
        elif tag == "br":
            self._now.text += "\n"
        elif tag in _SPANS and not (tag == "code" and self._is_pre):
            self._now.open(tag, safe_url(given.get("href")) if tag == "a" else None)
        else:
            if tag in {"ul", "ol"} and not self._lists:
                number = given.get("start") or ""
                self._first_number = int(number) if tag == "ol" and re.fullmatch(r"[0-9]{1,9}", number) else 1
            self._start_block(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag in self._silent:
                while self._silent.pop() != tag:
                    pass
            return
        if self._figure is not None:
            if tag == "figure":
                self._end_figure()
        elif tag in _SPANS and not (tag == "code" and self._is_pre):
            self._now.close(tag)
        else:
            self._end_block(tag)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        between = not self._now.text and not data.strip() and not self._is_pre
        if not between:
            self._now.text += data

    # blocks

    _kind = ""
    """The element whose text is being read: "p", "h2", "pre", "li", "td" ... or ""."""

    @property
    def _is_pre(self) -> bool:
        return self._kind == "pre"

    def _start_block(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._end_item() if self._in_item else self._end_text()
            self._lists.append((tag, len(self._items)))
        elif tag == "li":
            self._end_item() if self._in_item else self._end_text()
            self._in_item = True
        elif tag == "blockquote":
            self._end_text()
            self._quote = []
        elif tag == "table":
            self._end_all()
            self._rows, self._header = [], False
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in {"td", "th"} and self._rows:
            self._now, self._kind = _Text(), tag
            self._header = self._header or (tag == "th" and len(self._rows) == 1)
        elif tag == "figure":
            self._end_all()
            self._figure = {}
        elif tag == "p" or tag in _HEADINGS or tag == "pre":
            if not self._in_item:
                self._end_text()
            self._kind = tag

    def _end_block(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._end_item()
            if self._lists:
                self._lists.pop()
            if not self._lists:
                self._end_list()
        elif tag == "li":
            self._end_item()
        elif tag == "blockquote":
            self._end_quote()
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].append(self._now.done())
            self._now, self._kind = _Text(), ""
        elif tag == "table" and self._rows is not None:
            self._end_table()
        elif (tag == "p" or tag in _HEADINGS or tag == "pre") and not self._in_item:
            self._end_text()

    def _end_text(self) -> None:
        """Make a block of the text that was read."""
        (text, spans), self._now = self._now.done(), _Text()
        kind, self._kind = self._kind, ""
        if not text.strip():
            return
        if kind == "pre":
            self._found.append(Code(text=text))
        elif kind in _HEADINGS:
            self._found.append(Heading(text=text, level=max(_HEADINGS[kind], 2), spans=spans))
        elif self._quote is not None:
            self._quote.append((text, spans))
        else:
            self._found.append(Paragraph(text=text, spans=spans))

    def _end_quote(self) -> None:
        self._end_text()
        parts, self._quote = self._quote, None
        text, spans = "", list[Span]()
        for part, own in parts or ():
            text += "\n\n" if text else ""
            at = len(text)
            spans += moved(own, at)
            text += part
        if text:
            self._found.append(Quote(text=text, spans=tuple(spans)))

    def _end_item(self) -> None:
        if not self._in_item:
            return
        (text, spans), self._now = self._now.done(), _Text()
        self._in_item, self._kind = False, ""
        if text.strip() and self._lists:
            level = min(len(self._lists) - 1, _DEEPEST)
            self._items.append(ListItem(text=text, level=level, ordered=self._lists[-1][0] == "ol", spans=spans))

    def _end_list(self) -> None:
        items, self._items = tuple(self._items), []
        if items:
            text = "\n".join(f"- {item.text}" for item in items)
            self._found.append(List(text=text, items=items, start=self._first_number))

    def _end_table(self) -> None:
        rows, self._rows = [row for row in self._rows or () if row], None
        if not rows:
            return
        lines, spans = list[str](), list[Span]()
        at = 0
        for row in rows:
            filled = [cell for cell in row if cell[0]]
            for text, own in filled:
                spans += moved(own, at)
                at += len(text) + len(" | ")
            lines.append(" | ".join(text for text, _ in filled))
            at += 1 - (len(" | ") if filled else 0)
        cells = tuple(tuple(text for text, _ in row) for row in rows)
        self._found.append(Table(text="\n".join(lines), rows=cells, header=self._header, spans=tuple(spans)))

    def _start_in_figure(self, tag: str, given: dict[str, str | None]) -> None:
        figure = self._figure
        if figure is None:
            return
        if tag == "img" and "src" not in figure:
            figure["src"], figure["alt"] = safe_url(given.get("src")), given.get("alt") or None
        elif tag == "a" and "href" not in figure:
            figure["href"] = safe_url(given.get("href"))
        elif tag == "br":
            self._now.text += "\n"

    def _end_figure(self) -> None:
        figure, self._figure = self._figure or {}, None
        words, self._now = self._now.text or None, _Text()
        if src := figure.get("src"):
            self._found.append(Figure(text="", url=src, alt=figure.get("alt"), caption=words))
        elif href := figure.get("href"):
            self._found.append(Embed(text="", url=href, title=None if words == href else words))
        elif words:
            self._found.append(Paragraph(text=words))

    def _end_all(self) -> None:
        """End whatever was left open."""
        if self._figure is not None:
            self._end_figure()
        if self._rows is not None:
            self._end_table()
        self._end_item()
        self._lists.clear()
        self._end_list()
        if self._quote is not None:
            self._end_quote()
        self._end_text()
