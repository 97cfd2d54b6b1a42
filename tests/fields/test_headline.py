from itertools import product

import pytest

from scraper.fields import headline
from tests.fields.chosen import TEXT, choices_of

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


def og(title):
    return f'<meta property="og:title" content="{title}">'


def test_headline_of_two_parts_is_not_cut_where_the_title_goes_on_otherwise(value):
    body = "<h1><span>Town bridge opens to cars</span> <span>after six years of building</span></h1>"
    head = og("Town bridge opens to cars and cyclists")
    assert value("headline", head, body) == "Town bridge opens to cars after six years of building"


def test_sentence_is_not_cut_to_the_statement_that_it_ends_with(value):
    body = "<h1>How much did the new town bridge cost?</h1>"
    assert value("headline", ld("New town bridge cost"), body) == "How much did the new town bridge cost?"


@pytest.mark.parametrize("trail", ['<h1 class="breadcrumb__last">%s</h1>', "<nav><ol><li><h1>%s</h1></li></ol></nav>"])
def test_last_step_of_a_trail_is_no_headline(value, trail):
    head = ld("Bridge: opening of the new one") + og(HEADLINE)
    body = trail % "Bridge: opening of the new one" + f"<h2>{HEADLINE}</h2>"
    assert value("headline", head, body) == HEADLINE


def test_trail_is_the_headline_where_nothing_else_is(value):
    head = f"{NAME}{ld(HEADLINE)}"
    assert value("headline", head, f"<nav><h1>{HEADLINE}</h1></nav>") == HEADLINE


def test_heading_above_the_text_beats_a_teasers_that_shares_more_words(value):
    head = og("Where our town walks now")
    teaser = "<h1>Where our town reads</h1>"
    assert (
        value("headline", head, f"<h1>{HEADLINE} in town</h1>", text=f"{TEXT}</p>{teaser}<p>") == f"{HEADLINE} in town"
    )


def test_parts_of_a_headline_are_joined_as_the_statement_has_them(value):
    body = f"<h1><span>Infrastructure</span><span>{HEADLINE}</span></h1>"
    assert value("headline", ld(f"Infrastructure: {HEADLINE}"), body) == f"Infrastructure: {HEADLINE}"


def test_what_the_title_has_in_full_is_not_cut_to_the_social_one(value):
    head = f"<title>Six years: {HEADLINE}</title>{og(HEADLINE)}"
    body = f"<h1><span>Six years</span>: {HEADLINE} <span>Open editor</span></h1>"
    assert value("headline", head, body) == f"Six years: {HEADLINE}"


def test_date_line_inside_of_the_heading_is_left_out(value):
    body = f"<h1>{HEADLINE}<small>02.05.2024 • <a href='/p'>Press</a>, <a href='/c'>Council</a></small></h1>"
    assert value("headline", og(HEADLINE), body) == HEADLINE


def test_stroke_behind_a_kicker_goes_with_it(value):
    body = f'<h1><span class="kicker">Council</span><span> – {HEADLINE}</span></h1>'
    assert value("headline", og("A bridge in town"), body) == HEADLINE


def test_heading_of_a_section_that_begins_as_the_title_does_is_no_headline(value):
    head = "<title>The best town bridges of 2024, chosen by readers</title>" + og(
        "Where to cross the river this summer"
    )
    body = "<h1>The best town bridges of 2024, chosen by our readers</h1>"
    text = f"{TEXT}</p><h2>The best town bridges of 2024</h2><p>"
    assert value("headline", head, body, text=text) == "The best town bridges of 2024, chosen by our readers"


def test_site_is_cut_whose_name_ends_the_host(value):
    head = f"<title>{HEADLINE} | Lumera</title>{og(HEADLINE + ' | Lumera')}"
    assert value("headline", head, url="https://www.getlumera.example/a") == HEADLINE


def test_heading_of_a_section_that_is_the_social_title_does_not_beat_the_one_above_the_text(value):
    head = og("Which town bridge to walk") + "<title>Which town bridge to walk | Example</title>"
    text = f"{TEXT}</p><h2>Which town bridge to walk</h2><p>"
    assert value("headline", head, "<h1>Town bridges: a guide for walkers</h1>", text=text) == (
        "Town bridges: a guide for walkers"
    )


