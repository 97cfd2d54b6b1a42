"""All records as one JSON array, an element a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from scraper.export.json_lines import record_line
from scraper.export.sinks import open_sink

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scraper.export.exporter import Mark, Sink, Target
    from scraper.model.article import Article

__all__ = ["JsonArray", "json_document", "open_json_array"]


class JsonArray:
    """Writes one JSON array, streaming; without records, an empty one."""

    def __init__(self, sink: Sink, fields: Sequence[str] = ()) -> None:
        self._sink = sink
        self._fields = fields
        self._count = 0

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:
        """Write one element."""
        self._sink.write(("," if self._count else "[") + "\n" + record_line(article, self._fields, extra))
        self._count += 1

    def commit(self) -> Mark:
        """Make what was written durable, where the output allows it."""
        return self._sink.commit()

    def close(self) -> None:
        """End the array."""
        try:
            self._sink.write("\n]\n" if self._count else "[]\n")
        finally:
            self._sink.close()


def open_json_array(target: Target) -> JsonArray:
    """Open a JSON array at a target."""
    return JsonArray(open_sink(target), target.fields)


def json_document(article: Article, fields: Sequence[str] = (), extra: Mapping[str, Any] | None = None) -> str:
    """Return a record as a JSON file of its own, indented."""
    return msgspec.json.format(record_line(article, fields, extra), indent=2) + "\n"
