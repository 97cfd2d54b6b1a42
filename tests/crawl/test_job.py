"""Job files: what they say becomes a job, and every mistake is told with file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.cli.run import read_job
from scraper.cli.toml_file import key_lines
from scraper.errors import SettingsError
from scraper.settings import HostSettings

GOOD = """\
state = "state.db"
recheck = "48h"

[fetch]
delay = 2.5

[filter]
exclude = ["*/video/*"]
since = "7d"

[[source]]
feed = "https://tarnby.example/feed.xml"

[[source]]
name = "front"
section = "https://ferry.example/news"
include = ["*/news/*"]
every = "30m"
limit = 20

[[site]]
host = "www.ferry.example"
delay = 10
verify_tls = false
headers = { X-Key = "k" }

[[output]]
path = "out.jsonl"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "jobs.toml"
    path.write_text(text, "utf-8")
    return path


def wrong(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read_job(write(folder, text))
    return str(caught.value)


def test_good_job_is_read(tmp_path: Path) -> None:
    job = read_job(write(tmp_path, GOOD))
    first, second = job.sources
    assert (job.state, job.recheck_s, job.fetch.delay_s) == (tmp_path / "state.db", 172_800, 2.5)
    assert (first.name, first.kind, first.filter.exclude, first.filter.since) == (
        "https://tarnby.example/feed.xml", "feed", ("*/video/*",), 604_800,
    )  # fmt: skip
    assert (second.name, second.every_s, second.filter.include, second.filter.limit) == (
        "front",
        1800,
        ("*/news/*",),
        20,
    )


def test_site_settings_hold_for_the_host_and_below(tmp_path: Path) -> None:
    job = read_job(write(tmp_path, GOOD))
    own = HostSettings(delay_s=10, verify_tls=False, headers=(("X-Key", "k"),))
    assert dict(job.fetch.hosts) == {"ferry.example": own, "*.ferry.example": own}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('recheck = "48h"', 'recheck = "48 houres"', "jobs.toml:2: recheck: not a span of time: '48 houres'"),
        ('recheck = "48h"', "recheck = 48", 'jobs.toml:2: recheck: must be a span of time such as "48h", not 48'),
        ('recheck = "48h"', 'rechek = "48h"', "jobs.toml:2: rechek: unknown key (did you mean recheck?)"),
        ("delay = 2.5", "delay = -1", "jobs.toml:5: fetch.delay: must be a number of at least 0, not -1"),
        ("delay = 2.5", "delay = true", "jobs.toml:5: fetch.delay: must be a number, not True"),
        ('since = "7d"', "since = 7", 'jobs.toml:9: filter.since: must be a span such as "7d" or a day, not 7'),
        ('feed = "https://tarnby.example/feed.xml"', 'feed = "tarnby"', "jobs.toml:12: source[1].feed: not a web address: 'tarnby'"),
        ('feed = "https://tarnby.example/feed.xml"', "", "jobs.toml:11: source[1]: a source is one of"),
        ('name = "front"', 'name = "front"\nfeed = "https://x.example/"', "this one names 2: feed, section"),
        ("limit = 20", "limit = 0", "jobs.toml:19: source[2].limit: must be at least 1, not 0"),
        ('include = ["*/news/*"]', 'include = "*/news/*"', "jobs.toml:17: source[2].include: must be a list of texts"),
        ('name = "front"', 'name = "https://tarnby.example/feed.xml"', "source[2].name: another source is called"),
        ('host = "www.ferry.example"', 'host = "https://ferry.example"', "jobs.toml:22: site[1].host: not the name of a host"),
        ('headers = { X-Key = "k" }', 'headers = { "X Key" = "k" }', "jobs.toml:21: site[1]: not the name of a header"),
        ('path = "out.jsonl"', 'path = "out.jsonl"\nformat = "xml"', "jobs.toml:29: output[1].format: not a format: 'xml'"),
        ('path = "out.jsonl"', 'path = "out"', "output[1].format: is missing, and 'out' does not tell"),
        ('path = "out.jsonl"', 'path = "out.jsonl"\nfields = ["headlin"]', "jobs.toml:29: output[1].fields: a record has no field 'headlin' (did you mean headline?)"),
        ('path = "out.jsonl"', 'path = "state.db"\nformat = "jsonl"', "jobs.toml:28: output[1].path: "),
        ('recheck = "48h"', 'rules = "no-such"', "jobs.toml:2: rules: no such folder"),
        ('feed = "https://tarnby.example/feed.xml"', 'fed = "https://tarnby.example/"', "jobs.toml:12: source[1].fed: unknown key (did you mean feed?)"),
        ('state = "state.db"', "", 'state: is missing (add state = "state.db")'),
        ('recheck = "48h"', 'keep = "0d"', "jobs.toml:2: keep: must be at least a day, not '0d'"),
        ('path = "out.jsonl"', 'path = "out.jsonl"\noptions = { rotate_dayly = true }', "jobs.toml:29: output[1].options.rotate_dayly: unknown key (did you mean rotate_daily?)"),
        ('path = "out.jsonl"', 'path = "out.jsonl"\noptions = { rotate_daily = "yes" }', "jobs.toml:29: output[1].options.rotate_daily: must be true or false, not 'yes'"),
        ('path = "out.jsonl"', 'path = "out.jsonl"\noptions = { rotate_bytes = "ten" }', "output[1].options.rotate_bytes: not a size: 'ten' (write 500kB or 10MB)"),
        ('state = "state.db"', "state = ", "jobs.toml:1:9: invalid value"),
    ],
)  # fmt: skip
def test_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    assert said in wrong(tmp_path, GOOD.replace(old, new))


