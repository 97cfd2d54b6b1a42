"""What rules and memories of a site do to a page, in words: `inspect --rules`, `--site-memory`."""

from __future__ import annotations

import pytest

from scraper import SiteMemories, explain
from scraper.__main__ import main
from tests.sites.shed_times import NOTE, page, paragraphs, url_of

RULE = """[[rule]]
host = "shedtimes.example"
content = ".story-text"
drop = ".story-text > p:last-child"
[rule.fields]
headline = "h1"
"""


STOVE = url_of(9)


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(page(9), "utf-8")
    return path


@pytest.fixture
def rules(tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "shed.toml").write_text(RULE, "utf-8")
    return folder


@pytest.fixture
def memory(tmp_path):
    memories = SiteMemories()
    for number in range(6):
        memories = memories.learned(explain(page(number), url_of(number), memory=memories))
    path = tmp_path / "sites.memory"
    path.write_bytes(memories.to_bytes())
    return path


@pytest.fixture
def look(capsys, monkeypatch, saved):
    monkeypatch.delenv("SCRAPER_RULES", raising=False)

    def look_(*options, file=saved, url=STOVE):
        code = main(["inspect", str(file), *(["--url", url] if url else []), *map(str, options)])
        return code, *capsys.readouterr()

    return look_


def test_without_a_rule_nothing_speaks_of_one(look):
    assert "rule" not in look("--find", NOTE)[1]


def test_a_rule_that_drops_is_named(look, rules):
    code, out, _ = look("--rules", rules, "--find", NOTE)
    assert code == 0
    assert "dropped: dropped by the rule shed" in out
    assert "A site rule of yours names it under `drop`." in out


def test_a_rule_that_selects_is_named(look, rules):
    assert "selected by the rule shed" in look("--rules", rules, "--find", paragraphs(9)[0])[1]


def test_a_field_of_a_rule_has_it_as_its_source(look, rules):
    field = next(line for line in look("--rules", rules)[1].splitlines() if line.startswith("field\t\theadline"))
    assert field.split("\t")[3].startswith("rule")


def test_what_a_site_repeats_is_said_to_be_repeated(look, memory):
    out = look("--site-memory", memory, "--find", NOTE)[1]
    assert "dropped: repeated on this site" in out
    assert "part of the site's template" in out


def test_a_memory_that_is_looked_at_stays_as_it_was(look, memory):
    before = memory.read_bytes()
    look("--site-memory", memory)
    assert memory.read_bytes() == before


def test_the_report_tells_the_same(look, rules, memory, tmp_path):
    assert look("--rules", rules, "--site-memory", memory, "-o", tmp_path / "r.html")[0] == 0
    assert "dropped by the rule shed" in (tmp_path / "r.html").read_text("utf-8")


def test_a_memory_that_is_not_there_is_an_error(look, tmp_path):
    code, _, err = look("--site-memory", tmp_path / "none")
    assert (code, "no such file of site memories" in err) == (2, True)


def test_rules_without_a_url_are_said_not_to_count(look, rules):
    assert "site rules go by a page's URL: name it with --url" in look("--rules", rules, url=None)[2]


def test_rules_and_plain_text_are_said_not_to_go_together(look, rules, tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("A headline\n\n" + "\n\n".join(paragraphs(9)), "utf-8")
    code, _, err = look("--rules", rules, file=path)
    assert (code, "rules and memories of sites are for HTML, and were not used" in err) == (0, True)


def test_find_answers_for_plain_text_too(look, tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("A headline\n\n" + "\n\n".join(paragraphs(9)) + "\n\nShare this\n", "utf-8")
    assert look("--find", paragraphs(9)[1], file=path)[1].startswith("kept: ")
    assert look("--find", "no such words anywhere", file=path)[1].startswith("this text is not in the page")


def test_comparing_plain_text_is_refused_with_the_name_and_a_way_out(look, tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("\n\n".join(paragraphs(9)), "utf-8")
    code, _, err = look("--compare", "trafilatura", file=path)
    assert (code, "page.txt: --compare works with HTML" in err) == (2, True)
