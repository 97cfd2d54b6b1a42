"""Files that are appended to without a mark: torn ends, rotation, compression, going on."""

from __future__ import annotations

import gzip
import logging
import os
from pathlib import Path

import pytest

from scraper import Article
from scraper.errors import ExportError, OutputChanged, SettingsError
from scraper.export.appended_file import AppendedFile
from scraper.export.exporter import ExportOptions, Target
from scraper.export.formats import format_named
from scraper.export.json_lines import JsonLines
from scraper.export.opening import open_export
from scraper.export.rotation import Rotated
from scraper.export.sinks import open_sink
from tests.contract.outputs import read_gzip, read_lines, read_zstd
from tests.contract.records import article


def append(path, *articles, **options):
    target = Target(path=path, append=True, options=ExportOptions(**options))
    with open_export(format_named("jsonl"), target) as exporter:
        for one in articles:
            exporter.write(one)


def test_records_are_added_to_what_is_there(tmp_path):
    append(tmp_path / "out.jsonl", article(1))
    append(tmp_path / "out.jsonl", article(2), article(3))
    assert read_lines(tmp_path / "out.jsonl") == [article(1), article(2), article(3)]


@pytest.mark.parametrize("lost", [2, 10, 700])
def test_a_torn_last_line_is_cut_off_and_told(tmp_path, lost, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("scraper"), "disabled", False)  # import-linter disables loggers
    path = tmp_path / "out.jsonl"
    append(path, article(1), article(2))
    path.write_bytes(path.read_bytes()[:-lost])
    append(path, article(3))
    assert read_lines(path) == [article(1), article(3)]
    assert f"{path}: a torn last line" in caplog.text


def test_a_torn_line_longer_than_one_look_is_cut_off(tmp_path):
    path = tmp_path / "out.jsonl"
    append(path, article(1))
    with path.open("ab") as stream:
        stream.write(b'{"articleBody": "' + b"x" * 300_000)
    append(path, article(2))
    assert read_lines(path) == [article(1), article(2)]


def test_a_whole_last_line_gets_its_end(tmp_path):
    path = tmp_path / "out.jsonl"
    append(path, article(1))
    path.write_bytes(path.read_bytes()[:-1])
    append(path, article(2))
    assert read_lines(path) == [article(1), article(2)]


@pytest.mark.parametrize("content", [b"hello", b"hello\n", b"[\n{}\n]\n", b"\x89PNG"])
def test_a_file_of_something_else_is_not_touched(tmp_path, content):
    path = tmp_path / "out.jsonl"
    path.write_bytes(content)
    with pytest.raises(ExportError, match="no JSON lines"):
        append(path, article(1))
    assert path.read_bytes() == content


@pytest.mark.parametrize(("name", "read"), [("out.jsonl.gz", read_gzip), ("out.jsonl.zst", read_zstd)])
@pytest.mark.parametrize("lost", [1, 9, 40])
def test_a_torn_member_is_cut_off(tmp_path, name, read, lost):
    path = tmp_path / name
    append(path, article(1))
    append(path, article(2))
    path.write_bytes(path.read_bytes()[:-lost])
    append(path, article(3))
    assert read(path) == [article(1), article(3)]


def test_a_file_that_is_not_compressed_is_not_touched(tmp_path):
    path = tmp_path / "out.jsonl.gz"
    path.write_bytes(b"plain text")
    with pytest.raises(ExportError, match="no gzip data"):
        append(path, article(1))


def test_members_are_written_when_they_are_full(tmp_path):
    sink = open_sink(Target(path=tmp_path / "out.gz", append=True))
    for _ in range(5):
        sink.write("x" * 300_000)
    assert gzip.decompress((tmp_path / "out.gz").read_bytes()) == b"x" * 1_200_000


def test_compressed_output_does_not_depend_on_the_clock(tmp_path):
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        append(tmp_path / name, article(1))
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()


def test_a_new_file_begins_when_one_has_its_size(tmp_path):
    append(tmp_path / "out.jsonl", *map(article, range(6)), rotate_bytes=2000)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [f"out-00000{number}.jsonl" for number in (1, 2, 3)]
    assert all(file.stat().st_size > 2000 for file in files[:-1])
    assert [one for file in files for one in read_lines(file)] == [article(number) for number in range(6)]


def test_rotation_goes_on_in_the_last_file(tmp_path):
    for number in range(3):
        append(tmp_path / "out.jsonl", article(number), rotate_bytes=10_000)
    assert read_lines(tmp_path / "out-000001.jsonl") == [article(0), article(1), article(2)]


def daily(folder, days, mark=None):
    """Open a daily output; the last of `days` is today."""
    target = Target(path=folder / "out.jsonl", append=True, mark=mark, options=ExportOptions(rotate_daily=True))
    return JsonLines(Rotated(target, lambda one: AppendedFile(one.path, one.mark), day=lambda: days[-1]))


