"""One record a line (https://jsonlines.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scraper.model.json_text import encode_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scraper.export.output import Output
    from scraper.model.article import Article

__all__ = ["JsonLines", "record_line"]


class JsonLines:
    """Writes JSON Lines."""

    def __init__(self, output: Output, fields: Sequence[str] | None = None) -> None:
        self._output = output
        self._fields = fields

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:
        """Write one line."""
        self._output.write(record_line(article, self._fields, extra) + "\n")

    def close(self) -> None:
        """Write nothing: each line stands alone."""


def record_line(article: Article, fields: Sequence[str] | None, extra: Mapping[str, Any] | None) -> str:
    """Return a record as one line of JSON without its end; of `fields` (camelCase) only these, in their order."""
    if not fields and not extra:
        return article.to_json()
    record = article.to_dict()
    chosen = {name: record[name] for name in fields} if fields else record
    return encode_line({**chosen, **(extra or {})})
