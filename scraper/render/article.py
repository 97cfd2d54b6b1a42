"""An article, headline first, as Markdown or as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.model.body import List, ListItem, Paragraph
from scraper.render.html import render_html
from scraper.render.html_blocks import blocks_of_html
from scraper.render.markdown import render_markdown
from scraper.render.markdown_inline import escape

if TYPE_CHECKING:
    from scraper.model.article import Article
    from scraper.model.body import Block

__all__ = ["article_html", "article_markdown", "body_blocks"]


def article_markdown(article: Article) -> str:
    """Return the headline as a heading of the first level, and the body below it, as CommonMark with tables."""
    headline = " ".join(escape(article.headline or "").split())
    body = article.article_body_markdown or render_markdown(body_blocks(article))
    return "\n\n".join(filter(None, (f"# {headline}" if headline else "", body))) + "\n"


def article_html(article: Article) -> str:
    """Return an <article> element: the headline as <h1>, the body in the elements that `render_html` knows."""
    headline = render_html([Paragraph(text=article.headline)]) if article.headline else ""
    head = f"<h1>{headline.removeprefix('<p>').removesuffix('</p>')}</h1>" if headline else ""
    return "\n".join(filter(None, ("<article>", head, render_html(body_blocks(article)), "</article>")))


def body_blocks(article: Article) -> tuple[Block, ...]:
    """Return the body as typed blocks: its own where it has them, else read from its HTML, else from its text."""
    if article.blocks:
        return article.blocks
    if article.article_body_html and (blocks := blocks_of_html(article.article_body_html)):
        return blocks
    return tuple(map(_block_of_text, filter(None, article.article_body.split("\n\n"))))


def _block_of_text(text: str) -> Block:
    lines = text.split("\n")
    if all(line.startswith("- ") for line in lines):
        return List(text=text, items=tuple(ListItem(text=line[2:]) for line in lines))
    return Paragraph(text=text)
