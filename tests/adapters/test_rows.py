"""Rows in pandas and in Polars, and what both need: the same columns, always."""

from __future__ import annotations

import csv
import io

import pytest

from scraper.adapters.rows import COLUMNS, rows
from scraper.model.article import Article, Metadata
from scraper.model.failure import Failure

BARE = Article(id="0", metadata=Metadata(extractor_version="1"))
FAILURE = Failure(requested_url="https://example.com/", stage="fetch", reason="timeout", message="too slow")


def test_every_row_has_every_column(article):
    assert [list(row) for row in rows([article, BARE])] == [list(COLUMNS)] * 2


def test_cells_are_of_their_column_s_type(article):
    for row in rows([article, BARE]):
        wrong = {name: cell for name, cell in row.items() if cell is not None and type(cell) is not COLUMNS[name]}
        assert wrong == {}


def test_failures_are_passed_over(article):
    assert len(list(rows([FAILURE, article, FAILURE]))) == 1


def test_rows_come_as_results_do(article):
    def results():
        yield article
        raise RuntimeError("not yet")

    assert next(rows(results()))["headline"] == article.headline


def test_pandas_makes_a_frame(article):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(rows([article, BARE]), columns=list(COLUMNS))
    assert frame.loc[0, "authors"] == ["Greta Hallmark"]
    assert pandas.to_datetime(frame["date_published"], utc=True)[0].isoformat() == "2026-03-14T09:20:00+00:00"
    assert frame["word_count"].tolist() == [article.word_count, 0]


def test_pandas_makes_a_frame_of_nothing():
    pandas = pytest.importorskip("pandas")
    assert list(pandas.DataFrame(rows([]), columns=list(COLUMNS)).columns) == list(COLUMNS)


def test_polars_makes_a_frame_with_the_types_of_the_columns(article):
    polars = pytest.importorskip("polars")
    kinds = {
        str: polars.String,
        int: polars.Int64,
        float: polars.Float64,
        bool: polars.Boolean,
        list: polars.List(polars.String),
    }
    schema = {name: kinds[kind] for name, kind in COLUMNS.items()}
    frame = polars.DataFrame(rows([BARE, article]), schema=schema)
    assert frame.schema == polars.Schema(schema)
    assert frame.filter(polars.col("authors").list.contains("Greta Hallmark")).height == 1


def test_csv_writes_them(article):
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writerows(rows([article]))
    assert "After sixty years" in out.getvalue()
