"""Every format: well-formed, complete, inert."""

from __future__ import annotations

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from scraper import Article
from scraper.export.exporter import Target
from scraper.export.formats import FORMATS, format_named
from scraper.export.opening import open_export
from scraper.model.article import Metadata, Person, Publisher

HOSTILE = 'Tide: mill <script>alert(1)</script> "turns" [again](javascript:x)\u2028--- # \\'
ARTICLE = Article(
    id="0123456789abcdef",
    url="https://news.example.com/mill?a=1&b=2",
    headline=HOSTILE,
    authors=(Person(name="Ann <b>Example</b>"),),
    publisher=Publisher(name="Example Courier"),
    date_published="2026-03-14",
    article_body="The mill turns.\n\nIt <i>ground</i> barley.",
    metadata=Metadata(extractor_version="0.1.0"),
)
BARE = Article(id="0123456789abcdef", metadata=Metadata(extractor_version="0.1.0"))


@pytest.fixture
def written(tmp_path):
    """Write records to a file, and return its text."""

    def written_(name, *articles, fields=(), extra=None):
        target = Target(path=tmp_path / "out", fields=fields)
        with open_export(format_named(name), target) as exporter:
            for article in articles:
                exporter.write(article, extra)
        return (tmp_path / "out").read_bytes().decode("utf-8")

    return written_


def test_a_name_and_a_path_are_enough(tmp_path):
    with open_export("jsonl", str(tmp_path / "out")) as exporter:
        exporter.write(ARTICLE)
    assert Article.from_json((tmp_path / "out").read_bytes()) == ARTICLE


def test_a_dash_is_standard_output(capfdbinary):
    with open_export("jsonl", "-") as exporter:
        exporter.write(ARTICLE)
    assert Article.from_json(capfdbinary.readouterr().out) == ARTICLE


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_lines_are_a_line_a_record(count, written):
    lines = written("jsonl", *[ARTICLE] * count).splitlines()
    assert [Article.from_json(line) for line in lines] == [ARTICLE] * count


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array(count, written):
    assert len(json.loads(written("json", *[ARTICLE] * count))) == count


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_chosen_fields_are_all_there_is(form, written):
    record = json.loads(written(form, ARTICLE, fields=("wordCount", "headline")))
    assert (record[0] if form == "json" else record) == {"wordCount": 0, "headline": HOSTILE}


def test_extra_keys_come_beside_the_record(written):
    record = json.loads(written("jsonl", ARTICLE, extra={"evidence": {"headline": 1}}))
    assert (record["evidence"], record["headline"]) == ({"headline": 1}, HOSTILE)


def test_text_has_a_short_header_and_the_body(written):
    lines = written("txt", ARTICLE).replace(HOSTILE, "TITLE").split("\n")
    assert lines[:4] == ["TITLE", "Ann <b>Example</b> · Example Courier · 2026-03-14", ARTICLE.url, ""]


def test_texts_are_set_apart(written):
    assert written("txt", ARTICLE, ARTICLE).count("-" * 72) == 1


def test_the_head_of_markdown_is_yaml_that_no_title_can_break(written):
    head = written("md", ARTICLE).split("\n---\n")[0]
    values = dict(line.split(": ", 1) for line in head.removeprefix("---\n").split("\n"))
    assert json.loads(values["headline"]) == HOSTILE
    assert json.loads(values["authors"]) == ["Ann <b>Example</b>"]


def test_the_heading_of_markdown_is_escaped(written):
    heading = next(line for line in written("md", ARTICLE).split("\n") if line.startswith("# "))
    assert "\\<script\\>" in heading
    assert "\\[again\\]" in heading


def test_html_holds_no_active_element(written):
    tree = LexborHTMLParser(written("html", ARTICLE))
    assert [node.tag for node in tree.css("script, iframe, object, embed, svg, [onload], [onerror]")] == []


def test_html_shows_what_the_record_says(written):
    tree = LexborHTMLParser(written("html", ARTICLE, ARTICLE))
    assert [node.text() for node in tree.css("article h1")] == [HOSTILE, HOSTILE]
    assert [node.text() for node in tree.css("article > p")][2:4] == ["The mill turns.", "It <i>ground</i> barley."]


def test_html_links_only_to_the_web(written):
    article = Article(id="0" * 16, url="javascript:alert(1)", metadata=Metadata(extractor_version="0.1.0"))
    assert "href" not in written("html", article)


def test_html_of_nothing_is_nothing(written):
    assert written("html") == ""


@pytest.mark.parametrize("form", [form.name for form in FORMATS if form.kind == "text"])
def test_a_record_without_anything_can_be_written(form, written):
    assert "None" not in written(form, BARE)
