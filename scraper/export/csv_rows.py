r"""One record a row of CSV (RFC 4180): comma, quotes doubled, lines end with CR LF; the first row names the columns.

A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV injection"): one that
begins, after blanks and quotes, with "=", "+", "-", "@" or their full-width forms, or with a tab or a line end. To
undo it, take the apostrophe away where what follows it is such a cell.
"""

from __future__ import annotations

import csv
import io
import logging
import re
from typing import TYPE_CHECKING, Any

from scraper.export.columns import columns_of
from scraper.export.sinks import open_sink

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scraper.export.appended_file import AppendedFile
    from scraper.export.columns import Column
    from scraper.export.exporter import Mark, Sink, Target
    from scraper.model.article import Article

__all__ = ["FORMULA", "CsvRows", "open_csv"]

_LOG = logging.getLogger("scraper")
FORMULA = re.compile(r"[\s\"']*[=+\-@＝＋－＠]|[\t\r\n]")
"""How a cell begins that must be neutralised."""
_BOM = "\ufeff"
_STEP = 1 << 20
"""Bytes looked through at a time for the last whole row."""


class CsvRows:
    """Writes CSV; keys beside the record's have no column and are left out."""

    def __init__(self, sink: Sink, columns: tuple[Column, ...], *, raw: bool = False) -> None:
        self._sink = sink
        self._columns = columns
        self._raw = raw

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:  # noqa: ARG002  # see above
        """Write one row."""
        record = article.to_dict()
        cells = [_text(column.cell(record)) for column in self._columns]
        self._sink.write(_row(cells if self._raw else map(_neutral, cells)))

    def commit(self) -> Mark:
        """Make the rows durable."""
        return self._sink.commit()

    def close(self) -> None:
        """Let go of the output; a one-off table without rows has its head all the same."""
        self._sink.close()


class _Table(CsvRows):
    """A one-off table."""

    def close(self) -> None:
        try:
            self._sink.write("")
        finally:
            self._sink.close()


def open_csv(target: Target) -> CsvRows:
    """Open CSV at a target."""
    columns = columns_of(target.fields)
    head = (_BOM if target.options.bom else "") + _row(column.name for column in columns)
    kind = CsvRows if target.append else _Table
    return kind(open_sink(target, head, _mend), columns, raw=target.options.raw_cells)


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value.replace("\0", "")
    return str(value)


def _neutral(cell: str) -> str:
    return "'" + cell if FORMULA.match(cell) else cell


def _mend(file: AppendedFile) -> None:
    """Cut off a last row without its end: every program that writes CSV ends rows, so it was killed while writing."""
    whole = _whole_rows(file)
    if whole < file.length:
        _LOG.warning("%s: a torn last row of %d bytes is cut off", file.name, file.length - whole)
        file.cut(whole)


def _whole_rows(file: AppendedFile) -> int:
    """Return the bytes up to the last line end that stands outside quotes."""
    whole = position = 0
    quoted = False
    while piece := file.read(position, _STEP):
        for number, part in enumerate(piece.split(b'"')):
            if number:
                quoted = not quoted
                position += 1
            if not quoted and (end := part.rfind(b"\n")) >= 0:
                whole = position + end + 1
            position += len(part)
    return whole
