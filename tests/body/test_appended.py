"""What a page appends to its article is no part of it: comments, further articles, the text once more."""

from __future__ import annotations

import pytest

from scraper.api import explain, extract
from scraper.body.blocks.segment import segment
from scraper.body.classifier.layout import lay_out
from scraper.body.decisions.appended import drop_appended
from scraper.body.decisions.outline import outline_of
from scraper.page.snapshot import snapshot_of
from tests.body.test_decide import COURSES, PROSE, decided


def page_of(*blocks, tags=("h1", "h2", "h3")):
    """Return a page of headings (texts that begin with their tag and a colon) and paragraphs."""
    parts = []
    for text in blocks:
        tag, _, rest = text.partition(":")
        parts.append(f"<{tag}>{rest}</{tag}>" if tag in tags else f"<p>{text}</p>")
    return "<body>" + "".join(parts) + "</body>"


def kept(*texts):
    page = page_of(*texts)
    found = decided(*(0.99 for _ in texts), page=page)[0]
    snapshot = snapshot_of(page)
    blocks = segment(snapshot)
    drop_appended(snapshot, blocks, outline_of(lay_out(snapshot, blocks), blocks), found)
    return found


@pytest.mark.parametrize("label", ["Comments", "35 Comments »", "Kommentare (2)", "27 commentaires", "Комментарии"])
def test_what_stands_below_the_heading_of_the_comments_goes(label):
    assert kept(PROSE, COURSES[0], f"h2:{label}", COURSES[1], COURSES[2]) == [True, True, False, False, False]


@pytest.mark.parametrize(
    "label",
    [
        "142 Antworten zu Die Mühle dreht sich wieder",
        "5 Kommentare on “The mill turns”",
        "Eine Antwort auf „Die Mühle dreht sich“",
        "One Response to “The mill turns”",
        "12 réponses à « Le moulin tourne »",
        "124 Reader Comments",
        "Hinterlasse einen Kommentar",
    ],
)
def test_headings_that_count_comments_or_ask_for_them_head_comments(label):
    headline = "h1:Die Mühle dreht sich wieder"
    assert kept(headline, PROSE, COURSES[0], f"h3:{label}", COURSES[1])[1:] == [True, True, False, False]


@pytest.mark.parametrize(
    "label",
    [
        *("About the author", "ABOUT THE AUTHORS:", "Über die Autorin:", "Zum Autor", "À propos de l’auteure"),
        *("Sobre el autor", "Sull'autore", "Sobre a autora", "Over de auteur", "Om författaren", "O autorze"),
        *("Yazar hakkında", "Об авторе", "关于作者"),
    ],
)
@pytest.mark.parametrize("tag", ["h3:", ""])
def test_notes_about_authors_go(tag, label):
    note = "She writes this column every other week and lives with a beekeeper."
    found = kept(PROSE, COURSES[0], COURSES[1], COURSES[2], f"{tag}{label}", note)
    assert found == [True, True, True, True, False, False]


def test_note_about_an_author_ends_with_the_next_heading():
    found = kept(PROSE, COURSES[0], COURSES[1], "h3:About the author", "She keeps bees.", "h2:The mill", COURSES[2])
    assert found == [True, True, True, False, False, True, True]


@pytest.mark.parametrize(
    "texts",
    [
        ("h3:About the author", PROSE, COURSES[0], COURSES[1]),
        (PROSE, COURSES[0], "h3:About the author", *(f"{k} {k * k} {k + 7} {PROSE}" for k in range(9))),
        (PROSE, COURSES[0], COURSES[1], "h3:Zur Person", "She has run the mill since 1988."),
        (PROSE, COURSES[0], COURSES[1], "h3:About the author of the plan", "She has run the mill since 1988."),
    ],
    ids=["above the text", "in its first half", "may be the one interviewed", "other words"],
)
def test_what_only_looks_like_a_note_about_an_author_stays(texts):
    assert all(kept(*texts))


@pytest.mark.parametrize(
    "line",
    ["Jun Halloran, reporter | jun@isle.example", "윤가람 기자 garam@isle.example", "Ada Reed (ada.reed@isle.example)"],
)
def test_last_line_with_a_reporters_address_goes(line):
    assert kept(PROSE, COURSES[0], COURSES[1], line) == [True, True, True, False]


@pytest.mark.parametrize("line", ["Registration: mill@isle.example", "Write to the mill at mill@isle.example"])
def test_last_line_with_an_address_to_use_stays(line):
    assert all(kept(PROSE, COURSES[0], COURSES[1], line))


def test_line_with_an_address_inside_the_text_stays():
    assert all(kept(PROSE, COURSES[0], "Ada Reed ada@isle.example", COURSES[1]))


@pytest.mark.parametrize(
    "section", ["3 thoughts on the price of grain", "Two answers to the miller", "5 Gedanken zum Korn"]
)
def test_headings_that_count_thoughts_of_the_article_head_none(section):
    assert kept("h1:The mill turns", PROSE, COURSES[0], f"h3:{section}", COURSES[1])[4]


def test_a_counter_of_comments_above_the_text_ends_nothing():
    assert kept("A short teaser.", "h2:12 Comments", PROSE, COURSES[0])[2:] == [True, True]


def test_a_sentence_about_comments_is_no_heading_of_them():
    assert all(kept(PROSE, "h2:Comments that moved the council", COURSES[0]))


def test_a_paragraph_that_says_comments_ends_nothing():
    assert kept(PROSE, "Comments", COURSES[0])[2]


