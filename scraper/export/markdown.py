"""Markdown with a YAML head, as note-taking programs and site generators read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scraper.export.output import Output
    from scraper.model.article import Article

__all__ = ["Markdown"]

_SPECIAL = str.maketrans({character: "\\" + character for character in r"\`*_[]<>#|~"} | {"\n": " "})
"""ASCII punctuation that can mean markup inside a heading (CommonMark 0.31, section 2.4)."""


class Markdown:
    """Writes Markdown; each article has its own head."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._count = 0

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:  # noqa: ARG002  # the head is fixed
        """Write one article; its body is `articleBodyMarkdown` where it was asked for, else the text."""
        title = f"# {article.headline.translate(_SPECIAL)}\n\n" if article.headline else ""
        body = article.article_body_markdown or article.article_body
        between = "\n" if self._count else ""
        self._output.write(f"{between}---\n{_head(article)}---\n\n{title}{body.rstrip()}\n")
        self._count += 1

    def close(self) -> None:
        """Write nothing."""


def _head(article: Article) -> str:
    """Return the YAML lines; every value is a JSON string or list, which YAML 1.2 reads as it stands."""
    values = {
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
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items() if value)