def test_each_day_has_its_file(tmp_path):
    days = ["2026-03-14"]
    exporter = daily(tmp_path, days)
    exporter.write(article(1))
    days.append("2026-03-15")
    exporter.write(article(2))
    exporter.close()
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["out-2026-03-14.jsonl", "out-2026-03-15.jsonl"]


def test_a_clock_that_is_set_back_begins_no_file_anew(tmp_path):
    days = ["2026-03-14"]
    exporter = daily(tmp_path, days)
    days.append("2026-03-13")
    exporter.write(article(1))
    exporter.close()
    assert [path.name for path in tmp_path.iterdir()] == ["out-2026-03-14.jsonl"]


def test_days_after_the_mark_are_removed_also_on_a_later_day(tmp_path):
    days = ["2026-03-14"]
    exporter = daily(tmp_path, days)
    exporter.write(article(1))
    mark = exporter.commit()
    days.append("2026-03-15")
    exporter.write(article(2))
    exporter.close()
    exporter = daily(tmp_path, ["2026-03-16"], mark)
    exporter.write(article(2))
    exporter.close()
    found = [one for path in sorted(tmp_path.iterdir()) for one in read_lines(path)]
    assert found == [article(1), article(2)]


@pytest.mark.parametrize("today", ["2026-03-15", "2026-03-14"], ids=["yesterday's", "today's"])
def test_file_of_a_day_may_be_taken_away_when_the_day_is_over(tmp_path, today):
    exporter = daily(tmp_path, ["2026-03-14"])
    exporter.write(article(1))
    mark = exporter.commit()
    exporter.close()
    (tmp_path / "out-2026-03-14.jsonl").unlink()
    if today == "2026-03-14":
        with pytest.raises(OutputChanged, match="missing"):
            daily(tmp_path, [today], mark)
        return
    exporter = daily(tmp_path, [today], mark)
    exporter.write(article(2))
    exporter.close()
    assert [path.name for path in tmp_path.iterdir()] == ["out-2026-03-15.jsonl"]


def test_files_of_others_beside_rotated_ones_stay(tmp_path):
    others = ["out-2026.jsonl", "out-extra.jsonl", "out.jsonl", "out-000009.jsonl.bak", "my-out-000009.jsonl"]
    options = ExportOptions(rotate_bytes=100)
    exporter = format_named("jsonl").open(Target(path=tmp_path / "out.jsonl", append=True, options=options))
    mark = exporter.commit()
    exporter.close()
    for name in others:
        (tmp_path / name).write_text("x")
    format_named("jsonl").open(Target(path=tmp_path / "out.jsonl", append=True, options=options, mark=mark)).close()
    assert {path.name for path in tmp_path.iterdir()} == {"out-000001.jsonl", *others}


@pytest.mark.parametrize(
    "options", [{"rotate_bytes": 0}, {"rotate_bytes": 5, "rotate_daily": True}, {"name": "headline"}]
)
def test_options_that_cannot_be_are_refused(options):
    with pytest.raises(SettingsError):
        ExportOptions(**options)


def test_a_file_deleted_while_it_is_written_is_told(tmp_path):
    file = AppendedFile(tmp_path / "out")
    file.write("x\n")
    (tmp_path / "out").unlink()
    with pytest.raises(OutputChanged, match="deleted"):
        file.commit()
    file.close()


def test_a_file_cut_while_it_is_written_is_told(tmp_path):
    file = AppendedFile(tmp_path / "out")
    file.write("xyz\n")
    os.truncate(tmp_path / "out", 1)
    with pytest.raises(OutputChanged, match="changed"):
        file.commit()
    file.close()


@pytest.mark.parametrize("place", ["/dev/full", "/dev/null"])
def test_devices_are_not_appended_to(place):
    with pytest.raises(ExportError, match="no regular file"):
        AppendedFile(Path(place))


def test_a_folder_is_not_appended_to(tmp_path):
    with pytest.raises(ExportError, match=str(tmp_path)):
        AppendedFile(tmp_path)


def write_and_raise(target, error):
    with open_export(format_named("jsonl"), target) as exporter:
        exporter.write(article(1))
        raise error


def test_ctrl_c_keeps_what_was_appended(tmp_path):
    target = Target(path=tmp_path / "out.jsonl.gz", append=True)
    with pytest.raises(KeyboardInterrupt):
        write_and_raise(target, KeyboardInterrupt)
    assert read_gzip(tmp_path / "out.jsonl.gz") == [article(1)]


def test_a_fault_elsewhere_keeps_what_was_appended(tmp_path):
    target = Target(path=tmp_path / "out.jsonl.gz", append=True)
    with pytest.raises(ZeroDivisionError):
        write_and_raise(target, ZeroDivisionError)
    assert read_gzip(tmp_path / "out.jsonl.gz") == [article(1)]


def test_lines_are_articles_for_every_reader(tmp_path):
    append(tmp_path / "out.jsonl", article(1, headline="a\u2028b\x85c"))
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert Article.from_json(line).headline == "a\u2028b\x85c"
