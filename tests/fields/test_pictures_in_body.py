"""The pictures of a body are those of `images`: no more, and with the same words."""

import pytest

from scraper import extract
from scraper.fields.pictures.in_body import with_pictures_of
from scraper.model.article import Image
from scraper.model.body import Figure, Paragraph
from scraper.model.evidence import Candidate, Choice

P = "https://www.example.com/p/"
TEXT = Paragraph(text="The bridge was opened on Thursday.")


def choice_of(*images, problems=()):
    winner = Candidate(value=tuple(images), raw="", source="visible", where="figures") if images else None
    return Choice(field="images", winner=winner, problems=problems)


def figure(name, **words):
    return Figure(text="", url=P + name, **words)


def image(name, **words):
    return Image(url=P + name, **words)


def test_picture_that_is_none_of_the_article_goes():
    body = (TEXT, figure("bridge.jpg"), figure("teaser.jpg"))
    assert with_pictures_of(body, choice_of(image("bridge.jpg"))) == (TEXT, figure("bridge.jpg"))


def test_other_size_of_a_picture_stays():
    body = (TEXT, figure("bridge-300x200.jpg"))
    assert with_pictures_of(body, choice_of(image("bridge-1200x800.jpg"))) == body


def test_caption_and_credit_are_those_of_the_field():
    body = (TEXT, figure("bridge.jpg", caption="The bridge. Foto Valley"))
    own = image("bridge.jpg", caption="The bridge.", credit="Valley")
    assert with_pictures_of(body, choice_of(own)) == (
        TEXT,
        figure("bridge.jpg", caption="The bridge.", credit="Valley"),
    )


def test_caption_of_the_body_stays_where_the_field_has_none():
    body = (TEXT, figure("bridge.jpg", caption="The bridge"))
    assert with_pictures_of(body, choice_of(image("bridge.jpg"))) == body


def test_alternative_text_is_that_of_the_field():
    body = (TEXT, figure("bridge.jpg", alt="The bridge&nbsp;"))
    assert with_pictures_of(body, choice_of(image("bridge.jpg", alt="The bridge")))[1].alt == "The bridge"


def test_all_go_where_the_field_has_found_none():
    assert with_pictures_of((TEXT, figure("teaser.jpg")), choice_of()) == (TEXT,)


@pytest.mark.parametrize(
    "choice",
    [None, choice_of(problems=("images could not be read",)), choice_of(*[image(f"b{n}.jpg") for n in range(60)])],
    ids=["not asked", "crashed", "full"],
)
def test_field_that_says_nothing_costs_no_picture(choice):
    body = (TEXT, figure("teaser.jpg"))
    assert with_pictures_of(body, choice) == body


LONG = (
    "The new bridge over the river was opened on Thursday by the mayor, who had waited for it longer than anyone. " * 3
)


def test_record_has_the_same_pictures_twice():
    card = (
        '<div><a href="/news/plan-two"><img src="/p/plan.jpg"></a>'
        '<a href="/news/plan-two">Council wants a second bridge by 2030</a></div>'
    )
    html = (
        f"<html><head><title>Town bridge opens</title></head><body><article><h1>Town bridge opens</h1><p>{LONG}</p>"
        f'<figure><img src="/p/bridge.jpg"><figcaption>Getty Images</figcaption></figure><p>{LONG}</p>{card}<p>{LONG}</p>'
        f"<p>{LONG}</p></article></body></html>"
    )
    article = extract(html, "https://www.example.com/news/bridge", blocks=True)
    shown = [(b.url, b.caption, b.credit) for b in article.blocks if isinstance(b, Figure)]
    assert shown == [(i.url, i.caption, i.credit) for i in article.images] == [(P + "bridge.jpg", None, "Getty Images")]
