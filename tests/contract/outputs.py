"""Every way to write records, and how each is read back by tools that are not ours."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pyarrow.parquet

from scraper import Article
from scraper.export.arrow_types import record_of
from scraper.export.csv_rows import FORMULA
from scraper.export.exporter import ExportOptions, Target
from scraper.export.formats import format_named

if TYPE_CHECKING:
    from collections.abc import Callable

try:
    from compression import zstd
except ImportError:
    from backports import zstd


@dataclass(frozen=True)
class Output:
    """One way to write."""

    name: str
    form: str
    file: str
    read: Callable[[Path], list[Article]]
    """Returns what can be read back: the records in the order of writing, or of their ids where there is no order."""
    append: bool = False
    options: ExportOptions = field(default_factory=ExportOptions)
    is_ordered: bool = True

    def target(self, folder, mark=None):
        return Target(path=folder / self.file, append=self.append, mark=mark, options=self.options)

    def open(self, folder, mark=None):
        return format_named(self.form).open(self.target(folder, mark))

    def expected(self, articles):
        """Return what `read` gives when exactly these were written."""
        latest = articles if self.is_ordered else sorted({one.id: one for one in articles}.values(), key=lambda a: a.id)
        return list(latest)


def read_lines(path):
    return [Article.from_json(line) for line in path.read_bytes().split(b"\n")[:-1]]


def read_gzip(path):
    with gzip.open(path, "rb") as stream:
        return [Article.from_json(line) for line in stream.read().split(b"\n")[:-1]]


def read_zstd(path):
    with zstd.open(path, "rb") as stream:
        return [Article.from_json(line) for line in stream.read().split(b"\n")[:-1]]


def read_rotated(path):
    return [one for part in sorted(path.parent.glob("out-*.jsonl")) for one in read_lines(part)]


def read_array(path):
    return [msgspec.convert(record, Article) for record in json.loads(path.read_bytes())]


def read_folder(path):
    found = [Article.from_json(file.read_bytes()) for file in path.iterdir()]
    return sorted(found, key=lambda one: one.id)


def read_sqlite(path):
    query = "SELECT record FROM versions JOIN articles USING (id, version) ORDER BY id"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [Article.from_json(row[0]) for row in database.execute(query)]


def read_parquet(path):
    files = sorted(path.glob("part-*.parquet")) if path.is_dir() else [path]
    rows = [row for file in files for row in pyarrow.parquet.read_table(file).to_pylist()]
    return [msgspec.convert(record_of(row), Article) for row in rows]


def read_csv_ids(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [row["id"] for row in csv.DictReader(stream, strict=True)]


def plain_cell(cell):
    """Undo the neutralising of a formula, as docs/exporting.md says."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def read_rotated_csv_ids(path):
    return [one for part in sorted(path.parent.glob("out-*.csv")) for one in read_csv_ids(part)]


def read_gzip_csv_ids(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return [row["id"] for row in csv.DictReader(stream, strict=True)]


class Csv(Output):
    """CSV is read back by ids: it does not tell null from an empty list."""

    def expected(self, articles):
        return [one.id for one in articles]


ROTATED = ExportOptions(rotate_bytes=3000)
ONE_OFF = [
    Output("jsonl", "jsonl", "out.jsonl", read_lines),
    Output("jsonl-gzip", "jsonl", "out.jsonl.gz", read_gzip),
    Output("jsonl-zstd", "jsonl", "out.jsonl.zst", read_zstd),
    Output("json", "json", "out.json", read_array),
    Output("parquet", "parquet", "out.parquet", read_parquet),
]
RESUMED = [
    Output("jsonl-appended", "jsonl", "out.jsonl", read_lines, append=True),
    Output("jsonl-gzip-appended", "jsonl", "out.jsonl.gz", read_gzip, append=True),
    Output("jsonl-zstd-appended", "jsonl", "out.jsonl.zst", read_zstd, append=True),
    Output("jsonl-rotated", "jsonl", "out.jsonl", read_rotated, append=True, options=ROTATED),
    Output("json-files", "json", "out", read_folder, append=True, options=ExportOptions(name="url"), is_ordered=False),
    Output("sqlite", "sqlite", "out.db", read_sqlite, append=True, is_ordered=False),
    Output("parquet-parts", "parquet", "out", read_parquet, append=True),
]
CSV = [
    Csv("csv-appended", "csv", "out.csv", read_csv_ids, append=True),
    Csv("csv-bom-appended", "csv", "out.csv", read_csv_ids, append=True, options=ExportOptions(bom=True)),
    Csv("csv-rotated", "csv", "out.csv", read_rotated_csv_ids, append=True, options=ROTATED),
    Csv("csv-gzip-appended", "csv", "out.csv.gz", read_gzip_csv_ids, append=True),
]
LOSSLESS = ONE_OFF + RESUMED
"""Formats that give back every record as it was."""
BY_NAME = {output.name: output for output in LOSSLESS + CSV}
