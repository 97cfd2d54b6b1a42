"""Markdown with a YAML head, as note-taking programs and site generators read it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from scraper.export.sinks import open_sink
from scraper.render.article import body_blocks
from scraper.render.markdown import render_markdown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scraper.export.exporter import Mark, Sink, Target
    from scraper.model.article import Article

__all__ = ["Markdown", "markdown_document", "open_markdown"]

_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""Neither printable (YAML 1.2, 5.1) nor no line end (YAML 1.1, 5.4): written as escapes."""
_SPECIAL = str.maketrans({character: "\\" + character for character in r"\`*_[]<>#|~"} | {"\n": " "})
"""ASCII punctuation that can mean markup inside a heading (CommonMark 0.31, section 2.4)."""


class Markdown:
    """Writes Markdown; each article has its own head."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._count = 0

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:  # noqa: ARG002  # the head is fixed
        """Write one article; its body is `articleBodyMarkdown` where it was asked for, else the text."""
        self._sink.write(("\n" if self._count else "") + markdown_document(article))
        self._count += 1

    def commit(self) -> Mark:
        """Make what was written durable, where the output allows it."""
        return self._sink.commit()

    def close(self) -> None:
        """Let go of the output."""
        self._sink.close()


def markdown_document(
    article: Article,
    fields: Sequence[str] = (),  # noqa: ARG001  # the head is fixed
    extra: Mapping[str, Any] | None = None,  # noqa: ARG001  # the same
) -> str:
    """Return one article as a Markdown file."""
    title = f"# {article.headline.translate(_SPECIAL)}\n\n" if article.headline else ""
    body = article.article_body_markdown or render_markdown(body_blocks(article))
    return f"---\n{_head(article)}---\n\n{title}{body.rstrip()}\n"


def _head(article: Article) -> str:
    """Return the YAML lines; every value is a JSON string or list, which YAML 1.2 reads as it stands."""
    values = {
        "id": article.id,
        "headline": article.headline,
        "alternativeHeadline": article.alternative_headline,
        "url": article.canonical_url or article.url,
        "authors": [author.name for author in article.authors],
        "publisher": article.publisher.name if article.publisher else None,
        "datePublished": article.date_published,
        "dateModified": article.date_modified,
        "inLanguage": article.in_language,
        "articleSection": list(article.article_section),
        "keywords": list(article.keywords),
    }
    return "".join(f"{name}: {_yaml(value)}\n" for name, value in values.items() if value)


def _yaml(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def open_markdown(target: Target) -> Markdown:
    """Open Markdown at a target."""
    return Markdown(open_sink(target))
