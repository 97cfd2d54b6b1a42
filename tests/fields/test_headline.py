import pytest

NAME = '<meta property="og:site_name" content="Daily Example">'
HEADLINE = "Town bridge opens after six years"


def ld(headline):
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}"}}</script>'


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} | Daily Example",
        f"{HEADLINE} - Daily Example",
        f"Daily Example: {HEADLINE}",
        f"{HEADLINE} — example.com",
        f"{HEADLINE} » Daily Example",
        f"{HEADLINE}｜Daily Example",
    ],
)
def test_site_name_is_cut_from_the_title(value, title):
    assert value("headline", f"{NAME}<title>{title}</title>") == HEADLINE


def test_visible_headline_beats_the_one_for_search_engines(value):
    head = f"{NAME}<title>Bridge opening | Daily Example</title>"
    assert value("headline", head, f"<h1>{HEADLINE}</h1>") == HEADLINE


def test_site_name_in_an_h1_is_no_headline(value):
    head = f"{NAME}<title>{HEADLINE} | Daily Example</title>"
    assert value("headline", head, f"<h1>Daily Example</h1><h1>{HEADLINE}</h1>") == HEADLINE


def test_headline_in_an_h2_is_found(value):
    head = f"{NAME}<title>{HEADLINE} | Daily Example</title>"
    assert value("headline", head, f"<h1>Daily Example</h1><h2>{HEADLINE}</h2>") == HEADLINE


def test_kicker_inside_the_h1_is_left_out(value):
    body = f'<h1><span class="kicker">Infrastructure</span> <span>{HEADLINE}</span></h1>'
    assert value("headline", ld(HEADLINE), body) == HEADLINE


def test_kicker_that_all_forms_for_machines_have_is_kept(value):
    head = f'{ld("Infrastructure: " + HEADLINE)}<meta property="og:title" content="Infrastructure: {HEADLINE}">'
    assert value("headline", head, f"<h1>{HEADLINE}</h1>") == f"Infrastructure: {HEADLINE}"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Caf&amp;eacute; &#8216;opens&#8217; early today", "Café ‘opens’ early today"),
        ("Bridge <em>opens</em> early today", "Bridge opens early today"),
        ("Bridge\u202e opens\u0007 early today", "Bridge opens early today"),
        ("Brid\u00adge opens early today", "Bridge opens early today"),
    ],
)
def test_headline_is_cleaned(value, raw, clean):
    assert value("headline", f'<meta property="og:title" content="{raw}">') == clean


def test_page_without_any_headline_has_none(value):
    assert value("headline") is None


def test_name_of_the_site_is_cut_from_what_readers_see(value):
    assert value("headline", NAME, f"<h1>{HEADLINE} – Daily Example</h1>") == HEADLINE


@pytest.mark.parametrize(
    "headline", ["Interview: Example towns need new bridges", "Town bridge opens – Examples follow soon"]
)
def test_headline_that_goes_on_like_the_site_is_whole(value, headline):
    head = f'<meta property="og:site_name" content="Example"><meta property="og:title" content="{headline}">'
    assert value("headline", head, f"<h1>{headline}</h1>") == headline


def test_heading_that_leads_home_is_the_name_of_the_site(value):
    blog = "Bridge Watch, the notebook of everyone who waits for bridges"
    head = f"<title>{HEADLINE} - {blog}</title>"
    assert value("headline", head, f'<h1><a href="/">{blog}</a></h1><h2>{HEADLINE}</h2>') == HEADLINE
