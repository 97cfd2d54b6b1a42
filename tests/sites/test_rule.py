"""Rules as TOML: what is wrong is said with file, line and key; the most specific rule wins."""

from __future__ import annotations

from datetime import date

import pytest

from scraper import SiteRules, read_rules
from scraper.errors import RuleError, SettingsError
from scraper.sites.rule import rules_in

GOOD = """# a comment
[[rule]]
host = "shedtimes.example"
content = [
    ".story-text",
]
"""


def rule(**keys):
    lines = "\n".join(f"{key} = {value}" for key, value in {"content": '".story"', **keys}.items())
    return rules_in(f"[[rule]]\n{lines}\n", f"{len(keys)}-{hash(lines)}.toml")[0]


def test_a_rule_is_read():
    (read,) = rules_in(GOOD, "rules/shed.toml")
    assert (read.name, read.hosts, read.path, read.min_chars) == ("shed", ("shedtimes.example",), "/*", 200)
    assert [selector.text for selector in read.content] == [".story-text"]
    assert read.origin == "rules/shed.toml, line 2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[rule]\n", "x.toml: not TOML: .*line 1"),
        ("host = 'a'\n", r"x.toml: rules stand in \[\[rule\]\] tables"),
        ("", r"rules stand in \[\[rule\]\] tables"),
        ("rule = 3\n", r"rules stand in \[\[rule\]\] tables"),
        ("[[rule]]\ncontent = 'p'\n", "x.toml, line 1: rule: a host is missing"),
        ("[[rule]]\nhost = 'a.example'\n", "x.toml, line 1: rule: selects nothing"),
        ("[[rule]]\nhost = 'https://a.example/'\ncontent = 'p'\n", "x.toml, line 2: host: not the name of a host"),
        ("[[rule]]\nhost = '*'\ncontent = 'p'\n", "line 2: host: not the name of a host"),
        ("[[rule]]\nhost = 'a.example'\n\ncontnet = 'p'\n", "x.toml, line 4: contnet: no such key"),
        ("[[rule]]\nhost = 'a.example'\ncontent = [\n 'p',\n 'p..x',\n]\n", "x.toml, line 5: content: 'p..x': not CSS"),
        ("[[rule]]\nhost = 'a.example'\ncontent = 'p:has(a)'\n", "line 3: content: .*:has is not for rules"),
        ("[[rule]]\nhost = 'a.example'\ncontent = 'p@class'\n", "line 3: content: .*an attribute"),
        ("[[rule]]\nhost = 'a.example'\ncontent = 3\n", "line 3: content: must be text, not 3"),
        ("[[rule]]\nhost = 'a.example'\ncontent = ''\n", "line 3: content: must be text"),
        ("[[rule]]\nhost = 'a.example'\npath = 'news'\ncontent = 'p'\n", "line 3: path: must begin with a slash"),
        ("[[rule]]\nhost = 'a.example'\nsince = '2024'\ncontent = 'p'\n", "line 3: since: must be a day"),
        ("[[rule]]\nhost = 'a.example'\nsince = 2024-05-01T10:00:00\ncontent = 'p'\n", "since: must be a day"),
        ("[[rule]]\nhost = 'a.example'\nsince = 2024-05-02\nuntil = 2024-05-01\ncontent = 'p'\n", "line 4: until: "),
        ("[[rule]]\nhost = 'a.example'\nmin_chars = true\ncontent = 'p'\n", "line 3: min_chars: must be a whole"),
        ("[[rule]]\nhost = 'a.example'\n[rule.fields]\nheadlien = 'h1'\n", "line 4: headlien: no such key"),
        ("[[rule]]\nhost = 'a.example'\ncontent = 'p'\n[[rule.test]]\nstarts = 'x'\n", "line 4: test: needs a url"),
        ("[[rule]]\nhost = 'a.example'\ncontent = 'p'\n[[rule]]\nhost = 'b.example'\ndrop = ['[']\n", "line 6: drop: "),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, message):
    with pytest.raises(RuleError, match=message):
        rules_in(text, "x.toml")


def test_a_rule_error_is_an_error_of_settings():
    assert issubclass(RuleError, SettingsError)


