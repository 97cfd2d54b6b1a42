"""Parquet as DuckDB and pyarrow read it."""

from __future__ import annotations

import duckdb
import pyarrow.parquet
import pytest

from scraper.errors import ExportError, SettingsError
from scraper.export import parquet
from scraper.export.arrow_types import SCHEMA_KEY
from scraper.export.exporter import Target
from scraper.export.formats import format_named
from scraper.export.opening import open_export
from tests.contract.outputs import read_parquet
from tests.contract.records import article, bare, full, hostile, with_blocks


def write(path, *articles, **target):
    with open_export(format_named("parquet"), Target(path=path, **target)) as exporter:
        for one in articles:
            exporter.write(one)


def query(text):
    with duckdb.connect() as connection:
        return connection.sql(text).fetchall()


def test_duckdb_reads_nested_types(tmp_path):
    path = tmp_path / "out.parquet"
    write(path, article(1), article(2), bare())
    found = query(
        f"SELECT headline, authors[1].name, publisher.name, metadata.sources['headline'], len(keywords) "  # noqa: S608
        f"FROM '{path}' WHERE metadata.confidence > 0.5 ORDER BY id"
    )
    assert found == [(f"Mill {number} turns again", "Ada Quill", "Example Courier", "jsonld", 2) for number in (1, 2)]


def test_duckdb_reads_dates_as_times(tmp_path):
    write(tmp_path / "out.parquet", article(1))
    found = query(f"SELECT epoch(datePublished::TIMESTAMPTZ)::BIGINT FROM '{tmp_path / 'out.parquet'}'")  # noqa: S608
    assert found == [(1773473400,)]


def test_duckdb_reads_hostile_texts_as_they_were(tmp_path):
    write(tmp_path / "out.parquet", *hostile())
    found = query(f"SELECT headline FROM '{tmp_path / 'out.parquet'}' ORDER BY id")  # noqa: S608
    assert [row[0] for row in found] == [one.headline for one in hostile()]


def test_duckdb_reads_blocks(tmp_path):
    write(tmp_path / "out.parquet", with_blocks())
    found = query(f"SELECT blocks[1].type, blocks[1].level, blocks[5].rows FROM '{tmp_path / 'out.parquet'}'")  # noqa: S608
    assert found == [("heading", 2, [["a", "b"], ["", "2"]])]


def test_duckdb_reads_the_parts_of_a_run(tmp_path):
    for number in range(3):
        write(tmp_path / "parts", article(number), append=True)
    assert query(f"SELECT count(*), count(DISTINCT id) FROM '{tmp_path}/parts/*.parquet'") == [(3, 3)]  # noqa: S608


def test_the_file_says_which_schema_it_has(tmp_path):
    write(tmp_path / "out.parquet", article(1))
    assert pyarrow.parquet.read_metadata(tmp_path / "out.parquet").metadata[SCHEMA_KEY] == b"1.0"


def test_chosen_fields_are_all_there_is(tmp_path):
    write(tmp_path / "out.parquet", full(), fields=("wordCount", "headline"))
    assert pyarrow.parquet.read_table(tmp_path / "out.parquet").column_names == ["wordCount", "headline"]


def test_large_outputs_have_row_groups(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_GROUP_ROWS", 2)
    write(tmp_path / "out.parquet", *map(article, range(5)))
    assert pyarrow.parquet.read_metadata(tmp_path / "out.parquet").num_row_groups == 3
    assert read_parquet(tmp_path / "out.parquet") == [article(number) for number in range(5)]


def test_a_part_is_there_when_it_is_committed(tmp_path):
    exporter = format_named("parquet").open(Target(path=tmp_path / "parts", append=True))
    exporter.write(article(1))
    assert list((tmp_path / "parts").glob("*.parquet")) == []
    exporter.commit()
    assert read_parquet(tmp_path / "parts") == [article(1)]
    exporter.close()
    assert [path.name for path in (tmp_path / "parts").iterdir()] == ["part-000001.parquet"]


def test_nothing_to_commit_makes_no_part(tmp_path):
    exporter = format_named("parquet").open(Target(path=tmp_path / "parts", append=True))
    assert exporter.commit() == exporter.commit()
    exporter.close()
    assert list((tmp_path / "parts").iterdir()) == []


def test_a_part_that_is_gone_is_told(tmp_path):
    exporter = format_named("parquet").open(Target(path=tmp_path / "parts", append=True))
    exporter.write(article(1))
    mark = exporter.commit()
    exporter.close()
    (tmp_path / "parts" / "part-000001.parquet").unlink()
    with pytest.raises(ExportError, match="not as it was left"):
        format_named("parquet").open(Target(path=tmp_path / "parts", append=True, mark=mark))


def test_a_link_in_the_place_of_the_next_part_is_not_followed(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "precious").write_text("keep me")
    (tmp_path / "parts" / ".scraper-next.part").symlink_to(tmp_path / "precious")
    exporter = format_named("parquet").open(Target(path=tmp_path / "parts", append=True))
    with pytest.raises(ExportError, match="symbolic link"):
        exporter.write(article(1))
    exporter.close()
    assert (tmp_path / "precious").read_text() == "keep me"


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "parts").write_text("")
    with pytest.raises(ExportError, match="a folder is needed"):
        format_named("parquet").open(Target(path=tmp_path / "parts", append=True))


def test_without_pyarrow_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(SettingsError, match=r"article-scraper\[parquet\]"):
        format_named("parquet").open(Target(path=tmp_path / "out.parquet"))
