"""Bylines that only readers see: boxes of several lines, names that no label and no class announce."""

import pytest

from scraper.fields.bylines.given_names import begins_with_given_name, is_given_name
from tests.fields.chosen import TEXT, choices_of

H1 = "<h1>Town bridge opens</h1>"
DATE = '<div class="d">May 3, 2024</div>'


def names(people):
    return [person.name for person in people or ()]


def seen(value, body, **options):
    return names(value("authors", options.pop("head", ""), H1 + body, **options))


def box(*lines, tag="span"):
    return '<div class="author">' + "".join(f"<{tag}>{line}</{tag}>" for line in lines) + "</div>"


def behind(html):
    page = f'<html lang="en"><body>{H1}<p>{TEXT}</p><p>{TEXT}</p>{html}</body></html>'
    winner = choices_of(page)["authors"].winner
    return names(winner.value) if winner else []


@pytest.mark.parametrize(
    "lines",
    [
        ("Jane Doe", "Head of the Lumera Desk", "Connect"),
        ("By", "Jane Doe", "0", "Jane Doe is a reporter in Halford.", "View all", "QuorlMed"),
        ("News", "By", "Jane Doe"),
        ("Lumera", "A platform for bridges", "Jane Doe", "Research"),
        ("JD", "Jane Doe", "Chefreporterin"),
        ("2 days ago", "Save", "Jane Doe"),
        ("Von", "Jane Doe", "Leitender Wirtschaftsredakteur"),
        ("Jane Doe", "Übersetzt von", ":", "Mia Roe"),
        ("By", "Jane Doe", "Tested by", "Max Poe", "and", "Mia Roe"),
        ("By", "Jane Doe", "HALFORD DAILY NEWS", "May 3, 2024"),
    ],
    ids=["button", "bio", "section", "slogan", "portrait", "age", "job", "translator", "testers", "paper"],
)
def test_of_the_lines_of_a_box_only_the_author_is_one(value, lines):
    assert seen(value, box(*lines)) == ["Jane Doe"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Von", "Jane Doe", ",", "John Roe", "und", "Mia Poe"),
        ("Jane Doe", ", John Roe", ", and", "Mia Poe"),
        ("By", "Jane Doe", "News Reporter", "John Roe", "Editor", "Mia Poe"),
        ("JD", "Jane Doe", "JR", "John Roe", "MP", "Mia Poe"),
    ],
    ids=["commas", "and", "jobs", "portraits"],
)
def test_authors_on_lines_of_their_own(value, lines):
    assert seen(value, box(*lines)) == ["Jane Doe", "John Roe", "Mia Poe"]


def test_author_without_a_link_beside_one_that_has_it(value):
    line = '<div class="byline"><a href="/author/jane-doe">Jane Doe</a><b>,</b><i>John Roe</i></div>'
    assert seen(value, line) == ["Jane Doe", "John Roe"]


def test_button_below_the_name_that_links_to_the_author(value):
    line = '<div class="author"><h5>Jane Doe</h5><a href="/author/jdx7">Weitere Beiträge</a></div>'
    assert seen(value, line) == ["Jane Doe"]


def test_label_of_a_link_to_the_author_whom_the_address_names(value):
    more = '<a class="author" href="/author/jane-doe/">Ältere Artikel</a>'
    name = '<a class="author" href="/author/jane-doe/">Jane Doe</a>'
    assert seen(value, name + "<hr>" + more) == ["Jane Doe"]


def test_link_about_how_the_house_works_is_no_author(value):
    about = '<div class="author"><i>By</i><b>Jane Doe</b><a href="/author/rules">Testing Rulebook</a></div>'
    assert seen(value, about) == ["Jane Doe"]


@pytest.mark.parametrize("word", ["Connect:", "QuorlMed", "ca. 8 Min.", "VP - Technology"])
def test_one_word_beside_a_person_is_no_author(value, word):
    assert seen(value, f'<div class="author">Jane Doe</div><div class="author">{word}</div>') == ["Jane Doe"]


def test_author_of_a_teaser_in_the_text_is_none(value):
    teaser = f'<p>{TEXT}</p><div class="author">Bob Poe</div>'
    assert seen(value, f'<div class="author">Jane Doe</div>{teaser}') == ["Jane Doe"]


@pytest.mark.parametrize("line", ["Zuletzt geändert am:", "Donate today", "Southern Example's editorial guidelines"])
def test_sentence_in_an_element_for_authors_is_no_name(value, line):
    assert seen(value, f'<div class="author">{line}</div>') == []


def test_university_beside_a_person_is_where_they_work(value):
    assert seen(value, box("Jane Doe", ",", "University of Halford")) == ["Jane Doe"]


