"""A quick look that spares a pattern lets through all that the pattern matches."""

from __future__ import annotations

import html
import re

import pytest
from htmldate import find_date
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.body.blocks import captions, placeholders
from scraper.body.kinds import page_walls
from scraper.fields.bylines import credit, names
from scraper.fields.dates import labels as date_labels
from scraper.fields.dates import lines as date_lines
from scraper.fields.dates import published
from scraper.fields.pictures import caption_lines, pictures
from scraper.page import pictures as page_pictures
from scraper.page import shell


def or_beyond_ascii(look):
    return lambda text: look(text) or not text.isascii()


LOOKS = {
    "decoration": (page_pictures._DECORATION, or_beyond_ascii(page_pictures._may_be_decoration)),
    "file of a decoration": (page_pictures._DECORATION_FILE, or_beyond_ascii(page_pictures._may_be_decoration)),
    "folder of furniture": (pictures._FURNITURE_PATH, or_beyond_ascii(pictures._may_be_furniture_path)),
    "asks for scripts": (shell._NEEDS_SCRIPT, shell._may_need_script),
    "label of authors": (names._PREFIX, names._may_have_prefix),
    "reviewers": (names._REVIEWER, names._may_name_reviewers),
    "noise": (names._NOISE, names._may_have_noise),
    "phrase": (names._PHRASE, names._may_be_phrase),
    "credit of a line": (caption_lines._CREDIT, caption_lines._may_be_credit),
    "source": (credit._SOURCE, credit._may_name_source),
    "portrait": (pictures._PORTRAIT_BOX, pictures._tells_of_writer),
    "stand-in": (page_pictures._STAND_IN, page_pictures._may_stand_in),
    "another event": (date_labels._ANOTHER_EVENT, date_labels._may_be_another),
    "publication": (date_labels._SAYS_PUBLISHED, date_labels._may_be_published),
    "first publication": (date_lines._FIRST, date_lines._may_tell_first),
    "placeholder": (placeholders._LIKELY, placeholders._may_be_likely),
    "consent": (page_walls._CONSENT, page_walls._may_ask),
    "label of a credit": (re.compile(captions._LABELLED), captions._has_label_sign),
}
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
