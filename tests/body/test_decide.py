"""Scores become one coherent article."""

from __future__ import annotations

import pytest

from scraper import explain
from scraper.body.blocks.segment import segment
from scraper.body.classifier.layout import lay_out
from scraper.body.decisions.decide import VOTED, decide, moved_by, verdicts_of
from scraper.body.decisions.outline import outline_of
from scraper.page.snapshot import snapshot_of

PROSE = "The ferry left at noon with forty people and nine crates of lemons on its lower deck. " * 5
PAGE = f"<body><p>{PROSE}</p><ul><li>Lemons from the south</li><li>Two spare ropes</li><li>A crate of eels</li></ul><p>{PROSE[:-1]} Then it rained.</p>"


def decided(*scores, page=PAGE):
    snapshot = snapshot_of(page)
    blocks = segment(snapshot)
    outline = outline_of(lay_out(snapshot, blocks), blocks)
    kept = decide(blocks, outline, scores)
    return kept, [verdict.reason for verdict in verdicts_of(snapshot, blocks, outline, scores, kept)]


@pytest.mark.parametrize(
    ("items", "kept"),
    [
        ((0.9, 0.4, 0.8), True),
        ((0.6, 0.1, 0.2), False),
        ((0.9, 0.9, 0.9), True),
    ],
    ids=["most belong", "most do not", "all belong"],
)
def test_items_of_a_list_are_kept_or_dropped_together(items, kept):
    assert decided(0.99, *items, 0.99)[0] == [True, kept, kept, kept, True]


def test_an_item_that_was_ruled_out_leaves_the_others_alone():
    assert decided(0.99, 0.9, 0.001, 0.9, 0.99)[0] == [True, True, False, True, True]


def test_long_items_count_for_more_than_short_ones():
    buttons = "<li>Next</li><li>Share</li>"
    page = f"<body><p>{PROSE}</p><ul>{f'<li>{PROSE[:90]}</li>{buttons}' * 3}</ul></body>"
    assert decided(0.99, *[0.9, 0.3, 0.3] * 3, page=page)[0] == [True] * 10


def test_two_items_are_no_list():
    page = PAGE.replace("<li>A crate of eels</li>", "")
    assert decided(0.99, 0.9, 0.2, 0.99, page=page)[0] == [True, True, False, True]


def test_paragraphs_are_no_list():
    page = f"<body><p>{PROSE}</p><p>Lemons from the south</p><p>Two spare ropes</p><p>A crate of eels</p><p>{PROSE[:-1]} Rain.</p>"
    assert decided(0.99, 0.9, 0.2, 0.9, 0.99, page=page)[0] == [True, True, False, True, True]


def test_the_reason_names_the_list():
    assert decided(0.99, 0.6, 0.1, 0.2, 0.99)[1][1] == "most of its list was dropped"


def texts_kept(*texts, tag="p"):
    page = "<body>" + "".join(f"<{tag}>{text}</{tag}>" for text in texts) + "</body>"
    kept, _ = decided(*(0.99 for _ in texts), page=page)
    return [text for text, keep in zip(texts, kept, strict=True) if keep]


NOTE = "Boots are lent at the gate for a small deposit, payable in coins."
COURSES = [f"Course {number}: {PROSE[number:]}" for number in range(1, 9)]


def test_a_note_below_each_of_several_items_stays():
    texts = [COURSES[0], NOTE, COURSES[1], NOTE, COURSES[2], NOTE]
    assert texts_kept(*texts) == texts


def test_a_paragraph_right_after_itself_goes():
    assert texts_kept(PROSE, COURSES[0], COURSES[0], COURSES[0], COURSES[1]) == [PROSE, COURSES[0], COURSES[1]]


def test_a_second_copy_of_the_article_goes_with_its_short_lines():
    article = [COURSES[0], "First steps", COURSES[1], COURSES[2], "Next steps", COURSES[3], COURSES[4]]
    assert texts_kept(*article, "A line between them.", *article) == [*article, "A line between them."]


def test_a_second_copy_of_a_short_article_goes():
    assert texts_kept(PROSE, COURSES[0], "Printed view", PROSE, COURSES[0]) == [PROSE, COURSES[0], "Printed view"]


