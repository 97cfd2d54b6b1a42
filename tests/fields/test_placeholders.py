"""What templates and scripts should have replaced, and names of machines, systems and pages: values of no field."""

import time

import pytest


def meta(name, content):
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    "unfilled", ["{{ site.title }}", "{$plugin.site_name}", "${name}", "%%sitename%%", "undefined"]
)
def test_a_placeholder_is_no_publisher(value, problems, unfilled):
    head = meta("og:site_name", unfilled)
    assert value("publisher", head).name == "example.com"
    assert problems("publisher", head) == (f"publisher {unfilled!r} (og): a placeholder left unfilled",)


def test_the_next_description_wins_over_a_placeholder(value):
    head = meta("og:description", "{{ entry.teaser }}") + '<meta name="description" content="Cars may cross from May.">'
    assert value("description", head) == "Cars may cross from May."


def test_a_section_beside_a_placeholder_stays(value):
    head = meta("article:section", "Local") + meta("article:section", "{$category}")
    assert value("articleSection", head) == ("Local",)


def test_a_headline_may_speak_of_a_placeholder(value):
    headline = "What {{ name }} means in a template of Jinja"
    assert value("headline", meta("og:title", headline), f"<h1>{headline}</h1>") == headline


@pytest.mark.parametrize(
    "name", ["type_review", "HEALTH_SOCIAL", "_noshow", "ems_News_Inland", "/article", "@crime", "turned_in"]
)
def test_names_of_machines_are_no_keywords(value, name):
    assert value("keywords", f'<meta name="keywords" content="bridges, {name}, harbour">') == ("bridges", "harbour")


def test_a_keyword_of_underscores_costs_no_time(value):
    """Each of them doubled it."""
    started = time.perf_counter()
    value("keywords", f'<meta name="keywords" content="a{"_" * 4_000}!, harbour">')
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("name", ["Xbox Series X/S", "://about:blank", "New_York", "iOS"])
def test_names_with_signs_are_keywords(value, name):
    assert value("keywords", f'<meta name="keywords" content="bridges, {name}, harbour">') == (
        "bridges",
        name,
        "harbour",
    )


@pytest.mark.parametrize(
    "name",
    [
        "‹ Zurück",
        "< Back to blog",
        "https://www.example.com/news/",
        "The driver's form before the season begins. Today: the great show of the second team, with a word on the third.",
    ],
)
def test_no_section(value, name):
    assert value("articleSection", meta("article:section", name)) is None


@pytest.mark.parametrize("name", ["Background", "Back to School", "Retour sur image", "«Tendances»"])
def test_a_section_that_begins_like_a_link_back(value, name):
    assert value("articleSection", meta("article:section", name)) == (name,)


@pytest.mark.parametrize("name", ["Blogger", "Accueil", "Início"])
def test_a_system_or_a_page_is_no_publisher(value, name):
    assert value("publisher", meta("og:site_name", name)).name == "example.com"
