"""Why a page is no article: what it is besides, and what to do."""

from __future__ import annotations

import time

import pytest

from scraper import explain

MENU = '<nav><a href="/">Home</a> <a href="/news/">News</a></nav>'
RSS = '<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0"><channel><title>Ravel</title></channel></rss>'
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://x.example/</loc></url></urlset>'
)
SHELL = '<title>Ravel Gazette</title><div id="root"></div><script>build("root")</script>'
FRAMES = '<frameset cols="20%,80%"><frame src="menu.html"><frame src="story.html"></frameset>'
IFRAME = f'{MENU}<h1>The ferry</h1><iframe src="about:blank"></iframe><iframe src="/story/7"></iframe>'
LOGIN = f"{MENU}<h1>Sign in</h1><form><p>Please log in.</p><input type=password></form>"
SHORT = f"{MENU}<h1>Bridge closed</h1><p>By Minna Torvald</p><p>The bridge at Holm is closed until Friday noon.</p>"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("", "there is nothing in it"),
        (" \n ", "there is nothing in it"),
        (RSS, "a feed, not a page: `scraper discover` lists the articles that it names"),
        (SITEMAP, "a sitemap, not a page: `scraper discover` lists the articles that it names"),
        (SHELL, "scripts are to build it: --render auto lets a browser do so"),
        (FRAMES, "it shows other pages in frames: menu.html, story.html"),
        (IFRAME, "it shows other pages in frames: /story/7"),
        (LOGIN, "it asks its readers to log in"),
        (SHORT, "words are too few to tell it from a list or a service page: its URL (--url) would tell more"),
    ],
    ids=["empty", "blank", "feed", "sitemap", "shell", "frameset", "iframe", "login", "short"],
)
def test_refusal_says_what_the_page_is(html: str, said: str) -> None:
    assert (explain(html).refusal or "").endswith(said)


@pytest.mark.parametrize(
    "unseen", ['height="0" width="0"', 'style="display: none; visibility:hidden"'], ids=["size", "style"]
)
def test_frames_that_count_visits_are_not_named(unseen: str) -> None:
    page = f'{SHELL}<noscript><iframe src="https://count.example/ns.html" {unseen}></iframe></noscript>'
    assert (explain(page).refusal or "").endswith("scripts are to build it: --render auto lets a browser do so")


def test_a_page_that_shows_what_it_is_needs_no_hint() -> None:
    teasers = "".join(f'<h2><a href="/news/{n}">Harbour board meets for the {n}th time</a></h2>' for n in range(40))
    refusal = explain(MENU + teasers).refusal or ""
    assert refusal.startswith("reads as ") and refusal.endswith("% likely)")


def test_url_is_not_asked_for_where_it_is_known() -> None:
    assert "--url" not in (explain(SHORT, url="https://ravel.example/").refusal or "")


def test_looking_for_a_feed_takes_linear_time() -> None:
    began = time.process_time()
    explain(" " * 2_000_000 + "<p>")
    assert time.process_time() - began < 2
