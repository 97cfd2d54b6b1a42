"""Captions without what buttons say, without labels that their credit has left, and credits that fill a caption."""

import pytest

from scraper.fields.pictures.caption_words import tidied


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("The new bridge Zoom", "The new bridge"),
        ("The new bridge. click to enlarge", "The new bridge."),
        ("Die neue Brücke Bild vergrößern", "Die neue Brücke"),
        ("vergrößern", None),
        ("1 / of 5", None),
        ("2/5 The bridge at night", "The bridge at night"),
        ("Foto 1 de 3 El puente", "El puente"),
        ("The camera has a long zoom lens", "The camera has a long zoom lens"),
        ("24/7 the bridge is open", "24/7 the bridge is open"),
    ],
)
def test_words_of_controls(caption, expected):
    assert tidied(caption, None) == (expected, None)


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("The bridge - Copyright", "The bridge"),
        ("The bridge (Foto", "The bridge"),
        ("Photo", None),
        ("The bridge -", "The bridge"),
        ("The mayor shared a photo.", "The mayor shared a photo."),
    ],
)
def test_label_of_a_credit_that_stands_elsewhere(caption, expected):
    assert tidied(caption, "Jane Doe") == (expected, "Jane Doe")


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Image Credit: Jane Doe via Pictures (license)", (None, "Jane Doe via Pictures (license)")),
        ("Illustrations: Jane Doe", (None, "Jane Doe")),
        ("Foto: Jane Doe (OC Valley)", (None, "Jane Doe (OC Valley)")),
        ("Bild: Der neue Hafen bei Nacht", ("Bild: Der neue Hafen bei Nacht", None)),
        ("Illustration: how the pump works", ("Illustration: how the pump works", None)),
        (None, (None, None)),
    ],
)
def test_credit_from_end_to_end(caption, expected):
    assert tidied(caption, None) == expected


def test_caption_of_a_picture_is_tidied(value):
    figure = '<figure><img src="/p/a.jpg"><figcaption>The bridge at night <a href="#">Zoom</a></figcaption></figure>'
    assert value("images", "", f"<h1>Town bridge opens</h1>{figure}")[0].caption == "The bridge at night"


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("tour_berlin_karlshorst_8", None),
        ("https://www.example.com/2020/01/15/insects", None),
        ("010020020130000000000000", None),
        ("parade.jpg A parade in the old town", "A parade in the old town"),
        ("A parade in the old town", "A parade in the old town"),
        ("https://www.example.com shows how it was built", "https://www.example.com shows how it was built"),
        ("snake_case is a way of writing names", "snake_case is a way of writing names"),
        ("2020", "2020"),
    ],
)
def test_names_of_files_in_captions(caption, expected):
    assert tidied(caption, None) == (expected, None)
    assert tidied(caption, "Jane Doe") == (expected, "Jane Doe")