def test_a_stretch_of_a_long_article_that_returns_stays():
    pros = ["It floats even when three of its four tanks are full.", "It needs no mooring in still water at all, ever."]
    texts = [COURSES[0], *pros, COURSES[1], COURSES[2], *pros, COURSES[3]]
    assert texts_kept(*texts) == texts


def test_the_second_copy_says_why_it_was_dropped():
    page = f"<body><p>{PROSE}</p><p>{COURSES[0]}</p><p>Printed view</p><p>{PROSE}</p><p>{COURSES[0]}</p></body>"
    assert decided(0.99, 0.99, 0.99, 0.99, 0.99, page=page)[1][3] == "the same text is kept elsewhere"


def test_a_cell_without_letters_keeps_its_column():
    page = f"<body><p>{PROSE}</p><table><tr><td>Ferry</td><td>-</td></tr><tr><td>Tram</td><td>7</td></tr></table><p>End of it.</p>"
    assert decided(0.99, 0.9, 0.9, 0.9, 0.9, 0.9, page=page)[0][2]


def sections(*scores):
    """Two sections of a heading and a paragraph each, below an opening paragraph, and a closing heading."""
    page = (
        f"<body><p>{PROSE}</p><h2>The north quay</h2><p>{COURSES[0]}</p><h2>The south quay</h2><p>{COURSES[1]}</p>"
        f"<h2>Tides</h2><p>{COURSES[2]}</p></body>"
    )
    return decided(0.99, *scores, page=page)[0]


def test_a_heading_that_was_nearly_kept_stays_with_its_section():
    assert sections(0.9, 0.99, 0.35, 0.99, 0.9, 0.99) == [True] * 7


def test_a_heading_that_is_unlikely_goes():
    assert not sections(0.9, 0.99, 0.2, 0.99, 0.9, 0.99)[3]


def test_an_unsure_heading_goes_with_its_section():
    assert not sections(0.9, 0.99, 0.7, 0.1, 0.9, 0.99)[3]


def test_a_sure_heading_stays_without_its_section():
    assert sections(0.9, 0.99, 0.9, 0.1, 0.9, 0.99)[3]


def test_a_heading_above_a_smaller_one_stays():
    page = f"<body><p>{PROSE}</p><h2>Quays</h2><p>Share</p><h3>North</h3><p>{COURSES[0]}</p></body>"
    assert decided(0.99, 0.6, 0.1, 0.9, 0.99, page=page)[0][1]


def test_a_paragraph_in_a_headings_tag_at_the_end_stays():
    page = f"<body><p>{PROSE}</p><h3>{COURSES[0]}</h3></body>"
    assert len(COURSES[0]) >= 200
    assert decided(0.99, 0.7, page=page)[0] == [True, True]


def test_an_article_that_stands_in_headings_tags_stays():
    lines = [COURSES[0][:150], COURSES[1][:150], COURSES[2][:150]]
    page = "<body>" + "".join(f"<h{n}>{line}</h{n}>" for n, line in enumerate(lines, 2)) + "</body>"
    assert decided(0.9, 0.9, 0.9, page=page)[0] == [True] * 3


def test_headings_at_the_end_go():
    assert sections(0.9, 0.99, 0.9, 0.99, 0.9, 0.1) == [True, True, True, True, True, False, False]


@pytest.mark.parametrize(
    "line",
    [
        "Figure 3: Lemons by weight",
        "Abb. 2: Zitronen nach Gewicht",
        "Pictured: the old ferry",
        "The quay at dawn. Photo by Ada Brook",
        "The quay at dawn (Foto: Ada Brook)",
    ],
)
def test_a_caption_that_says_so_goes(line):
    assert texts_kept(PROSE, line, COURSES[0]) == [PROSE, COURSES[0]]


@pytest.mark.parametrize(
    "line", ["Figure 3 shows lemons by weight.", "She sent a photo by post.", "Pictured is a ferry."]
)
def test_a_sentence_about_a_picture_stays(line):
    assert texts_kept(PROSE, line, COURSES[0]) == [PROSE, line, COURSES[0]]


