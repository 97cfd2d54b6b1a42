"""Where records go: formats by name, one file an article, appending, rotation."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing

import pyarrow.parquet
import pytest

from scraper.cli import writing
from scraper.export.formats import FORMATS


def headlines_in(path):
    return [json.loads(line)["headline"] for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_can_be_written_to_a_file(run, page, tmp_path, form):
    result = run("extract", page, "-f", form.name, "-o", tmp_path / "out")
    assert (result.code, result.out, result.err) == (0, "", "")
    assert b"Harbour bridge reopens" in (tmp_path / "out").read_bytes()


@pytest.mark.parametrize("form", [form for form in FORMATS if form.kind == "text"], ids=lambda form: form.name)
def test_every_text_format_can_be_written_to_standard_output(run, page, form):
    assert "Harbour bridge reopens" in run("extract", page, "-f", form.name).out


@pytest.mark.parametrize("command", ["get", "batch"])
def test_pages_of_the_web_go_into_a_database(run, site, local, tmp_path, command):
    (tmp_path / "urls.txt").write_text(f"{site}/story\n{site}/story?page=2\n")
    inputs = (tmp_path / "urls.txt",) if command == "batch" else (f"{site}/story", f"{site}/story?page=2")
    assert run(command, *inputs, *local, "-o", tmp_path / "news.db").code == 0
    with closing(sqlite3.connect(tmp_path / "news.db")) as database:
        found = database.execute("SELECT DISTINCT headline, http_status FROM articles").fetchall()
    assert found == [("Harbour bridge reopens", 200)]


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("out.csv", b"schemaVersion,"),
        ("out.json", b"[\n{"),
        ("out.md", b"---\n"),
        ("out.html", b"<!DOCTYPE"),
        ("out.jsonld", b'{"@context"'),
        ("out.parquet", b"PAR1"),
        ("out.sqlite", b"SQLite format 3"),
        ("out.jsonl.gz", b"\x1f\x8b"),
        ("out.jsonl.zst", b"\x28\xb5\x2f\xfd"),
        ("out.json.gz", b"\x1f\x8b"),
        ("out", b"{"),
        ("out.data", b"{"),
    ],
)
def test_the_name_of_the_file_decides_where_no_format_is_asked_for(run, page, tmp_path, name, begin):
    assert run("extract", page, "-o", tmp_path / name).code == 0
    assert (tmp_path / name).read_bytes().startswith(begin)


def test_the_format_asked_for_wins_over_the_name(run, page, tmp_path):
    run("extract", page, "-f", "jsonl", "-o", tmp_path / "out.csv")
    assert headlines_in(tmp_path / "out.csv") == ["Harbour bridge reopens"]


def test_appending_adds_to_the_file(run, page, tmp_path):
    for _ in range(2):
        assert run("extract", page, "--append", "-o", tmp_path / "out.jsonl").code == 0
    assert len(headlines_in(tmp_path / "out.jsonl")) == 2


def test_appending_csv_writes_the_head_once(run, page, tmp_path):
    for _ in range(2):
        run("extract", page, "--append", "--bom", "--fields", "headline,wordCount", "-o", tmp_path / "out.csv")
    rows = list(csv.reader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert rows == [["headline", "wordCount"], *[["Harbour bridge reopens", "159"]] * 2]


def test_appending_parquet_makes_a_folder_of_parts(run, page, tmp_path):
    for _ in range(2):
        run("extract", page, "--append", "-f", "parquet", "-o", tmp_path / "news")
    assert [pyarrow.parquet.read_metadata(path).num_rows for path in (tmp_path / "news").iterdir()] == [1, 1]


def test_a_file_for_each_article(run, page, tmp_path):
    assert run("extract", page, "--out-dir", tmp_path / "new" / "out", "-f", "md", "--name", "date").code == 0
    (path,) = (tmp_path / "new" / "out").iterdir()
    assert path.name.startswith("undated-harbour-bridge-reopens-")
    assert "# Harbour bridge reopens" in path.read_text("utf-8")


def test_a_file_for_each_article_is_json_where_no_format_is_asked_for(run, page, tmp_path):
    run("extract", page, "--out-dir", tmp_path / "out", "--fields", "headline")
    (path,) = (tmp_path / "out").iterdir()
    assert json.loads(path.read_text("utf-8")) == {"headline": "Harbour bridge reopens"}


@pytest.mark.parametrize(("rotate", "name"), [("1kB", "out-000001.jsonl"), ("day", "out-2*-*-*.jsonl")])
def test_rotation_names_the_files(run, page, tmp_path, rotate, name):
    assert run("extract", page, "--append", "--rotate", rotate, "-o", tmp_path / "out.jsonl").code == 0
    assert len(list(tmp_path.glob(name))) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-f", "jsnl"), "did you mean json"),
        (("-f", "sqlite"), "cannot be written to standard output (name a file)"),
        (("-o", "x", "--out-dir", "y"), "-o names one file for all, --out-dir a folder"),
        (("--append",), "--append needs a file"),
        (("--append", "-o", "-"), "--append needs a file"),
        (("--append", "-o", "x.md"), "md cannot be appended to (this works with -f jsonl"),
        (("--rotate", "day", "-o", "x"), "--rotate works with --append"),
        (("--append", "--rotate", "often", "-o", "x"), "--rotate: not a size"),
        (("--out-dir", "x", "-f", "csv"), "csv is not written one file an article"),
        (("--out-dir", "x", "--name", "title"), "title"),
        (("-f", "md", "--fields", "id"), "--fields works with -f jsonl"),
        (("--bom", "-f", "md"), "--bom is for csv"),
        (("--raw-cells",), "--raw-cells is for csv"),
        (("--out-dir", "x", "--errors", "x"), "name the same file"),
        (("--name", "id"), "--name works with --out-dir"),
    ],
)
def test_wrong_use_is_one_line_and_code_2(run, page, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    result = run("extract", page, *arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert told in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--append", "-o", "{folder}/link.jsonl"),
        ("-f", "sqlite", "-o", "{folder}/link.jsonl"),
        ("-f", "sqlite", "-o", "{folder}/text"),
        ("--append", "-o", "{folder}/text"),
        ("-o", "/proc/self/task/out"),
        ("--out-dir", "/proc/self/task/out"),
        ("--out-dir", "{folder}/text"),
        ("--append", "-o", "/dev/full"),
        ("-f", "csv", "-o", "/dev/full"),
        ("-f", "parquet", "-o", "{folder}"),
    ],
)
def test_output_that_cannot_be_written_is_one_line_and_code_5(run, page, tmp_path, arguments):
    folder = tmp_path / "there"
    folder.mkdir()
    (folder / "text").write_text("precious")
    (folder / "link.jsonl").symlink_to(folder / "text")
    result = run("extract", page, *(one.format(folder=folder) for one in arguments))
    assert (result.code, result.out, result.err.count("\n")) == (5, "", 1)
    assert arguments[-1].format(folder=folder) in result.err
    assert (folder / "text").read_text() == "precious"


def test_a_long_run_commits_now_and_then(run, page, tmp_path, monkeypatch):
    monkeypatch.setitem(writing._COMMIT_EVERY_S, "binary", 0)
    run("extract", *[page] * 3, "--append", "-f", "parquet", "-o", tmp_path / "news")
    assert len(list((tmp_path / "news").iterdir())) == 3


@pytest.mark.parametrize("option", ["-o", "--errors"])
def test_page_that_is_read_is_not_written_over(run, page, option):
    before = page.read_bytes()
    result = run("extract", page, option, page)
    assert (result.code, page.read_bytes()) == (2, before)
    assert f"{page}: it is read, and would be written over" in result.err


def test_page_is_not_written_over_under_another_name(run, page, tmp_path):
    other = tmp_path / "other.jsonl"
    other.hardlink_to(page)
    assert run("extract", tmp_path, "-o", other).code == 2


def test_list_of_urls_is_not_written_over(run, tmp_path):
    urls = tmp_path / "urls.jsonl"
    urls.write_text('{"url": "https://example.com/1"}\n', "utf-8")
    assert run("batch", urls, "-o", urls).code == 2
    assert urls.read_text("utf-8") == '{"url": "https://example.com/1"}\n'
