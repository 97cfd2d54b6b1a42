"""The compiled counts and sums of the page's kind are the plain ones."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.body import page_flow, page_type

twin = pytest.importorskip("scraper.compiled.page_type", reason="the extension was not built")

PIECES = st.sampled_from(
    ("a", "aa", "aba", "ab", "add to", "card", "€", "Ⱬ", "“", " we ", "we", " ", "I’", "\n", "𝔘", "\ud800")
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)
GROUPS = st.lists(st.lists(PIECES, max_size=6).map(tuple), max_size=6).map(tuple)
LEAVES = st.floats(-2, 2)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.tuples(st.integers(0, 3), st.floats(-1, 1) | st.integers(-1, 1), inner, inner).map(list),
    max_leaves=12,
)
VALUES = st.lists(st.floats(-1, 1) | st.sampled_from([0.0, 1.0, -1.0]), min_size=4, max_size=4)


@given(TEXTS, GROUPS)
@example("aaaaa", (("aa",), ("aa", "aaa")))
def test_words_are_counted_as_python_counts(text, groups):
    assert twin.occurrences(text, groups) == page_flow.occurrences(text, groups)


@pytest.mark.parametrize(
    "groups", [tuple(page_flow._LABELS.values()), tuple(page_flow._MARKUP.values()), page_flow._SPEECH]
)
def test_each_word_of_the_vocabulary_is_found(groups):
    text = " | ".join(word for words in groups for word in words)
    assert twin.occurrences(text, groups) == page_flow.occurrences(text, groups)


@pytest.mark.parametrize("groups", [(("a",) * 65,), (("",),)])
def test_words_that_cannot_be_counted_are_refused(groups):
    with pytest.raises(ValueError, match="words"):
        twin.occurrences("a", groups)


@given(st.lists(TREES, max_size=5), VALUES)
def test_trees_add_up_to_the_last_bit(trees, values):
    assert twin.tree_sum(trees, values) == page_type.tree_sum(trees, values)


@pytest.mark.parametrize("column", [-1, 4])
def test_no_tree_reads_outside_the_values(column):
    with pytest.raises((ValueError, IndexError)):
        twin.tree_sum([[column, 0.0, 1.0, 2.0]], [0.0] * 4)
