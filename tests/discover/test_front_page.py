"""Front pages: what of them is given out; the classifier itself is measured by `python -m training.links`."""

from __future__ import annotations

import time

import pytest

from scraper.discover.front_page import read_page
from scraper.errors import PageError
from tests.discover.documents import response

LEAD = '<article class="teaser"><h2><a href="/politics/gravel-tax-passes-by-a-single-vote-1234567">Gravel tax passes by a single vote after six hours</a></h2><time datetime="2026-11-18T21:15:00+01:00">today</time></article>'


def listing(body, url="https://news.example/"):
    return read_page(
        response(f"<!DOCTYPE html><html><head></head><body>{body}</body></html>".encode(), url, "text/html")
    )


def urls(body, url="https://news.example/"):
    return [link.url.removeprefix("https://news.example") for link in listing(body, url).links]


@pytest.mark.parametrize(
    "link",
    [
        '<h3 class="card__title"><a href="/2026/11/18/gravel-tax-passes-by-a-vote/">Gravel tax passes by a single vote</a></h3>',
        '<li class="most-read"><a href="/news/gravel-tax-passes-by-a-single-vote-98765.html">Gravel tax passes by a single vote</a></li>',
        '<div class="story"><a href="/a/1234567"><h3>Gravel tax passes by a single vote, says the council</h3></a></div>',
        '<div class="teaser"><h3><a href="/news/20261118-OYT1T50040/">砂利税が一票差で可決、議会は六時間にわたって審議</a></h3></div>',
    ],
    ids=["dated", "most-read", "number", "japanese"],
)
def test_article_is_given_out(link):
    assert len(urls(link)) == 1


@pytest.mark.parametrize(
    "link",
    [
        '<nav><a href="/politics/">Politics</a></nav>',
        '<footer><a href="/privacy-policy/">Privacy policy</a></footer>',
        '<p class="tags"><a rel="tag" href="/tag/gravel/">gravel</a></p>',
        '<span class="byline"><a rel="author" href="/author/fergus-onslow/">Fergus Onslow</a></span>',
        '<div class="header"><a href="/login">Log in</a></div>',
        '<div class="videos"><a href="/video/">Videos</a></div>',
        '<div><a href="/galleries/">Galleries</a></div>',
        '<a href="/">Saltmarsh Post</a>',
        '<div><a href="/2026/11/">November 2026</a></div>',
        '<div class="share"><a href="https://social.example.org/share?u=https://news.example/a-long-story-about-eels">Share this long story about eels</a></div>',
    ],
)
def test_what_is_no_article_is_not(link):
    assert urls(link) == []


def test_link_carries_title_date_and_score():
    (link,) = listing(LEAD).links
    assert (link.title, link.date_published, link.source) == (
        "Gravel tax passes by a single vote after six hours",
        "2026-11-18T21:15:00+01:00",
        "page",
    )
    assert 0.5 <= (link.score or 0) <= 1


def test_base_of_the_page_counts():
    page = (
        '<html><head><base href="https://news.example/old/"></head><body>'
        + LEAD.replace('"/politics/', '"politics/')
        + "</body></html>"
    )
    (link,) = read_page(response(page.encode(), "https://news.example/")).links
    assert link.url == "https://news.example/old/politics/gravel-tax-passes-by-a-single-vote-1234567"


def test_date_in_the_url_is_read():
    (link,) = listing(
        '<h3 class="card"><a href="/2026/11/18/gravel-tax-passes-by-a-vote/">Gravel tax passes by a single vote</a></h3>'
    ).links
    assert link.date_published == "2026-11-18"


def test_feeds_are_those_of_articles():
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="atom.xml">'
        '<link rel="alternate" type="application/rss+xml" title="Post &raquo; Comments Feed" href="/comments/feed/">'
        '<link rel="alternate" type="application/json+oembed" href="/oembed"><link rel="alternate" hreflang="de" href="/de/">'
        '<link rel="alternate" type="application/rss+xml" href="javascript:1">'
    )
    page = read_page(response(f"<html><head>{head}</head><body>x</body></html>".encode(), "https://news.example/a/b"))
    assert page.feeds == ("https://news.example/feed.xml", "https://news.example/a/atom.xml")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a rel="next" href="?page=2">2</a>', "https://news.example/news/?page=2"),
        ('<link rel="next" href="/news/2">', "https://news.example/news/2"),
        ('<a rel="next" href="https://news.example/news/">loop</a>', None),
        ('<a rel="next" href="https://elsewhere.example.org/2">2</a>', None),
        ('<a class="next" href="/news/2">2</a>', None),
    ],
)
def test_next_page(markup, expected):
    assert listing(markup, "https://news.example/news/").next_page == expected


@pytest.mark.parametrize("body", ["<div>" * 200_000, "<p " + " a" * 200_000])
def test_page_that_would_wedge_the_parser_is_refused(body):
    with pytest.raises(PageError):
        listing(body)


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<a href=/n/{n}>t</a>" for n in range(50_000)),
        "<div>" * 5_000 + "".join(f"<a href=/n/{n}>t</a>" for n in range(5_000)),
        "".join(f"<a href=/n/{n}>t<object>" for n in range(2_000)),
        "".join(f'<a href="/{"a/" * 2000}{n}">t</a>' for n in range(300)),
        '<a href="http://[bad">x</a><a href="//">y</a><a href="http://user:pw@host:99999/">z</a>',
        f'<a class="{"nav-" * 100_000}" href="/x">{"w " * 500_000}</a>',
    ],
    ids=["links", "deep", "nested", "paths", "bad", "long"],
)
def test_hostile_page_is_read_in_bounded_time(body):
    start = time.process_time()
    listing(body)
    assert time.process_time() - start < 3.0
