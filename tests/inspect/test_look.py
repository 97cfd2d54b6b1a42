"""What an inspection holds: every block once and in order, uses, hidden text, comparison."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from scraper import FetchError, NotAnArticle, PageError, extract
from scraper.errors import NotHtml
from scraper.inspect.answers import answer_to
from scraper.inspect.hidden_text import hidden_texts
from scraper.inspect.look import look_at_html, look_at_text
from scraper.inspect.report import report
from tests.inspect.pages import CAPTION, HOSTILE, KEPT, NEWSLETTER, PAGE, REPORTER, STORY, UNSEEN

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").glob("*/page.html"))


@pytest.fixture(scope="module")
def ferry():
    return look_at_html(PAGE, name="ferry.html", compare="trafilatura")


def block_of(inspection, text):
    return next(block for block in inspection.blocks if text in block.verdict.text)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_every_verdict_is_shown_once(path):
    inspection = look_at_html(path.read_bytes(), name="page")
    assert Counter(b.verdict for b in inspection.blocks) == Counter(inspection.extraction.blocks)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_every_paragraph_of_the_article_knows_its_block(path):
    inspection = look_at_html(path.read_bytes(), name="page")
    article = inspection.extraction.article
    if article.metadata.extractor != "json_ld":
        lost = [
            b.text
            for b, origin in zip(article.blocks, inspection.body_blocks, strict=True)
            if b.text and origin is None
        ]
        assert lost == []


def test_the_article_is_the_one_that_extract_gives(ferry):
    assert ferry.extraction.article.article_body == extract(PAGE).article_body


def test_navigation_stands_where_the_page_has_it(ferry):
    texts = [block.verdict.text for block in ferry.blocks]
    assert texts.index("Weather") < texts.index(KEPT) < texts.index("© 2026 Ansel Lantern. All rights reserved.")


def test_headline_and_byline_name_their_fields(ferry):
    assert block_of(ferry, "Ferry to run again").uses == ("headline",)
    assert "authors" in block_of(ferry, f"By {REPORTER}").uses


def test_a_name_below_the_text_is_no_byline():
    page = PAGE.replace("</article>", f"</article><aside><p>About {REPORTER}</p></aside>")
    assert block_of(look_at_html(page, name="page"), f"About {REPORTER}").uses == ()


@pytest.mark.parametrize(("text", "state"), [(KEPT, "kept"), (CAPTION, "moved"), (NEWSLETTER, "dropped")])
def test_state_says_where_the_text_went(ferry, text, state):
    assert block_of(ferry, text).state == state


def test_the_other_extractor_is_told_block_by_block(ferry):
    assert block_of(ferry, KEPT).theirs is True
    assert block_of(ferry, "Weather").theirs is False


def test_text_of_scripts_is_found_without_their_data(ferry):
    assert [(place.where, place.text) for place in ferry.hidden] == [("script#state", UNSEEN)]


@pytest.mark.parametrize(
    ("source", "where"),
    [
        (f"<!-- <p>{UNSEEN}</p> -->", "comment in the source"),
        (f"<template><p>{UNSEEN}</p></template>", "<template>"),
        (f'<meta name="description" content="{UNSEEN}">', 'attribute content of meta "description"'),
        (f'<img alt="{UNSEEN}">', "attribute alt of img"),
        ('<script>x = "' + "".join(f"\\u{ord(c):04x}" for c in UNSEEN) + '"</script>', "script"),
        (f'<script>push(["0:{{\\"body\\":\\"<p>{UNSEEN}<\\/p>\\"}}"])</script>', "script"),
    ],
)
def test_unseen_text_is_found_wherever_it_stands(source, where):
    assert [place.where for place in hidden_texts(source.encode(), []) if UNSEEN in place.text] == [where]


def test_what_is_shown_is_not_called_hidden():
    assert hidden_texts(f'<script>x = "{UNSEEN}"</script>'.encode(), [f"Before. {UNSEEN} After."]) == ()


@pytest.mark.parametrize(
    "source", ["<!--" * 50_000, '<script>"' * 50_000, "<script>" + '"\\' * 100_000, "<template>" * 3_000]
)
def test_hidden_text_of_a_hostile_source_takes_no_time(source):
    assert hidden_texts(source.encode(), []) == ()


def test_a_refused_page_is_inspected_all_the_same():
    wall = (FIXTURES[0].parents[1] / "consent-wall" / "page.html").read_bytes()
    with pytest.raises(NotAnArticle):
        extract(wall)
    assert "No article" in report(look_at_html(wall, name="wall.html"))


def test_a_page_without_any_text_has_a_report():
    assert "The page holds no text." in report(look_at_html("<html></html>", name="empty.html"))


def test_a_binary_is_an_error_and_no_report():
    with pytest.raises((NotHtml, PageError, FetchError)):
        look_at_html(b"%PDF-1.7\n\x00\x01", name="paper.pdf")


def test_a_page_saved_as_text_is_inspected_line_by_line():
    text = "\n\n".join(("Ferry to run again", "Share this", *STORY))
    inspection = look_at_text(text, name="ferry.txt")
    assert block_of(inspection, KEPT).state == "kept"
    assert report(inspection).startswith("<!DOCTYPE html>")


def test_a_hostile_page_is_inspected():
    assert look_at_html(HOSTILE, name="x", compare="trafilatura").blocks


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        (NEWSLETTER, NEWSLETTER),
        (NEWSLETTER.upper().replace(" ", "\n"), NEWSLETTER),
        (NEWSLETTER[:60], NEWSLETTER),
        ("diary " + STORY[3], STORY[3]),
        ("inbox every", NEWSLETTER),
    ],
)
def test_a_text_is_found_as_people_paste_it(ferry, asked, first):
    assert answer_to(asked, ferry).blocks[0].verdict.text == first


def test_three_letters_of_nothing_find_nothing(ferry):
    answer = answer_to("zqx", ferry)
    assert (answer.blocks, answer.places, answer.rescued) == ((), (), False)


def test_text_without_spaces_is_found():
    line = "港口管理局周五表示，前往格里布岛的渡轮将从复活节星期一起恢复运行。"
    page = PAGE.replace(KEPT, line)
    assert answer_to(line[5:25], look_at_html(page, name="page")).blocks[0].verdict.text == line


def test_an_article_from_json_ld_is_said_to_come_from_there():
    page = next(path for path in FIXTURES if path.parent.name == "json-ld-body-only")
    inspection = look_at_html(page.read_bytes(), name="page")
    assert answer_to(inspection.extraction.article.article_body.split("\n\n")[1], inspection).rescued
