"""Articles as flat rows, for pandas, Polars, DuckDB, csv.DictWriter: the same columns whatever the articles hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from scraper.model.article import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scraper.model.article import Metadata
    from scraper.model.failure import Failure

__all__ = ["COLUMNS", "Cell", "rows"]

Cell = str | int | float | bool | list[str] | None

COLUMNS: Final[dict[str, type]] = {
    "id": str,
    "url": str,
    "requested_url": str,
    "canonical_url": str,
    "headline": str,
    "alternative_headline": str,
    "description": str,
    "date_published": str,
    "date_modified": str,
    "authors": list,
    "agency": list,
    "dateline": str,
    "publisher": str,
    "in_language": str,
    "article_section": list,
    "keywords": list,
    "article_body": str,
    "word_count": int,
    "main_image": str,
    "is_accessible_for_free": bool,
    "is_live_blog": bool,
    "license": str,
    "page_type": str,
    "confidence": float,
    "truncated": bool,
    "fetched_at": str,
    "text_hash": str,
}
"""Column -> type of its cells; every cell but those of `list` may be None. A `list` holds strings.

Dates are ISO 8601 text with the offset that the page gives, or a plain day: no column type holds both.
"""


def rows(results: Iterable[Article | Failure]) -> Iterator[dict[str, Cell]]:
    """Yield a row for each article, as they come; failures are passed over.

        >>> import csv, sys
        >>> [row["headline"] for row in rows([article])]
        ['After sixty years, the tide mill at Lorne turns again']

    With pandas: `pandas.DataFrame(rows(scraper.iter(urls)), columns=list(COLUMNS))`. With Polars:
    `polars.DataFrame(rows(...), schema=polars_schema)`, where a schema keeps columns typed that hold nothing yet.
    """
    for result in results:
        if isinstance(result, Article):
            yield _row(result)


def _row(article: Article) -> dict[str, Cell]:
    special: dict[str, Cell] = {
        "authors": [author.name for author in article.authors],
        "publisher": article.publisher.name if article.publisher else None,
        "main_image": article.main_image.url if article.main_image else None,
    }
    row: dict[str, Cell] = {}
    for name, kind in COLUMNS.items():
        value: Any = special[name] if name in special else getattr(_holder(article, name), name)
        row[name] = list(value) if kind is list else value
    return row


def _holder(article: Article, name: str) -> Article | Metadata:
    return article if hasattr(article, name) else article.metadata
