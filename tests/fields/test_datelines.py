import pytest

from tests.fields.chosen import TEXT, choices_of

H1 = "<h1>Town bridge opens</h1>"
SURE = {
    "HALFORD (WXYZ) -- ": "HALFORD",
    "HALFORD, Calif. (NEWS7) — ": "HALFORD, Calif.",
    "Halford (abc) - ": "Halford",
    "Halford (abc/de). ": "Halford",
    "HALFORD (January 24, 2024) — ": "HALFORD",
    "Halford, 14. Dezember 2023 – ": "Halford",
    "Halford, 27.6.2023 - ": "Halford",
    "Halford, (12.11.2023). ": "Halford",
    "(ANSA) - HALFORD, 28 LUG - ": "HALFORD",
}
LIKELY = ("Halford - ", "Halford. ", "Halford: ", "(Halford) - ", "Halford/Lorne – ", "HALFORD. ")


def dateline_of(text):
    """Return the dateline of a page with this paragraph and another one, or None."""
    winner = choices_of(f"<html><body>{H1}<p>{text}</p><p>{TEXT}</p></body></html>")["dateline"].winner
    return winner.value if winner else None


@pytest.mark.parametrize(("opening", "expected"), SURE.items(), ids=SURE.keys())
def test_place_with_a_bracket_or_a_date_behind_it(value, opening, expected):
    assert value("dateline", "", H1, text=opening + TEXT) == expected


@pytest.mark.parametrize("opening", LIKELY)
def test_place_that_the_text_calls_one(opening):
    assert dateline_of(f"{opening}{TEXT} The mayor lives in Halford.") == opening.strip("(): -–.")


@pytest.mark.parametrize("opening", LIKELY)
def test_word_that_nothing_calls_a_place(opening):
    assert dateline_of(opening + TEXT) is None


@pytest.mark.parametrize(
    "opening", ["Berlin. ", "Wien – ", "New Delhi: ", "NEW DELHI: ", "Londres.- ", "London/Teheran - "]
)
def test_city_that_every_reader_knows(opening):
    assert dateline_of(opening + TEXT) == opening.strip(" :.-–")


def test_place_behind_the_standfirst(value):
    assert value("dateline", "", H1, text=f"{TEXT}</p><p>Hamburg. {TEXT}") == "Hamburg"


@pytest.mark.parametrize(
    "text",
    [
        f"Rep. Doe of the party came from Rep. Roe and met the others. {TEXT}",
        f"Jane Doe (ABC) - {TEXT}",
        f"Example – {TEXT} It is in Example.",
        f"SORROWS: {TEXT}",
        f"Berlin: {TEXT}</p><p>Wien: {TEXT}",
        f"Berlin – und zwar bald. {TEXT}",
    ],
    ids=["title", "person", "site", "label in capitals", "list of labels", "sentence that goes on"],
)
def test_what_is_no_dateline(value, text):
    assert value("dateline", '<meta property="og:site_name" content="Example">', H1, text=text) is None


def test_station_behind_a_stated_place_is_left_out(value):
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Town bridge opens","dateline":"HALFORD (WXYZ)"}</script>'
    assert value("dateline", head, H1) == "HALFORD"
