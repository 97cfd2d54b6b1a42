"""The formats by their names."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from scraper.export.html import Html
from scraper.export.json_array import JsonArray
from scraper.export.json_lines import JsonLines
from scraper.export.markdown import Markdown
from scraper.export.plain_text import PlainText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.export.exporter import Exporter
    from scraper.export.output import Output

__all__ = ["Format", "exporter_for"]


class Format(StrEnum):
    """Output formats, as `--format` takes them."""

    JSONL = "jsonl"
    JSON = "json"
    MD = "md"
    TXT = "txt"
    HTML = "html"

    @property
    def has_keys(self) -> bool:
        """Whether single fields can be chosen."""
        return self in {Format.JSONL, Format.JSON}


def exporter_for(name: Format, output: Output, fields: Sequence[str] | None = None) -> Exporter:
    """Return the exporter of a format; `fields` (camelCase) counts for formats with keys."""
    match name:
        case Format.JSONL:
            return JsonLines(output, fields)
        case Format.JSON:
            return JsonArray(output, fields)
        case Format.MD:
            return Markdown(output)
        case Format.TXT:
            return PlainText(output)
        case Format.HTML:
            return Html(output)
