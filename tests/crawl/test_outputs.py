"""Outputs that somebody moved, emptied, edited or had before: what a run says and does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.crawl.job import Job, OutputSpec, Source
from scraper.crawl.outputs import check_outputs
from scraper.errors import ExportError, OutputChanged, SettingsError
from tests.crawl import rig


def job_of(folder: Path, count: int = 6, **output: object) -> Job:
    source = Source(name="list", kind="urls", places=tuple(rig.url(n) for n in range(count)), expect=False)
    spec = OutputSpec(path=folder / "out.jsonl", format="jsonl", **output)  # type: ignore[arg-type]
    return Job(state=folder / "state.db", sources=(source,), outputs=(spec,))


def run(job: Job, *, adopt: bool = False) -> list[str]:
    """Run a job; return the records in its output."""
    rig.run_here(job, rig.Pages(40), adopt=adopt)
    return [json.loads(line)["headline"] for line in job.outputs[0].path.read_text("utf-8").splitlines()]


def test_second_run_appends_what_is_new(tmp_path: Path) -> None:
    run(job_of(tmp_path, 3))
    assert sorted(run(job_of(tmp_path, 5))) == [f"Story {n}" for n in range(5)]


def test_bytes_beyond_the_commit_are_cut_off(tmp_path: Path) -> None:
    run(job_of(tmp_path, 3))
    with (tmp_path / "out.jsonl").open("a") as output:
        output.write('{"headline": "torn')
    assert sorted(run(job_of(tmp_path, 4))) == [f"Story {n}" for n in range(4)]


def test_missing_output_stops_the_run(tmp_path: Path) -> None:
    run(job_of(tmp_path, 3))
    (tmp_path / "out.jsonl").unlink()
    with pytest.raises(OutputChanged, match=r"out\.jsonl is missing.*--adopt-outputs"):
        run(job_of(tmp_path, 4))


def test_missing_output_is_begun_anew_where_the_job_says_so(tmp_path: Path) -> None:
    run(job_of(tmp_path, 3))
    (tmp_path / "out.jsonl").rename(tmp_path / "out.1")
    assert run(job_of(tmp_path, 4, when_missing="new")) == ["Story 3"]


def test_emptied_output_counts_as_missing(tmp_path: Path) -> None:
    run(job_of(tmp_path, 3))
    (tmp_path / "out.jsonl").write_bytes(b"")
    assert run(job_of(tmp_path, 4, when_missing="new")) == ["Story 3"]


@pytest.mark.parametrize("when_missing", ["stop", "new"])
def test_edited_output_stops_the_run_and_is_left_alone(tmp_path: Path, when_missing: str) -> None:
    run(job_of(tmp_path, 3))
    edited = (tmp_path / "out.jsonl").read_text("utf-8").replace("Story 1", "Storm 1")
    (tmp_path / "out.jsonl").write_text(edited, "utf-8")
    with pytest.raises(OutputChanged, match="was edited"):
        run(job_of(tmp_path, 4, when_missing=when_missing))
    assert (tmp_path / "out.jsonl").read_text("utf-8") == edited


def test_edited_output_can_be_adopted(tmp_path: Path) -> None:
    run(job_of(tmp_path, 3))
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "out.jsonl").write_text("".join(lines[:1]), "utf-8")
    assert len(run(job_of(tmp_path, 4), adopt=True)) == 2


def test_output_older_than_the_state_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text('{"headline": "of another program"}\n')
    with pytest.raises(OutputChanged, match=r"the state .* knows nothing of"):
        run(job_of(tmp_path, 1))


def test_output_older_than_the_state_can_be_adopted(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text('{"headline": "of another program"}\n')
    assert run(job_of(tmp_path, 1), adopt=True) == ["of another program", "Story 0"]


def test_folder_can_move_with_its_state(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    run(job_of(tmp_path / "here", 3))
    (tmp_path / "here").rename(tmp_path / "there")
    assert len(run(job_of(tmp_path / "there", 5))) == 5


def test_nothing_is_asked_for_when_an_output_cannot_be_written(tmp_path: Path) -> None:
    pages = rig.Pages(4)
    (tmp_path / "out.jsonl").mkdir()
    with pytest.raises(ExportError, match=r"out\.jsonl"):
        rig.run_here(job_of(tmp_path), pages)
    assert pages.asked == []


def test_format_that_cannot_be_appended_to_is_refused_with_those_that_can(tmp_path: Path) -> None:
    job = Job(
        state=tmp_path / "s",
        sources=(),
        outputs=(OutputSpec(path=tmp_path / "o.html", format="html"),),
    )
    with pytest.raises(SettingsError, match=r"o\.html: html cannot be appended to \(this works with .*jsonl"):
        check_outputs(job)


def test_unknown_option_of_an_output_is_named(tmp_path: Path) -> None:
    spec = OutputSpec(path=tmp_path / "o.jsonl", format="jsonl", options={"rotate": "daily"})
    with pytest.raises(SettingsError, match="'rotate'"):
        check_outputs(Job(state=tmp_path / "s", sources=(), outputs=(spec,)))


@pytest.mark.parametrize(("name", "form"), [("out.db", "sqlite"), ("out.parquet", "parquet"), ("out.csv.gz", "csv")])
def test_every_appendable_format_goes_on_after_a_kill(tmp_path: Path, name: str, form: str) -> None:
    pytest.importorskip("pyarrow") if form == "parquet" else None
    source = Source(name="list", kind="urls", places=tuple(rig.url(n) for n in range(9)), expect=False)
    spec = OutputSpec(path=tmp_path / name, format=form)
    job = Job(state=tmp_path / "state.db", sources=(source,), outputs=(spec,))
    pages = rig.Pages(40)
    import subprocess
    import sys

    script = (
        "import sys, pathlib; from tests.crawl import rig, test_outputs as t\n"
        "from scraper.crawl.job import *\n"
        f"source = Source(name='list', kind='urls', places=tuple(rig.url(n) for n in range(9)), expect=False)\n"
        f"job = Job(state=pathlib.Path({str(tmp_path)!r}) / 'state.db', sources=(source,), "
        f"outputs=(OutputSpec(path=pathlib.Path({str(tmp_path / name)!r}), format={form!r}),))\n"
        "import os; n = 0\n"
        "def dying(extract):\n"
        "    async def one(response):\n"
        "        global n; n += 1\n"
        "        if n == 7: os.kill(os.getpid(), 9)\n"
        "        return await extract(response)\n"
        "    return one\n"
        "pages = rig.Pages(40); pages.extract = dying(pages.extract)\n"
        "rig.run_here(job, pages, commit_every=2)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], capture_output=True, check=False
    )
    assert ended.returncode == -9, ended.stderr[-500:]
    rig.run_here(job, pages, commit_every=2)
    assert sorted(_headlines(tmp_path / name, form)) == [f"Story {n}" for n in range(9)]


def _headlines(path: Path, form: str) -> list[str]:
    if form == "sqlite":
        import sqlite3

        database = sqlite3.connect(path)
        try:
            return [str(found[0]) for found in database.execute("SELECT headline FROM articles")]
        finally:
            database.close()
    if form == "parquet":
        import pyarrow.parquet as pq

        files = [path] if path.is_file() else sorted(path.glob("*.parquet"))
        return [str(one) for file in files for one in pq.read_table(file)["headline"].to_pylist()]
    import csv
    import gzip
    import io

    return [line["headline"] for line in csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode()))]


def killed_while_writing(job: Job) -> None:
    """Leave an output as a run does that is killed between two commits: its mark is behind what is written."""
    with job.outputs[0].path.open("a", encoding="utf-8") as output:
        output.write(rig.Pages(40).articles[rig.url(3)].to_json() + '\n{"headline": "torn')


def test_what_a_killed_run_left_is_cut_off_a_file_that_was_rotated_since(tmp_path: Path) -> None:
    run(job_of(tmp_path, 3))
    killed_while_writing(job_of(tmp_path))
    (tmp_path / "out.jsonl").rename(tmp_path / "out.jsonl.1")
    assert run(job_of(tmp_path, 4, when_missing="new")) == ["Story 3"]
    assert len((tmp_path / "out.jsonl.1").read_text("utf-8").splitlines()) == 3


def test_rotated_file_that_was_edited_is_left_alone(tmp_path: Path) -> None:
    run(job_of(tmp_path, 3))
    (tmp_path / "out.jsonl").rename(tmp_path / "out.jsonl.1")
    (tmp_path / "out.jsonl.1").write_text("edited", "utf-8")
    assert run(job_of(tmp_path, 4, when_missing="new")) == ["Story 3"]
    assert (tmp_path / "out.jsonl.1").read_text("utf-8") == "edited"


ONE_A_FILE = {"rotate_bytes": 100}


def parts(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("out-*"))


def rotated(folder: Path, count: int, **output: object) -> None:
    rig.run_here(job_of(folder, count, **output), rig.Pages(40))


def test_finished_part_may_be_taken_away_and_its_name_is_not_given_again(tmp_path: Path) -> None:
    rotated(tmp_path, 3, options=ONE_A_FILE)
    for part in parts(tmp_path):
        (tmp_path / part).unlink()
    rotated(tmp_path, 4, options=ONE_A_FILE)
    assert parts(tmp_path) == ["out-000004.jsonl"]


def test_part_that_is_not_finished_must_not_be_missing(tmp_path: Path) -> None:
    rotated(tmp_path, 3, options={"rotate_bytes": 100_000})
    (tmp_path / "out-000001.jsonl").unlink()
    with pytest.raises(OutputChanged, match=r"out-000001\.jsonl is missing"):
        rotated(tmp_path, 4, options={"rotate_bytes": 100_000})


def test_part_that_is_not_finished_may_be_missing_where_the_job_says_so(tmp_path: Path) -> None:
    options = {"rotate_bytes": 100_000}
    rotated(tmp_path, 3, options=options)
    (tmp_path / "out-000001.jsonl").unlink()
    rotated(tmp_path, 4, options=options, when_missing="new")
    assert parts(tmp_path) == ["out-000002.jsonl"]


def test_parts_that_the_state_knows_nothing_of_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "out-000001.jsonl").write_text('{"headline": "of another program"}\n')
    with pytest.raises(OutputChanged, match=r"out-000001\.jsonl holds .* knows nothing of"):
        rotated(tmp_path, 1, options=ONE_A_FILE)
