import json
import time

import pytest

from scraper.metadata.json_ld import read_json_ld


def headlines(*scripts):
    return [o.get("headline") for o in read_json_ld(scripts)[0] if "headline" in o]


BROKEN = {
    "comment": '{"@type": "Article", /* by hand */ "headline": "Opened"}',
    "line comment": '{"@type": "Article",\n// by hand\n"headline": "Opened"}',
    "trailing comma": '{"@type": "Article", "headline": "Opened",}',
    "trailing comma in a list": '{"@type": "Article", "keywords": ["a",], "headline": "Opened"}',
    "semicolon": '{"@type": "Article", "headline": "Opened"};',
    "CDATA": '//<![CDATA[\n{"@type": "Article", "headline": "Opened"}\n//]]>',
    "HTML comment": '<!--{"@type": "Article", "headline": "Opened"}-->',
    "NaN": '{"@type": "Article", "wordCount": NaN, "headline": "Opened"}',
    "raw newline": '{"@type": "Article", "description": "a\nb", "headline": "Opened"}',
    "bad escape": '{"@type": "Article", "description": "it\\\'s", "headline": "Opened"}',
    "two values": '{"@type": "WebSite"}{"@type": "Article", "headline": "Opened"}',
    "missing comma": '[{"@type": "WebSite"} {"@type": "Article", "headline": "Opened"}]',
    "entities": "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Opened&quot;}",
    "quotes inside": '{"@type": "Article", "description": "he said "no" to it", "headline": "Opened"}',
    "cut short": '{"@type": "Article", "headline": "Opened", "author": {"@type": "Per',
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN.keys())
def test_broken_script_still_gives_its_headline(script):
    assert headlines(script) == ["Opened"]


def test_repair_is_reported():
    assert "repaired" in read_json_ld((BROKEN["comment"],))[1][0]


def test_bad_script_does_not_cost_the_next():
    assert headlines("<%= broken %>", '{"@type": "Article", "headline": "Opened"}') == ["Opened"]


@pytest.mark.parametrize(
    "value",
    [
        {"@graph": [{"@type": "WebSite"}, {"@type": "Article", "headline": "Opened"}]},
        [{"@type": "WebSite"}, {"@type": "Article", "headline": "Opened"}],
        {"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "Opened"}},
        {"@type": ["NewsArticle", "Article"], "headline": "Opened"},
    ],
    ids=["graph", "array", "main entity", "two types"],
)
def test_article_is_found_wherever_it_is_nested(value):
    assert headlines(json.dumps(value)) == ["Opened"]


def test_url_with_two_slashes_is_no_comment():
    objects, _ = read_json_ld(('{"@type": "Article", "url": "https://example.com/a//b", }',))
    assert objects[0]["url"] == "https://example.com/a//b"


@pytest.mark.parametrize(
    "script",
    ["[" * 100_000, '{"@type":' * 100_000, '"' * 1_000_000, "{" * 50_000 + "}" * 50_000, '{"a":"' + "\\" * 900_000],
    ids=["brackets", "objects", "quotes", "braces", "backslashes"],
)
def test_hostile_script_ends_quickly(script):
    start = time.process_time()
    read_json_ld((script,))
    assert time.process_time() - start < 2


def test_five_megabytes_are_read_or_refused():
    script = json.dumps({"@type": "Article", "headline": "Opened", "articleBody": "word " * 1_100_000})
    assert "not read" in read_json_ld((script,))[1][0]


def test_number_of_objects_is_bounded():
    script = json.dumps([{"@type": "Thing", "n": n} for n in range(20_000)])
    assert len(read_json_ld((script,))[0]) == 5_000


@pytest.mark.parametrize("script", ["null", "3", '"text"', "[]", "{}", "", " "])
def test_values_without_a_type_give_nothing(script):
    assert read_json_ld((script,))[0] == ()
