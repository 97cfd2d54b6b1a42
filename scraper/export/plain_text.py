"""The article to read: a short header, then the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scraper.export.output import Output
    from scraper.model.article import Article

__all__ = ["PlainText", "credits_of"]

_RULE = "-" * 72


class PlainText:
    """Writes readable text; a line of dashes stands between two articles."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._count = 0

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:  # noqa: ARG002  # text has no keys
        """Write one article."""
        header = [*filter(None, (article.headline, credits_of(article), article.url)), ""]
        between = f"\n{_RULE}\n\n" if self._count else ""
        self._output.write(between + "\n".join([*header, article.article_body, ""]))
        self._count += 1

    def close(self) -> None:
        """Write nothing."""


def credits_of(article: Article) -> str:
    """Return who published an article and when, on one line; "" where the page does not say."""
    publisher = article.publisher.name if article.publisher else None
    names = ", ".join(author.name for author in article.authors)
    return " · ".join(filter(None, (names, publisher, article.date_published)))
