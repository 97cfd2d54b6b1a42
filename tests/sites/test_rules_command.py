"""`scraper rules check|test`, and `--rules` of the other commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.__main__ import main
from tests.sites.shed_times import NOTE, page, paragraphs, url_of

RULE = f"""[[rule]]
host = "shedtimes.example"
path = "/news/*"
content = ".story-text"
drop = ".story-text > p:last-child"

[rule.fields]
headline = "h1"
authors = ".by"

[[rule.test]]
url = "{url_of(9)}"
file = "pages/9.html"
starts = "The shelf of the oldest shed"
without = ["in sheds for forty years"]
headline = "The ladder of shed number 9"
"""


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.delenv("SCRAPER_RULES", raising=False)

    def run_(*arguments):
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run_


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "9.html").write_text(page(9), encoding="utf-8")
    starts = paragraphs(9)[0][:30]
    (tmp_path / "shed.toml").write_text(
        RULE.replace("The shelf of the oldest shed", starts).replace(
            "The ladder of shed number 9", page(9).partition("<title>")[2].partition(" | ")[0]
        ),
        encoding="utf-8",
    )
    return tmp_path


def test_check_lists_what_is_sound(run, folder):
    code, out, _ = run("rules", "check", "--rules", folder)
    assert code == 0
    assert out.splitlines()[0].startswith("shed: shedtimes.example/news/*: 1 content, 1 drop, 2 fields (")
    assert out.splitlines()[-1] == "1 rules, all sound"


def test_check_shows_every_file_that_is_not(run, folder):
    (folder / "a.toml").write_text("[[rule]]\nhost = 'a.example'\ncontent = 'p:has(b)'\n")
    (folder / "b.toml").write_text("[[rule]]\nhost = 'b.example'\ncontnet = 'p'\n")
    code, out, err = run("rules", "check", "--rules", folder)
    assert (code, out) == (2, "")
    assert "a.toml, line 3: content: 'p:has(b)': :has is not for rules" in err
    assert "b.toml, line 3: contnet: no such key" in err


def test_check_finds_a_tie(run, folder):
    (folder / "twin.toml").write_text((folder / "shed.toml").read_text())
    code, _, err = run("rules", "check", "--rules", folder)
    assert code == 2
    assert "are for the same host, path and dates" in err


def test_the_folder_may_come_from_the_environment(run, folder, monkeypatch):
    monkeypatch.setenv("SCRAPER_RULES", str(folder))
    assert run("rules", "check")[0] == 0


@pytest.mark.parametrize(
    "arguments", [("rules", "check"), ("rules", "test"), ("rules", "check", "--rules", "/nowhere")]
)
def test_a_missing_folder_is_a_wrong_argument(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "folder of rules" in err


def test_test_shows_what_a_rule_yields(run, folder):
    code, out, _ = run("rules", "test", "--rules", folder)
    assert code == 0
    assert out.startswith("shed, test 1: ok\n  body: ")
    assert f"dropped: {NOTE[:60]}" in out
    assert "authors: the rule selects nothing here" in out


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("starts = ", 'ends = "nothing"\nstarts = ', "ends: the body ends with"),
        ('without = ["in', 'without = ["night", "in', "without: the body holds 'night'"),
        ('"h1"', '"h1"\ndescription = "h1"', None),
        ('".story-text"\n', '".gone"\n', "rule_stale: shed"),
        ('headline = "The', 'headline = "Not the', "headline: "),
        ("/news/", "/sport/", "the rule is not for this URL or date"),
    ],
)
def test_test_says_what_is_not_as_it_should_be(run, folder, old, new, fault):
    rule = folder / "shed.toml"
    text = rule.read_text()
    assert old in text
    rule.write_text(text.replace(old, new, 1))
    code, out, _ = run("rules", "test", "--rules", folder)
    assert (code, "shed, test 1: FAILED" in out) == ((0, False) if fault is None else (1, True))
    assert fault is None or f"! {fault}" in out


def test_test_takes_a_host(run, folder):
    assert run("rules", "test", "www.shedtimes.example", "--rules", folder)[0] == 0
    code, _, err = run("rules", "test", "other.example", "--rules", folder)
    assert code == 2
    assert "no rule for other.example" in err


def test_test_takes_a_page(run, folder):
    code, out, _ = run("rules", "test", "--rules", folder, "--page", folder / "pages/9.html", "--url", url_of(9))
    assert (code, out.splitlines()[0]) == (0, "shed: ok")


def test_a_page_that_no_rule_is_for_is_said(run, folder):
    page_file = folder / "pages/9.html"
    code, out, _ = run("rules", "test", "--rules", folder, "--page", page_file, "--url", "https://b.example/")
    assert code == 1
    assert "no rule is for https://b.example/" in out


def test_a_page_without_a_saved_file_is_fetched_only_when_asked(run, folder):
    rule = folder / "shed.toml"
    rule.write_text(rule.read_text().replace('file = "pages/9.html"\n', ""))
    code, out, _ = run("rules", "test", "--rules", folder)
    assert (code, out) == (0, f"shed, test 1: skipped: no saved file; --fetch asks {url_of(9)}\n")


def test_a_missing_page_is_a_failed_test(run, folder):
    (folder / "pages/9.html").unlink()
    code, out, _ = run("rules", "test", "--rules", folder)
    assert code == 1
    assert "No such file" in out


def test_extract_uses_rules(run, folder):
    code, out, _ = run("extract", folder / "pages/9.html", "--url", url_of(9), "--rules", folder)
    record = json.loads(out)
    assert (code, record["metadata"]["rule"]) == (0, "shed")
    assert record["articleBody"].split("\n\n") == paragraphs(9)


def test_a_bad_rule_stops_a_run_before_it_begins(run, folder):
    (folder / "a.toml").write_text("[[rule]]\nhost = 'a.example'\n")
    code, out, err = run("extract", folder / "pages/9.html", "--url", url_of(9), "--rules", folder)
    assert (code, out) == (2, "")
    assert "a.toml, line 1: rule: selects nothing" in err


def test_test_fetches_when_asked(run, tmp_path, news_site):
    url = news_site.articles[0]
    (tmp_path / "post.toml").write_text(
        f"[[rule]]\nhost = '127.0.0.1'\ncontent = '.story__text'\n[[rule.test]]\nurl = '{url}'\n"
    )
    local = ("--allow-private", "--no-robots", "--delay", "0")
    code, out, _ = run("rules", "test", "--rules", tmp_path, "--fetch", *local)
    assert (code, out.splitlines()[0]) == (0, "post, test 1: ok")


DOCS = Path(__file__).parents[2] / "docs"


def test_the_example_of_the_docs_is_the_file():
    shown = (DOCS / "site-rules.md").read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    assert shown == (DOCS / "examples" / "site-rules" / "shedtimes.toml").read_text("utf-8")


def test_the_example_of_the_docs_is_sound_and_does_what_it_says(run):
    folder = DOCS / "examples" / "site-rules"
    assert run("rules", "check", "--rules", folder)[0] == 0
    code, out, _ = run("rules", "test", "shedtimes.example", "--rules", folder)
    assert code == 0, out
    assert "datePublished: 2024-05-03T08:00:00+02:00 (shedtimes: .when@title)" in out
