"""Scrapy with trafilatura as its extractor: python -m benchmarks.scrapy_peer URLS OUT CONCURRENCY."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy.crawler import CrawlerProcess
from trafilatura import bare_extraction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response


class Articles(scrapy.Spider):
    """Fetches every URL once and yields its article, metadata included."""

    name = "articles"

    def parse(self, response: Response, **_: Any) -> Iterator[dict[str, Any]]:
        """Yield the article of a page."""
        found = bare_extraction(response.text, url=response.url, with_metadata=True, include_comments=False)
        record = found.as_dict() if found else {}
        yield {"url": response.url, **{key: value for key, value in record.items() if isinstance(value, str | None)}}


def main(urls: str, out: str, concurrency: str) -> None:
    """Crawl; log nothing."""
    process = CrawlerProcess(
        {
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "ROBOTSTXT_OBEY": True,
            "RETRY_ENABLED": False,
            "DOWNLOAD_DELAY": 0,
            "CONCURRENT_REQUESTS": int(concurrency),
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "FEEDS": {out: {"format": "jsonlines"}},
        }
    )
    process.crawl(Articles, start_urls=Path(urls).read_text(encoding="ascii").split())
    process.start()


if __name__ == "__main__":
    main(*sys.argv[1:])
