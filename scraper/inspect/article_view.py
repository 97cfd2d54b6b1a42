"""The article as extracted, as markup that loads nothing: links and pictures are shown, not followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.export.plain_text import credits_of
from scraper.model.body import (
    Code,
    Embed,
    Figure,
    Heading,
    List,
    LiveUpdate,
    Paragraph,
    Quote,
    Span,
    Standfirst,
    Table,
)
from scraper.render.document import safe
from scraper.render.spans import runs_of

if TYPE_CHECKING:
    from scraper.inspect.inspection import Inspection
    from scraper.model.body import Block

__all__ = ["article_view"]

_TAGS = {"emphasis": "em", "strong": "strong", "code": "code"}


def article_view(inspection: Inspection) -> str:
    """Return the article's headline, credits and blocks; each block names the page's block that it came from."""
    article = inspection.extraction.article
    parts = [f'<h3 class="headline" dir="auto">{safe(article.headline)}</h3>' if article.headline else ""]
    if credit := credits_of(article):
        parts.append(f'<p class="credit" dir="auto">{safe(credit)}</p>')
    origins = inspection.body_blocks
    for block, origin in zip(article.blocks or (), origins, strict=True):
        link = "" if origin is None else f' data-from="{origin}"'
        parts.append(f'<div class="part" dir="auto"{link}>{_block(block)}</div>')
    if not article.blocks:
        parts.append('<p class="none">No text was kept.</p>')
    return "\n".join(filter(None, parts))


def _block(block: Block) -> str:  # noqa: C901, PLR0911  # one return a block type
    match block:
        case Paragraph():
            return f"<p>{_inline(block.text, block.spans)}</p>"
        case Standfirst():
            return f'<p class="standfirst">{_inline(block.text, block.spans)}</p>'
        case Heading():
            return f"<h4>{_inline(block.text, block.spans)}</h4>"
        case List():
            items = (f'<li class="level{min(max(i.level, 0), 3)}">{_inline(i.text, i.spans)}</li>' for i in block.items)
            return f"<ul>{''.join(items)}</ul>"
        case Quote():
            return f"<blockquote>{_inline(block.text, block.spans)}</blockquote>"
        case Code():
            return f"<pre>{safe(block.text)}</pre>"
        case Table():
            rows = ("".join(f"<td>{_inline(cell)}</td>" for cell in row) for row in block.rows)
            return f'<div class="wide"><table>{"".join(f"<tr>{row}</tr>" for row in rows)}</table></div>'
        case Figure():
            words = " ".join(filter(None, (block.caption, f"({block.credit})" if block.credit else None)))
            return _object("picture", block.url, words or block.alt or "")
        case Embed():
            return _object(block.provider or "embed", block.url, block.title or "")
        case LiveUpdate():
            return f"<h4>{_inline(block.text or block.date_published or '')}</h4>"


def _object(kind: str, url: str, words: str) -> str:
    return (
        f'<figure><span class="kind">{safe(kind)}</span> <span>{safe(words)}</span>'
        f'<small class="address">{safe(url)}</small></figure>'
    )


def _inline(text: str, spans: tuple[Span, ...] = ()) -> str:
    parts = []
    for run in runs_of(len(text), spans):
        piece = safe(text[run.start : run.end]).replace("\n", "<br>")
        for span in reversed(run.around):
            if span.kind == "link":
                piece = f'<span class="link" title="{safe(span.url or "")}">{piece}</span>'
            else:
                piece = f"<{_TAGS[span.kind]}>{piece}</{_TAGS[span.kind]}>"
        parts.append(piece)
    return "".join(parts)
