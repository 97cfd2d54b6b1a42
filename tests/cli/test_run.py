"""`scraper run` and `scraper state` as cron and people use them."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from scraper.__main__ import main
from scraper.crawl.lock import locked
from scraper.crawl.rows import SourceRow, UrlRow
from scraper.crawl.state import State
from scraper.model.url import url_key
from scraper.sites.memory import SiteMemory

if TYPE_CHECKING:
    from conftest import NewsSite

ROOT = Path(__file__).parents[2]


@pytest.fixture
def job(tmp_path: Path, news_site: NewsSite) -> Path:
    path = tmp_path / "jobs.toml"
    path.write_text(
        f'state = "state.db"\nrecheck = "48h"\nerrors = "failures.jsonl"\n[fetch]\ndelay = 0\nallow_private = true\n'
        f'[[source]]\nname = "feed"\nfeed = "{news_site.url}feed.xml"\n'
        f'[[output]]\npath = "out.jsonl"\n'
    )
    return path


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """Return a state of two articles and a failure, in the place that a job file names."""
    path = tmp_path / "known.toml"
    path.write_text('state = "known.db"\n[[source]]\nfeed = "https://x.example/f"\n[[output]]\npath = "o.jsonl"\n')
    now = int(time.time())
    with State.open(tmp_path / "known.db") as state:
        state.begin()
        for number, status in enumerate(("done", "done", "failed")):
            url = f"https://x.example/news/{number}"
            row = UrlRow(key=url_key(url), url=url, source="feed", status=status, first_seen=now, last_seen=now)
            state.put_url(msgspec.structs.replace(row, version=1, record_id=f"id{number}", next_try=now - number))
        state.put_source(SourceRow(name="feed", settings="", last_success=now, listed_at=now))
        state.add_to_day("feed", now, {"records": 2, "failures": 1}, {"records": 2, "headline": 2, "authors": 1})
        state.commit()
    return path


def records(job: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (job.parent / "out.jsonl").read_text("utf-8").splitlines()]


def test_run_writes_what_is_new_and_says_so_in_one_line(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(job)]) == 0
    said = capsys.readouterr()
    assert (len(records(job)), said.out) == (8, "")
    assert said.err.splitlines()[-1].startswith("scraper: run=")
    assert "discovered=8 known=0 fetched=8 new=8 updated=0 unchanged=0 failed=0 secs=" in said.err


def test_second_run_writes_nothing(job: Path) -> None:
    assert [main(["run", str(job), "-q"]) for _ in range(2)] == [0, 0]
    assert len(records(job)) == 8


def test_quiet_run_says_nothing_even_when_a_page_fails(
    job: Path, news_site: NewsSite, capsys: pytest.CaptureFixture[str]
) -> None:
    job.write_text(job.read_text() + f'[[source]]\nurls = ["{news_site.url}none.html"]\n')
    assert main(["run", str(job), "-q"]) == 1
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("share", "code"), [("20%", 0), ("5%", 1), ("0%", 1)])
def test_share_of_failures_that_is_no_failure_of_the_run(job: Path, news_site: NewsSite, share: str, code: int) -> None:
    job.write_text(job.read_text() + f'[[source]]\nurls = ["{news_site.url}none.html"]\n')
    assert main(["run", str(job), "-q", "--fail-over", share]) == code  # one of nine pages and a feed


def test_run_in_which_all_failed_is_code_3_whatever_may_fail(tmp_path: Path) -> None:
    job = tmp_path / "jobs.toml"
    job.write_text(
        'state = "s.db"\n[fetch]\ndelay = 0\nretries = 0\nallow_private = true\nrobots = false\n'
        '[[source]]\nurls = ["http://127.0.0.1:1/a"]\n[[output]]\npath = "o.jsonl"\n'
    )
    assert main(["run", str(job), "-q", "--fail-over", "100%"]) == 3


@pytest.mark.parametrize("share", ["20", "101%", "x"])
def test_share_that_is_none_is_wrong_use(job: Path, share: str) -> None:
    assert main(["run", str(job), "--fail-over", share]) == 2


def test_failures_are_lines_of_their_own_file(job: Path, news_site: NewsSite) -> None:
    job.write_text(job.read_text() + f'[[source]]\nurls = ["{news_site.url}none.html"]\n')
    main(["run", str(job), "-q"])
    (line,) = (json.loads(line) for line in (job.parent / "failures.jsonl").read_text().splitlines())
    assert (line["requestedUrl"], line["reason"]) == (f"{news_site.url}none.html", "http_404")


def test_quiet_run_speaks_when_a_source_fails(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    job.write_text(job.read_text().replace("feed.xml", "no-such-feed.xml"))
    assert main(["run", str(job), "-q"]) == 3
    assert capsys.readouterr().err.startswith("scraper: warning: source feed: ")


def test_check_touches_nothing(job: Path, news_site: NewsSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(job), "--check"]) == 0
    assert "1 sources, 1 outputs" in capsys.readouterr().out
    assert (sorted(path.name for path in job.parent.iterdir()), news_site.requests) == (["jobs.toml"], [])


def test_mistake_in_the_job_file_is_code_2_with_its_line(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    job.write_text(job.read_text().replace("delay = 0", 'delay = "slow"'))
    assert main(["run", str(job)]) == 2
    assert f"{job}:5: fetch.delay: must be a number, not 'slow'" in capsys.readouterr().err


def test_output_that_cannot_be_appended_to_is_code_2_with_its_line(
    job: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job.write_text(job.read_text().replace('"out.jsonl"', '"out.json"'))
    assert main(["run", str(job)]) == 2
    assert f"{job}:11: output[1].path: " in capsys.readouterr().err


def test_check_finds_a_folder_that_is_not_there(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    job.write_text(job.read_text().replace('"out.jsonl"', '"none/out.jsonl"'))
    assert main(["run", str(job), "--check"]) == 2
    assert "there is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("delay = 0", 'delay = 0\nproxy = "localhost:3128"', "not the URL of an HTTP proxy"),
        ("delay = 0", 'delay = 0\ncookie_file = "none.txt"', "cannot read the cookie file"),
        ("delay = 0", 'delay = 0\nwarc = "none/x.warc"', "there is no folder"),
        ('"out.jsonl"', '"folder.jsonl"', "a folder, not a file (name a file in it)"),
    ],
)
def test_check_finds_what_a_run_would_stumble_over(
    job: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    (job.parent / "folder.jsonl").mkdir()
    job.write_text(job.read_text().replace(old, new))
    assert main(["run", str(job), "--check"]) == 2
    assert told in capsys.readouterr().err


def test_second_run_at_the_same_time_is_code_6_at_once(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with locked(job.parent / "state.db"):
        assert main(["run", str(job), "-q"]) == 6
    assert "is in use by another run" in capsys.readouterr().err


def test_damaged_state_is_code_5_with_its_path(
    job: Path, news_site: NewsSite, capsys: pytest.CaptureFixture[str]
) -> None:
    (job.parent / "state.db").write_text("no database" * 100)
    assert main(["run", str(job), "-q"]) == 5
    assert str(job.parent / "state.db") in capsys.readouterr().err
    assert news_site.requests == []


def test_changed_output_is_code_5_and_nothing_is_fetched(
    job: Path, news_site: NewsSite, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", str(job), "-q"])
    (job.parent / "out.jsonl").write_text("")
    asked = len(news_site.requests)
    assert (main(["run", str(job), "-q"]), len(news_site.requests)) == (5, asked)
    assert "--adopt-outputs" in capsys.readouterr().err


def test_stats_as_json(job: Path) -> None:
    main(["run", str(job), "-q", "--stats", str(job.parent / "stats.json")])
    figures = json.loads((job.parent / "stats.json").read_text())
    assert (figures["new"], figures["ended"], figures["sources"]["feed"]["new"]) == (8, "done", 8)


def test_stats_in_a_folder_that_is_not_there_are_wrong_use(job: Path, news_site: NewsSite) -> None:
    assert main(["run", str(job), "--stats", str(job.parent / "none" / "stats.json")]) == 2
    assert news_site.requests == []


def test_stats_for_prometheus(job: Path) -> None:
    main(["run", str(job), "-q", "--stats", str(job.parent / "run.prom")])
    assert 'scraper_run_new{job="jobs"} 8\n' in (job.parent / "run.prom").read_text()


def test_messages_as_json_lines(job: Path, news_site: NewsSite, capsys: pytest.CaptureFixture[str]) -> None:
    job.write_text(job.read_text() + f'[[source]]\nurls = ["{news_site.url}none.html"]\n')
    main(["run", str(job), "--log-format", "json"])
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["event"] for event in events] == ["failure", "summary"]
    assert (events[0]["failure"]["reason"], events[1]["new"]) == ("http_404", 8)


@pytest.mark.parametrize("form", [["--log-format", "json"], ["--log-format=json"]])
def test_error_that_ends_a_run_is_a_json_line_too(
    job: Path, form: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with locked(job.parent / "state.db"):
        assert main(["run", str(job), "-q", *form]) == 6
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], "is in use by another run" in line["message"]) == ("error", True)


@pytest.mark.parametrize("text", ["soon", "0", "-5m"])
def test_deadline_that_is_none_is_wrong_use(job: Path, text: str) -> None:
    assert main(["run", str(job), f"--deadline={text}"]) == 2


def test_deadline_ends_a_run_in_good_order(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    job.write_text(job.read_text().replace("delay = 0", "delay = 4"))
    assert main(["run", str(job), "--deadline", "2s"]) in {0, 1}
    assert "ended=deadline" in capsys.readouterr().err
    job.write_text(job.read_text().replace("delay = 4", "delay = 0"))
    main(["run", str(job), "-q"])
    assert len(records(job)) == 8


def under_way(job: Path, news_site: NewsSite) -> subprocess.Popen[str]:
    """Return a real process that has read its feed and waits to ask for the articles."""
    job.write_text(job.read_text().replace("delay = 0", "delay = 30"))
    command = [sys.executable, "-m", "scraper", "run", str(job)]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while "/feed.xml" not in news_site.requests and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    return running


@pytest.mark.parametrize(("which", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 143)])
def test_signal_ends_a_real_process_in_two_seconds(
    job: Path, news_site: NewsSite, which: signal.Signals, code: int
) -> None:
    running = under_way(job, news_site)
    os.kill(running.pid, which)
    began = time.monotonic()
    _, said = running.communicate(timeout=20)
    assert (running.returncode, "Traceback" in said) == (code, False)
    assert time.monotonic() - began < 2
    assert "ended=interrupted" in said


@pytest.mark.parametrize(("which", "codes"), [(signal.SIGTERM, {143, -15}), (signal.SIGINT, {130, -2})])
def test_second_signal_ends_a_run_at_once_without_a_traceback(
    job: Path, news_site: NewsSite, which: signal.Signals, codes: set[int]
) -> None:
    running = under_way(job, news_site)
    for _ in range(2):
        os.kill(running.pid, which)
        time.sleep(0.001)
    _, said = running.communicate(timeout=20)
    assert running.returncode in codes and "Traceback" not in said
    assert main(["run", str(job), "-q", "--deadline", "1s"]) == 0


def as_an_ordinary_user() -> None:
    """Give up root's power to write what it may not (CAP_DAC_OVERRIDE; prctl(2)): containers run tests as root."""
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
@pytest.mark.parametrize(
    ("closed", "mode", "named"),
    [
        ("state.db", 0o400, "state.db"),
        ("out.jsonl", 0o400, "out.jsonl"),
        ("failures.jsonl", 0o400, "failures.jsonl"),
        (".", 0o500, "state.db"),
        ("state.db", None, "state.db"),
    ],
    ids=["state", "output", "failures", "folder", "folder of a new state"],
)
def test_what_may_not_be_written_is_code_5_with_its_path_and_nothing_is_fetched(
    job: Path, news_site: NewsSite, closed: str, mode: int | None, named: str
) -> None:
    if mode is not None:
        assert main(["run", str(job), "-q"]) == 0
    place = job.parent if mode is None else job.parent / closed
    place.chmod(mode or 0o500)
    asked = len(news_site.requests)
    command = [sys.executable, "-m", "scraper", "run", str(job)]
    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=as_an_ordinary_user
    )
    place.chmod(0o700)
    assert (ended.returncode, len(news_site.requests)) == (5, asked), ended.stderr
    assert str(job.parent / named) in ended.stderr


