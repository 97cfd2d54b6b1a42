"""Records out: one file a format; every format writes what the record says and decides nothing.

    >>> from scraper.export import open_export
    >>> with open_export("csv", "articles.csv") as exporter:
    ...     exporter.write(article)

`Exporter` is what a format offers, `Target` where it writes, `Mark` how far an output is durable (docs/exporting.md).
"""

from __future__ import annotations

from scraper.export.exporter import Exporter, ExportOptions, Mark, Target
from scraper.export.formats import Format, format_named, format_names
from scraper.export.opening import open_export

__all__ = ["ExportOptions", "Exporter", "Format", "Mark", "Target", "format_named", "format_names", "open_export"]
