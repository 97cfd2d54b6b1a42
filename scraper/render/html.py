"""Body -> HTML: an allow-list serialiser. It writes its own few tags, and escapes everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.compiled import fastest
from scraper.model.body import (
    Code,
    Embed,
    Figure,
    Heading,
    List,
    ListItem,
    LiveUpdate,
    Paragraph,
    Quote,
    Standfirst,
    Table,
)
from scraper.render.inline_html import LINE, escape, inline, plain
from scraper.render.spans import cells_of, paragraphs_of, safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.model.body import Block

__all__ = ["render_html"]


def render_html(body: Iterable[Block]) -> str:
    """Return the body as HTML, a block a line.

    Elements: p, h2 to h6, ul, ol, li, blockquote, pre, code, table, tr, th, td, figure, img, figcaption, a, em, strong,
    br. Attributes: href, src, alt, start. URLs: absolute http, https and mailto.
    """
    lines = [_paragraph(block) if type(block) is Paragraph else _block(block) for block in body]  # most are: quicker
    return "\n".join(filter(None, lines))


def _block(block: Block) -> str:  # noqa: PLR0911  # one return a block type
    match block:
        case Paragraph() | Standfirst():
            return _paragraph(block)
        case Heading():
            level = min(max(block.level, 2), 6)
            return f"<h{level}>{_inline(block.text, block.spans)}</h{level}>"
        case List():
            return _list(block.items, block.start)
        case Quote():
            parts = [f"<p>{_inline(text, spans)}</p>" for text, spans in paragraphs_of(block.text, block.spans)]
            return f"<blockquote>{''.join(parts)}</blockquote>"
        case Code():
            return f"<pre><code>{_escape(LINE.sub(chr(10), block.text))}</code></pre>"
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Embed():
            return _embed(block)
        case LiveUpdate():
            return f"<h3>{_plain(block.text)}</h3>" if block.text else ""


def _paragraph(block: Paragraph | Standfirst) -> str:
    return f"<p>{_inline(block.text, block.spans)}</p>" if block.text else ""


def _list(items: tuple[ListItem, ...], start: int) -> str:
    """Return nested lists; a list that changes its kind at one level ends and a new one begins."""
    parts: list[str] = []
    open_lists: list[str] = []
    for item in items:
        tag = "ol" if item.ordered else "ul"
        depth = min(max(item.level, 0), len(open_lists)) + 1
        while len(open_lists) > depth or (len(open_lists) == depth and open_lists[-1] != tag):
            parts.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == depth:
            parts.append("</li>")
        else:
            first = f' start="{start}"' if tag == "ol" and not parts and start != 1 else ""
            parts.append(f"<{tag}{first}>")
            open_lists.append(tag)
        parts.append(f"<li>{_inline(item.text, item.spans)}")
    while open_lists:
        parts.append(f"</li></{open_lists.pop()}>")
    return "".join(parts)


def _table(table: Table) -> str:
    lines = []
    for number, row in enumerate(cells_of(table)):
        tag = "th" if table.header and number == 0 else "td"
        lines.append("<tr>" + "".join(f"<{tag}>{_inline(cell, spans)}</{tag}>" for cell, spans in row) + "</tr>")
    return f"<table>{''.join(lines)}</table>"


def _figure(figure: Figure) -> str:
    url = safe_url(figure.url)
    if url is None:
        return ""
    words = " ".join(filter(None, (figure.caption, f"({figure.credit})" if figure.credit else None)))
    caption = f"<figcaption>{_plain(words)}</figcaption>" if words else ""
    return f'<figure><img src="{_escape(url)}" alt="{_escape(figure.alt or "")}">{caption}</figure>'


def _embed(embed: Embed) -> str:
    url = safe_url(embed.url)
    if url is None:
        return ""
    words = ": ".join(filter(None, (embed.provider, embed.title))) or url
    return f'<figure><a href="{_escape(url)}">{_plain(words)}</a></figure>'


_escape = fastest(escape, "inline_html")
_plain = fastest(plain, "inline_html")
_inline = fastest(inline, "inline_html")
