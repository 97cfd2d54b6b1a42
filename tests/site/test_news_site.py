"""The fixture site is what its source says, and is served as a site would be."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import NewsSite

SITE = Path(__file__).parent.parent.parent / "fixtures" / "site"


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # loopback
        return str(answer.read().decode())


@pytest.mark.parametrize("path", ["", "news/", "feed.xml", "sitemap.xml", "sitemap-news.xml", "robots.txt"])
def test_documents_are_served(news_site: NewsSite, path: str) -> None:
    assert _get(news_site.url + path)


def test_links_lead_to_the_server_itself(news_site: NewsSite) -> None:
    assert f"{news_site.url}news/storm-names.html" in _get(news_site.url + "feed.xml")


def test_every_article_is_on_the_home_page(news_site: NewsSite) -> None:
    home = _get(news_site.url)
    assert [url for url in news_site.articles if url not in home] == []


def test_articles_hold_their_paragraphs(news_site: NewsSite) -> None:
    articles = json.loads((SITE / "articles.json").read_text("utf-8"))
    missing = [a["path"] for a in articles if a["paragraphs"][-1] not in _get(news_site.url + a["path"])]
    assert missing == []


def test_requests_are_recorded(news_site: NewsSite) -> None:
    _get(news_site.url + "robots.txt")
    assert news_site.requests == ["/robots.txt"]