def test_address_of_the_site_before_the_title_is_cut(value):
    assert (
        value("headline", f"<title>news.example.com {HEADLINE}</title>", "", url="https://news.example.com/a")
        == HEADLINE
    )


@pytest.mark.parametrize("heading", ["Log In", "Your cart", "Anmelden", "Iniciar sesión"])
def test_heading_of_what_lies_over_the_page_is_no_headline(value, heading):
    head = og(HEADLINE) + f"<title>{HEADLINE} | Example</title>"
    assert value("headline", head, f"<div><h1>{heading}</h1></div>") == HEADLINE


# ---- pages that say nothing to machines but their <title> and address ----

PLAIN = "https://journal.example/2024/05/town-bridge-opens-after-six-years.html"
MENU = "<ul>" + "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in "home about books talks links mail photos".split()) + "</ul>"  # fmt: skip


def test_name_of_the_blog_in_the_first_h1_is_no_headline(value):
    head = "<title>Low tide (3) | Notes from the river</title>"
    body = f"<h1>Notes from the river</h1><h2>by and by</h2>{MENU}<h1>Low tide (3)</h1>"
    assert value("headline", head, body, url="https://journal.example/?p=12") == "Low tide (3)"


def test_title_of_a_post_below_the_blogs_is_the_headline(value):
    head = f"<title>Notes from the river: {HEADLINE}</title>"
    body = f"<h1>Notes from the river</h1>{MENU}<h3>{HEADLINE}</h3>"
    assert value("headline", head, body, url="https://journal.example/?p=12") == HEADLINE


def test_subtitle_right_below_the_headline_is_none(value):
    head = f"<title>{HEADLINE}: what the council says now</title>"
    body = f"<h1>{HEADLINE}</h1><p class='date'>2 May</p><h2>What the council says now</h2>"
    assert value("headline", head, body, url="https://journal.example/?p=12") == HEADLINE


def test_kicker_above_the_headline_is_none_though_the_address_has_it(value):
    head = f"<title>How the river was crossed: {HEADLINE}</title>"
    body = f"<h2>How the river was crossed</h2><h1>{HEADLINE}</h1>"
    url = "https://journal.example/how-the-river-was-crossed/"
    assert value("headline", head, body, url=url) == HEADLINE


def test_heading_that_the_address_spells_is_the_headline(value):
    head = "<title>Bridge: opening delayed for years</title>"
    body = f"<h1>Notes from the river</h1>{MENU}<h2>{HEADLINE}</h2>"
    assert value("headline", head, body, url=PLAIN) == HEADLINE


@pytest.mark.parametrize("slug", ["grosse-bruecke-oeffnet-spaeter-fuer-fussgaenger", "grosse-brucke-offnet-spater-fur-fussganger"])  # fmt: skip
def test_addresses_spell_letters_with_marks_in_two_ways(value, slug):
    body = "<h2>Große Brücke öffnet später für Fußgänger</h2>"
    head = "<title>Der Fluss und die Stadt</title>"
    found = value("headline", head, body, url=f"https://journal.example/{slug}")
    assert found == "Große Brücke öffnet später für Fußgänger"


def test_heading_of_another_article_behind_the_text_is_not_asked(value):
    head = "<title>Notes from the river</title>"
    text = f"{TEXT}</p><h2>{HEADLINE}</h2><p>"
    assert value("headline", head, "<h1>A walk along the river bank</h1>", url=PLAIN, text=text) != HEADLINE


@pytest.mark.parametrize("section", ["News", "Our blog"])
def test_name_of_a_section_is_no_headline(value, section):
    head = f"<title>{HEADLINE} | Notes from the river</title>"
    assert value("headline", head, f"<h1>{section}</h1>", url="https://journal.example/?p=12") == HEADLINE


@pytest.mark.parametrize("last", ["town-history.html", "history/", "local-town-history-3"])
def test_short_headline_that_the_address_has_stays(value, last):
    head = "<title>Notes from the river | Lorne</title>"
    assert value("headline", head, "<h1>Town history</h1>", url=f"https://journal.example/{last}") == "Town history"