def test_link_to_all_articles_gives_way_to_the_name(value):
    line = '<div>Julia Quorl</div><div>Tech Writer</div><div class="author">Articles by Julia</div>'
    assert seen(value, line) == ["Julia Quorl"]


@pytest.mark.parametrize(
    "line", ["Text Size", "text-black", "Interview Appointment Templates", "Ein Angebot von Anmelden"]
)
def test_word_that_may_be_a_label_is_none_without_a_colon(value, line):
    assert seen(value, f"<div>{line}</div>") == []


@pytest.mark.parametrize("line", ["Text: Jane Doe", "Text von Jane Doe", "Interview: Jane Doe"])
def test_word_that_may_be_a_label_with_a_colon(value, line):
    assert seen(value, f"<div>{line}</div>") == ["Jane Doe"]


def test_paper_that_only_markup_parts_from_the_name(value):
    assert seen(value, "<div>By <b>Jane Doe</b> <i>Halford Chronicle</i></div>") == ["Jane Doe"]


def test_single_word_behind_a_label_gives_way_to_a_full_name(value):
    assert seen(value, "<div>Autor</div><div>Anmelden</div><div>Von Jane Doe und John Roe</div>") == [
        "Jane Doe",
        "John Roe",
    ]


def test_label_inside_of_a_line_of_facts(value):
    facts = "<div><i>Ort:</i> <b>Halford</b> <i>Autor:</i> <b>Jane Doe</b> <i>Quelle:</i> <b>Lumera</b></div>"
    assert seen(value, facts) == ["Jane Doe"]


def test_byline_of_a_teaser_under_a_heading_of_related_articles(value):
    teaser = f"<p>{TEXT}</p><h4>Related articles</h4><div>By Bob Poe</div>"
    assert seen(value, f'<div class="author">Jane Doe</div>{teaser}') == ["Jane Doe"]


@pytest.mark.parametrize(
    "lines",
    [
        "<div>Jane Doe</div><div>5 min read</div>",
        "<div>Jane Doe</div><div>Jun 9</div>",
        "<div>Jane Doe</div><div>2 days ago</div>",
        "<div>May 3, 2024, Jane Doe</div>",
        "<div>Jane Doe, May 3, 2024</div>",
        "<div>May 3, 2024 · 30 min · 6279 words · Jane Doe</div>",
        "<div>12/19/2025 <i>•</i> <i>Friday Lamps</i> <i>•</i> <i>Jane Doe</i></div>",
        f"<div>Jane Doe, MS, RD</div>{DATE}",
        f"<div>Jane Doe, Shipping Expert</div>{DATE}",
        "<div>Share</div><div>Save</div><div>Print</div><div>Copy</div><div>Jane Doe</div>" + DATE,
        "<div>Jane Doe</div>",
    ],
    ids=["reading", "day", "age", "date", "behind", "count", "series", "degrees", "job", "buttons", "alone"],
)
def test_person_near_the_headline(value, lines):
    assert seen(value, lines) == ["Jane Doe"]


def test_person_between_the_date_and_the_headline():
    page = (
        f'<html lang="en"><body><div>May 3, 2024</div><div>Jane Doe</div>{H1}<p>{TEXT}</p><p>{TEXT}</p></body></html>'
    )
    assert names(choices_of(page)["authors"].winner.value) == ["Jane Doe"]


def test_surname_with_a_particle(value):
    assert seen(value, f"<div>Christoph von Quorl</div>{DATE}") == ["Christoph von Quorl"]


def test_persons_below_each_other(value):
    assert seen(value, f"<div>Jane Doe</div><div>Anna Quorl</div><div>Max Roe</div>{DATE}") == [
        "Jane Doe",
        "Anna Quorl",
        "Max Roe",
    ]


@pytest.mark.parametrize("name", ["JANE DOE", "jane doe"])
def test_name_in_capitals_or_small_letters_beside_a_date(value, name):
    assert seen(value, f"<div>{name}</div>{DATE}") == [name]


def test_given_name_beside_date_and_reading_time(value):
    assert seen(value, f"<div>Stefan</div>{DATE}<div>9 min read</div>") == ["Stefan"]


def test_given_name_beside_a_date_alone_may_be_anything(value):
    assert seen(value, f"<div>Stefan</div>{DATE}") == []


def test_unknown_name_right_beside_the_date(value):
    assert seen(value, f"<div>Quorl Vemmick</div>{DATE}") == ["Quorl Vemmick"]


def test_words_that_the_article_writes_small_are_no_unknown_name(value):
    assert seen(value, f"<div>Quorl Bridge</div>{DATE}") == []


def test_unknown_name_without_a_date_is_none(value):
    assert seen(value, "<div>Quorl Vemmick</div>") == []


