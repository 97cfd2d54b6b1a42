import pytest

from tests.fields.chosen import TEXT, choices_of

H1 = "<h1>Town bridge opens</h1>"
OPENINGS = {
    "BERLIN (dpa) - ": (("dpa",), "BERLIN"),
    "NEW YORK (AP) — ": (("AP",), "NEW YORK"),
    "London, Jun 11 (EFE).- ": (("EFE",), "London"),
    "東京（AP）": (("AP",), "東京"),
    "(Reuters) - ": (("Reuters",), None),
    "WASHINGTON — ": (None, "WASHINGTON"),
}


@pytest.mark.parametrize(("opening", "expected"), OPENINGS.items(), ids=OPENINGS.keys())
def test_agency_and_dateline_of_the_first_paragraph(value, opening, expected):
    found = tuple(value(field, "", H1, text=opening + TEXT) for field in ("agency", "dateline"))
    assert found == expected


@pytest.mark.parametrize("line", ["(REUTERS)", "(dpa)", "Quelle: dpa", "Source: AFP", "Fonte: ANSA"])
def test_credit_line_that_the_body_gave_up(value, line):
    assert value("agency", "", H1, credit_lines=(line,))


def test_agency_in_the_byline(value):
    assert value("agency", "", f'{H1}<div class="byline">By Jane Doe, The Associated Press</div>') == (
        "The Associated Press",
    )


def test_agency_of_a_photo_is_not_that_of_the_text(value):
    assert (
        value("agency", "", f"{H1}<figure><img src=/a.jpg><figcaption>The bridge. © Reuters</figcaption></figure>")
        is None
    )


def test_bracket_in_the_first_sentence_is_no_agency(value):
    assert value("agency", "", H1, text="Berlin (ABC-Party) - " + TEXT) is None


def test_plain_sentence_has_no_dateline(value):
    assert value("dateline", "", H1) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HALFORD. " + TEXT, None),
        ("HALFORD – " + TEXT, "HALFORD"),
        ("HALFORD, KABAR.com - " + TEXT, "HALFORD"),
        ("ST. HALFORD, D.C. — " + TEXT, "ST. HALFORD, D.C."),
        ("HALFORD. 3 May. — " + TEXT, "HALFORD"),
        ("BRIDGES – How they are built", None),
        ("TLDR – " + TEXT, None),
        (f"HALFORD POST: {TEXT}</p><p>JANE DOE: {TEXT}", None),
        ("EXAMPLE.COM – " + TEXT, None),
    ],
    ids=["full stop", "dash", "own name", "letters", "day", "heading", "label", "interview", "site"],
)
def test_place_in_capitals(value, text, expected):
    assert value("dateline", "", H1, text=text) == expected


def test_place_in_capitals_deep_in_the_text_is_none(value):
    assert value("dateline", "", H1, text=f"{TEXT}</p><p>{TEXT}</p><p>HALFORD – {TEXT}") is None


@pytest.mark.parametrize("line", ["2022-05-07T20:06:23-05:00", "Sun, 19 Oct 2025 04:00", "Published on May 3, 2024."])
def test_date_stated_as_dateline_is_none(value, line):
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Town bridge opens","dateline":"{line}"}}</script>'
    assert value("dateline", head, H1) is None


def test_dateline_on_a_line_of_its_own(value):
    assert value("agency", "", f"{H1}<div>Exampletown (ots)</div>") == ("ots",)


def test_story_that_another_paper_passed_on(value):
    assert value("agency", "", H1, text=f"KOSHER NEWS via JTA — {TEXT}") == ("JTA",)


def test_name_of_a_wire_alone_credits_a_picture(value):
    assert value("agency", "", f"{H1}<div><img src=/a.jpg></div><div>Reuters</div>") is None


def test_marks_under_a_picture_are_not_the_source(value):
    assert value("agency", "", f"{H1}<figure><img src=/a.jpg><div>AFP/Getty</div></figure>") is None


def test_picture_agency_is_not_the_source(value):
    assert value("agency", "", f"{H1}<div>Imago/Stock</div>") is None


@pytest.mark.parametrize(
    "line", ["© dpa-infocom, dpa:240516-99-53606/3", "(c) AFP", "(Con información de AFP, EFE y Reuters)"]
)
def test_line_of_rights_or_sources_behind_the_text(line):
    html = f"<html><body>{H1}<p>{TEXT}</p><p>{TEXT}</p><div>{line}</div></body></html>"
    assert choices_of(html)["agency"].winner.value[0] in {"dpa-infocom", "AFP"}


def test_wire_alone_behind_the_headline(value):
    assert value("agency", "", f'{H1}<div class="c">Reuters</div>') == ("Reuters",)


def test_wire_alone_under_the_lead_picture_credits_the_picture(value):
    assert value("agency", "", f'{H1}<img src="/p/bridge.jpg"><div class="c">Reuters</div>') is None


@pytest.mark.parametrize(
    ("site", "agency"),
    [("Example Herald", ("The New York Times",)), ("The New York Times", None)],
    ids=["sold", "its own"],
)
def test_paper_at_the_end_of_a_byline_sold_the_story(value, site, agency):
    head = f'<meta property="og:site_name" content="{site}">'
    body = '<h1>Town bridge opens</h1><div class="byline">By Jane Doe, The New York Times</div>'
    assert value("agency", head, body) == agency


@pytest.mark.parametrize(
    ("path", "agency"),
    [
        ("latest/reuters/2024/05/04/town-bridge.html", ("Reuters",)),
        ("latest/map/2024/town-bridge.html", None),
        ("latest/reuters-town-bridge.html", None),
    ],
    ids=["folder", "common word", "word of the headline"],
)
def test_agency_that_names_a_folder_of_the_address(value, path, agency):
    assert value("agency", "", "<h1>Town bridge opens</h1>", url=f"https://www.example.com/{path}") == agency
