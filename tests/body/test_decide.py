"""Scores become one coherent article."""

from __future__ import annotations

import pytest

from scraper.body.decide import decide, verdicts_of
from scraper.body.layout import lay_out
from scraper.body.segment import segment
from scraper.page.snapshot import snapshot_of

PROSE = "The ferry left at noon with forty people and nine crates of lemons on its lower deck. " * 5
PAGE = f"<body><p>{PROSE}</p><ul><li>Lemons from the south</li><li>Two spare ropes</li><li>A crate of eels</li></ul><p>{PROSE[:-1]} Then it rained.</p>"


def decided(*scores, page=PAGE):
    snapshot = snapshot_of(page)
    blocks = segment(snapshot)
    layout = lay_out(snapshot, blocks)
    kept = decide(blocks, layout, scores)
    return kept, [verdict.reason for verdict in verdicts_of(snapshot, blocks, layout, scores, kept)]


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


def test_two_items_are_no_list():
    page = PAGE.replace("<li>A crate of eels</li>", "")
    assert decided(0.99, 0.9, 0.2, 0.99, page=page)[0] == [True, True, False, True]


def test_paragraphs_are_no_list():
    page = f"<body><p>{PROSE}</p><p>Lemons from the south</p><p>Two spare ropes</p><p>A crate of eels</p><p>{PROSE[:-1]} Rain.</p>"
    assert decided(0.99, 0.9, 0.2, 0.9, 0.99, page=page)[0] == [True, True, False, True, True]


def test_the_reason_names_the_list():
    assert decided(0.99, 0.6, 0.1, 0.2, 0.99)[1][1] == "most of its list was dropped"
