"""The article to read: a short header, then the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scraper.export.sinks import open_sink

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scraper.export.exporter import Mark, Sink, Target
    from scraper.model.article import Article

__all__ = ["PlainText", "credits_of", "open_plain_text", "text_document"]

_RULE = "-" * 72


class PlainText:
    """Writes readable text; a line of dashes stands between two articles."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._count = 0

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:  # noqa: ARG002  # text has no keys
        """Write one article."""
        self._sink.write((f"\n{_RULE}\n\n" if self._count else "") + text_document(article))
        self._count += 1

    def commit(self) -> Mark:
        """Make what was written durable, where the output allows it."""
        return self._sink.commit()

    def close(self) -> None:
        """Let go of the output."""
        self._sink.close()


def text_document(
    article: Article,
    fields: Sequence[str] = (),  # noqa: ARG001  # text has no keys
    extra: Mapping[str, Any] | None = None,  # noqa: ARG001  # the same
) -> str:
    """Return one article as readable text."""
    header = [*filter(None, (article.headline, credits_of(article), article.url)), ""]
    return "\n".join([*header, article.article_body, ""])


def credits_of(article: Article) -> str:
    """Return who published an article and when, on one line; "" where the page does not say."""
    publisher = article.publisher.name if article.publisher else None
    names = ", ".join(author.name for author in article.authors)
    return " · ".join(filter(None, (names, publisher, article.date_published)))


def open_plain_text(target: Target) -> PlainText:
    """Open plain text at a target."""
    return PlainText(open_sink(target))
