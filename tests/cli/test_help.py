"""`--help`, its examples, completion, and what is said of a slip of the finger."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import subprocess
import sys

import pytest
import typer

from scraper import SiteMemories
from scraper.__main__ import main
from scraper.cli.app import make_app
from scraper.cli.examples import EXAMPLES
from scraper.model.failure import Failure
from tests.cli.pages import PAGE

COMMANDS = {
    f"{name} {inner}".strip(): command
    for name, outer in typer.main.get_command(make_app()).commands.items()
    for inner, command in getattr(outer, "commands", {"": outer}).items()
}
RULE = """[[rule]]
host = ["example.com", "127.0.0.1"]
content = "article"
[[rule.test]]
url = "https://example.com/news/1"
file = "../{}"
"""
PAIRS = [(command, line) for command, lines in EXAMPLES.items() for line in lines]


@pytest.fixture(scope="module")
def laid_desk(tmp_path_factory, site):
    """The folder of `desk`, after one run of its job."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "page.html").write_text(PAGE, "utf-8")
    (folder / "saved-pages").mkdir()
    (folder / "saved-pages" / "one.html").write_text(PAGE, "utf-8")
    (folder / "urls.txt").write_text("https://example.com/news/1\n", "utf-8")
    failure = Failure(requested_url="https://example.com/", stage="fetch", reason="timeout", message="too slow")
    (folder / "failures.jsonl").write_text(failure.to_json() + "\n", "utf-8")
    (folder / "jobs.toml").write_text(
        f'state = "state.db"\n[fetch]\nallow_private = true\ndelay = 0\n'
        f'[[source]]\nname = "list"\nurls = ["{site}/story?/1"]\n[[output]]\npath = "out.jsonl"\n',
        "utf-8",
    )
    (folder / "site-rules").mkdir()
    (folder / "site-rules" / "one.toml").write_text(RULE.format("page.html"), "utf-8")
    (folder / "sites.memory").write_bytes(SiteMemories().to_bytes())
    with contextlib.chdir(folder):
        assert main(["extract", "page.html", "-o", "articles.jsonl"]) == 0
        assert main(["run", "jobs.toml", "-q"]) == 0
    return folder


@pytest.fixture
def desk(tmp_path, monkeypatch, laid_desk):
    """A folder of its own with the files that examples name."""
    shutil.copytree(laid_desk, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", sorted(set(EXAMPLES) & set(COMMANDS)))
def test_help_shows_the_examples_as_they_are(run, command):
    shown = run(*command.split(), "--help").out
    assert [line for line in EXAMPLES[command] if f"  {line}\n" not in shown] == []


def test_every_command_has_examples():
    assert set(EXAMPLES) == set(COMMANDS)


@pytest.fixture
def place_of(site, news_site):
    """Tell what stands for https://example.com/news: a story under every address, or a site with a feed."""
    return lambda command: news_site.url.rstrip("/") if command == "discover" else f"{site}/story?"


@pytest.mark.parametrize(("command", "line"), PAIRS, ids=[line for _, line in PAIRS])
def test_example_runs(run, desk, place_of, local, command, line):
    line = line.rpartition(" | ")[2]
    here = place_of(command)
    words = [word.replace("https://example.com/news", here) for word in shlex.split(line)][1:]
    (desk / "urls.txt").write_text(f"{here}/1\n", "utf-8")
    stdin = f"{here}/1\n".encode() if command == "batch" else PAGE.encode()
    result = run(*words, *(local if fetches(command, words) else ()), stdin=stdin)
    assert (result.code, result.err) == (0, "")
    named = [words[words.index(option) + 1] for option in ("-o", "--stats") if option in words]
    assert all((desk / name).stat().st_size for name in named)
    assert named or result.out or "-q" in words


def fetches(command, words):
    """Whether a line reaches for the network, which is loopback here and wants its options."""
    if command == "inspect":
        return words[1].startswith("http://")
    return command in {"get", "batch", "discover"}


def test_a_mistyped_command_is_guessed(run):
    result = run("extrct", "page.html")
    assert (result.code, result.out) == (2, "")
    assert "Did you mean 'extract'?" in result.err


def test_a_mistyped_option_is_guessed(run):
    assert "--format" in run("get", "https://example.com/", "--formt", "md").err


def test_a_mistyped_field_is_guessed(run, page):
    assert "did you mean headline?" in run("extract", page, "--fields", "headlin").err


def completed(words, at):
    environment = {**os.environ, "_SCRAPER_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    command = [sys.executable, "-m", "scraper"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize(
    ("words", "at", "first"),
    [
        ("scraper ins", 1, ["inspect"]),
        ("scraper batch --ord", 2, ["--ordered"]),
        ("scraper inspect p --compare ", 4, ["trafilatura"]),
    ],
)
def test_shells_complete_commands_options_and_values(words, at, first):
    assert completed(words, at) == first


def test_every_command_says_what_it_does():
    assert [name for name, command in COMMANDS.items() if not command.help] == []


def test_records_of_the_examples_are_records(desk):
    assert json.loads((desk / "articles.jsonl").read_text("utf-8"))["headline"]


def test_no_command_is_described_by_half_a_sentence(capsys):
    main(["--help"])
    assert [
        line for line in capsys.readouterr().out.splitlines() if line.startswith("  ") and line.endswith("...")
    ] == []