def test_a_rule_of_too_many_elements_is_refused():
    drops = ", ".join(f'".x{n}"' for n in range(61))
    with pytest.raises(RuleError, match="61 elements; at most 60"):
        rules_in(f"[[rule]]\nhost = 'a.example'\ndrop = [{drops}]\n", "x.toml")


def test_a_huge_file_is_refused():
    with pytest.raises(RuleError, match="at most 200000"):
        rules_in("#" * 200_001, "x.toml")


A, SUB, ANY = '"a.example"', '"news.a.example"', '"*.a.example"'


@pytest.mark.parametrize(
    ("url", "winner"),
    [
        ("https://a.example/x", "host"),
        ("https://www.a.example/x", "host"),
        ("https://news.a.example/x", "sub"),
        ("https://sport.a.example/x", "any"),
        ("https://a.example/news/x", "path"),
        ("https://a.example/news/live/x", "longer"),
        ("https://b.example/x", None),
        ("https://aa.example/x", None),
        ("https://[bad", None),
        (None, None),
    ],
)
def test_the_most_specific_rule_wins(url, winner):
    rules = SiteRules.of(
        [
            rule(name='"any"', host=ANY),
            rule(name='"host"', host=A),
            rule(name='"sub"', host=SUB),
            rule(name='"path"', host=A, path='"/news/*"'),
            rule(name='"longer"', host=A, path='"/news/live/*"'),
        ]
    )
    found = rules.for_page(url, date(2024, 1, 1))
    assert (found.name if found else None) == winner


@pytest.mark.parametrize(
    ("published", "winner"),
    [
        (date(2023, 12, 31), "old"),
        (date(2024, 1, 1), "old"),
        (date(2024, 1, 2), "new"),
        (date(2030, 1, 1), "new"),
        (None, "new"),
    ],
)
def test_dates_tell_two_designs_apart(published, winner):
    rules = SiteRules.of(
        [
            rule(name='"old"', host=A, until="2024-01-01"),
            rule(name='"new"', host=A, since="2024-01-02"),
        ]
    )
    assert rules.for_page("https://a.example/x", published).name == winner


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("/a/*/c", {"/a/b/c", "/a/b/b/c", "/a//c"}),
        ("/a*", {"/a/b/c", "/a//c", "/a", "/a/b/b/c", "/a/c"}),
        ("/a", {"/a"}),
    ],
)
def test_a_star_stands_for_any_characters(path, fits):
    rules = SiteRules.of([rule(host=A, path=f'"{path}"')])
    tried = ("/a/b/c", "/a/b/b/c", "/a//c", "/a", "/b", "/a/c", "/")
    assert {p for p in tried if rules.for_page(f"https://a.example{p}", None)} == fits


def test_many_stars_on_a_long_path_take_no_time():
    rules = SiteRules.of([rule(host=A, path=f'"/{"a*" * 40}b"')])
    assert rules.for_page("https://a.example/" + "a" * 100_000, None) is None


def test_two_rules_that_nothing_tells_apart_are_refused():
    with pytest.raises(RuleError, match="are for the same host, path and dates"):
        SiteRules.of([rule(name='"one"', host=A), rule(name='"two"', host=f"[{A}, {SUB}]")])


def test_two_rules_of_one_name_are_refused():
    with pytest.raises(RuleError, match="have the same name"):
        SiteRules.of([rule(name='"one"', host=A), rule(name='"one"', host=SUB)])


def test_a_folder_is_read_with_the_folders_in_it(tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "shed.toml").write_text(GOOD)
    (tmp_path / "notes.txt").write_text("none of our business")
    assert [r.name for r in read_rules(tmp_path).rules] == ["shed"]


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"\xff\xfe", "not UTF-8"), (b"#" * 1_000_001, "more than rules take"), (b"x = 1", r"\[\[rule\]\]")],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, data, message):
    (tmp_path / "bad.toml").write_bytes(data)
    with pytest.raises(RuleError, match=f"bad.toml.*{message}"):
        read_rules(tmp_path)


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(RuleError, match="no such folder of rules"):
        read_rules(tmp_path / "none")
