"""Every field given values that were made to hurt: bounded, cleaned or refused, never an exception, never active."""

import json
import time

import pytest

from scraper.fields.choose import FIELDS
from scraper.metadata.clues import read_clues
from scraper.page.page import page_of
from tests.fields.chosen import TEXT, choices_of

KEYS = (
    "headline author creator datePublished dateModified description keywords articleSection inLanguage publisher image url "
    "mainEntityOfPage isAccessibleForFree license liveBlogUpdate video audio alternativeHeadline dateline creditText logo @id"
).split()
META = (
    "og:title og:image og:url og:site_name og:locale author article:author article:published_time article:modified_time keywords "
    "news_keywords article:tag article:section description date dc.date twitter:data1 parsely-author og:image:width"
).split()
VALUES = {
    "a long word": "x" * 90_000,
    "a long text": "ab " * 30_000,
    "script address": "javascript:alert(1)",
    "data address": "data:text/html,<script>alert(1)</script>",
    "bad IPv6": "http://[::1/a",
    "bad port": "http://example.com:99999999/",
    "bidi controls": "\u202eevil\u2066\u2069 text",
    "markup": "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "year 0000": "0000-00-00T00:00:00+99:99",
    "offset": "2024-05-03T10:00:00+99:99",
    "NUL": "a\x00b",
    "null": None,
    "number": 10**40,
    "NaN": float("nan"),
    "true": True,
    "empty list": [],
    "empty object": {},
    "ten thousand": [f"word{n}" for n in range(10_000)],
    "nested": [[[[{"name": [{"name": {"name": "x"}}]}]]]],
    "itself": {"@id": "https://example.com/#x"},
    "surrogate": "\ud800",
}


def page_with(value):
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **dict.fromkeys(KEYS, value)}
    script = json.dumps(
        [node, {**node, "@type": "LiveBlogPosting"}, {"@type": "BreadcrumbList", "itemListElement": value}]
    )
    text = str(value).replace('"', "'")[:50_000]
    metas = "".join(f'<meta name="{name}" content="{text}">' for name in META)
    links = f'<link rel="canonical" href="{text}"><link rel="next" href="{text}">'
    body = f'<h1>{text[:5000]}</h1><div class="byline">{text[:5000]}</div><time datetime="{text[:500]}">x</time><figure><img src="{text[:500]}" srcset="{text[:5000]}"></figure>'
    html = f'<html lang="{text[:100]}"><head><script type="application/ld+json">{script}</script>{metas}{links}</head><body>{body}<p>{TEXT}</p></body></html>'
    return html.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_no_field_crashes(value):
    assert [
        c.problems for c in choices_of(page_with(value)).values() if any("could not be read:" in p for p in c.problems)
    ] == []


def urls_in(value):
    if isinstance(value, (tuple, list)):
        return [url for item in value for url in urls_in(item)]
    return [u for u in (getattr(value, "url", None), getattr(value, "logo", None)) if u]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_no_address_is_active(value):
    choices = choices_of(page_with(value))
    found = [u for c in choices.values() if c.winner for u in urls_in(c.winner.value)]
    found += [choices["canonicalUrl"].winner.value] if choices["canonicalUrl"].winner else []
    assert not [u for u in found if not u.startswith(("http://", "https://")) or set(u) & set('<>" \x00\u202e')]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_no_text_holds_markup_or_controls(value):
    winners = repr([c.winner and c.winner.value for c in choices_of(page_with(value)).values()])
    assert not [bad for bad in ("<script", "<img", "\\u202e", "\\x00", "\\ud800") if bad in winners]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_every_value_is_bounded(value):
    sizes = [len(repr(c.winner.value)) for c in choices_of(page_with(value)).values() if c.winner]
    assert max(sizes, default=0) < 60_000


def test_hostile_page_is_read_in_time():
    html = page_with(VALUES["a long text"])
    page = page_of(html)
    start = time.process_time()
    read_clues(page)
    choices_of(html)
    assert time.process_time() - start < 8


def test_ten_thousand_keywords_are_cut_with_a_problem():
    choice = choices_of(page_with(VALUES["ten thousand"]))["keywords"]
    assert (len(choice.winner.value), "the first 100 are kept" in choice.problems[0]) == (100, True)


def test_every_field_survives_an_empty_page():
    assert set(choices_of("")) == {name for name, _ in FIELDS}


def test_crash_of_one_field_costs_only_that_field(monkeypatch):
    from scraper.fields import choose

    def crash(_material):
        raise RuntimeError("boom")

    monkeypatch.setattr(choose, "FIELDS", (("headline", crash), *choose.FIELDS[1:]))
    choices = choices_of("<title>Town bridge opens</title>")
    assert ("boom" in choices["headline"].problems[0], choices["publisher"].winner is not None) == (True, True)


def test_author_of_a_megabyte_is_bounded():
    script = json.dumps({"@type": "NewsArticle", "headline": "Town bridge opens", "author": "Jane Doe, " * 100_000})
    choice = choices_of(f'<script type="application/ld+json">{script}</script><h1>Town bridge opens</h1>')["authors"]
    assert [person.name for person in choice.winner.value] == ["Jane Doe"]
