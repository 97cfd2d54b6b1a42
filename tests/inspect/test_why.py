"""Why is my paragraph missing: the question for the library, and the words of its answers."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from scraper import explain, why
from scraper.body.decisions import decide
from scraper.body.vocabulary import CATEGORIES
from scraper.inspect.reasons import has_meaning
from tests.inspect.pages import KEPT, NEWSLETTER, PAGE, UNSEEN

FIXTURES = sorted(Path(__file__).parents[2].glob("fixtures/pages/*/page.html"))
LINKED = "The lighthouse keeper of Gribo retires after forty years"
STORY = f"{LINKED}, and nobody has applied for her post, the harbour office said on Friday; it will be advertised anew."


def test_dropped_text_has_its_reason_and_its_meaning():
    found = why(PAGE, NEWSLETTER)[0]
    assert (found.whereabouts, found.reason) == ("dropped", "newsletter vocabulary")
    assert found.meaning.startswith("It invites readers to a newsletter.")


def test_kept_text_is_said_to_be_kept():
    assert [found.whereabouts for found in why(PAGE, KEPT[:40])] == ["kept"]


def test_text_of_a_script_is_said_to_be_hidden():
    assert why(PAGE, UNSEEN)[0].whereabouts == "hidden"


def test_text_that_is_nowhere_is_absent():
    assert [found.whereabouts for found in why(PAGE, "Never said, never printed, never thought of.")] == ["absent"]


def test_text_with_typos_leads_to_the_nearest_block():
    wrong = " ".join(word[:-2] + word[-1] + word[-2] if n % 2 else word for n, word in enumerate(KEPT.split()))
    assert [(found.whereabouts, found.text) for found in why(PAGE, wrong)] == [("absent", ""), ("kept", KEPT)]


def test_links_that_quote_a_paragraph_do_not_stand_for_it():
    page = PAGE.replace("</nav>", f"<a href='/keeper'>{LINKED}</a></nav>", 1).replace(KEPT, STORY)
    assert [found.text for found in why(page, STORY)] == [STORY]


def test_paragraph_is_not_taken_for_its_twin():
    twin = STORY.replace("Gribo", "Skarro")
    page = PAGE.replace(KEPT, f"{STORY}</p><p>{twin}")
    assert [found.text for found in why(page, twin)] == [twin]


def test_links_to_a_paragraph_that_was_typed_wrong_do_not_stand_for_it():
    page = PAGE.replace("</nav>", f"<a href='/keeper'>{LINKED}</a></nav>", 1).replace(KEPT, STORY)
    assert [found.text for found in why(page, STORY.replace("Friday", "Fryday"))] == [STORY]


def test_line_that_a_good_score_did_not_save_is_not_said_to_have_a_bad_one():
    updates = "".join(
        f"<section><time>1{n}:00</time><h3>Update {n}</h3><p>{STORY.replace('Gribo', f'Isle {n}')}</p></section>"
        for n in range(6)
    )
    found = next(one for n in range(6) for one in why(PAGE.replace(KEPT, updates), f"1{n}:00") if one.score > 0.5)
    assert found.whereabouts == "dropped"
    assert "Its own score would have kept it" in str(found)
    assert "from 0.50 on" not in str(found)


def test_paragraphs_are_looked_for_one_by_one():
    missing = "Never said, never printed, never thought of by anybody."
    found = why(PAGE, f"{KEPT}\n\n{missing}\n \n{NEWSLETTER}")
    assert [(one.whereabouts, one.text) for one in found] == [
        ("kept", KEPT),
        ("absent", missing),
        ("dropped", NEWSLETTER),
    ]


def test_text_without_letters_is_no_question():
    with pytest.raises(ValueError, match="no letter and no digit"):
        why(PAGE, " … ")


def test_caption_with_its_credit_is_kept_with_the_picture():
    figure = '<figure><img src="/p/quay.jpg"><figcaption>The Corrigan. Photo: Jo Lind</figcaption></figure>'
    page = PAGE.replace(f"<p>{KEPT}", f"{figure}<p>{KEPT}")
    assert why(page, "Photo: Jo Lind", "https://ravel.example/ferry")[0].whereabouts == "elsewhere"


@pytest.mark.parametrize("path", FIXTURES, ids=[path.parent.name for path in FIXTURES])
def test_every_reason_has_a_meaning(path):
    reasons = {block.reason for block in explain(path.read_bytes()).blocks}
    assert {reason for reason in reasons if not has_meaning(reason)} == set()


def test_every_reason_of_the_decision_has_a_meaning():
    reasons = re.findall(r'reason = "([^"]+)"', inspect.getsource(decide))
    assert "most of its list was dropped" in reasons
    assert [reason for reason in reasons if not has_meaning(reason)] == []


@pytest.mark.parametrize("category", CATEGORIES, ids=[category.name for category in CATEGORIES])
def test_every_category_has_a_meaning(category):
    assert has_meaning(category.reason)
