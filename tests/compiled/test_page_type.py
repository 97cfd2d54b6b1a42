"""The compiled sums of the page's kind are the plain ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.body import page_type
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
    assert twin.tree_sum(trees, values) == page_type.tree_sum(trees, values)


@pytest.mark.parametrize("column", [-1, 4])
def test_no_tree_reads_outside_the_values(column):
    with pytest.raises((ValueError, IndexError)):
        twin.tree_sum([[column, 0.0, 1.0, 2.0]], [0.0] * 4)
