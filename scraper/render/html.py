"""Body -> HTML: an allow-list serialiser. It writes its own few tags, and escapes everything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
    Span,
    Standfirst,
    Table,
)
from scraper.render.spans import paragraphs_of, runs_of, safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.model.body import Block

__all__ = ["render_html"]

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no HTML document may hold (HTML standard, 13.2.3.5)."""
_TAGS = {"emphasis": "em", "strong": "strong", "code": "code"}
_LINE = re.compile(r"\r\n?|\n")


def render_html(body: Iterable[Block]) -> str:
    """Return the body as HTML, a block a line.

    Elements: p, h2 to h6, ul, ol, li, blockquote, pre, code, table, tr, th, td, figure, img, figcaption, a, em, strong,
    br. Attributes: href, src, alt. URLs: absolute http, https and mailto.
    """
    return "\n".join(filter(None, map(_block, body)))


def _block(block: Block) -> str:  # noqa: PLR0911  # one return a block type
    match block:
        case Paragraph() | Standfirst():
            return f"<p>{_inline(block.text, block.spans)}</p>" if block.text else ""
        case Heading():
            level = min(max(block.level, 2), 6)
            return f"<h{level}>{_inline(block.text, block.spans)}</h{level}>"
        case List():
            return _list(block.items)
        case Quote():
            parts = [f"<p>{_inline(text, spans)}</p>" for text, spans in paragraphs_of(block.text, block.spans)]
            return f"<blockquote>{''.join(parts)}</blockquote>"
        case Code():
            return f"<pre><code>{_escape(_LINE.sub(chr(10), block.text))}</code></pre>"
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Embed():
            return _embed(block)
        case LiveUpdate():
            return f"<h3>{_inline(block.text)}</h3>" if block.text else ""


def _escape(text: str) -> str:
    if not text.isprintable():
        text = _CONTROLS.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _plain(text: str) -> str:
    """Return text without markup of its own; a line break becomes <br>."""
    escaped = _escape(text)
    return _LINE.sub("<br>", escaped) if "\n" in escaped or "\r" in escaped else escaped


def _inline(text: str, spans: tuple[Span, ...] = ()) -> str:
    if not spans:
        return _plain(text)
    parts = _side_by_side(text, spans)
    return "".join(_nested(text, spans) if parts is None else parts)


def _side_by_side(text: str, spans: tuple[Span, ...]) -> list[str] | None:
    """Return the pieces of a text whose spans follow one another: the common case; None for any other."""
    parts: list[str] = []
    at = 0
    for span in spans:
        start, end = span.start, span.end
        tag = _start_tag(span)
        if not at <= start < end <= len(text) or tag is None:
            return None
        parts += (_plain(text[at:start]), tag, _plain(text[start:end]), _end_tag(span))
        at = end
    parts.append(_plain(text[at:]))
    return parts


def _nested(text: str, spans: tuple[Span, ...]) -> list[str]:
    """Return the pieces of a text whose spans may stand inside one another, overlap, or hold no safe URL."""
    parts: list[str] = []
    open_now: tuple[Span, ...] = ()
    for run in runs_of(len(text), spans):
        around = run.around
        if around != open_now:
            same = 0
            while same < min(len(open_now), len(around)) and open_now[same] == around[same]:
                same += 1
            parts += [_end_tag(span) for span in reversed(open_now[same:])]
            parts += [_start_tag(span) or "" for span in around[same:]]
            open_now = around
        parts.append(_plain(text[run.start : run.end]))
    parts += [_end_tag(span) for span in reversed(open_now)]
    return parts


def _start_tag(span: Span) -> str | None:
    """Return the tag that begins a span; None for a link to nothing safe."""
    if span.kind != "link":
        return f"<{_TAGS[span.kind]}>"
    url = safe_url(span.url)
    return f'<a href="{_escape(url)}">' if url else None


def _end_tag(span: Span) -> str:
    return "</a>" if span.kind == "link" else f"</{_TAGS[span.kind]}>"


def _list(items: tuple[ListItem, ...]) -> str:
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
            parts.append(f"<{tag}>")
            open_lists.append(tag)
        parts.append(f"<li>{_inline(item.text, item.spans)}")
    while open_lists:
        parts.append(f"</li></{open_lists.pop()}>")
    return "".join(parts)


def _table(table: Table) -> str:
    lines = []
    for number, row in enumerate(table.rows):
        tag = "th" if table.header and number == 0 else "td"
        lines.append("<tr>" + "".join(f"<{tag}>{_plain(cell)}</{tag}>" for cell in row) + "</tr>")
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
