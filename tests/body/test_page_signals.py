"""What a page's address and the classes of its body say of its kind."""

import pytest

from scraper.body.kinds.page_signals import address_signals, signals_of
from scraper.metadata.clues import read_clues
from scraper.page.page import page_of


def said(html):
    """Return the signals of a page without an address that are not zero."""
    page = page_of(html)
    found = signals_of(page.snapshot, read_clues(page), [], None)
    return {name for name, value in found.items() if value}


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        ("single wide", {"body_post"}),
        ("page_post-template", {"body_post"}),
        ("is-post", {"body_post"}),
        ("node-type-news", {"body_post"}),
        ("x-node-type-story", {"body_post"}),
        ("node-type-page", set()),
        ("node_type_news", set()),
        ("posts singles", set()),
        ("docs-shop", {"body_docs", "body_shop"}),
        ("Tag 2024-doc", {"body_list", "body_docs"}),
    ],
)
def test_the_class_of_the_body_names_its_kind_in_whole_words(names, kinds):
    found = said(f'<html><body class="{names}"><p>The town bridge is open.</p></body></html>')
    assert {name for name in found if name.startswith("body_")} == kinds


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("/news/bridge", {"path_news"}),
        ("/town-news/bridge", {"path_news"}),
        ("/news-town/bridge", set()),
        ("/thread.php", {"path_forum"}),
        ("/topics", {"path_forum", "path_list"}),
        ("/p/docs&a=1", {"path_shop", "path_docs"}),
        ("/a&shop/b", set()),
        ("/newsroom/", set()),
    ],
)
def test_a_path_names_its_kind_in_whole_words(path, kinds):
    found = address_signals(f"https://paper.example{path}")
    assert {name for name, value in found.items() if name in PATH_KINDS and value} == kinds


PATH_KINDS = frozenset({"path_news", "path_forum", "path_shop", "path_docs", "path_list"})


@pytest.mark.parametrize(
    ("script", "kinds"),
    [
        ('{"@type": "NewsArticle"}', {"ld_article"}),
        ('{"@type" : ["https://schema.org/Product"], "offers": {"@type":"Offer"}}', {"ld_product"}),
        ('{"@type"@type": "Question"}', {"ld_forum"}),
        ('{"@types": "Article", "type": "Question"}', set()),
    ],
)
def test_types_are_counted_in_broken_scripts_too(script, kinds):
    html = f'<script type="application/ld+json">{script}</script><p>The town bridge is open.</p>'
    assert {name for name in said(html) if name.startswith("ld_")} == kinds
