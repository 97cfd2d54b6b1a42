"""An article, headline first, as Markdown or as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.model.body import Embed, Figure, List, ListItem, Paragraph
from scraper.render.html import render_html
from scraper.render.html_blocks import blocks_of_html
from scraper.render.markdown import render_markdown
from scraper.render.markdown_inline import escape

if TYPE_CHECKING:
    from scraper.model.article import Article
    from scraper.model.body import Block

__all__ = ["article_html", "article_in_notebook", "article_markdown", "body_blocks"]


def article_markdown(article: Article) -> str:
    """Return the headline as a heading of the first level, and the body below it, as CommonMark with tables."""
    headline = " ".join(escape(article.headline or "").split())
    body = article.article_body_markdown or render_markdown(body_blocks(article))
    return "\n\n".join(filter(None, (f"# {headline}" if headline else "", body))) + "\n"


def article_in_notebook(article: Article) -> str:
    """Return an article as a notebook shows it; without pictures, which would tell their hosts who reads."""
    names = ", ".join([author.name for author in article.authors])
    day = (article.date_published or "")[:10]
    told = " · ".join(filter(None, (names, day, article.publisher.name if article.publisher else None)))
    blocks = [block for block in body_blocks(article) if not isinstance(block, Figure | Embed)]
    headline = f"<h3>{_inline(article.headline)}</h3>" if article.headline else ""
    byline = f"<p><em>{_inline(told)}</em></p>" if told else ""
    return "\n".join(filter(None, (headline, byline, render_html(blocks))))


def article_html(article: Article) -> str:
    """Return an <article> element: the headline as <h1>, the body in the elements that `render_html` knows."""
    headline = _inline(article.headline or "")
    head = f"<h1>{headline}</h1>" if headline else ""
    return "\n".join(filter(None, ("<article>", head, render_html(body_blocks(article)), "</article>")))


def body_blocks(article: Article) -> tuple[Block, ...]:
    """Return the body as typed blocks: its own where it has them, else read from its HTML, else from its text."""
    if article.blocks:
        return article.blocks
    if article.article_body_html and (blocks := blocks_of_html(article.article_body_html)):
        return blocks
    return tuple(map(_block_of_text, filter(None, article.article_body.split("\n\n"))))


def _inline(text: str) -> str:
    return render_html([Paragraph(text=text)]).removeprefix("<p>").removesuffix("</p>")


def _block_of_text(text: str) -> Block:
    lines = text.split("\n")
    if all(line.startswith("- ") for line in lines):
        return List(text=text, items=tuple(ListItem(text=line[2:]) for line in lines))
    return Paragraph(text=text)
