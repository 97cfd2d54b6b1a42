"""One record a line (https://jsonlines.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scraper.export.sinks import open_sink
from scraper.model.json_text import encode_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scraper.export.exporter import Mark, Sink, Target
    from scraper.model.article import Article

__all__ = ["JsonLines", "open_json_lines", "record_line"]


class JsonLines:
    """Writes JSON Lines."""

    def __init__(self, sink: Sink, fields: Sequence[str] = ()) -> None:
        self._sink = sink
        self._fields = fields

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:
        """Write one line."""
        self._sink.write(record_line(article, self._fields, extra) + "\n")

    def commit(self) -> Mark:
        """Make the lines durable."""
        return self._sink.commit()

    def close(self) -> None:
        """Let go of the output: each line stands alone."""
        self._sink.close()


def open_json_lines(target: Target) -> JsonLines:
    """Open JSON Lines at a target."""
    return JsonLines(open_sink(target), target.fields)


def record_line(article: Article, fields: Sequence[str] = (), extra: Mapping[str, Any] | None = None) -> str:
    """Return a record as one line of JSON without its end; of `fields` (camelCase) only these, in their order."""
    if not fields and not extra:
        return article.to_json()
    record = article.to_dict()
    chosen = {name: record[name] for name in fields} if fields else record
    return encode_line({**chosen, **(extra or {})})
