"""Numbered sections are kept as a whole."""

from __future__ import annotations

from tests.body.test_appended import page_of
from tests.body.test_decide import PROSE, decided

TIPS = [f"Tip {n} is about a rope that must be dry before it is coiled." for n in range(1, 8)]


def kept(scores, *blocks):
    return decided(*scores, page=page_of(*blocks))[0]


def sections(numbers):
    return [text for n in numbers for text in (f"h2:{n}. Rope number {n}", TIPS[n - 1])]


def numbered(*numbers):
    return [text for n, tip in zip(numbers, TIPS, strict=True) for text in (f"h2:{n}. Rope number {n}", tip)]


def test_a_series_that_was_missed_is_kept():
    assert all(kept([0.99] + [0.1] * 14, PROSE, *sections(range(1, 8))))


def test_a_series_that_was_ruled_out_stays_out():
    assert kept([0.99] + [0.01] * 14, PROSE, *sections(range(1, 8))) == [True] + [False] * 14


def test_a_series_without_texts_stays_out():
    headings = [f"h2:{n}. Most read story number {n}" for n in range(1, 8)]
    assert kept([0.99] + [0.1] * 7, PROSE, *headings) == [True] + [False] * 7


def test_a_series_that_does_not_count_from_one_stays_out():
    assert kept([0.99] + [0.1] * 10, PROSE, *sections(range(3, 8))) == [True] + [False] * 10


def test_a_series_above_the_article_stays_out():
    assert kept([0.1] * 14 + [0.99], *sections(range(1, 8)), PROSE) == [False] * 14 + [True]


def test_four_sections_are_no_series():
    assert kept([0.99] + [0.1] * 8, PROSE, *sections(range(1, 5))) == [True] + [False] * 8


def test_labels_inside_a_missed_series_stay_out():
    blocks = sections(range(1, 8))
    label = "Sign up for our newsletter"
    assert kept([0.99] + [0.1] * 15, PROSE, *blocks[:2], label, *blocks[2:])[3] is False


def test_links_inside_a_missed_series_stay_out():
    blocks = sections(range(1, 8))
    link = '<a href="/rope">A rope of the same length that is for sale in the shop</a>'
    assert kept([0.99] + [0.1] * 15, PROSE, *blocks[:2], link, *blocks[2:])[3] is False


def test_a_series_with_texts_here_and_there_stays_out():
    blocks = [f"h2:{n}. Rope number {n}" for n in range(1, 8)]
    assert not any(kept([0.99] + [0.1] * 9, PROSE, blocks[0], TIPS[0], *blocks[1:4], TIPS[3], *blocks[4:])[1:])


def test_every_second_number_is_no_series():
    assert kept([0.99] + [0.1] * 14, PROSE, *numbered(1, 3, 5, 7, 9, 11, 13)) == [True] + [False] * 14


def test_headings_of_two_levels_are_no_series():
    blocks = sections(range(1, 8))
    blocks[4] = blocks[4].replace("h2:", "h3:")
    assert kept([0.99] + [0.1] * 14, PROSE, *blocks) == [True] + [False] * 14


def test_headings_of_a_series_are_kept_together():
    scores = [0.99] + [0.2, 0.99] * 7
    assert all(kept(scores, PROSE, *sections(range(1, 8))))


def test_headings_count_down_as_well():
    scores = [0.99] + [0.2, 0.99] * 7
    assert all(kept(scores, PROSE, *sections(range(7, 0, -1))))


def test_headings_without_kept_texts_are_not_kept():
    scores = [0.99] + [0.4, 0.01] * 6 + [0.4, 0.99]
    assert kept(scores, PROSE, *sections(range(1, 8)))[1] is False