READER = "I have rowed there since I was a boy, and I say that the harbour was never better than in those years. " * 3
COMMENTS = "<h2>Comments</h2>" + "".join(f"<p>{text}</p>" for text in (READER, *COURSES[3:6]))


def test_comments_are_told_as_the_reason():
    verdicts = explain(site(article("Ferry to run again", *OWN), COMMENTS), "https://harbour.example/ferry").blocks
    assert {v.reason for v in verdicts if v.text.startswith("I have rowed")} == {"below the heading of the comments"}


def test_comments_that_go_do_not_lower_the_confidence():
    page = article("Ferry to run again", *OWN, *OTHER)
    alone = extract(site(page), "https://harbour.example/ferry").metadata.confidence
    assert extract(site(page, COMMENTS), "https://harbour.example/ferry").metadata.confidence >= alone - 0.1


def article(headline, *texts, tag="h1", name="entry"):
    return (
        f'<article class="{name}"><{tag}>{headline}</{tag}>'
        + "".join(f"<p>{text}</p>" for text in texts)
        + "</article>"
    )


def site(*articles, title="Ferry to run again | The Harbour Post", before=""):
    return f"<html><head><title>{title}</title></head><body><main>{before}{''.join(articles)}</main></body></html>"


OWN = [f"The ferry will run again from May, part {n} of the plan says; {PROSE}" for n in range(3)]
OTHER = [f"A bakery on the quay has sold its {n}00th loaf. {text}" for n, text in enumerate(COURSES[:3])]


def body(*articles, **options):
    return extract(site(*articles, **options), "https://harbour.example/ferry", keep_all=True).article_body


def test_a_further_article_with_a_headline_of_its_own_goes():
    assert "bakery" not in body(article("Ferry to run again", *OWN), article("Bakery sells loaves", *OTHER))


def test_the_article_is_the_one_that_the_title_names():
    text = body(
        article("Ferry to run again", *OWN), article("Bakery sells loaves", *OTHER), title="Bakery sells loaves"
    )
    assert "100th loaf" in text


def test_an_article_above_the_page_s_own_is_not_judged():
    text = body(
        article("Ferry to run again", *OWN), article("Bakery sells loaves", *OTHER), title="Bakery sells loaves"
    )
    assert "part 0 of the plan" in text


def test_a_second_part_under_the_same_headline_stays():
    assert "100th loaf" in body(article("Ferry to run again", *OWN), article("Ferry to run again (2)", *OTHER))


def test_sections_that_are_articles_stay():
    sections = [
        article(name, *texts, tag="h2", name="section") for name, texts in (("The plan", OWN[1:]), ("The cost", OTHER))
    ]
    assert "100th loaf" in body(article("Ferry to run again", OWN[0]), *sections)


def test_sections_of_one_class_below_the_first_text_stay():
    sections = [
        article(name, *texts, tag="h2")
        for name, texts in (("Ferry to run again", OWN[1:]), ("The cost", OTHER + COURSES))
    ]
    assert "100th loaf" in body(*sections, before=f"<p>{OWN[0]}</p>")


def test_further_articles_below_headings_of_the_second_level_go():
    articles = [article(name, *texts, tag="h2") for name, texts in (("Ferry to run again", OWN), ("Bakery", OTHER))]
    assert "100th loaf" not in body(*articles)


def second_level(*articles, **options):
    return body(*(article(name, *texts, tag="h2", name=kind) for name, kind, texts in articles), **options)


def test_a_short_article_below_a_heading_of_the_second_level_stays():
    assert "100th loaf" in second_level(("Ferry to run again", "entry", OWN), ("Bakery", "entry", [OTHER[1][:300]]))


def test_a_section_of_another_class_stays():
    assert "100th loaf" in second_level(("Ferry to run again", "lead", OWN), ("The bakery", "section", OTHER))


def test_sections_below_a_headline_outside_of_them_stay():
    sections = (("Ferry to run again", "entry", OWN), ("The bakery", "entry", OTHER))
    assert "100th loaf" in second_level(*sections, before="<h1>Ferry to run again</h1>")


def test_a_page_whose_title_names_no_article_keeps_all():
    text = body(article("Ferry to run again", *OWN), article("Bakery sells loaves", *OTHER), title="Harbour Post")
    assert "100th loaf" in text


def test_another_article_is_told_as_the_reason():
    page = site(article("Ferry to run again", *OWN), article("Bakery sells loaves", *OTHER))
    verdicts = explain(page, "https://harbour.example/ferry").blocks
    assert {v.reason for v in verdicts if v.text.startswith("A bakery")} == {"in another article"}


def test_a_block_that_holds_the_whole_text_once_more_goes():
    assert kept(*COURSES[:4], " ".join(COURSES[:4])) == [True] * 4 + [False]


def test_the_whole_text_once_more_says_why_it_was_dropped():
    page = page_of(*COURSES[:4], " ".join(COURSES[:4]))
    assert decided(*[0.99] * 5, page=page)[1][4] == "the same text is kept elsewhere"


def test_the_text_once_more_goes_where_it_stands_first():
    assert kept(" ".join(COURSES[:4]), *COURSES[:4]) == [False] + [True] * 4


def test_a_long_paragraph_that_holds_one_other_stays():
    long = " ".join(COURSES[:3])
    assert all(kept(long, f"Indeed. {long}", COURSES[4]))


def test_a_long_paragraph_that_holds_two_short_ones_stays():
    notes = ["Boots are lent at the gate for a small deposit.", "Ropes must be dry before they are coiled again."]
    assert all(kept(*notes, f"{' '.join(COURSES[:3])} {' '.join(notes)}", COURSES[4]))