def test_section_behind_in_is_no_author(value):
    assert seen(value, "<div>Dec 26, 2025 <i>in</i> <i>Quorl Lamps</i></div>") == []


def test_picture_credit_beside_a_date_names_no_author(value):
    assert seen(value, f"<div>© Lumera / Jane Doe</div>{DATE}") == []


@pytest.mark.parametrize(("line", "expected"), [("山田花子", ["山田花子"]), ("国際政治", []), ("社会部", [])])
def test_chinese_characters_beside_a_date(value, line, expected):
    assert seen(value, f"<div>{line}<i>2024年5月3日 9時00分</i></div>", lang="ja") == expected


@pytest.mark.parametrize(("line", "expected"), [("Redaktion", ["Redaktion"]), ("Example", ["Example"]), ("Menu", [])])
def test_desk_beside_a_date(value, line, expected):
    assert seen(value, f"<div>{line}</div>{DATE}") == expected


def test_agency_beside_a_date_is_no_desk(value):
    head = '<meta property="og:site_name" content="Ukrinform">'
    assert seen(value, f"<div>Ukrinform</div>{DATE}", head=head) == []


def test_vouched_name_beats_the_account_that_machines_are_told(value):
    head = '<meta name="author" content="jdoe.edit">'
    assert seen(value, f"<div>Jane Doe</div>{DATE}", head=head) == ["Jane Doe"]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="x">Jane Doe is a writer who lives in Halford.</div>',
        '<div class="x">Jane Doe</div><div class="x">Jane joined us in the spring, when the quay was still a field of reeds.</div>',
        '<div class="x">– Jane Doe</div>',
    ],
    ids=["writer", "box", "dash"],
)
def test_who_is_told_of_behind_the_text_wrote_it(html):
    assert behind(html) == ["Jane Doe"]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="x">Jane Doe was seen on the quay at noon.</div>',
        '<div class="x">Der Morgen</div><div class="x">Der beste Start in den Tag mit allen Nachrichten aus Halford und der Welt.</div>',
        '<div class="x">– Quorl Vemmick</div>',
        '<h3>Lamps of the quay</h3><div class="x">John Roe, October 28, 2025</div>',
    ],
    ids=["seen", "letter", "unknown", "teaser"],
)
def test_who_is_only_named_behind_the_text_did_not_write_it(html):
    assert behind(html) == []


@pytest.mark.parametrize("word", ["Jürgen", "JANE", "Jean-Luc", "Алексей", "José"])
def test_common_given_name(word):
    assert is_given_name(word)


@pytest.mark.parametrize("name", ["Friday Philosophy", "Project Management", "South Africa", "Dr. Quorl", ""])
def test_what_begins_with_no_given_name(name):
    assert not begins_with_given_name(name)


def test_title_and_initial_before_a_given_name():
    assert begins_with_given_name("Dr. J. Anna Quorl")


@pytest.mark.parametrize("line", ["Reviewed by Jane Doe", "Edited by Jane Doe", "Geprüft von Jane Doe"])
def test_reviewer_is_no_author_even_where_no_other_is_named(value, line):
    assert seen(value, f'<div class="author">{line}</div>') == []


def test_author_of_a_linked_teaser_is_not_the_articles(value):
    teaser = '<li><a href="/other"><span class="author">Kate May</span><h2>Low tide in the harbour</h2></a></li>'
    assert seen(value, f"<ul>{teaser}</ul>") == []


def test_author_box_in_an_item_keeps_its_author(value):
    box_of_author = (
        '<ul><li><h3><a href="/author/jane-doe">Jane Doe</a></h3><span class="author">Jane Doe</span></li></ul>'
    )
    assert seen(value, box_of_author) == ["Jane Doe"]


def test_who_answers_questions_is_no_author(value):
    assert seen(value, f'{DATE}<p class="d">Contact: <a href="/authors/jane-doe">Jane Doe</a></p>') == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<p class=s><strong>Jane Doe</strong></p>", ["Jane Doe"]),
        ("<p class=s>Jane Doe</p>", []),
        ("<p class=s>Jane Doe und <a href='/us'>Redaktion Halford.example.com</a></p>", ["Jane Doe"]),
    ],
    ids=["bold", "plain", "with the desk"],
)  # fmt: skip
def test_last_line_of_the_text_signs_it_in_bold_or_with_the_desk(line, expected):
    assert behind(line) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("The bridge is open. (Jane Doe)", ["Jane Doe"]),
        ("“I leave it as it is!” (Jane Doe)", []),
        ("You can cross a river with it (Jane Doe)", []),
    ],
    ids=["sentence", "quotation", "motto"],
)
def test_name_in_brackets_behind_a_sentence_signs_but_not_behind_a_quotation(end, expected):
    assert behind(f"<p>{TEXT} {end}</p>") == expected
