"""All records as one JSON array, an element a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scraper.export.json_lines import record_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scraper.export.output import Output
    from scraper.model.article import Article

__all__ = ["JsonArray"]


class JsonArray:
    """Writes one JSON array, streaming; without records, an empty one."""

    def __init__(self, output: Output, fields: Sequence[str] | None = None) -> None:
        self._output = output
        self._fields = fields
        self._count = 0

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:
        """Write one element."""
        self._output.write(("," if self._count else "[") + "\n" + record_line(article, self._fields, extra))
        self._count += 1

    def close(self) -> None:
        """End the array."""
        self._output.write("\n]\n" if self._count else "[]\n")