def test_no_source_is_a_mistake(tmp_path: Path) -> None:
    assert "no source" in wrong(tmp_path, 'state = "s"\n[[output]]\npath = "o.jsonl"\n')


def test_no_output_is_a_mistake(tmp_path: Path) -> None:
    assert "no output" in wrong(tmp_path, 'state = "s"\n[[source]]\nfeed = "https://x.example/f"\n')


def test_secret_is_not_repeated(tmp_path: Path) -> None:
    text = GOOD.replace('X-Key = "k"', 'X-Key = "hunter2\\u0001"')
    assert "hunter2" not in wrong(tmp_path, text)


def test_job_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_job(tmp_path / "none.toml")


def test_job_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "jobs.toml").write_bytes(b'state = "\xff"\n')
    with pytest.raises(SettingsError, match="not UTF-8 at byte 9"):
        read_job(tmp_path / "jobs.toml")


def test_lines_of_keys_are_not_fooled_by_texts() -> None:
    text = 'a = 1\nb = """\nc = 2\n[d]\n"""\n[[e]]\nf = 1 # [g]\n[[e]]\n"f" = 2\n[e.h]\ni.j = 3\n'
    assert key_lines(text) == {
        ("a",): 1, ("b",): 2, ("e", 0): 6, ("e", 0, "f"): 7, ("e", 1): 8, ("e", 1, "f"): 9,
        ("e", 1, "h"): 10, ("e", 1, "h", "i", "j"): 11,
    }  # fmt: skip


def test_rendering_and_pages_are_settings_of_a_job(tmp_path: Path) -> None:
    text = GOOD.replace("delay = 2.5", 'delay = 2.5\nrender = "auto"\nmax_pages = 3\nhttp2 = true').replace(
        "delay = 10", 'delay = 10\nrender = "always"'
    )
    (tmp_path / "job.toml").write_text(text, "utf-8")
    fetch = read_job(tmp_path / "job.toml").fetch

    assert (fetch.render, fetch.max_pages, fetch.http2, fetch.renders("ferry.example", 443)) == (
        "auto",
        3,
        True,
        "always",
    )


def test_a_way_to_render_that_there_is_not_is_told_with_its_table(tmp_path: Path) -> None:
    (tmp_path / "job.toml").write_text(GOOD.replace("delay = 2.5", 'render = "often"'), "utf-8")

    with pytest.raises(SettingsError, match="always, never, auto"):
        read_job(tmp_path / "job.toml")
