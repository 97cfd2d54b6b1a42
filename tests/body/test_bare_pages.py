"""A page that is its text and nothing else is an article, unless something says otherwise."""

from __future__ import annotations

import pytest

from scraper import explain

PARAGRAPHS = [
    "The old wheel at Lorne turned again on Tuesday after thirty years of silence, watched by a crowd of four hundred people.",
    "It had stood still since the flood of 1994, said the miller, Greta Hallmark, who had not hoped to see it move again.",
    "The town council paid for the repair, which took two years and cost about 80,000 euros, a third of it from donations.",
]
TEXT = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
TITLED = (
    f"<html><head><title>The mill turns again</title></head><body><h1>The mill turns again</h1>{TEXT}</body></html>"
)
BROKEN = f"<html><head><title>The mill</title></head><body><div><b>The mill</b><br><br>{'<br><br>'.join(PARAGRAPHS)}</div></body></html>"
URL = "https://courier.example/town/mill-turns-again-4711"


def verdict(html, url=URL):
    found = explain(html, url, keep_all=True)
    return found.article.metadata.page_type, found.refusal


@pytest.mark.parametrize("html", [TEXT, TITLED, BROKEN], ids=["paragraphs", "title", "line breaks"])
@pytest.mark.parametrize("url", [URL, None])
def test_bare_text_is_an_article(html, url):
    assert verdict(html, url) == ("article", None)


@pytest.mark.parametrize(
    "change",
    [
        lambda html: html.replace("</p>", ' <a href="/a">one</a> <a href="/b">two</a></p>'),
        lambda html: html.replace("<body>", '<body class="forum">'),
        lambda html: html + "<pre><code>x = 1</code></pre>" * 3,
        lambda html: html + "".join(f"<div><i></i><b>{n} of 60</b></div>" for n in range(60)),
    ],
    ids=["links", "forum", "code", "small parts"],
)
def test_page_with_more_to_it_is_judged_by_the_trees(change):
    assert verdict(change(TITLED))[0] != "article"


def test_home_page_is_judged_by_the_trees():
    assert verdict(TITLED, "https://courier.example/")[0] != "article"
