"""How users call the package, for the type checker; never run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import assert_type

from scraper import (
    Article,
    AsyncScraper,
    DiscoverSettings,
    Extraction,
    ExtractSettings,
    Failure,
    FetchError,
    FetchSettings,
    Finding,
    Link,
    NearDuplicates,
    NotAnArticle,
    Response,
    Scraper,
    explain,
    extract,
    why,
)
from scraper.adapters.rows import Cell, rows
from scraper.export import Exporter, ExportOptions, Mark, Target, format_named, open_export


def at_hand(html: str, raw: bytes) -> None:
    assert_type(extract(html), Article)
    assert_type(extract(raw, "https://example.com/", now=datetime.now(UTC), keep_all=True, markdown=True), Article)
    assert_type(extract(raw, settings=ExtractSettings(blocks=True)), Article)
    assert_type(explain(html, url=None), Extraction)
    assert_type(why(html, "a few words"), tuple[Finding, ...])
    article = extract(html)
    assert_type(article.headline, str | None)
    assert_type([author.name for author in article.authors], list[str])
    assert_type(Article.from_json(article.to_json()), Article)
    assert_type(article.to_markdown() + article.to_html(), str)


def of_the_web(urls: list[str]) -> None:
    with Scraper(FetchSettings(delay_s=2.0), ExtractSettings(markdown=True)) as scraper:
        try:
            assert_type(scraper.get(urls[0]), Article)
        except NotAnArticle as error:
            assert_type(error.page_type, str | None)
        except FetchError as error:
            assert_type(error.http_status, int | None)
        for result in scraper.iter(urls):
            assert_type(result, Article | Failure)
        assert_type(scraper.fetch(urls[0]), Response)
        frame = list(rows(scraper.iter(urls)))
        assert_type(frame[0]["headline"], Cell)


def into_files(articles: list[Article]) -> None:
    with open_export("csv", "articles.csv") as exporter:
        assert_type(exporter, Exporter)
        exporter.write(articles[0])
    form = format_named("jsonl")
    mark: Mark = {}
    target = Target(path=Path("out.jsonl"), append=True, mark=mark, options=ExportOptions(rotate_daily=True))
    with open_export(form, target) as exporter:
        exporter.write(articles[0], {"key": 1})
        mark = exporter.commit()


class FromDisk:
    async def fetch(self, url: str) -> Response:
        return Response(requested_url=url, url=url, status=200, body=b"")


async def with_a_loop(urls: list[str]) -> None:
    async with AsyncScraper(fetcher=FromDisk()) as scraper:
        assert_type(await scraper.explain(urls[0]), Extraction)
        async for result in scraper.iter(urls):
            assert_type(result, Article | Failure)


def discovering(scraper: Scraper) -> None:
    for found in scraper.discover("https://news.example.com/", DiscoverSettings(ways=("feed",), limit=10)):
        assert_type(found, Link | Failure)


def marking(article: Article) -> None:
    assert_type(NearDuplicates().marked(article), Article)
