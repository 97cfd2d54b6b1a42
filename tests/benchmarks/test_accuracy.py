"""Floors: what counts as missed."""

from __future__ import annotations

import pytest

from benchmarks.accuracy import check

FLOORS = {"ours": {"date": 0.9, "failed50": 0.01, "cpu_ratio": 0.7}, "another": {"date": 0.9}}


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"date": 0.9, "failed50": 0.01, "cpu_ratio": 0.7}, 0),
        ({"date": 0.89, "failed50": 0.01, "cpu_ratio": 0.7}, 1),
        ({"date": 0.9, "failed50": 0.02, "cpu_ratio": 0.7}, 1),
        ({"date": 0.9, "failed50": 0.01, "cpu_ratio": 0.8}, 1),
        ({"failed50": 0.01, "cpu_ratio": 0.7}, 1),
        ({"date": 0.9, "failed50": 0.01}, 0),
    ],
    ids=["reached", "below", "above-a-ceiling", "too-slow", "not-measured", "no-peer"],
)
def test_a_floor_is_missed_by_a_worse_figure_and_by_none(figures, code):
    assert check({"ours": figures}, FLOORS) == code
