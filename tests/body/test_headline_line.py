"""The headline is a field of its own, and no part of the text, whatever element it stands in."""

from __future__ import annotations

import pytest

from scraper import explain, extract
from scraper.body.blocks.segment import segment
from scraper.body.decisions.headline_line import is_headline
from scraper.page.snapshot import snapshot_of

TEXT = (
    "The sluice gate went up at ten past eight, and for a few seconds nothing happened. Then the wheel began to turn, first by "
    "a hand's breadth, then by a yard, and the miller's grandson took off his hat and held it against the wind."
)
LATER = "By noon the first sack of flour stood in the yard, and two hundred people had come to look at it."


def page(title, first):
    return f"<html><head><title>{title}</title></head><body>{first}<p>{TEXT}</p><p>{LATER}</p></body></html>"


@pytest.mark.parametrize(
    ("title", "line", "same"),
    [
        ("The mill turns again", "The mill turns again", True),
        ("The mill turns again | Lorne Courier", "The Mill turns again!", True),
        ("Lorne Courier - The mill turns again", "The mill turns again", True),
        ("The mill: turns again – Lorne Courier", "The mill turns again", True),
        ("Lorne › Town › The mill turns again", "The mill turns again", True),
        ("The mill turns again after thirty years", "The mill turns again", False),
        ("The mill turns again", "The mill turns", False),
        ("", "The mill turns again", False),
    ],
)
def test_headline_is_what_the_title_says(title, line, same):
    snapshot = snapshot_of(page(title, f"<h2>{line}</h2>"))
    assert is_headline(snapshot, segment(snapshot)[0]) is same


@pytest.mark.parametrize("first", ["<h2>The mill turns again</h2>", "<div><b>The mill turns again</b></div>"])
def test_headline_above_the_text_goes(first):
    article = extract(page("The mill turns again", first), "https://news.example/town/mill-4711", keep_all=True)
    assert article.article_body.startswith("The sluice gate")


def test_text_that_is_its_own_title_stays():
    article = extract(
        f"<html><head><title>{LATER}</title></head><body><h1>Note</h1><article><p>{LATER}</p></article></body></html>",
        "https://news.example/notes/4711",
        keep_all=True,
    )
    assert article.article_body == LATER


def test_reason_says_that_it_is_the_headline():
    blocks = explain(
        page("The mill turns again", "<article><h2>The mill turns again</h2>"), "https://news.example/a-1"
    ).blocks
    assert next(b.reason for b in blocks if b.text == "The mill turns again") == "the headline"
