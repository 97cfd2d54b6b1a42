"""The program as a whole: help, schema, wrong commands, and docs that name every option."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scraper import FetchSettings
from scraper.schema import article_schema, failure_schema

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"
COMMANDS = (
    "get",
    "extract",
    "batch",
    "discover",
    "run",
    "state",
    "inspect",
    "report",
    "rules check",
    "rules test",
    "schema",
)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def test_without_arguments_it_shows_its_help(run):
    result = run()
    assert result.code == 0
    assert all(command.split()[0] in result.out for command in COMMANDS)


@pytest.mark.parametrize("arguments", [("no-such-command",), ("--no-such-option",)])
def test_wrong_use_is_one_line_and_code_2(run, arguments):
    result = run(*arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_schema_prints_the_schema_of_the_record(run):
    assert json.loads(run("schema").out) == article_schema()


def test_schema_prints_the_schema_of_failures(run):
    assert json.loads(run("schema", "failure").out) == failure_schema()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_docs_name_every_option(run, command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    offered = set(OPTION.findall(run(*command.split(), "--help").out)) - {"--help"}
    assert offered - set(OPTION.findall(DOCS.read_text(encoding="utf-8"))) == set()


def test_the_docs_name_no_option_that_is_not_there(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    of_program = set(OPTION.findall(run("--help").out))
    offered = of_program.union(*(OPTION.findall(run(*command.split(), "--help").out) for command in COMMANDS))
    assert set(OPTION.findall(DOCS.read_text(encoding="utf-8"))) - offered == set()


@pytest.mark.parametrize(
    ("option", "setting"),
    [
        ("--timeout", FetchSettings().timeout_s),
        ("--delay", FetchSettings().delay_s),
        ("--concurrency", FetchSettings().concurrency),
        ("--per-host", FetchSettings().per_host),
        ("--retries", FetchSettings().retries),
    ],
)
def test_the_docs_name_the_defaults(option, setting):
    assert f"| `{option}` | {setting:g} |" in DOCS.read_text(encoding="utf-8")
