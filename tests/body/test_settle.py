"""A second opinion has a vote, and no more."""

from __future__ import annotations

import pytest

from scraper.body import find
from scraper.body.blocks.segment import segment
from scraper.body.classifier.layout import lay_out
from scraper.body.classifier.scored import Scored
from scraper.body.decisions.outline import outline_of
from scraper.page.page import page_of

LINE = "The mill at Lorne turns again after sixty years, its keeper says."
OTHER = "Tickets are sold at the gate from ten until the tide is out."


@pytest.fixture
def settled(monkeypatch):
    """Return which of the two lines are kept, for their scores and the text of the second opinion."""

    def settled(scores, other):
        page = page_of(f"<body><p>{LINE}</p><p>{OTHER}</p></body>", "https://example.com/a")
        blocks = segment(page.snapshot)
        monkeypatch.setattr(find, "opinion", lambda *_, **__: other)
        return find.settle(page, Scored(blocks, outline_of(lay_out(page.snapshot, blocks), blocks), list(scores)))[0]

    return settled


def test_what_the_trees_ruled_out_is_not_kept_by_the_vote_alone(settled):
    assert settled((0.4, 0.0), f"{LINE} {OTHER}") == [True, False]


def test_a_block_in_doubt_is_kept_where_the_other_keeps_it(settled):
    assert settled((0.4, 0.3), f"{LINE} {OTHER}") == [True, True]


def test_a_block_in_doubt_goes_where_the_other_drops_it(settled):
    assert settled((0.6, 0.6), LINE) == [True, False]


def test_without_an_answer_the_trees_decide(settled):
    assert settled((0.6, 0.01), None) == [True, False]
