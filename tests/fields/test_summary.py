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
