import json

import pytest

from tests.fields.chosen import TEXT, URL, choices_of

SITE = "https://www.example.com"
PAGE = f"{SITE}/people/jane-doe"


def pages_of(author, byline="", graph=(), site="Example"):
    """Return the pages of the authors of an article with these statements and this byline."""
    article = {"@type": "NewsArticle", "headline": "Town bridge opens", "author": author}
    data = json.dumps({"@context": "https://schema.org", "@graph": [article, *graph]})
    html = (
        f'<html><head><meta property="og:site_name" content="{site}"><script type="application/ld+json">{data}</script></head>'
        f"<body><h1>Town bridge opens</h1>{byline}<p>{TEXT}</p><p>{TEXT}</p></body></html>"
    )
    return [person.url for person in choices_of(html)["authors"].winner.value]


@pytest.mark.parametrize(
    "author",
    [{"name": "Jane Doe", "url": PAGE}, {"name": "Jane Doe", "sameAs": ["https://social.example/jane", PAGE]}],
    ids=["url", "sameAs of this site"],
)
def test_page_that_machines_are_told(author):
    assert pages_of(author) == [PAGE]


def test_page_of_the_object_that_the_author_refers_to():
    person = {"@type": "Person", "@id": "#jane", "name": "Jane Doe", "url": PAGE}
    assert pages_of({"@id": "#jane", "name": "Jane Doe"}, graph=[person]) == [PAGE]


def test_page_that_only_readers_are_shown():
    byline = '<div class="byline">By <a href="/author/jane-doe/">Jane Doe</a></div>'
    assert pages_of({"name": "Jane Doe"}, byline) == [f"{SITE}/author/jane-doe/"]


def test_page_of_one_author_is_not_that_of_the_other():
    byline = '<div class="byline">By Jane Doe and <a href="/author/john-roe/">John Roe</a></div>'
    assert pages_of([{"name": "Jane Doe"}, {"name": "John Roe"}], byline) == [None, f"{SITE}/author/john-roe/"]


@pytest.mark.parametrize("url", [SITE, URL, "mailto:jane@example.com", "javascript:alert(1)"])
def test_what_is_no_page_of_a_person(url):
    assert pages_of({"name": "Jane Doe", "url": url}) == [None]


def test_home_page_of_an_organisation():
    assert pages_of({"@type": "Organization", "name": "Example"}) == [None]
    assert pages_of({"@type": "Organization", "name": "Example", "url": SITE}) == [SITE]


def test_home_page_of_the_person_whose_site_it_is():
    assert pages_of({"name": "Jane Doe", "url": SITE}, site="Jane Doe") == [SITE]
