"""The compiled sums of the page's kind are the plain ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.body.kinds import page_type
from tests.compiled.markup import MANY

twin = pytest.importorskip("scraper.compiled.page_type", reason="the extension was not built")

LEAVES = st.floats(-2, 2)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.tuples(st.integers(0, 3), st.floats(-1, 1) | st.integers(-1, 1), inner, inner).map(list),
    max_leaves=12,
)
VALUES = st.lists(st.floats(-1, 1) | st.sampled_from([0.0, 1.0, -1.0]), min_size=4, max_size=4)


@given(st.lists(TREES, max_size=5), VALUES)
@MANY
def test_trees_add_up_to_the_last_bit(trees, values):
    assert twin.sum_of(trees, 4)(values) == page_type.sum_of(trees, 4)(values)


@pytest.mark.parametrize("sum_of", [page_type.sum_of, twin.sum_of])
@pytest.mark.parametrize("column", [-1, 4])
def test_no_tree_asks_for_what_is_outside_the_values(sum_of, column):
    with pytest.raises(ValueError, match="more than 4 values"):
        sum_of([[0, 0.0, 1.0, [column, 0.0, 1.0, 2.0]]], 4)


@pytest.mark.parametrize("count", [0, 3, 5])
def test_a_row_of_another_length_is_refused(count):
    with pytest.raises(IndexError, match="values"):
        twin.sum_of([[3, 0.0, 1.0, 2.0]], 4)([0.0] * count)


def test_a_sum_outlives_its_trees():
    trees = [[0, 0.5, 1.0, 2.0]]
    total = twin.sum_of(trees, 1)
    trees.clear()
    assert total([1.0]) == 2.0
