"""Scrapy: articles out of its responses, in a spider or in an item pipeline.

In a spider, `article_of_response(response)` is all there is to it. As a pipeline (`ITEM_PIPELINES = {
"scraper.adapters.scrapy.ArticlePipeline": 300}`), items that hold a page under "response", or "html" and "url", get
their record under "article".
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from scraper.api import article_of, extract
from scraper.errors import NotAnArticle, ScraperError
from scraper.extraction import extract_page
from scraper.model.response import Response
from scraper.page.page import open_page
from scraper.settings import ExtractSettings

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response as ScrapyResponse

    from scraper.model.article import Article

__all__ = ["ArticlePipeline", "article_of_response", "response_of"]

_DEFAULT = ExtractSettings()


def response_of(response: ScrapyResponse, *, fetched_at: datetime | None = None) -> Response:
    """Return Scrapy's response as ours: bytes, headers, and the URL that was asked for before any redirect.

        >>> response_of(response).header("content-type")
        'text/html; charset=utf-8'

    Args:
        response: as a spider's callback gets it.
        fetched_at: when it was fetched, aware. None: as its `Date` header says, else now. Later dates in the page are
            refused.

    """
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in (values if isinstance(values, (list, tuple)) else [values])
    )
    asked = response.request.meta.get("redirect_urls", [response.request.url])[0] if response.request else response.url
    sent = next((value for name, value in headers if name == "date"), None)
    return Response(
        requested_url=asked,
        url=response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=fetched_at or _moment(sent) or datetime.now(UTC),
    )


def _moment(date: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date) if date else None
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment and moment.tzinfo else None


def article_of_response(response: ScrapyResponse, settings: ExtractSettings = _DEFAULT) -> Article:
    """Return the article of a response that Scrapy fetched.

        >>> article_of_response(response).headline
        'After sixty years, the tide mill at Lorne turns again'

    Raises:
        NotAnArticle: the page holds none; `settings.keep_all` gives a record all the same.
        PageError, NotHtml: no page can be made of it.

    """
    return article_of(extract_page(open_page(response_of(response)), settings), settings)


class ArticlePipeline:
    """Replaces the page in an item by its record; drops the item where there is no article, and says why.

    An item is a dict with "response" (Scrapy's own), or with "html" (str or bytes) and "url". Its record comes under
    "article", as `Article.to_dict` gives it; everything else in it stays. Other items pass untouched. Reasons are
    counted in Scrapy's statistics as `articles/dropped/REASON`.

        >>> item = ArticlePipeline().process_item({"html": html, "url": "https://example.com/news/1", "page": 3})
        >>> item["page"], item["article"]["wordCount"]
        (3, 343)
    """

    def __init__(self, crawler: Crawler | None = None) -> None:
        self._stats = None if crawler is None else crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return a pipeline of a crawler; Scrapy calls this."""
        return cls(crawler)

    def process_item(self, item: Any, spider: Any = None) -> Any:  # noqa: ARG002  # older versions of Scrapy pass it
        """Return the item with its record in the place of the page.

        Raises:
            DropItem: the page holds no article, or none can be made of it.

        """
        from scrapy.exceptions import DropItem  # noqa: PLC0415  # only for those who have it

        if not isinstance(item, dict) or not {"response", "html"} & item.keys():
            return item
        rest = {name: value for name, value in item.items() if name not in {"response", "html"}}
        try:
            article = _article_of_item(item)
        except ScraperError as error:
            self._count(f"articles/dropped/{error.reason}")
            what = "no article" if isinstance(error, NotAnArticle) else "no page"
            raise DropItem(f"{what}: {error}") from error
        self._count("articles/kept")
        return {**rest, "article": article.to_dict()}

    def _count(self, name: str) -> None:
        if self._stats is not None:
            self._stats.inc_value(name)


def _article_of_item(item: dict[str, Any]) -> Article:
    if "response" in item:
        return article_of_response(item["response"])
    return extract(item["html"], item.get("url"))
