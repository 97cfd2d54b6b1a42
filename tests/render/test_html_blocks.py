"""HTML read back into blocks: what was written comes out again, what is hostile does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper import Article, extract
from scraper.model.article import Metadata
from scraper.model.body import Code, Embed, Figure, Heading, List, ListItem, Paragraph, Quote, Span, Table
from scraper.render.html import render_html
from scraper.render.html_blocks import blocks_of_html

PAGES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").glob("*/page.html"))
BODY = (
    Heading(text="A roof first", level=2),
    Paragraph(
        text="Bold, linked & <odd>\nnext line",
        spans=(
            Span(start=0, end=4, kind="strong"),
            Span(start=6, end=12, kind="link", url="https://example.com/?a=1&b=2"),
        ),
    ),
    Quote(text="One.\n\nTwo.", spans=(Span(start=6, end=9, kind="emphasis"),)),
    List(
        text="- a\n- b\n- c\n- d",
        items=(
            ListItem(text="a"),
            ListItem(text="b", level=1, ordered=True),
            ListItem(text="c", level=1, ordered=True),
            ListItem(text="d"),
        ),
    ),
    List(text="- e\n- f", items=(ListItem(text="e", ordered=True), ListItem(text="f", ordered=True)), start=4),
    Code(text="if x < 1:\n    pass\n"),
    Table(text="k | v\n1 | 2", rows=(("k", "v"), ("1", "2")), header=True),
    Table(
        text="a\nb | c",
        rows=(("", "a"), ("b", "c")),
        spans=(Span(start=2, end=3, kind="link", url="https://example.com/b"), Span(start=6, end=7, kind="strong")),
    ),
    Figure(text="", url="https://example.com/a.jpg", alt="An <alt>", caption="A caption"),
    Embed(text="", url="https://example.com/v", title="A film"),
    Paragraph(text="The end."),
)


def test_every_kind_of_block_comes_back():
    assert blocks_of_html(render_html(BODY)) == BODY


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_html_of_an_article_comes_back(path):
    html = extract(path.read_bytes(), keep_all=True).article_body_html or ""
    assert render_html(blocks_of_html(html)) == html


@pytest.mark.parametrize("path", PAGES[::6], ids=lambda path: path.parent.name)
def test_markdown_is_the_same_with_and_without_blocks(path):
    with_blocks = extract(path.read_bytes(), keep_all=True, blocks=True)
    assert extract(path.read_bytes(), keep_all=True).to_markdown() == with_blocks.to_markdown()


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script><p>x</p>",
        '<p onclick="alert(1)">x</p>',
        '<p><a href="javascript:alert(1)">x</a></p>',
        "<p>x<iframe src=//e.example></p>",
        "<p><style>*{}</style>x",
        "<p>x</p><svg><script>alert(1)</script></svg>",
    ],
)
def test_hostile_html_loses_all_but_its_text(html):
    assert render_html(blocks_of_html(html)) == "<p>x</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<ul>" * 5_000,
        "<blockquote>" * 5_000,
        "<table><tr><td>" * 3_000,
        "<b><i>" * 5_000,
        "</p>" * 5_000,
        "<li>a<p>b",
        "<td>a",
        "a",
    ],
)
def test_broken_html_is_read_all_the_same(html):
    assert isinstance(blocks_of_html(html), tuple)


def article(**values):
    return Article(id="1", metadata=Metadata(extractor_version="1"), **values)


def test_an_article_of_text_alone_has_all_looks():
    it = article(headline="A # title", article_body="One * two\n\n- a\n- b")
    assert it.to_markdown() == "# A # title\n\nOne \\* two\n\n- a\n- b\n"
    assert it.to_html() == "<article>\n<h1>A # title</h1>\n<p>One * two</p>\n<ul><li>a</li><li>b</li></ul>\n</article>"


def test_html_of_a_file_cannot_smuggle():
    it = article(headline="<b>x</b>", article_body_html='<p>y<img src=x onerror="alert(1)"></p>', article_body="y")
    assert it.to_html() == "<article>\n<h1>&lt;b&gt;x&lt;/b&gt;</h1>\n<p>y</p>\n</article>"


def test_an_empty_article_has_looks_too():
    assert (article().to_markdown(), article().to_html()) == ("\n", "<article>\n</article>")
