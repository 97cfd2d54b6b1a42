"""A quick look that spares a pattern lets through all that the pattern matches."""

from __future__ import annotations

import html
import re
from types import SimpleNamespace
from unittest import mock

import pytest
from htmldate import find_date
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scraper.body.blocks import captions, placeholders
from scraper.body.kinds import page_walls
from scraper.fields import summary
from scraper.fields.bylines import alone, credit, labelled, names
from scraper.fields.dates import date_text, published
from scraper.fields.dates import labels as date_labels
from scraper.fields.dates import lines as date_lines
from scraper.fields.pictures import caption_lines, caption_words, pictures
from scraper.fields.values import fold
from scraper.page import pictures as page_pictures
from scraper.page import shell


def or_beyond_ascii(look):
    return lambda text: look(text) or not text.isascii()


LOOKS = {
    "decoration": (page_pictures._DECORATION, or_beyond_ascii(page_pictures._may_be_decoration)),
    "file of a decoration": (page_pictures._DECORATION_FILE, or_beyond_ascii(page_pictures._may_be_decoration)),
    "folder of furniture": (pictures._FURNITURE_PATH, or_beyond_ascii(pictures._may_be_furniture_path)),
    "furniture in a folder": (pictures._FURNITURE_PATH, or_beyond_ascii(pictures._may_be_furniture)),
    "furniture of no story": (pictures._OF_NO_STORY, or_beyond_ascii(pictures._may_be_furniture)),
    "asks for scripts": (shell._NEEDS_SCRIPT, shell._may_need_script),
    "label of authors": (names._PREFIX, names._may_have_prefix),
    "job": (names._ROLE, names._may_be_role),
    "office": (names._HOUSE, names._may_be_house),
    "several names": (names._SPLIT, lambda text: names._may_be_parted(text) or not text.isprintable()),
    "employer": (names._EMPLOYER, lambda text: names._may_have_employer(text) or not text.isprintable()),
    "account": (re.compile(rf"\A(?:{names._ADMIN.pattern})\Z"), lambda text: "admin" in text or " " not in text),
    "byline in a line": (labelled._INNER, labelled._may_have_inner),
    "page last edited": (labelled._EDITED, lambda text: "last edited" in text),
    "two names": (names._SHORT_AND, lambda text: text.count(" ") >= names._BLANKS_OF_TWO),
    "contact": (names._CONTACT, lambda text: ":" in text),
    "reviewers": (names._REVIEWER, names._may_name_reviewers),
    "noise": (names._NOISE, names._may_have_noise),
    "phrase": (names._PHRASE, names._may_be_phrase),
    "credit of a line": (caption_lines._CREDIT, caption_lines.may_be_credit),
    "source": (credit._SOURCE, credit._may_name_source),
    "reporting": (credit._REPORTING, credit._may_name_reporting),
    "agency before a stroke": (credit._LEAD_WORD, credit._LEAD_SIGN.search),
    "portrait": (pictures._PORTRAIT_BOX, pictures._tells_of_writer),
    "stand-in": (page_pictures._STAND_IN, page_pictures._may_stand_in),
    "another event": (date_labels._ANOTHER_EVENT, date_labels._may_be_another),
    "publication": (date_labels._SAYS_PUBLISHED, date_labels._may_be_published),
    "first publication": (date_lines._FIRST, date_lines._may_tell_first),
    "placeholder": (placeholders._LIKELY, placeholders._may_be_likely),
    "consent": (page_walls._CONSENT, page_walls._may_ask),
    "credit in words": (captions._FREELY, captions._may_credit_freely),
    "name of a caption": (captions._CAPTION, captions._may_name_caption),
    "name of a credit": (captions._CREDIT, captions._may_name_either),
    "label before a credit": (caption_words._LABEL_LEFT, or_beyond_ascii(caption_words._may_have_label)),
    "tiny picture": (pictures._TINY_PATH, lambda text: "x" in text),
    "size in a name": (
        re.compile(rf"(?!t){pictures._SIZE.pattern[:-1]}\Z"),
        lambda text: not text.isalpha() and len(text) <= pictures._LONGEST_SIZE,
    ),
    "label of a credit": (re.compile(captions._LABELLED), captions._has_label_sign),
}
for _pattern in (
    *(date_text._ISO, date_text._IDEOGRAPHIC, date_text._ERA, date_text._SHORT_YEAR, date_text._VIETNAMESE),
    *(date_text._NUMERIC, date_text._C_STYLE, date_text._LATVIAN, *(order for order, _ in date_text._ORDERS)),
):
    LOOKS[f"date {_pattern.pattern[:20]}"] = (_pattern, date_text._TWO_NUMBERS.search)
MANY = settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", LOOKS)
@MANY
@given(data=st.data())
def test_what_a_pattern_matches_is_let_through(name, data):
    pattern, look = LOOKS[name]
    text = data.draw(st.from_regex(pattern)).lower()
    match = pattern.search(text)
    assert match is None or look(text)


