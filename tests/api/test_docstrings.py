"""The examples in public docstrings run, and say what comes out."""

from __future__ import annotations

import asyncio
import dataclasses
import doctest
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse, Request

import scraper
import scraper.export
from scraper import FetchSettings
from scraper.adapters import documents, rows, scrapy
from scraper.errors import BadUrl
from scraper.model.failure import failure_of

ROOT = Path(__file__).parents[2]
HEADERS = {"Content-Type": "text/html; charset=utf-8"}
PAGE = ROOT / "fixtures" / "pages" / "wordpress-share-newsletter" / "page.html"
MODULES = (scraper, scraper.export, documents, rows, scrapy)
NOT_TO_BE_DOCUMENTED = {"__version__", "Mark", "COLUMNS", "Cell"}
"""A text, a table and the names of two types: they carry no docstring of their own."""
OBJECTS = {
    name: getattr(module, name) for module in MODULES for name in module.__all__ if name not in NOT_TO_BE_DOCUMENTED
}
"""All that is public."""
LOOKS = ("to_dict", "to_json", "to_markdown", "to_html")


def examples_in(name):
    """The docstring; of what goes into the JSON Schema, those of its methods."""
    if name == "Article":
        return "\n".join(getattr(scraper.Article, look).__doc__ for look in LOOKS)
    return scraper.Failure.to_dict.__doc__ if name == "Failure" else OBJECTS[name].__doc__


@pytest.mark.parametrize("name", OBJECTS)
def test_docstring_has_an_example(name):
    assert ">>> " in examples_in(name)


def names_at_hand(news_site, folder):
    """What examples may use without saying where it is from."""
    html = PAGE.read_text("utf-8")
    request = Request("https://example.com/news/1")
    return OBJECTS | {
        "asyncio": asyncio,
        "dataclasses": dataclasses,
        "html": html,
        "article": scraper.extract(html),
        "urls": news_site.articles[:2],
        "url": news_site.articles[0],
        "failure": failure_of(BadUrl("not a URL"), "x"),
        "path": folder / "articles",
        "folder": ROOT / "docs" / "examples" / "site-rules",
        "response": HtmlResponse(request.url, headers=HEADERS, body=html.encode(), encoding="utf-8", request=request),
    }


@pytest.mark.parametrize("name", OBJECTS)
def test_example_prints_what_it_says(name, news_site, tmp_path, monkeypatch):
    for kind in (scraper.Scraper, scraper.AsyncScraper):
        init = kind.__init__

        def on_loopback(self, fetch=FetchSettings(), *rest, init=init, **named):  # noqa: B008  # frozen
            init(self, dataclasses.replace(fetch, delay_s=0, allow_private=True), *rest, **named)

        monkeypatch.setattr(kind, "__init__", on_loopback)
    names = names_at_hand(news_site, tmp_path)
    test = doctest.DocTestParser().get_doctest(examples_in(name), names, name, None, 0)
    told = []
    doctest.DocTestRunner().run(test, out=told.append)
    assert "".join(told) == ""


def public_callables():
    for name in ("AsyncScraper", "Scraper", "Article"):
        for member, value in vars(getattr(scraper, name)).items():
            if callable(value) and not member.startswith("_"):
                yield pytest.param(value, id=f"{name}.{member}")


@pytest.mark.parametrize("function", list(public_callables()))
def test_every_public_method_is_documented(function):
    assert getattr(function, "__doc__", None)
