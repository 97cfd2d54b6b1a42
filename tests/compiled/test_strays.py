"""The compiled twin drops the lines that the plain function drops."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.body.blocks.segment import TextBlock, segment
from scraper.body.classifier.context import _FILLER
from scraper.body.decisions.strays import drop_strays
from scraper.body.vocabulary import CATEGORIES
from scraper.page.page import page_of
from tests.compiled.markup import MANY, PAGES, REASON

twin = pytest.importorskip("scraper.compiled.strays", reason=REASON)

CODES = (1, 8, 12)
"""A paragraph, a cell, preformatted text."""
PIECES = st.sampled_from(
    [
        *(
            '{"',
            '[{"',
            "©",
            "(c)",
            "»",
            "İ",
            "\u212a",
            "’",
            "字",
            "العربية",
            "\ud800",
            "10:30",
            "9:15 Uhr",
            "٣",
            "-",
            ".",
        ),
        *(" ", " ", " ", "\n", "\xa0", ": ", ". ", ", ", "(", ")", "…", "1", "Fig. 2: ", "Abbildung 12. ", "рис. 4:"),
        *("By ", "von ", "Par ", "door ", "Jane", "Doe", "O’Neil", "and ", "All rights reserved", "copyright "),
        *(
            "Written by ",
            "Posted By ",
            "written on ",
            "\nMonday, 4 May 2026",
            " on 4 May 2026",
            " On May 4 @ 10:30 a.m.",
        ),
        *("Find this article at: ", "Source URL: ", "Print version"),
        *("Photo: ", "foto ", "IMAGE by ", "Bild © ", "picture credit", "a picture", "Words of a sentence"),
        *("Read more", "read more: ", "ADVERTISEMENT", "Anzeige", "Video", "watch: ", "lire aussi", "関連記事", "(3)"),
        *("Lorem ", "ipsum ", "dolor, ", "sit ", "amet ", "et ", "qui ", "\u212aasd "),
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map("".join).map(str.strip).filter(bool)


def both(texts, code=1):
    blocks = [TextBlock(0, 0, 1, text, 0, 0) for text in texts]
    outline = SimpleNamespace(codes=[code] * len(texts))
    plain, compiled = [True] * len(texts), [True] * len(texts)
    drop_strays(blocks, outline, plain)
    twin.drop_strays(blocks, outline, compiled)
    return plain, compiled


@given(st.lists(TEXTS, max_size=8), st.sampled_from(CODES))
@example(["©", "x", "\u212a", "By Jane Doe", "A. Photo: Jane Doe"], 1)
@MANY
def test_the_same_lines_are_dropped(texts, code):
    plain, compiled = both(texts, code)
    assert compiled == plain


@pytest.mark.parametrize("form", ["{}", "  {} (12)", "3 {}", "{}:", "{} the tide mill", "»{}", "{}.\u200b", "{}s"])
@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.name)
def test_the_whole_vocabulary_is_known(category, form):
    words = [*category.labels, *category.starts, *category.phrases]
    texts = [form.format(change(word)) for word in words for change in (str, str.upper, str.title)]
    plain, compiled = both([text.strip() for text in texts])
    assert compiled == plain


def test_placeholder_latin_counts_by_its_share():
    words = sorted(_FILLER)
    texts = [
        " ".join([*words[k : k + of], *["mill"] * other]) for k in range(60) for of in (2, 3) for other in range(9)
    ]
    plain, compiled = both(texts)
    assert compiled == plain
    assert True in plain
    assert False in plain


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_the_fixtures_lose_the_same_lines(path):
    texts = [block.text for block in segment(page_of(path.read_bytes()).snapshot)]
    plain, compiled = both(texts)
    assert compiled == plain


@pytest.mark.parametrize("wrong", [None, 5, b"x"])
def test_what_is_no_text_is_refused(wrong):
    with pytest.raises((TypeError, AttributeError)):
        twin.drop_strays([SimpleNamespace(text=wrong)], SimpleNamespace(codes=[1]), [True])


def test_lists_that_do_not_match_are_refused():
    blocks = [TextBlock(0, 0, 1, "text", 0, 0)]
    with pytest.raises(IndexError):
        twin.drop_strays(blocks, SimpleNamespace(codes=[1, 1]), [True, True])