def test_short_headline_with_a_word_of_the_title_stays(value):
    head = "<title>The bridge of the town, opened | Notes from the river</title>"
    assert value("headline", head, "<h1>Bridge opened</h1>", url="https://journal.example/?p=12") == "Bridge opened"


def test_short_headline_in_a_script_without_blanks_stays(value):
    head = "<title>川の手帖</title>"
    assert value("headline", head, "<h1>町の橋が開通した</h1>", lang="ja") == "町の橋が開通した"


def test_second_part_of_the_title_is_no_site_where_a_heading_has_it(value):
    head = f"<title>{HEADLINE} - what the council says</title>"
    body = f"<h1>Our blog</h1><h2>{HEADLINE}: What the council says</h2>"
    assert value("headline", head, body) == f"{HEADLINE}: What the council says"


@pytest.mark.parametrize("home", ["/", "https://journal.example/", "https://journal.example"])
def test_heading_that_leads_home_names_the_site(value, home):
    head = f"<title>River notes: {HEADLINE}</title>"
    body = f"<h1><a href='{home}'>River notes</a></h1><h1>Day one</h1><h1>Day two</h1>"
    assert value("headline", head, body, url="https://journal.example/?p=12") == HEADLINE


def test_only_heading_of_a_trail_is_the_headline_where_the_title_differs(value):
    head = "<title>Bridge over the river compared</title>"
    body = f"<ol class='breadcrumb'><li><a href='/'>Home</a></li><li><h1>{HEADLINE} over the river</h1></li></ol>"
    assert value("headline", head, body) == f"{HEADLINE} over the river"


def test_class_that_hides_a_label_marks_no_kicker(value):
    body = f'<h1><div class="field field--label-hidden">{HEADLINE}</div><div>What it costs, and whom</div></h1>'
    assert value("headline", "<title>River notes</title>", body).startswith(HEADLINE)


def test_parts_of_a_headline_are_not_stuck_together(value):
    body = f"<h1><div>{HEADLINE}</div><div>What it costs</div></h1>"
    assert value("headline", "<title>River notes</title>", body) == f"{HEADLINE} What it costs"


def test_date_in_parts_before_the_headline_is_left_out(value):
    body = f"<h1><span>May</span> <span>2</span> <span>2024</span> <a href='/p'>{HEADLINE}</a></h1>"
    assert value("headline", f"<title>{HEADLINE} | River notes</title>", body) == HEADLINE


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (f"<div id=a>{HEADLINE}</div>", HEADLINE),
        (f"<div id=a>{HEADLINE}</div><div>Council of Lower Halford</div>", f"Council of Lower Halford - {HEADLINE}"),
        ("<div>Council of Lower Halford</div>", f"Council of Lower Halford - {HEADLINE}"),
    ],
    ids=["one", "both", "site"],
)
def test_line_that_is_one_part_of_the_title_is_the_headline_of_a_page_without_headings(value, lines, expected):
    assert value("headline", f"<title>Council of Lower Halford - {HEADLINE}</title>", lines) == expected


@pytest.mark.parametrize(
    "page_title", ["", f"<title>{HEADLINE} | Daily Example</title>", "<title>Bridge opens</title>"]
)
@pytest.mark.parametrize("machines", ["", ld(HEADLINE), ld("Bridge opening")])
def test_headings_of_the_second_level_are_spared_only_where_they_would_lose(monkeypatch, page_title, machines):
    texts = (None, HEADLINE, "Bridge opens", "Daily Example", "More of the news that you have missed")
    pages = [
        NAME + page_title + machines + "".join(f"<h{n}>{text}</h{n}>" for n, text in ((1, first), (2, second)) if text)
        for first, second in product(texts, texts)
    ]
    found = [choices_of(f"<body>{page}<p>{TEXT}</p>")["headline"] for page in pages]
    monkeypatch.setattr(headline, "_is_settled", lambda *_: False)
    assert [choices_of(f"<body>{page}<p>{TEXT}</p>")["headline"] for page in pages] == found
