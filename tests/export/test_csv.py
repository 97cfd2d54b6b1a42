"""CSV: what a program reads back, and what a spreadsheet would make of it."""

from __future__ import annotations

import csv
import gzip
import io

import pytest

from scraper.errors import ExportError
from scraper.export.columns import columns_of
from scraper.export.exporter import ExportOptions, Target
from scraper.export.formats import format_named
from scraper.export.opening import open_export
from scraper.model.article import Image, Person
from tests.contract.outputs import plain_cell
from tests.contract.records import HOSTILE_TEXTS, article, full, hostile

FORMULA_STARTS = ("=1+1", "+1", "-1", "@A1", "\tx", "\r=1", "\n=1", ' "=1', "'=1", "＝1", "＋1", "－1", "＠1")


@pytest.fixture
def rows(tmp_path):
    """Write records as CSV; return its rows as Python reads them."""

    def rows_(*articles, fields=(), **options):
        path = tmp_path / "out.csv"
        target = Target(path=path, fields=fields, options=ExportOptions(**options))
        with open_export(format_named("csv"), target) as exporter:
            for one in articles:
                exporter.write(one)
        return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""), strict=True))

    return rows_


def test_columns_are_the_same_whatever_the_records_hold(rows):
    assert list(rows(article(1))[0]) == list(rows(full())[0]) == [column.name for column in columns_of()]


def test_columns_follow_the_fields_asked_for(rows):
    assert list(rows(article(1), fields=("wordCount", "publisher"))[0]) == [
        "wordCount",
        "publisher.name",
        "publisher.url",
        "publisher.logo",
    ]


def test_objects_and_lists_are_flattened(rows):
    row = rows(article(1))[0]
    assert (row["publisher.name"], row["authors.name"], row["keywords"]) == (
        "Example Courier",
        "Ada Quill|Example Desk",
        "mill|water",
    )


def test_items_of_objects_stay_in_line(rows):
    one = article(1, images=(Image(url="https://x.example/1", width=3), Image(caption="only a caption")))
    row = rows(one)[0]
    assert (row["images.url"], row["images.width"], row["images.caption"]) == (
        "https://x.example/1|",
        "3|",
        "|only a caption",
    )


def test_the_joint_is_escaped_inside_items(rows):
    assert rows(article(1, keywords=("a|b", "c\\")))[0]["keywords"] == "a\\|b|c\\\\"


def test_unknown_is_empty_and_truth_is_a_word(rows):
    row = rows(article(1, is_live_blog=True))[0]
    assert (row["headline"] != "", row["license"], row["isLiveBlog"]) == (True, "", "true")


@pytest.mark.parametrize("text", [text for text in HOSTILE_TEXTS if text])
def test_texts_come_back_as_they_were(rows, text):
    assert plain_cell(rows(article(1, headline=text))[0]["headline"]) == text


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_cell_that_begins_a_formula_gets_an_apostrophe(rows, start):
    assert rows(article(1, headline=start))[0]["headline"] == "'" + start


def test_no_cell_of_a_hostile_record_begins_as_a_formula(rows):
    cells = [cell for row in rows(*hostile()) for cell in row.values()]
    assert [cell for cell in cells if cell.lstrip(" \"'")[:1] in {*"=+-@\t\r\n＝＋－＠"} and cell[:1] != "'"] == []


def test_formulas_stay_where_that_is_asked_for(rows):
    assert rows(article(1, headline="=1+1"), raw_cells=True)[0]["headline"] == "=1+1"


def test_a_byte_order_mark_stands_first_where_asked_for(rows, tmp_path):
    rows(article(1), bom=True)
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfschemaVersion,")


def test_lines_end_as_rfc_4180_says(rows, tmp_path):
    rows(article(1, article_body="one line", article_body_html=None))
    data = (tmp_path / "out.csv").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") == 2


def test_a_table_without_records_has_its_head(rows, tmp_path):
    rows()
    assert (tmp_path / "out.csv").read_bytes().count(b"\r\n") == 1


def append(path, *articles, **target):
    with open_export(format_named("csv"), Target(path=path, append=True, **target)) as exporter:
        for one in articles:
            exporter.write(one)


def test_the_head_stands_once_in_a_file_that_is_appended_to(tmp_path):
    for number in (1, 2):
        append(tmp_path / "out.csv", article(number))
    assert (tmp_path / "out.csv").read_text().count("schemaVersion,") == 1


@pytest.mark.parametrize("name", ["out.csv", "out.csv.gz"])
def test_other_columns_are_not_appended(tmp_path, name):
    append(tmp_path / name, article(1))
    with pytest.raises(ExportError, match="other columns"):
        append(tmp_path / name, article(2), fields=("id",))


def test_a_file_that_was_begun_with_a_byte_order_mark_is_gone_on_with(tmp_path):
    append(tmp_path / "out.csv", article(1), options=ExportOptions(bom=True))
    append(tmp_path / "out.csv", article(2))
    data = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(data, newline="")))) == 3


@pytest.mark.parametrize("lost", [1, 3, 60])
def test_a_torn_last_row_is_cut_off(tmp_path, lost):
    path = tmp_path / "out.csv"
    append(path, article(1), article(2, metadata=full().metadata))
    path.write_bytes(path.read_bytes()[:-lost])
    append(path, article(3))
    found = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""), strict=True))
    assert [int(row["id"], 16) for row in found] == [1, 3]


def test_csv_can_be_compressed(tmp_path):
    append(tmp_path / "out.csv.gz", article(1))
    append(tmp_path / "out.csv.gz", article(2))
    with gzip.open(tmp_path / "out.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        assert [row["authors.type"] for row in csv.DictReader(stream)] == ["Person|Organization"] * 2


def test_an_author_that_is_a_formula_is_neutralised(rows):
    assert rows(article(1, authors=(Person(name="=cmd"), Person(name="x"))))[0]["authors.name"] == "'=cmd|x"
