"""Wrong words on the command line lead to the right ones."""

from __future__ import annotations

import sys

import pytest


@pytest.mark.parametrize(
    ("word", "ours"),
    [
        ("help", "`scraper --help`"),
        ("explain", "`scraper inspect`, with --find"),
        ("fetch", "`scraper get`"),
        ("parse", "`scraper extract`"),
        ("crawl", "`scraper run`"),
        ("sitemap", "`scraper discover`"),
    ],
)
def test_other_words_for_commands_lead_to_ours(run, word, ours):
    result = run(word, "x")
    assert result.code == 2
    assert f"No such command '{word}'. Did you mean {ours}" in result.err


@pytest.mark.parametrize(
    ("name", "ours"), [("markdown", "md"), ("text", "txt"), ("ndjson", "jsonl"), ("xlsx", "csv"), ("JSON-LD", "jsonld")]
)
def test_other_names_of_formats_lead_to_ours(run, page, name, ours):
    assert f"(did you mean {ours}?)" in run("extract", page, "-f", name).err


def test_get_of_a_file_names_the_command_for_files(run, page):
    result = run("get", page)
    assert (result.code, result.err) == (2, f"scraper: {page}: a file, not a URL (`scraper extract` reads files)\n")


def test_part_of_a_field_names_the_whole(run, page):
    assert "fields are written whole: metadata" in run("extract", page, "--fields", "metadata.encoding").err


def test_action_that_is_none_is_told_without_the_parsers_words(run, tmp_path):
    assert "Value error" not in run("state", "frobnicate", tmp_path / "state.db").err


def test_span_that_is_none_is_named(run, tmp_path):
    assert (
        "needs --older-than in days, and not 'x'" in run("state", "prune", tmp_path / "s.db", "--older-than", "x").err
    )


def test_report_does_not_flood_a_terminal(run, page, tmp_path, monkeypatch):
    records = tmp_path / "articles.jsonl"
    run("extract", page, "-o", records)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    result = run("report", records)
    assert (result.code, result.out) == (2, "")
    assert "name it: -o report.html" in result.err
