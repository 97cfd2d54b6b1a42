import pytest

from scraper import extract
from tests.fields.chosen import TEXT

SUMMARY = "Three lanes, two cycle paths and no toll: what the new bridge brings to the town and to its neighbours."


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (f"<p>{SUMMARY}</p>", None),
        (f"<p><strong>{SUMMARY}</strong></p>", SUMMARY),
        (f'<p class="x7">{SUMMARY}</p>', SUMMARY),
        (f"<div><p>{SUMMARY}</p></div>", SUMMARY),
    ],
    ids=["paragraph", "bold", "class", "box"],
)
def test_description_that_the_page_shows_is_a_summary_but_for_a_plain_first_paragraph(first, expected):
    head = f'<meta property="og:description" content="{SUMMARY}"><title>Town bridge opens</title>'
    text = f"<p>{TEXT}</p><p>The first car over it was that of Ada Brook, who had worked on it for {TEXT[4:]}</p><p>{TEXT[::-1]}</p>"
    html = f"<html lang=en><head>{head}</head><body><article><h1>Town bridge opens</h1>{first}{text}</article></body></html>"
    assert extract(html, keep_all=True).alternative_headline == expected


@pytest.mark.parametrize("opening", ["HALFORD – ", "Halford (dpa) - "])
def test_a_story_that_begins_with_its_dateline_is_no_summary(opening):
    head = "<title>Town bridge opens</title>"
    lead = f'<p class="lead">{opening}{SUMMARY}</p>'
    html = f"<html lang=en><head>{head}</head><body><article><h1>Town bridge opens</h1>{lead}<p>{TEXT}</p><p>{TEXT[::-1]}</p></article></body></html>"
    assert extract(html, keep_all=True).alternative_headline is None


def _standfirst(between, text=None, head="<title>Town bridge opens after ten years</title>"):
    text = (
        text
        or f"<p>{TEXT}</p><p>The first car over it was that of Ada Brook, who had worked on it for {TEXT[4:]}</p><p>{TEXT[::-1]}</p>"
    )
    html = f"<html lang=en><head>{head}</head><body><article><h1>Town bridge opens after ten years</h1>{between}{text}</article></body></html>"
    return extract(html, keep_all=True).alternative_headline


SECTIONS = f"<p>{TEXT}</p><h2>What it costs</h2><p>The first car over it was that of Ada Brook, who had worked on it for {TEXT[4:]}</p><p>{TEXT[::-1]}</p>"


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("<h2>Why the town needed another bridge over the river</h2>", None),
        (f"<h2>{SUMMARY}</h2>", SUMMARY),
        ('<h2 class="deck">Ten years of work and no toll in the end</h2>', "Ten years of work and no toll in the end"),
    ],
    ids=["section", "sentence", "other class"],
)
def test_the_first_of_several_section_headings_is_no_summary(between, expected):
    assert _standfirst(between, SECTIONS) == expected


def test_the_only_subheading_above_the_date_is_the_summary():
    assert (
        _standfirst("<h4>What the new lanes mean for us</h4><p>3 May 2024</p>", SECTIONS)
        == "What the new lanes mean for us"
    )


@pytest.mark.parametrize(
    "line",
    [
        '<div class="sub-title">03.05.2024 - Halford</div>',
        '<p class="subtitle">May 3, 2024 by Jane Doe</p>',
        '<p class="subtitle">Photo: Harbour Pictures</p>',
        '<p class="subtitle">03.05.2024 Bridges: ... ∙ Halford Television</p>',
        '<p class="subtitle">Jane Doe, Robert Roe</p>',
        "<h2>5 thoughts on “Town bridge opens after ten years”</h2>",
        f'<p class="disclosure summary">{SUMMARY}</p>',
    ],
    ids=["date", "byline", "picture", "programme", "people", "comments", "advertising"],
)
def test_lines_of_the_head_and_notes_are_no_summary(line):
    assert _standfirst(line) is None


def test_a_box_that_calls_itself_summary_and_holds_the_story_is_none():
    text = f"<p>{TEXT}</p><p>The first car over it was that of Ada Brook, who had worked on it for {TEXT[4:]}</p>"
    assert _standfirst("", f'<div class="body-with-summary">{text}</div>') is None


def test_a_summary_of_two_lines_has_a_blank_between_them():
    points = "<li>Three lanes lead over the river from this week on</li><li>The town has paid for all of it and asks no toll</li>"
    found = _standfirst(f'<ul class="summary">{points}</ul>')
    assert found == "Three lanes lead over the river from this week on The town has paid for all of it and asks no toll"


def test_several_sentences_above_the_byline_are_one_summary():
    lines = (
        "<p>The town has waited for it for ten years.</p><p>Now it is there:</p><p>Three lanes lead over the river.</p>"
    )
    found = _standfirst(f"{lines}<p>By Jane Doe</p>")
    assert found == "The town has waited for it for ten years. Now it is there: Three lanes lead over the river."


@pytest.mark.parametrize(
    ("second", "expected"), [("<p>{}</p>", SUMMARY), ("<p><b>{}</b></p>", None)], ids=["plain", "bold"]
)
def test_a_first_paragraph_in_bold_is_the_summary_where_the_next_one_is_not_bold(second, expected):
    text = f"<p>The first car over it was that of Ada Brook, who had worked on it for {TEXT[4:]}</p><p>{TEXT[::-1]}</p>"
    assert _standfirst(f"<p><strong>{SUMMARY}</strong></p>" + second.format(TEXT), text) == expected


def test_leadtext_is_a_word_for_the_summary():
    assert _standfirst(f'<p class="article-leadtext">{SUMMARY}</p>') == SUMMARY


def test_byline_in_the_box_of_the_summary_is_no_part_of_it():
    assert _standfirst(f'<div class="teaser-text"><p>{SUMMARY}</p><p>By Jane Doe</p></div>') == SUMMARY
