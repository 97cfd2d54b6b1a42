"""The extractor in the form that benchmark scripts call: `benchmarks.adapter:predict`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import py3langid  # noqa: F401  # what is imported on first use is imported here: the peers' imports are not timed either
import trafilatura  # noqa: F401  # the same

from scraper import extract
from scraper.body.classifier.scores import load_scorer

if TYPE_CHECKING:
    from scraper import Article

__all__ = ["predict", "prediction_of", "record"]

load_scorer()


def predict(html: str, url: str | None) -> dict[str, Any]:
    """Return {"body", "title", "authors", "date"} of a page, the full extraction done, articles or not."""
    return prediction_of(record(html, url))


def record(html: str, url: str | None) -> Article:
    """Return the whole record of a page, articles or not."""
    return extract(html, url, keep_all=True)


def prediction_of(article: Article) -> dict[str, Any]:
    """Return what the benchmarks compare of a record."""
    return {
        "body": article.article_body,
        "title": article.headline,
        "authors": [author.name for author in article.authors],
        "date": article.date_published,
    }
