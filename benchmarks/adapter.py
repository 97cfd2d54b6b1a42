"""The extractor in the form that benchmark scripts call: `benchmarks.adapter:predict`."""

from __future__ import annotations

from typing import Any

from scraper.extract import extract_page
from scraper.page.page import page_of
from scraper.settings import ExtractSettings

_SETTINGS = ExtractSettings(keep_all=True)


def predict(html: str, url: str | None) -> dict[str, Any]:
    """Return {"body", "title", "authors", "date"} of a page, the full extraction done, articles or not."""
    article = extract_page(page_of(html, url), _SETTINGS).article
    return {
        "body": article.article_body,
        "title": article.headline,
        "authors": [author.name for author in article.authors],
        "date": article.date_published,
    }
