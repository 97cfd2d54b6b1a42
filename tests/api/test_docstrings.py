"""The examples in public docstrings run, and say what comes out."""

from __future__ import annotations

import asyncio
import dataclasses
import doctest
from pathlib import Path

import pytest

import scraper
from scraper import FetchSettings
from scraper.adapters import documents, rows
from scraper.errors import BadUrl
from scraper.model.failure import failure_of

PAGE = Path(__file__).parents[2] / "fixtures" / "pages" / "wordpress-share-newsletter" / "page.html"
OBJECTS = {
    "extract": scraper.extract,
    "explain": scraper.explain,
    "Article": scraper.Article,
    "Scraper": scraper.Scraper,
    "AsyncScraper": scraper.AsyncScraper,
    "Extraction": scraper.Extraction,
    "Failure": scraper.Failure,
    "ScraperError": scraper.ScraperError,
    "NotAnArticle": scraper.NotAnArticle,
    "ExtractSettings": scraper.ExtractSettings,
    "FetchSettings": scraper.FetchSettings,
    "rows": rows.rows,
    "langchain_document": documents.langchain_document,
    "llama_index_document": documents.llama_index_document,
}
LOOKS = ("to_dict", "to_json", "to_markdown", "to_html")


def examples_in(name):
    """The docstring; of what goes into the JSON Schema, those of its methods."""
    if name == "Article":
        return "\n".join(getattr(scraper.Article, look).__doc__ for look in LOOKS)
    return scraper.Failure.to_dict.__doc__ if name == "Failure" else OBJECTS[name].__doc__


@pytest.mark.parametrize("name", OBJECTS)
def test_docstring_has_an_example(name):
    assert ">>> " in examples_in(name)


@pytest.mark.parametrize("name", OBJECTS)
def test_example_prints_what_it_says(name, news_site, monkeypatch):
    for kind in (scraper.Scraper, scraper.AsyncScraper):
        init = kind.__init__

        def on_loopback(self, fetch=FetchSettings(), *rest, init=init, **named):  # noqa: B008  # frozen
            init(self, dataclasses.replace(fetch, delay_s=0, allow_private=True), *rest, **named)

        monkeypatch.setattr(kind, "__init__", on_loopback)
    html = PAGE.read_text("utf-8")
    names = {one: getattr(scraper, one) for one in scraper.__all__} | {
        "asyncio": asyncio,
        "dataclasses": dataclasses,
        "html": html,
        "article": scraper.extract(html),
        "urls": news_site.articles[:2],
        "url": news_site.articles[0],
        "failure": failure_of(BadUrl("not a URL"), "x"),
        "rows": rows.rows,
        "langchain_document": documents.langchain_document,
        "llama_index_document": documents.llama_index_document,
    }
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
