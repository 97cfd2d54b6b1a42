"""Whose a picture is, where no label or element says so in the caption itself."""

import pytest

from scraper.body.blocks.captions import credit_name, is_credit_alone, split_credit
from tests.fields.chosen import TEXT, choices_of

H1 = "<h1>Town bridge opens</h1>"
IMG = '<img src="/p/bridge.jpg" width="900">'


def told(value, body, text="The bridge was opened.</p>{}<p>It took six years."):
    """Return (caption, credit) of the first picture."""
    image = value("images", "", H1, text=text.format(body))[0]
    return image.caption, image.credit


@pytest.mark.parametrize(
    ("body", "caption", "credit"),
    [
        (f"<figure>{IMG}<figcaption>Getty Images</figcaption></figure>", None, "Getty Images"),
        (f"<figure>{IMG}<figcaption>ESA/ATG</figcaption></figure>", None, "ESA/ATG"),
        (f"<figure>{IMG}<figcaption>Jane Doe / Reuters</figcaption></figure>", None, "Jane Doe / Reuters"),
        (
            f"<figure><div>{IMG}<span>EPA</span></div><figcaption>The bridge at night</figcaption></figure>",
            "The bridge at night",
            "EPA",
        ),
        (
            f'<div><div>{IMG}</div><div class="b-caption">The mayor</div><div class="b-who">Source: Jane Doe</div></div>',
            "The mayor",
            "Jane Doe",
        ),
        (
            f'<div><div>{IMG}</div><div class="b-caption">The mayor</div><div class="b-who">Foto: Jane Doe</div></div>',
            "The mayor",
            "Jane Doe",
        ),
        (f"<figure>{IMG}<figcaption>Коллаж: Jane Doe</figcaption></figure>", None, "Jane Doe"),
        (f"<figure>{IMG}<figcaption>Tiltas / J. Doe/LPT nuotr.</figcaption></figure>", "Tiltas", "J. Doe/LPT nuotr."),
        (
            f"<figure>{IMG}<figcaption>The bridge. (Foto Valley Post: Jane Doe)</figcaption></figure>",
            "The bridge.",
            "Valley Post: Jane Doe",
        ),
        (f"<figure>{IMG}<figcaption>Image caption The bridge</figcaption></figure>", "The bridge", None),
        (f"<figure>{IMG}<figcaption>Media captionHow it was built</figcaption></figure>", "How it was built", None),
        (f"<figure>{IMG}<figcaption>Legende: Die neue Brücke</figcaption></figure>", "Die neue Brücke", None),
        (
            f"<figure>{IMG}<span>Image source, Getty Images</span><figcaption>Image caption, The bridge</figcaption></figure>",
            "The bridge",
            "Getty Images",
        ),
    ],
    ids=[
        *("agency", "acronym", "name and agency", "beside", "source below", "photo below", "collage", "label behind"),
        *("label and house", "spoken", "spoken and stuck", "spoken, with a colon", "spoken twice"),
    ],
)
def test_caption_and_credit(value, body, caption, credit):
    assert told(value, body) == (caption, credit)


def test_credit_of_a_figure_with_a_stand_in(value):
    stand_in = '<img src="/img/grey-placeholder.png">'
    body = f"<figure><div><div>{stand_in}{IMG}<span>Getty Images</span></div></div></figure>"
    assert told(value, body) == (None, "Getty Images")


def test_line_behind_a_gallery_says_whose_it_is(value):
    gallery = f'<div><figure>{IMG}</figure></div><div><p class="x">Copyright: Jane Doe</p></div>'
    assert told(value, gallery) == (None, "Jane Doe")


def test_line_behind_the_text_about_the_rights_in_it_is_no_credit():
    lines = f"<p>{TEXT}</p>" * 3 + "<p class='x'>Copyright: Valley Post</p>"
    html = f"<html><body>{H1}<figure>{IMG}</figure>{lines}</body></html>"
    assert choices_of(html)["images"].winner.value[0].credit is None


@pytest.mark.parametrize(
    "text",
    ["Getty Images", "Jane Doe/AP", "AFP via Getty Images", "NBC News / Getty Images", "ESA/ATG", "dpa", "Reuters"],
)
def test_credit_alone(text):
    assert is_credit_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "Berlin/Brandenburg",
        "Reuters headquarters in the evening",
        "The AP office",
        "Traders/ City of Example",
        "A walk on the bridge / NATO",
        "Jane Doe",
        "",
    ],
)
def test_no_credit_alone(text):
    assert not is_credit_alone(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A harbour / J. Doe / LPT nuotr.", ("A harbour", "J. Doe / LPT nuotr.")),
        ("Egy híd (Kovács felvétele)", ("Egy híd", "Kovács felvétele")),
        ("A harbour", ("A harbour", None)),
    ],
)
def test_label_behind_the_name(text, expected):
    assert split_credit(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Foto Valley Post: Jane Doe", "Valley Post: Jane Doe"),
        ("Image source, Getty Images", "Getty Images"),
        ("Photo Researchers", "Photo Researchers"),
    ],
)
def test_name_without_its_label(text, name):
    assert credit_name(text) == name
