"""Every format: well-formed, complete, inert."""

from __future__ import annotations

import io
import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from scraper import Article
from scraper.export.formats import Format, exporter_for
from scraper.export.output import Output
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


def written(form, *articles, fields=None):
    stream = io.BytesIO()
    exporter = exporter_for(form, Output(stream, "memory"), fields)
    for article in articles:
        exporter.write(article)
    exporter.close()
    return stream.getvalue().decode("utf-8")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_lines_are_a_line_a_record(count):
    lines = written(Format.JSONL, *[ARTICLE] * count).splitlines()
    assert [Article.from_json(line) for line in lines] == [ARTICLE] * count


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array(count):
    assert len(json.loads(written(Format.JSON, *[ARTICLE] * count))) == count


@pytest.mark.parametrize("form", [Format.JSONL, Format.JSON])
def test_chosen_fields_are_all_there_is(form):
    record = json.loads(written(form, ARTICLE, fields=("wordCount", "headline")))
    assert (record[0] if form is Format.JSON else record) == {"wordCount": 0, "headline": HOSTILE}


def test_extra_keys_come_beside_the_record():
    stream = io.BytesIO()
    exporter_for(Format.JSONL, Output(stream, "memory")).write(ARTICLE, {"evidence": {"headline": 1}})
    record = json.loads(stream.getvalue())
    assert (record["evidence"], record["headline"]) == ({"headline": 1}, HOSTILE)


def test_text_has_a_short_header_and_the_body():
    lines = written(Format.TXT, ARTICLE).replace(HOSTILE, "TITLE").split("\n")
    assert lines[:4] == ["TITLE", "Ann <b>Example</b> · Example Courier · 2026-03-14", ARTICLE.url, ""]


def test_texts_are_set_apart():
    assert written(Format.TXT, ARTICLE, ARTICLE).count("-" * 72) == 1


def test_the_head_of_markdown_is_yaml_that_no_title_can_break():
    head = written(Format.MD, ARTICLE).split("\n---\n")[0]
    values = dict(line.split(": ", 1) for line in head.removeprefix("---\n").split("\n"))
    assert json.loads(values["headline"]) == HOSTILE
    assert json.loads(values["authors"]) == ["Ann <b>Example</b>"]


def test_the_heading_of_markdown_is_escaped():
    heading = next(line for line in written(Format.MD, ARTICLE).split("\n") if line.startswith("# "))
    assert "\\<script\\>" in heading
    assert "\\[again\\]" in heading


def test_html_holds_no_active_element():
    tree = LexborHTMLParser(written(Format.HTML, ARTICLE))
    assert [node.tag for node in tree.css("script, iframe, object, embed, svg, [onload], [onerror]")] == []


def test_html_shows_what_the_record_says():
    tree = LexborHTMLParser(written(Format.HTML, ARTICLE, ARTICLE))
    assert [node.text() for node in tree.css("article h1")] == [HOSTILE, HOSTILE]
    assert [node.text() for node in tree.css("article > p")][2:4] == ["The mill turns.", "It <i>ground</i> barley."]


def test_html_links_only_to_the_web():
    article = Article(id="0" * 16, url="javascript:alert(1)", metadata=Metadata(extractor_version="0.1.0"))
    assert "href" not in written(Format.HTML, article)


def test_html_of_nothing_is_nothing():
    assert written(Format.HTML) == ""


@pytest.mark.parametrize("form", list(Format))
def test_a_record_without_anything_can_be_written(form):
    assert "None" not in written(form, BARE)
