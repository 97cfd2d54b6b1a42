"""Progress and the end of a run: on a real terminal, in a pipe, without colours."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys

import pytest

from scraper.cli.progress import Counts, progress_line
from tests.cli.pages import PAGE

SGR = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def on_terminal(*arguments, **environment):
    """Run with standard error on a terminal of its own; return what was drawn there."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment}
    env = {name: value for name, value in env.items() if value is not None}
    with subprocess.Popen(
        [sys.executable, "-m", "scraper", *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=theirs, env=env
    ):
        os.close(theirs)
        drawn = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            drawn += piece
    os.close(ours)
    return drawn.decode()


@pytest.fixture
def urls(tmp_path, site):
    path = tmp_path / "urls.txt"
    path.write_text(
        "".join(f"# comment\n\n{site}/{name}?{n}\n" for n in range(4) for name in ("story", "gone")), "utf-8"
    )
    return path


OPTIONS = ("--allow-private", "--no-robots", "--delay", "0", "--retries", "0")


def test_bar_shows_total_rate_flight_and_failures(urls, tmp_path):
    drawn = SGR.sub("", on_terminal("batch", urls, "-o", tmp_path / "out.jsonl", *OPTIONS, NO_COLOR=None))
    assert re.search(r"\d/8", drawn)
    assert "in flight" in drawn
    assert "failed" in drawn
    assert "left" in drawn


def test_a_table_ends_the_run(urls, tmp_path):
    drawn = on_terminal("batch", urls, "-o", tmp_path / "out.jsonl", *OPTIONS, NO_COLOR=None)
    table = [line.split() for line in SGR.sub("", drawn).splitlines()[-5:]]
    assert ["4", "records"] in table
    assert ["4", "failed"] in table
    assert ["4", "http_404"] in table


def test_no_color_means_no_escape_sequence(urls, tmp_path):
    drawn = on_terminal("batch", urls, "-o", tmp_path / "out.jsonl", *OPTIONS, NO_COLOR="1")
    assert "\x1b" not in drawn
    assert "8 done: 4 records, 4 failed" in drawn
    assert "failed by kind: http_404 4" in drawn


def test_quiet_draws_nothing_but_failures(urls, tmp_path):
    drawn = on_terminal("batch", urls, "-q", "-o", tmp_path / "out.jsonl", *OPTIONS, NO_COLOR=None)
    assert [line for line in drawn.splitlines() if "404" not in line] == []


@pytest.fixture
def job(tmp_path, urls):
    path = tmp_path / "job.toml"
    path.write_text(
        f'state = "state.db"\nerrors = "failures.jsonl"\n[[source]]\nname = "list"\nfile = "{urls}"\n'
        '[[output]]\npath = "out.jsonl"\n'
        "[fetch]\ndelay = 0\nallow_private = true\nretries = 0\n",
        "utf-8",
    )
    return path


def test_a_job_shows_the_same_bar(job):
    drawn = SGR.sub("", on_terminal("run", job, NO_COLOR=None))
    assert re.search(r"\d/8", drawn)
    assert "in flight" in drawn
    assert "left" in drawn


def test_a_table_ends_a_job(job):
    drawn = on_terminal("run", job, NO_COLOR=None)
    table = [line.split() for line in SGR.sub("", drawn).splitlines()]
    assert ["1", "new"] in table
    assert ["3", "duplicate"] in table
    assert ["4", "failed"] in table
    assert ["4", "http_404"] in table


def test_a_job_without_colours_ends_in_a_line(job):
    drawn = on_terminal("run", job, NO_COLOR="1")
    assert "\x1b" not in drawn
    assert "new=1 updated=0 unchanged=0 failed=4 duplicate=3" in drawn


def test_a_quiet_job_draws_nothing(job):
    assert on_terminal("run", job, "-q", NO_COLOR=None) == ""


def test_a_job_that_tells_json_draws_nothing(job):
    drawn = on_terminal("run", job, "--log-format", "json", NO_COLOR=None)
    assert [json.loads(line)["event"] for line in drawn.splitlines()] == ["failure"] * 4 + ["summary"]


def test_one_page_draws_no_bar(page, tmp_path):
    assert on_terminal("extract", page, "-o", tmp_path / "out.jsonl", NO_COLOR=None) == ""


def test_a_hostile_failure_cannot_draw(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a\x1b[2Jb\nscraper: 9 done.html").write_text("<p>x</p>", "utf-8")
    (folder / "b.html").write_text(PAGE, "utf-8")
    # So wide that no line is folded, which would put a word of the name at a line's start.
    drawn = on_terminal("extract", folder, "-o", tmp_path / "out.jsonl", NO_COLOR=None, COLUMNS="2000")
    assert "scraper: 9 done" in drawn
    assert "\x1b[2J" not in drawn
    assert "\nscraper: 9 done" not in drawn.replace("\r", "")


@pytest.mark.parametrize(
    ("counts", "total", "seconds", "line"),
    [
        (Counts(90, 10, 8), 500, 50.0, "100 of 500 done, 10 failed, 8 in flight, 2.0/s, 200 s left"),
        (Counts(90, 10, 8), None, 50.0, "100 done, 10 failed, 8 in flight, 2.0/s"),
        (Counts(), 500, 0.0, "0 of 500 done, 0 failed, 0 in flight, 0.0/s"),
    ],
)
def test_plain_line_says_how_far_and_how_long(counts, total, seconds, line):
    assert progress_line(counts, total, seconds) == line
