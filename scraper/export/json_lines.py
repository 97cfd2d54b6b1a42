"""One record a line (https://jsonlines.org)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import msgspec

from scraper.errors import ExportError
from scraper.export.sinks import open_sink
from scraper.model.json_text import encode_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scraper.export.appended_file import AppendedFile
    from scraper.export.exporter import Mark, Sink, Target
    from scraper.model.article import Article

__all__ = ["JsonLines", "open_json_lines", "record_line"]

_LOG = logging.getLogger("scraper")
_STEP = 1 << 16
"""Bytes looked at first for the last line end; most records are shorter."""


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
    return JsonLines(open_sink(target, mend=_mend), target.fields)


def record_line(article: Article, fields: Sequence[str] = (), extra: Mapping[str, Any] | None = None) -> str:
    """Return a record as one line of JSON without its end; of `fields` (camelCase) only these, in their order."""
    if not fields and not extra:
        return article.to_json()
    record = article.to_dict()
    chosen = {name: record[name] for name in fields} if fields else record
    return encode_line({**chosen, **(extra or {})})


def _mend(file: AppendedFile) -> None:
    """Complete or cut a last line without its end: whole when it is JSON, else torn by a program that was killed."""
    if file.read(0, 1) != b"{":
        raise ExportError(f"cannot append to {file.name}: it holds no JSON lines", advice="choose another file")
    tail = _last_line(file)
    if not tail:
        return
    try:
        msgspec.json.decode(tail)
    except msgspec.DecodeError:
        _LOG.warning("%s: a torn last line of %d bytes is cut off", file.name, len(tail))
        file.cut(file.length - len(tail))
    else:
        file.write_bytes(b"\n")


def _last_line(file: AppendedFile) -> bytes:
    """Return what stands after the last line end."""
    count = _STEP
    while True:
        start = max(0, file.length - count)
        found = file.read(start, count)
        if b"\n" in found or not start:
            return found.rpartition(b"\n")[2]
        count *= 4