def test_a_copy_with_a_gap_goes():
    article = [PROSE, *COURSES[:3]]
    copy = [PROSE, "An inserted line here", *COURSES[1:3]]
    assert texts_kept(*article, "Between", *copy) == [*article, "Between", "An inserted line here"]


def test_a_line_that_returns_and_was_unlikely_goes():
    page = (
        "<body>"
        + "".join(f"<p>{course}</p><ul><li>{NOTE}</li><li>Lamps</li><li>Ropes</li></ul>" for course in COURSES[:2])
        + "</body>"
    )
    kept, _ = decided(0.99, 0.3, 0.9, 0.9, 0.99, 0.3, 0.9, 0.9, page=page)
    assert kept == [True, True, True, True, True, False, True, True]


def test_a_vote_alone_keeps_nothing():
    snapshot = snapshot_of("<body><p>One short line of the story.</p><p>Log in</p><p>Menu</p></body>")
    blocks = segment(snapshot)
    scores = moved_by("One short line of the story. Log in Menu", blocks, (0.4, 0.0, 0.01))
    assert decide(blocks, outline_of(lay_out(snapshot, blocks), blocks), scores, VOTED) == [True, False, False]


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Brook",
        "Von Ada Brook und Ben Field, Hafenstadt",
        "Por ADA BROOK LÓPEZ",
        "The Wire™ & © 2031 Quay News Network, Inc. All rights reserved.",
    ],
)
def test_a_byline_or_a_claim_of_rights_goes(line):
    assert texts_kept(PROSE, line, COURSES[0]) == [PROSE, COURSES[0]]


@pytest.mark.parametrize(
    "quoted", ["“all rights reserved”", "„All rights reserved“", '"all rights reserved"', "(all rights reserved)"]
)
def test_a_paragraph_that_speaks_of_claims_of_rights_stays(quoted):
    line = f"Copyright is granted by law; the note {quoted} tells readers of it and adds nothing to it."
    assert texts_kept(PROSE, line, COURSES[0]) == [PROSE, line, COURSES[0]]


@pytest.mark.parametrize("line", ["By Monday it rained.", "Von Tür zu Tür", "By Ada Brook, who built the quay."])
def test_a_line_that_only_begins_like_a_byline_stays(line):
    assert texts_kept(PROSE, line, COURSES[0]) == [PROSE, line, COURSES[0]]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("By Ada Brook", "byline"),
        ("Figure 3: Lemons by weight", "caption of a picture"),
        ("© 2031 Quay News Network, Inc. All rights reserved.", "claim of rights"),
    ],
)
def test_a_line_that_its_form_gives_away_says_so(line, reason):
    page = f"<body><p>{PROSE}</p><p>{line}</p><p>{COURSES[0]}</p></body>"
    assert decided(0.99, 0.9, 0.99, page=page)[1][1] == reason


def test_a_heading_says_that_its_section_was_dropped():
    page = f"<body><p>{PROSE}</p><h2>Quays</h2><p>Share</p><h2>Tides</h2><p>{COURSES[0]}</p></body>"
    assert decided(0.99, 0.6, 0.1, 0.9, 0.99, page=page)[1][1] == "heading of a section that was dropped"


def test_lines_that_return_together_and_were_unlikely_go_together():
    fares = "Fares are printed on the back of every ticket that is sold."
    page = (
        "<body>"
        + "".join(
            f"<p>{course}</p><ul><li>{NOTE}</li><li>{fares}</li><li>Ropes and oars are lent, too.</li></ul>"
            for course in COURSES[:2]
        )
        + "</body>"
    )
    kept, _ = decided(0.99, 0.4, 0.4, 0.95, 0.99, 0.4, 0.4, 0.95, page=page)
    assert kept == [True, True, True, True, True, False, False, True]


BRIEF = """<html><head><title>The mill turns</title></head><body><article><h1>The mill turns</h1>
<p>Water came down the hill in the night, and by the morning the old wheel was turning again.</p>
<p>It had stood still for thirty years, said the miller, who had not hoped to see it move.</p></article></body></html>"""


def test_a_short_article_is_not_filled_up_with_what_stands_around_it():
    kept = [block.text for block in explain(BRIEF, "https://news.example/mill", keep_all=True).blocks if block.kept]
    assert [text[:8] for text in kept] == ["Water ca", "It had s"]
