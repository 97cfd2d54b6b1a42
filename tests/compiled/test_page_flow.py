"""The compiled count of words is the plain one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.body.kinds import page_flow
from tests.compiled.markup import MANY, REASON

twin = pytest.importorskip("scraper.compiled.page_flow", reason=REASON)

PIECES = st.sampled_from(
    ("a", "aa", "aba", "ab", "add to", "card", "€", "Ⱬ", "“", " we ", "we", " ", "I’", "\n", "𝔘", "\ud800")
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)
GROUPS = st.lists(st.lists(PIECES, max_size=6).map(tuple), max_size=6).map(tuple)


@given(TEXTS, GROUPS)
@example("aaaaa", (("aa",), ("aa", "aaa")))
@MANY
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
