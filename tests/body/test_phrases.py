"""Words and pairs of words weigh for or against a text."""

from __future__ import annotations

import pytest

from scraper.body.blocks.segment import segment
from scraper.body.classifier.layout import lay_out
from scraper.body.classifier.model import model_of, read_weights
from scraper.body.classifier.phrases import Phrases, phrase_columns
from scraper.page.snapshot import snapshot_of

TABLES = {"anywhere": {}, "first": {}, "last": {}, "opening": {}, "pairs": {}, "bias": 0.5}
LONG = "and the ferry left at noon with forty people on its lower deck " * 4


def score(text, **tables):
    layout = layout_of(text)
    return phrase_columns(layout, [0], [0], Phrases(**{**TABLES, **tables}))[0][0] - 0.5


def layout_of(*texts):
    snapshot = snapshot_of("<body>" + "".join(f"<p>{text}</p>" for text in texts) + "</body>")
    return lay_out(snapshot, segment(snapshot))


def test_a_word_counts_wherever_it_stands():
    assert score("The tide mill turns", anywhere={"mill": -1.0}) < 0


def test_a_word_that_comes_again_counts_no_more():
    assert score("mill mill mill", anywhere={"mill": 1.0}) <= score("mill", anywhere={"mill": 1.0})


@pytest.mark.parametrize(("table", "word"), [("first", "deck"), ("last", "ferry")])
def test_a_word_in_the_middle_is_neither_first_nor_last(table, word):
    assert score(f"one two three {word} " + LONG, **{table: {word: 1.0}}) == 0


def test_pairs_count_in_short_texts():
    assert score("and then you sign up at once", pairs={"sign up": -1.0}) < 0


def test_pairs_do_not_count_deep_in_long_texts():
    assert score(LONG + "sign up", pairs={"sign up": -1.0}, opening={"sign up": -1.0}) == 0


def test_the_opening_of_a_long_text_counts():
    assert score("Sign up now " + LONG, opening={"sign up": -1.0}) < 0


def test_a_text_without_known_words_has_the_bias():
    assert score("Nothing of this is known") == 0


def test_neighbours_lend_their_scores():
    layout = layout_of("mill", "tide", "quay")
    columns = phrase_columns(layout, [0, 1, 2], [1], Phrases(**{**TABLES, "anywhere": {"mill": 1.0, "quay": -1.0}}))
    assert [round(column - 0.5, 6) > 0 for column in columns[0]] == [False, True, False]


def test_a_neighbour_beyond_the_edge_scores_nothing():
    assert phrase_columns(layout_of("mill"), [0], [0], Phrases(**TABLES)) == [(0.5, 0.0, 0.0)]


def test_the_shipped_weights_know_an_invitation_from_a_report():
    layout = layout_of(
        "Sign up for our newsletter and never miss a story", "The minister said on Tuesday that the law would change"
    )
    invitation, report = phrase_columns(layout, [0, 1], [0, 1], model_of(read_weights()).phrases)
    assert invitation[0] < report[0]
