"""What every exporter promises: nothing changed, nothing lost, nothing twice, nothing torn."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.errors import ExportError, OutputChanged
from scraper.export import disk
from scraper.export.exporter import Target
from scraper.export.formats import FORMATS, format_named
from scraper.export.opening import open_export
from tests.contract.outputs import BY_NAME, CSV, LOSSLESS, ONE_OFF, RESUMED
from tests.contract.records import ALL, article, bare

ROOT = Path(__file__).parents[2]
MARKED = RESUMED + CSV
SEVERAL_FILES = {"json-files", "parquet-parts", "jsonl-rotated", "csv-rotated"}
SINGLE_FILES = [output for output in MARKED if output.name not in SEVERAL_FILES]
by_name = {"ids": lambda output: output.name}


def write_all(output, folder, articles, mark=None):
    with open_export(format_named(output.form), output.target(folder, mark)) as exporter:
        for one in articles:
            exporter.write(one)


def test_every_format_is_under_contract():
    assert {output.form for output in LOSSLESS + CSV} | {"md", "txt", "html", "jsonld"} == {one.name for one in FORMATS}


@pytest.mark.parametrize("output", LOSSLESS, **by_name)
def test_every_record_comes_back_as_it_was(output, tmp_path):
    write_all(output, tmp_path, ALL)
    assert output.read(tmp_path / output.file) == output.expected(ALL)


@pytest.mark.parametrize("output", LOSSLESS + CSV, **by_name)
def test_lone_surrogates_and_nul_do_not_stop_a_run(output, tmp_path):
    odd = article(3, headline="a\ud800b\0c", keywords=("\udfff",))
    write_all(output, tmp_path, [odd, article(4)])
    assert len(output.read(tmp_path / output.file)) == 2


@pytest.mark.parametrize("output", LOSSLESS + CSV, **by_name)
def test_an_output_without_records_is_valid(output, tmp_path):
    write_all(output, tmp_path, [])
    path = tmp_path / output.file
    assert (output.append and path.is_file() and not path.stat().st_size) or output.read(path) == []


@pytest.mark.parametrize("output", MARKED, **by_name)
def test_marks_are_plain_json(output, tmp_path):
    exporter = output.open(tmp_path)
    exporter.write(article(1))
    mark = exporter.commit()
    exporter.close()
    assert json.loads(json.dumps(mark)) == mark


@pytest.mark.parametrize("output", MARKED, **by_name)
def test_a_mark_can_be_gone_on_from_twice(output, tmp_path):
    exporter = output.open(tmp_path)
    mark = exporter.commit()
    exporter.close()
    for _ in range(2):
        write_all(output, tmp_path, [article(1), article(2)], mark)
    assert output.read(tmp_path / output.file) == output.expected([article(1), article(2)])


@pytest.mark.parametrize("output", MARKED, **by_name)
@pytest.mark.parametrize("stop", range(1, 14))
def test_stopped_anywhere_and_gone_on_is_as_if_never_stopped(output, stop, tmp_path):
    """Store each mark as a run does; stop after `stop` steps; go on from the last mark stored."""
    work = [article(number, article_body="The mill turns. " * 40) for number in range(9)]
    steps, stored, done = 0, None, 0
    exporter = output.open(tmp_path)
    stored = exporter.commit()
    for number, one in enumerate(work):
        for step in ("write", "commit", "store"):
            if steps == stop * 2:
                break
            steps += 1
            if step == "write":
                exporter.write(one)
            elif step == "commit" and number % 2:
                mark = exporter.commit()
            elif step == "store" and number % 2:
                stored, done = mark, number + 1
    exporter.close()
    write_all(output, tmp_path, work[done:], stored)
    assert output.read(tmp_path / output.file) == output.expected(work)


@pytest.mark.parametrize("output", MARKED, **by_name)
def test_killed_and_gone_on_loses_nothing_and_doubles_nothing(output, tmp_path):
    command = [sys.executable, "-m", "tests.contract.killed_writer", output.name, str(tmp_path), "3", "4"]
    killed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr
    write_all(output, tmp_path, [article(number) for number in range(3, 9)], json.loads(killed.stdout))
    assert output.read(tmp_path / output.file) == output.expected([article(number) for number in range(9)])


@pytest.mark.parametrize("output", MARKED, **by_name)
def test_killed_at_random_moments_the_output_is_as_if_never_killed(output, tmp_path):
    command = [sys.executable, "-m", "tests.contract.kill_loop", output.name, str(tmp_path), "10", "20261122"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-2000:]
    assert int(result.stdout) > 0


class Failing:
    """The module os, of which the n-th call of one function fails."""

    def __init__(self, function, at, code=errno.ENOSPC):
        self._function, self._left, self._code = function, at, code
        self.failed = False

    def __getattr__(self, name):
        real = getattr(os, name)
        if name != self._function:
            return real

        def call(*arguments, **named):
            self._left -= 1
            if self._left:
                return real(*arguments, **named)
            self.failed = True
            if name == "write":
                real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])  # as a disk does that fills up
            raise OSError(self._code, os.strerror(self._code))

        return call


def written_under(fault, output, folder, monkeypatch):
    """Write and commit five records while a call fails; return the last mark, how many it covers, and the error."""
    stored, done = None, 0
    with monkeypatch.context() as patch:
        patch.setattr(disk, "os", fault)
        exporter = None
        try:
            exporter = output.open(folder)
            stored = exporter.commit()
            for number in range(5):
                exporter.write(article(number))
                stored, done = exporter.commit(), number + 1
        except ExportError as error:
            return stored, done, error
        finally:
            if exporter is not None:
                exporter.close()
    return stored, done, None


NOT_SQLITE = [output for output in MARKED if output.form != "sqlite"]


@pytest.mark.parametrize("function", ["write", "fsync", "replace", "open"])
@pytest.mark.parametrize("output", NOT_SQLITE, **by_name)
def test_whichever_call_fails_the_error_names_the_output_and_the_next_run_mends_it(
    output, function, tmp_path, monkeypatch
):
    failures = 0
    for at in range(1, 40):
        folder = tmp_path / str(at)
        folder.mkdir()
        fault = Failing(function, at)
        stored, done, error = written_under(fault, output, folder, monkeypatch)
        if not fault.failed:
            break
        failures += 1
        assert error is not None and str(folder) in str(error)
        write_all(output, folder, [article(number) for number in range(done, 5)], stored)
        assert output.read(folder / output.file) == output.expected([article(number) for number in range(5)])
    assert failures or function == "replace"


@pytest.mark.parametrize("output", NOT_SQLITE, **by_name)
def test_a_failed_sync_is_not_forgiven(output, tmp_path, monkeypatch):
    exporter = output.open(tmp_path)
    exporter.write(article(1))
    with monkeypatch.context() as patch:
        patch.setattr(disk, "os", Failing("fsync", 1, errno.EIO))
        with pytest.raises(ExportError):
            exporter.commit()
    if output.name != "json-files":  # each file is written again as a whole
        with pytest.raises(ExportError):
            exporter.commit()
    exporter.close()


class Watched:
    """The module os, with what a loss of power would take: bytes not synced, names in folders not synced."""

    def __init__(self):
        self.unsynced = set()
        self._folders = set()

    def __getattr__(self, name):
        real = getattr(os, name)

        def call(*arguments, **named):
            result = real(*arguments, **named)
            if name == "open":
                (self._folders.add if arguments[1] & os.O_DIRECTORY else self._folders.discard)(result)
                if arguments[1] & os.O_CREAT:
                    self.unsynced.add("a name")
            elif name in {"write", "ftruncate"}:
                self.unsynced.add(arguments[0])
            elif name == "fsync":
                self.unsynced.discard("a name" if arguments[0] in self._folders else arguments[0])
            elif name == "close":
                self._folders.discard(arguments[0])
            elif name == "replace":
                assert self.unsynced <= {"a name"}, "renamed before it was synced"
                self.unsynced.add("a name")
            return result

        return call if callable(real) else real


@pytest.mark.parametrize("output", NOT_SQLITE, **by_name)
def test_a_commit_leaves_nothing_that_a_loss_of_power_could_take(output, tmp_path, monkeypatch):
    watched = Watched()
    monkeypatch.setattr(disk, "os", watched)
    exporter = output.open(tmp_path)
    for number in range(6):
        exporter.write(article(number))
        exporter.commit()
        assert watched.unsynced == set()
    exporter.close()


def test_the_watch_sees_what_is_not_synced(tmp_path, monkeypatch):
    watched = Watched()
    monkeypatch.setattr(disk, "os", watched)
    exporter = BY_NAME["jsonl-appended"].open(tmp_path)
    exporter.write(article(1))
    assert watched.unsynced != set()
    exporter.close()


@pytest.mark.parametrize("function", ["fsync", "replace"])
@pytest.mark.parametrize("form", [one for one in FORMATS if one.kind != "database"], ids=lambda form: form.name)
def test_a_one_off_file_that_cannot_be_finished_leaves_the_old_one(form, function, tmp_path, monkeypatch):
    path = tmp_path / "out"
    path.write_text("old")
    monkeypatch.setattr(disk, "os", Failing(function, 1))
    with pytest.raises(ExportError, match=str(path)):
        write_one(form, path)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("out", "old")]


@pytest.mark.parametrize("form", [one for one in FORMATS if one.kind != "database"], ids=lambda form: form.name)
def test_a_one_off_file_on_a_full_device_is_an_error_that_names_it(form):
    with pytest.raises(ExportError, match="/dev/full"):
        write_one(form, Path("/dev/full"))


def write_one(form, path):
    with open_export(form, path) as exporter:
        exporter.write(article(1))


FULL_DISK = """
import resource, sys
from pathlib import Path
from scraper.errors import ExportError
from scraper.export.formats import format_named
from scraper.export.opening import open_export
from tests.contract.outputs import BY_NAME
from tests.contract.records import article
output, folder = BY_NAME[sys.argv[1]], Path(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    with open_export(format_named(output.form), output.target(folder)) as exporter:
        for number in range(100, 400):
            exporter.write(article(number, article_body="".join(chr(0x4e00 + (number * i * i) % 9000) for i in range(3000))))
except ExportError as error:
    print(error)
"""


def on_a_full_disk(output, folder, limit):
    command = [sys.executable, "-c", FULL_DISK, output.name, str(folder), str(limit)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "output", [one for one in MARKED if one.name not in SEVERAL_FILES - {"parquet-parts"}], **by_name
)
def test_a_full_disk_is_an_error_that_names_the_output_and_earlier_records_are_intact(output, tmp_path):
    write_all(output, tmp_path, [article(1), article(2)])
    size = max(file.stat().st_size for file in [tmp_path / output.file, *tmp_path.rglob("*.parquet")] if file.is_file())
    said = on_a_full_disk(output, tmp_path, size + 100_000)
    assert str(tmp_path) in said and said.count("\n") == 1
    found = output.read(tmp_path / output.file)
    assert found[:2] == output.expected([article(1), article(2)])


@pytest.mark.parametrize("output", ONE_OFF, **by_name)
def test_a_full_disk_leaves_the_old_file(output, tmp_path):
    write_all(output, tmp_path, [article(1)])
    said = on_a_full_disk(output, tmp_path, 50_000)
    assert str(tmp_path) in said
    assert output.read(tmp_path / output.file) == [article(1)]
    assert [path.name for path in tmp_path.iterdir()] == [output.file]


@pytest.mark.parametrize("output", LOSSLESS + CSV, **by_name)
def test_a_folder_that_cannot_be_written_is_an_error_before_any_work(output):
    with pytest.raises(ExportError, match="/proc/self/task"):
        write_all(output, Path("/proc/self/task"), [])


@pytest.mark.parametrize("output", SINGLE_FILES, **by_name)
def test_a_planted_link_is_not_followed(output, tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("keep me")
    (tmp_path / output.file).symlink_to(precious)
    with pytest.raises(ExportError, match="symbolic link"):
        output.open(tmp_path)
    assert precious.read_text() == "keep me"


@pytest.mark.parametrize("output", ONE_OFF, **by_name)
def test_a_link_is_replaced_not_followed(output, tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("keep me")
    (tmp_path / output.file).symlink_to(precious)
    write_all(output, tmp_path, [article(1)])
    assert (precious.read_text(), output.read(tmp_path / output.file)) == ("keep me", [article(1)])


@pytest.mark.parametrize("output", SINGLE_FILES, **by_name)
def test_an_output_that_is_gone_is_told_from_one_that_was_edited(output, tmp_path):
    exporter = output.open(tmp_path)
    exporter.write(article(1))
    mark = exporter.commit()
    exporter.close()
    (tmp_path / output.file).rename(tmp_path / "elsewhere")
    with pytest.raises(OutputChanged) as caught:
        output.open(tmp_path, mark)
    assert caught.value.reason == "output_missing"
    write_all(output, tmp_path, [article(2, article_body="other " * 300)])
    with pytest.raises(OutputChanged) as caught:
        output.open(tmp_path, mark)
    assert caught.value.reason == "output_changed"


@pytest.mark.parametrize("output", [one for one in MARKED if one.form in {"jsonl", "csv", "parquet"}], **by_name)
def test_two_writers_at_once_are_refused(output, tmp_path):
    first = output.open(tmp_path)
    first.write(article(1))
    first.commit()
    with pytest.raises(ExportError, match="another process"):
        output.open(tmp_path)
    first.close()
    output.open(tmp_path).close()


@pytest.mark.parametrize("output", MARKED, **by_name)
def test_a_mark_of_another_kind_is_an_error(output, tmp_path):
    with pytest.raises(ExportError, match="another kind"):
        output.open(tmp_path, {"kind": "carrier pigeon"})


@pytest.mark.parametrize("output", MARKED, **by_name)
def test_closing_twice_does_no_harm(output, tmp_path):
    exporter = output.open(tmp_path)
    exporter.write(bare())
    exporter.commit()
    exporter.close()
    exporter.close()
    assert len(output.read(tmp_path / output.file)) == 1


@pytest.mark.parametrize("form", [one for one in FORMATS if one.document], ids=lambda form: form.name)
def test_a_file_for_each_article(form, tmp_path):
    options = replace(Target().options, name="date")
    with open_export(form, Target(path=tmp_path / "new" / "deep", options=options)) as exporter:
        for one in ALL:
            exporter.write(one)
    names = sorted(path.name for path in (tmp_path / "new" / "deep").iterdir())
    assert len(names) == len({one.id for one in ALL})
    assert all(name.endswith(form.suffixes[0]) for name in names)


def test_the_contract_knows_each_output_by_one_name():
    assert len(BY_NAME) == len(LOSSLESS + CSV)