@MANY
@given(st.from_regex(re.compile(captions._LABELLED), fullmatch=True))
def test_no_label_begins_with_a_letter_that_is_asked_for_first(label):
    assert label.lower()[0] not in "adeghjlmortuwxy"


@pytest.mark.parametrize("label", captions._LABEL.replace("?", "").split("|"))
def test_a_labelled_credit_is_found_far_behind_other_signs(label):
    words = label.strip("(:)").replace("(", "").replace(")", "").replace("\\", "")
    text = f"A view of the bay: by boat, at noon. {'The harbour is old. ' * 12}{words}: Jane Doe / Example"
    assert captions.split_credit(text)[1] is not None


@MANY
@given(
    st.lists(
        st.sampled_from(
            ["Jane", "Maria", "Doe", "de", "la", "and", "y", "e", "opens", "jr.", "PhD", ",", "editor", "&", "ROE"]
        ),
        max_size=7,
    )
)
def test_no_line_of_names_has_other_words_in_small_letters(words):
    line = " ".join(words).replace(" ,", ",")
    material = SimpleNamespace(
        names_in=lambda text: names.names_in(text, frozenset()), folded_sites=frozenset(), memo={"small": ""}
    )
    with mock.patch.object(alone, "_may_be_names", return_value=True):
        expected = alone.names_of_line(material, line)
    assert alone.names_of_line(material, line) == expected


@pytest.mark.parametrize("paper", re.search(r"\(\?:(New York[^)]+)\)", credit._PAPER.pattern)[1].split("|"))
def test_every_paper_that_sells_its_stories_is_looked_for(paper):
    assert credit._syndicated(f"Jane Doe, The {paper}", frozenset()) == [f"The {paper}"]


@MANY
@example(["Words", *[" – "] * 60, "and more of them"])
@given(st.lists(st.sampled_from(["word", "Wort ", "  ", "...", " – ", "ß", "Ä", "\u2028", "x" * 50]), max_size=60))
def test_the_start_of_a_description_is_that_of_all_of_it(parts):
    text = "".join(parts)
    assert summary._start_of(text) == fold(text)[: summary._COMPARED]


@settings(MANY, max_examples=150)
@given(
    st.lists(
        st.sampled_from([*"0123456789./-:T ", "20", "12", "2024", "May", "on ", "date: ", "Stand: ", "'", "<"]),
        max_size=14,
    )
)
def test_what_htmldate_reads_in_a_plain_line_is_let_through(parts):
    line = "".join(parts)
    found = find_date(f"<html><body><p>A line</p><p>{html.escape(line)}</p></body></html>", extensive_search=False)
    assert found is None or published._MAY_BE_READ.search(line)


@MANY
@example([" a.jpg 1w", "b.jpg  2w", ""])
@example(["a.jpg", "b.jpg 2x"])
@example(["/w_6", "h_4/a.jpg 640w", " /w_9", "h_6/a.jpg\t960w"])
@given(
    st.lists(
        st.lists(
            st.sampled_from(["a.jpg", "/b", " ", "\n", "\x1c", "2x", "1.5x", "640w", "x", "w", "٣w", "1234567w"])
        ).map("".join),
        max_size=5,
    )
)
def test_a_plain_srcset_is_read_as_by_the_pattern(parts):
    srcset = ",".join(parts)
    with mock.patch.object(page_pictures, "_plain_candidates", return_value=None):
        expected = page_pictures.read_srcset(srcset)
    assert page_pictures.read_srcset(srcset) == expected


@pytest.mark.parametrize(
    ("srcset", "plain"), [("/a.jpg 640w, /b.jpg 960w", True), ("/a.jpg 2x", True), ("/w_6,h_4/a.jpg 1.5x", False)]
)
def test_a_plain_srcset_is_one_without_commas_in_addresses(srcset, plain):
    assert (page_pictures._plain_candidates(srcset) is not None) == plain


PLACEHOLDERS = st.lists(
    st.sampled_from(
        [
            ' class="',
            '"',
            ' data-youtube-id="',
            "Youtube",
            "//x.com/",
            "datawrapper-",
            "-embed",
            "twitter",
            "İ",
            "Σ",
            " ",
        ]
    ),
    max_size=6,
).map("".join)


@MANY
@example([' class="x"', ' data-src="//www.YOUTUBE.com/embed/abcdef"', ""])
@given(st.lists(PLACEHOLDERS, max_size=4))
def test_several_elements_with_a_placeholder_are_looked_at_one_by_one(sources):
    assert placeholders.may_hold(sources) or not any(map(placeholders.is_placeholder, sources))


@MANY
@given(
    st.lists(st.sampled_from(["https://", "/", "logo", "pixel", "ads", "56x56", ".svg", ".jpg", "-", "Ä"]), max_size=8)
)
def test_what_a_caption_does_not_save_is_furniture_without_one(parts):
    url = "".join(parts)
    assert pictures.is_furniture_file(url) or not pictures.is_furniture_file(url, captioned=True)
