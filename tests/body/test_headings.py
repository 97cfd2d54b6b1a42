"""What heads a section: bold lines that do, elements of headings that do not."""

import pytest

from scraper.body.blocks.assemble import assemble
from scraper.body.blocks.segment import segment
from scraper.model.body import Heading, Paragraph, Standfirst
from scraper.page.snapshot import snapshot_of
from scraper.render.text import render_text

TEXT = "The council of Elm voted for a roof over the market, after nine years of rain on its cheese."
FIRST = f"<p>{TEXT}</p>"


def body_of(html, *, drop=(), standfirst=None):
    snapshot = snapshot_of(f"<body><article>{html}</article></body>")
    segments = segment(snapshot)
    kept = [not any(word in block.text for word in drop) for block in segments]
    return assemble(snapshot, segments, kept, base_url="https://news.example/a", standfirst=standfirst)


def headings(html, **more):
    return [(block.text, block.level) for block in body_of(html, **more) if isinstance(block, Heading)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"{FIRST}<p><b>Nine years of rain</b></p>{FIRST}", [("Nine years of rain", 2)]),
        (f"{FIRST}<p><strong>Wheels</strong><strong> and axles</strong></p>{FIRST}", [("Wheels and axles", 2)]),
        (f"{FIRST}<div><b>屋根の費用</b></div>{FIRST}", [("屋根の費用", 2)]),
        (f"{FIRST}<p><b>What it costs</b></p><ul><li>Wood</li><li>Nails</li></ul>{FIRST}", [("What it costs", 2)]),
        (f"{FIRST}<p><b>What it costs</b><br>{TEXT}</p>", [("What it costs", 2)]),
        (
            f"{FIRST}<h2>The roof</h2>{FIRST}<p><b>Of wood</b></p>{FIRST}<p><b>Of tin</b></p>{FIRST}",
            [("The roof", 2), ("Of wood", 3), ("Of tin", 3)],
        ),
        (
            f"{FIRST}<p><b>Of wood</b></p>{FIRST}<p><b>Of tin</b></p>{FIRST}<p><b>Of glass</b></p><p>None yet.</p>{FIRST}",
            [("Of wood", 2), ("Of tin", 2), ("Of glass", 2)],
        ),
        (
            f"{FIRST}<p>Some thoughts:</p><p><b>Of wood</b></p>{FIRST}<p><b>Of tin</b></p>{FIRST}<p><b>Of glass</b></p>{FIRST}",
            [("Of wood", 2), ("Of tin", 2), ("Of glass", 2)],
        ),
    ],
    ids=["p", "two-marks", "div", "over-a-list", "br", "below-a-heading", "its-like", "announced-like-others"],
)
def test_a_bold_line_over_text_is_a_heading(html, expected):
    assert headings(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        f"<p><b>ELM (wire)</b></p>{FIRST}{FIRST}",
        f"{FIRST}<p><b>Is tin any better?</b></p>{FIRST}",
        f"{FIRST}<p><b>–It never stops raining</b></p>{FIRST}",
        f"{FIRST}<p><b>Ada Lind:</b></p>{FIRST}",
        f"{FIRST}<p><b>It rained again.</b></p>{FIRST}",
        f"{FIRST}<p><b>By Ada Lind</b></p>{FIRST}",
        f"{FIRST}<p><a href='/rain'><b>Rain in the valleys again</b></a></p>{FIRST}",
        f"{FIRST}<p>The sum is this:</p><p><b>Roof plus nails</b></p>{FIRST}",
        f"{FIRST}<p><b>Roof plus nails</b></p><p>Little.</p>{FIRST}",
        f"{FIRST}<p><b>Roof</b> plus nails</p>{FIRST}",
        f"{FIRST}<p><b>Cost = roof + nails</b></p>{FIRST}",
        f"{FIRST}<p><b>Roof</b></p>{FIRST}<p><b>Roof</b></p>{FIRST}",
        f"{FIRST}<p><b>Meeting: 29.02.2020, 19 Uhr</b></p>{FIRST}",
        f"{FIRST}<p><b>The last words of it</b></p>",
        f"{FIRST}<p><b>Cheese hall</b><br>cheese.example</p>{FIRST}",
    ],
    ids=[
        *("first", "question", "dialogue", "speaker", "sentence", "byline", "link", "announced", "over-a-word"),
        *("half-bold", "formula", "label", "date", "last", "address"),
    ],
)
def test_other_bold_lines_are_paragraphs(html):
    assert headings(html) == []


def test_no_word_is_lost_where_a_bold_first_line_becomes_a_heading():
    link = '<a href="/roof">roof</a>'
    body = body_of(
        f"{FIRST}<p><b>What it costs</b><br>The {link} costs a lot more than anyone in Elm had ever believed.</p>"
    )
    assert render_text(body).endswith(
        "What it costs\n\nThe roof costs a lot more than anyone in Elm had ever believed."
    )
    (span,) = body[-1].spans
    assert body[-1].text[span.start : span.end] == "roof"


def test_a_paragraph_in_the_element_of_a_heading_is_one():
    long = "The council of Elm voted on Monday for a roof over its market, and the rain did not stop for the vote."
    assert [type(block) for block in body_of(f"{FIRST}<h2>{long}</h2>{FIRST}")] == [Paragraph] * 3


def test_a_long_question_stays_a_heading():
    question = "Who will pay for the roof over the market that the council of Elm voted for on a rainy Monday in May?"
    assert headings(f"{FIRST}<h2>{question}</h2>{FIRST}") == [(question, 2)]


def test_the_heading_of_the_first_section_is_no_summary():
    html = f"<h2>Why a roof?</h2>{FIRST}<h2>Who pays?</h2>{FIRST}"
    assert headings(html, standfirst=0) == [("Why a roof?", 2), ("Who pays?", 2)]


@pytest.mark.parametrize(
    "html",
    [
        f"<h2>A roof for Elm</h2><div>Share this</div>{FIRST}<h2>Who pays?</h2>{FIRST}",
        f"<h2 class='deck'>A roof for Elm</h2>{FIRST}<h2>Who pays?</h2>{FIRST}",
    ],
    ids=["apart", "named"],
)
def test_a_heading_that_differs_from_the_sections_is_the_summary(html):
    assert isinstance(body_of(html, drop=["Share"], standfirst=0)[0], Standfirst)


def test_a_bold_heading_is_not_bold_twice():
    (first, second) = (
        block
        for block in body_of(f"<h2><b>Rain</b></h2>{FIRST}<h2><b>More</b> rain</h2>{FIRST}")
        if isinstance(block, Heading)
    )
    assert (first.spans, [span.kind for span in second.spans]) == ((), ["strong"])
