"""One HTML document with an <article> for each record."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from scraper.export.plain_text import credits_of
from scraper.export.safe_html import safe_html
from scraper.export.sinks import open_sink

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scraper.export.exporter import Mark, Sink, Target
    from scraper.model.article import Article

__all__ = ["Html", "html_document", "open_html"]

_POLICY = "default-src 'none'; img-src https: http:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
"""Nothing of the document needs more; a second wall behind the allow-list (Content Security Policy 3)."""
_STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.1rem/1.6 Georgia,serif;color-scheme:light dark}"
    "img{max-width:100%;height:auto}pre,table{display:block;overflow-x:auto}"
)
_END = "</body>\n</html>\n"


class Html:
    """Writes HTML without any script; everything that a page said is escaped or comes from the body's allow-list."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._count = 0

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:  # noqa: ARG002  # HTML has no keys
        """Write one <article>; before the first one, the document's head with its title and language."""
        head = "" if self._count else _document_head(article)
        self._sink.write(head + _article(article))
        self._count += 1

    def commit(self) -> Mark:
        """Make what was written durable, where the output allows it."""
        return self._sink.commit()

    def close(self) -> None:
        """End the document; without records, write none."""
        try:
            if self._count:
                self._sink.write(_END)
        finally:
            self._sink.close()


def html_document(
    article: Article,
    fields: Sequence[str] = (),  # noqa: ARG001  # HTML has no keys
    extra: Mapping[str, Any] | None = None,  # noqa: ARG001  # the same
) -> str:
    """Return one article as an HTML document."""
    return _document_head(article) + _article(article) + _END


def _document_head(article: Article) -> str:
    language = f' lang="{escape(article.in_language)}"' if article.in_language else ""
    title = escape(article.headline or "")
    return (
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n<style>{_STYLE}</style>\n'
        "</head>\n<body>\n"
    )


def _article(article: Article) -> str:
    language = f' lang="{escape(article.in_language)}"' if article.in_language else ""
    lines = [f"<article{language}>"]
    url = article.canonical_url or article.url
    if article.headline:
        lines.append(f"<h1>{escape(article.headline)}</h1>")
    if credit := credits_of(article):
        lines.append(f"<p>{escape(credit)}</p>")
    if url and url.lower().startswith(("https://", "http://")):
        lines.append(f'<p><a href="{escape(url)}">{escape(url)}</a></p>')
    lines.append(
        safe_html(article.article_body_html) if article.article_body_html else _paragraphs(article.article_body)
    )
    lines.append("</article>\n")
    return "\n".join(lines)


def _paragraphs(text: str) -> str:
    return "\n".join(f"<p>{escape(block)}</p>".replace("\n", "<br>") for block in text.split("\n\n") if block)


def open_html(target: Target) -> Html:
    """Open HTML at a target."""
    return Html(open_sink(target))
