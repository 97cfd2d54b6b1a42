"""Formats that other packages bring, and what is said about formats that cannot do a thing."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from scraper.errors import SettingsError
from scraper.export import formats
from scraper.export.exporter import ExportOptions, Target
from scraper.export.formats import FORMATS, Format, format_named, format_names, format_of_file
from scraper.export.opening import open_export
from tests.contract.records import article

CODE = """
class Headlines:
    def __init__(self, target):
        self.stream = target.path.open("w", encoding="utf-8")
        self.mark = target.options.more.get("mark", "*")
    def write(self, article, extra=None):
        self.stream.write(f"{self.mark} {article.headline}\\n")
    def commit(self):
        self.stream.flush()
        return {}
    def close(self):
        self.stream.close()

from scraper.export.formats import Format
whole = Format(name="whole", factory=Headlines, suffixes=(".h",))
"""


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """Install a package that brings the formats "headlines", "whole" and a broken one."""
    folder = tmp_path / "site"
    (folder / "headlines-1.0.dist-info").mkdir(parents=True)
    (folder / "headlines_plugin.py").write_text(CODE)
    (folder / "headlines-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: headlines\nVersion: 1.0\n"
    )
    (folder / "headlines-1.0.dist-info" / "entry_points.txt").write_text(
        "[scraper.exporters]\nheadlines = headlines_plugin:Headlines\nwhole = headlines_plugin:whole\n"
        "broken = no_such_module:thing\njsonl = headlines_plugin:Headlines\n"
    )
    monkeypatch.syspath_prepend(str(folder))
    yield
    sys.modules.pop("headlines_plugin", None)


@pytest.mark.usefixtures("plugin")
@pytest.mark.parametrize("name", ["headlines", "whole"])
def test_a_third_party_format_is_written_aside_as_ours_are(tmp_path, name):
    path = tmp_path / "out.h"
    path.write_text("old")
    with open_export(format_named(name), Target(path=path, options=ExportOptions(more={"mark": "#"}))) as exporter:
        exporter.write(article(1))
        exporter.commit()
        assert path.read_text() == "old"
    assert path.read_text() == "# Mill 1 turns again\n"


@pytest.mark.usefixtures("plugin")
def test_a_third_party_format_works_on_the_command_line(tmp_path, page_file, run_cli):
    assert run_cli("extract", page_file, "-f", "headlines", "-o", tmp_path / "out") == 0
    assert (tmp_path / "out").read_text() == "* Harbour bridge reopens\n"


@pytest.fixture
def page_file(tmp_path):
    from tests.cli.pages import PAGE

    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def run_cli():
    from scraper.__main__ import main

    return lambda *arguments: main([str(one) for one in arguments])


@pytest.mark.usefixtures("plugin")
def test_a_broken_format_is_an_error_that_names_it():
    with pytest.raises(SettingsError, match="'broken': no_such_module:thing cannot be imported"):
        format_named("broken")


@pytest.mark.usefixtures("plugin")
def test_our_own_formats_win():
    assert format_named("jsonl") is FORMATS[0]


@pytest.mark.usefixtures("plugin")
def test_all_names_are_listed():
    assert format_names()[-3:] == ["broken", "headlines", "whole"]


def test_an_unknown_format_says_which_there_are():
    with pytest.raises(SettingsError, match="did you mean parquet"):
        format_named("parket")


def test_formats_are_found_by_the_name_of_the_file():
    found = {name: format_of_file(Path(name)) for name in ("a.CSV", "b.jsonl.gz", "c.db", "d.md", "e.xyz", "f", "g.gz")}
    assert {name: form and form.name for name, form in found.items()} == {
        "a.CSV": "csv",
        "b.jsonl.gz": "jsonl",
        "c.db": "sqlite",
        "d.md": "md",
        "e.xyz": None,
        "f": None,
        "g.gz": None,
    }


def test_no_two_formats_share_a_suffix():
    suffixes = [suffix for form in FORMATS for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize(
    ("name", "target", "told"),
    [
        ("md", {"append": True, "path": Path("x")}, "cannot be appended to"),
        ("sqlite", {}, "standard output"),
        ("parquet", {}, "standard output"),
        ("html", {"fields": ("id",), "path": Path("x")}, "fields cannot be chosen"),
        ("csv", {"path": Path("x"), "options": ExportOptions(name="id")}, "one file an article"),
        ("jsonl", {"path": Path("x"), "options": ExportOptions(rotate_daily=True)}, "rotated only"),
        ("sqlite", {"path": Path("x"), "append": True, "options": ExportOptions(rotate_bytes=9)}, "rotated only"),
        ("jsonl", {"path": Path("x"), "mark": {"kind": "file"}}, "a mark is for"),
        ("jsonl", {"append": True}, "standard output"),
    ],
)
def test_what_a_format_cannot_do_is_said_before_anything_is_written(name, target, told):
    with pytest.raises(SettingsError, match=told):
        format_named(name).open(Target(**target))


def test_an_entry_point_may_be_a_format():
    entry = EntryPoint("x", "scraper.export.formats:FORMATS", formats.GROUP)
    assert isinstance(entry.load()[0], Format)
