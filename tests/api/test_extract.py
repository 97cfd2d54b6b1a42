"""The library's front door: pure, total, the same by every door."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jsonschema
import pytest

from scraper import Article, NotAnArticle, PageError, ScraperError, explain, extract
from scraper.schema import article_schema
from tests.cli.pages import EMPTY, PAGE, PARAGRAPHS, PDF

FIXTURES = Path(__file__).parents[2] / "fixtures" / "pages"
PAGES = sorted(path for path in FIXTURES.glob("*/page.html"))
EVERY_PAGE = pytest.mark.parametrize("path", PAGES, ids=[path.parent.name for path in PAGES])
URL = "https://news.example.com/bridge"


def test_there_are_pages():
    assert len(PAGES) >= 10


def test_text_and_bytes_give_the_same_article():
    def without_encoding(article):
        record = article.to_dict()
        record["metadata"]["encoding"] = None
        return record

    assert without_encoding(extract(PAGE, URL)) == without_encoding(extract(PAGE.encode(), URL))


def test_the_url_is_the_identity():
    assert extract(PAGE, URL).id == extract(PAGE, URL + "/?utm_source=feed#top").id


def test_a_page_without_article_is_not_an_article():
    with pytest.raises(NotAnArticle) as caught:
        extract(EMPTY, URL)
    assert (caught.value.url, caught.value.page_type) == (URL, "empty")


def test_keep_all_returns_a_record_all_the_same():
    assert extract(EMPTY, URL, keep_all=True).article_body == ""


def test_explain_says_why_instead_of_raising():
    assert explain(EMPTY, URL).refusal


@pytest.mark.parametrize("html", [PDF, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_a_binary_is_refused(html):
    with pytest.raises(ScraperError, match="not HTML"):
        extract(html)


@pytest.mark.parametrize("html", ["", "<", "\0", "&", "<p>", "\ud800", "<!--", "a" * 10])
@pytest.mark.parametrize("url", [None, "", "http://[bad", "\ud800"])
def test_anything_gives_a_record_that_can_be_written(html, url):
    try:
        article = extract(html, url, keep_all=True)
    except PageError:
        return
    assert Article.from_json(article.to_json()).article_body == article.article_body


def test_options_do_not_change_the_body():
    plain = extract(PAGE, URL)
    full = extract(PAGE, URL, blocks=True, markdown=True)
    assert (full.article_body, full.id) == (plain.article_body, plain.id)
    assert full.blocks is not None
    assert full.article_body_markdown is not None
    assert plain.blocks is None
    assert plain.article_body_markdown is None


@EVERY_PAGE
def test_explain_gives_the_same_article(path):
    source = path.read_bytes()
    assert explain(source, URL, keep_all=True).article == extract(source, URL, keep_all=True)


@EVERY_PAGE
def test_twice_is_the_same(path):
    source = path.read_bytes()
    assert extract(source, URL, keep_all=True) == extract(source, URL, keep_all=True)


@EVERY_PAGE
def test_every_record_obeys_the_schema(path):
    article = extract(path.read_bytes(), URL, keep_all=True, blocks=True, markdown=True)
    jsonschema.validate(article.to_dict(), article_schema(), jsonschema.Draft202012Validator)


@EVERY_PAGE
def test_every_record_reads_back(path):
    article = extract(path.read_bytes(), URL, keep_all=True, blocks=True, markdown=True)
    assert Article.from_json(article.to_json()) == article


def test_threads_do_not_disturb_each_other():
    sources = [path.read_bytes() for path in PAGES] * 3
    alone = [extract(source, URL, keep_all=True) for source in sources]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda source: extract(source, URL, keep_all=True), sources)) == alone


def test_no_network_and_no_clock(monkeypatch):
    def refused(*_arguments, **_options):
        raise AssertionError("extraction reached out")

    extract(PAGE, URL)  # whatever is imported late is imported now
    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(time, "time", refused)
    assert extract(PAGE, URL).article_body == "\n\n".join(PARAGRAPHS)


def test_explain_tells_of_site_furniture():
    blocks = {block.text: block for block in explain(PAGE, URL).blocks}
    assert (blocks["Home"].kept, blocks["Home"].reason) == (False, "inside <nav>")
