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
    ("option", "ours"), [("--explain", "`scraper inspect`"), ("--json", "-f with the name"), ("--out", "-o?")]
)
def test_other_words_for_options_lead_to_ours(run, option, ours):
    result = run("get", "https://example.com/", option, "x")
    assert result.code == 2
    assert f"No such option: {option}. Did you mean {ours}" in result.err


def test_word_in_the_place_of_a_number_is_told_plainly(run):
    assert "not a number (see" in run("get", "https://example.com/", "--timeout", "abc").err


@pytest.mark.parametrize("span", ["20m", "1.5h", "90"])
def test_deadline_of_a_batch_is_a_span(run, tmp_path, span):
    (tmp_path / "urls.txt").write_text("", "utf-8")
    assert run("batch", tmp_path / "urls.txt", "-o", tmp_path / "x.jsonl", "--deadline", span).code == 0


def test_deadline_that_is_no_span_is_told(run, tmp_path):
    (tmp_path / "urls.txt").write_text("", "utf-8")
    result = run("batch", tmp_path / "urls.txt", "--deadline", "soon")
    assert (result.code, "write 90s, 20m or 2h" in result.err) == (2, True)


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


@pytest.mark.parametrize("command", ["extract", "batch"])
def test_nothing_to_read_tells_of_standard_input(run, command):
    assert "'-' reads standard input" in run(command).err


def test_file_in_place_of_a_site_is_told(run, page):
    result = run("discover", page)
    assert (result.code, "a file, not a URL" in result.err) == (2, True)


def test_one_word_is_not_words(run):
    assert "its one word is too few" in run("extract", "-", stdin=b"<p>hi").err


def test_folder_of_rules_without_its_option_is_told(run, tmp_path):
    assert "--rules names the folder" in run("rules", "check", tmp_path).err