def run_with(job: Path, stderr: int, *options: str) -> int:
    command = [sys.executable, "-m", "scraper", "run", str(job), *options]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(command, cwd=ROOT, env=buffered, stderr=stderr, timeout=60, check=False).returncode


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full here")
@pytest.mark.parametrize("form", ["text", "json"])
def test_log_on_a_full_disk_costs_no_record_and_is_code_5(job: Path, form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        code = run_with(job, full.fileno(), "--log-format", form)
    assert (code, len(records(job)), main(["run", str(job), "-q"]), len(records(job))) == (5, 8, 0, 8)


def test_reader_of_messages_that_goes_away_changes_nothing(job: Path, news_site: NewsSite) -> None:
    gone = ", ".join(f'"{news_site.url}none{number}.html"' for number in range(5))
    job.write_text(job.read_text() + f"[[source]]\nurls = [{gone}]\n")
    end, start = os.pipe()
    os.close(end)
    try:
        assert (run_with(job, start), len(records(job))) == (1, 8)
    finally:
        os.close(start)


def test_stats_on_a_device_leave_it_a_device(job: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "stats.prom")
    end = os.open(tmp_path / "stats.prom", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert main(["run", str(job), "-q", "--stats", str(tmp_path / "stats.prom")]) == 0
        assert b"scraper_run_new" in os.read(end, 65_536) and (tmp_path / "stats.prom").is_fifo()
    finally:
        os.close(end)


def test_state_list_shows_each_url(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["state", "list", str(known)]) == 0
    assert sorted(line.split("\t")[0] for line in capsys.readouterr().out.splitlines()) == ["done", "done", "failed"]


def test_state_list_of_one_status_as_json(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["state", "list", str(known), "--status", "failed", "--json"])
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["url"] == "https://x.example/news/2"


def test_state_show_tells_what_is_known_of_any_spelling(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["state", "show", str(known.with_suffix(".db")), "http://www.x.example/news/1/?utm_source=x"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["status"], facts["version"], facts["id"], facts["source"]) == ("done", 1, "id1", "feed")


def test_state_show_of_an_unknown_url(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["state", "show", str(known), "https://x.example/1"]) == 1
    assert json.loads(capsys.readouterr().out)["status"] == "unknown"


def test_forgotten_url_comes_again(job: Path) -> None:
    main(["run", str(job), "-q"])
    url = records(job)[0]["url"]
    assert main(["state", "forget", str(job), url]) == 0
    main(["run", str(job), "-q"])
    assert [record["url"] for record in records(job)].count(url) == 2


def test_forgetting_what_is_not_known(known: Path) -> None:
    assert main(["state", "forget", str(known), "https://x.example/1"]) == 1


def test_state_in_use_is_not_changed(known: Path) -> None:
    with locked(known.with_suffix(".db")):
        assert main(["state", "forget", str(known), "https://x.example/news/1"]) == 6


def test_prune_keeps_what_is_listed(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["state", "prune", str(known), "--older-than", "90d"]) == 0
    assert capsys.readouterr().out.startswith("0 URLs dropped")


def test_state_stats_is_a_table(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["state", "stats", str(known)]) == 0
    title, row, total = capsys.readouterr().out.splitlines()
    assert title.startswith("source  last success") and row.startswith("feed ") and "headline 100%" in row
    assert total == "URLs: 2 done, 1 failed"


def test_state_stats_say_what_is_wrong_with_a_source(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with State.open(known.with_name("known.db")) as state:
        state.begin()
        row = state.source("feed")
        assert row is not None
        state.put_source(msgspec.structs.replace(row, last_count=0, usual_count=12))
        state.commit()
    main(["state", "stats", str(known)])
    assert "warning: source feed: lists no article, it used to list 12: did the site change?" in capsys.readouterr().out


def test_state_stats_as_json(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["state", "stats", str(known), "--json"])
    facts = json.loads(capsys.readouterr().out)
    assert (facts["source"], facts["recordsADay"], facts["fields"]["authors"]) == ("feed", 2.0, 0.5)


@pytest.mark.parametrize(
    "words", [["list", "{job}", "https://x.example/"], ["show", "{job}"], ["prune", "{job}"], ["list", "{job}", "--status", "odd"]]
)  # fmt: skip
def test_wrong_use_of_state(known: Path, words: list[str]) -> None:
    assert main(["state", *(word.format(job=known) for word in words)]) == 2


def test_state_that_is_not_there_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["state", "list", str(tmp_path / "none.db")]) == 5
    assert "does not exist" in capsys.readouterr().err and not (tmp_path / "none.db").exists()


def test_nothing_is_written_outside_the_job(job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))
    main(["run", str(job), "-q"])
    assert list(home.iterdir()) == []


def test_site_rules_are_used(job: Path) -> None:
    rules = job.parent / "rules"
    rules.mkdir()
    (rules / "post.toml").write_text('[[rule]]\nhost = "127.0.0.1"\ncontent = "article p"\n')
    job.write_text('rules = "rules"\n' + job.read_text())
    assert main(["run", str(job), "-q"]) == 0
    assert {record["metadata"]["rule"] is None for record in records(job)} == {False}


def test_rule_that_fits_no_page_is_told_of(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (job.parent / "rules").mkdir()
    (job.parent / "rules" / "site.toml").write_text('[[rule]]\nhost = "127.0.0.1"\ncontent = ".no-such-class"\n')
    job.write_text('rules = "rules"\n' + job.read_text())
    assert main(["run", str(job), "-q"]) == 0
    assert "source feed: its site rule fits 0 of the latest 8 records (rule_stale)" in capsys.readouterr().err


def test_rule_that_cannot_be_stops_the_run(job: Path, news_site: NewsSite) -> None:
    job.write_text('rules = "none"\n' + job.read_text())
    assert [main(["run", str(job), "-q"]), main(["run", str(job), "--check"])] == [2, 2]
    assert news_site.requests == []


def test_memory_of_sites_is_kept_in_the_state_where_asked_for(job: Path) -> None:
    main(["run", str(job), "-q"])
    with State.open(job.parent / "state.db", read_only=True) as state:
        assert state.site_memory("127.0.0.1") is None
    (job.parent / "state.db").unlink()
    (job.parent / "out.jsonl").unlink()
    job.write_text(job.read_text() + "[extract]\nsite_memory = true\n")
    main(["run", str(job), "-q"])
    with State.open(job.parent / "state.db", read_only=True) as state:
        kept = state.site_memory("127.0.0.1")
    assert kept is not None and SiteMemory.from_bytes(kept).learned_pages == 8


def test_recheck_and_diff_of_the_command_line_count(job: Path) -> None:
    job.write_text(job.read_text().replace('recheck = "48h"\n', ""))
    due = []
    for options in ([], ["--recheck", "20000d", "--diff"]):
        main(["run", str(job), "-q", *options])
        with State.open(job.parent / "state.db", read_only=True) as state:
            rows = list(state.urls(status="done"))
        due.append((sum(row.next_try is not None for row in rows), sum(row.body is not None for row in rows)))
        for name in ("state.db", "out.jsonl"):
            (job.parent / name).unlink()
    assert due == [(0, 0), (8, 8)]
