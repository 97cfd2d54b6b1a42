"""The adapter with Scrapy itself: its responses, its pipeline, and a crawl of a site on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from scraper import NotAnArticle
from scraper.errors import NotHtml
from tests.adapters.conftest import PAGE, URL

pytest.importorskip("scrapy", reason="scrapy is not installed")
from scrapy.exceptions import DropItem
from scrapy.http import HtmlResponse, Request, Response

from scraper.adapters.scrapy import ArticlePipeline, article_of_response, response_of


def answer(body=None, **values):
    request = Request(values.pop("asked", URL), meta=values.pop("meta", {}))
    return HtmlResponse(
        URL, request=request, body=PAGE.read_bytes() if body is None else body, encoding="utf-8", **values
    )


def test_a_response_becomes_an_article(article):
    found = article_of_response(answer())
    assert (found.headline, found.article_body, found.id) == (article.headline, article.article_body, article.id)


def test_the_url_before_redirects_is_kept():
    found = article_of_response(answer(meta={"redirect_urls": ["https://l.example/short", "https://l.example/2"]}))
    assert (found.requested_url, found.url) == ("https://l.example/short", URL)


def test_headers_come_along():
    response = response_of(answer(headers={"Content-Type": "text/html; charset=utf-8", "Set-Cookie": ["a=1", "b=2"]}))
    assert response.header("content-type") == "text/html; charset=utf-8"
    assert [value for name, value in response.headers if name == "set-cookie"] == ["a=1", "b=2"]


@pytest.mark.parametrize(("date", "year"), [("Sat, 14 Mar 2026 10:00:00 GMT", 2026), ("nonsense", None), (None, None)])
def test_the_moment_of_fetching_is_the_server_s_or_now(date, year):
    response = response_of(answer(headers={"Date": date} if date else {}))
    assert response.fetched_at.tzinfo is UTC
    assert response.fetched_at.year == (year or datetime.now(UTC).year)


def test_a_page_that_is_no_article_raises():
    with pytest.raises(NotAnArticle):
        article_of_response(answer(b"<html></html>"))


def test_a_binary_raises():
    with pytest.raises(NotHtml):
        article_of_response(Response(URL, body=b"%PDF-1.7\n\x00"))


def test_pipeline_puts_the_record_in_the_place_of_the_page(article):
    item = ArticlePipeline().process_item({"response": answer(), "section": "news"})
    assert (item.keys(), item["article"]["headline"]) == ({"section", "article"}, article.headline)


def test_pipeline_takes_html_too(article):
    item = ArticlePipeline().process_item({"html": PAGE.read_text("utf-8"), "url": URL})
    assert (item["article"]["id"], item["url"]) == (article.id, URL)


def test_pipeline_drops_what_is_no_article():
    with pytest.raises(DropItem, match="no article"):
        ArticlePipeline().process_item({"html": "<html></html>", "url": URL})


def test_pipeline_lets_other_items_pass():
    assert ArticlePipeline().process_item({"price": 3}) == {"price": 3}


SPIDER = """
import json, sys
from scrapy import Spider, Request
from scrapy.crawler import CrawlerProcess

class News(Spider):
    name = "news"
    start_urls = sys.argv[2:]
    custom_settings = {{}}
    def parse(self, response):
        yield {{"response": response}}

process = CrawlerProcess({{
    "ITEM_PIPELINES": {{"scraper.adapters.scrapy.ArticlePipeline": 300}}, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False,
    "FEEDS": {{sys.argv[1]: {{"format": "jsonlines"}}}}, "RETRY_ENABLED": False,
}})
crawler = process.create_crawler(News)
process.crawl(crawler)
process.start()
stats = crawler.stats.get_stats()
print(json.dumps({{name: stats.get(name) for name in ("articles/kept", "item_dropped_count")}}))
""".replace("{{", "{").replace("}}", "}")


def test_a_crawl_writes_records(news_site, tmp_path):
    out = tmp_path / "items.jsonl"
    urls = [*news_site.articles[:2], news_site.url]
    run = subprocess.run(
        [sys.executable, "-c", SPIDER, out, *urls], capture_output=True, text=True, timeout=60, check=True
    )
    records = [json.loads(line)["article"] for line in out.read_text("utf-8").splitlines()]
    assert sorted(record["requestedUrl"] for record in records) == sorted(news_site.articles[:2])
    assert json.loads(run.stdout) == {"articles/kept": 2, "item_dropped_count": 1}
