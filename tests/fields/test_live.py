"""The updates of a live blog, as its page shows them."""

import pytest

from scraper import extract
from tests.fields.chosen import TEXT

LONG = f"The first car over it was that of Ada Brook, who had worked on it for {TEXT[4:]}"


def updates(*bodies):
    """Return the (headline, text) of each update of a page, each given as the HTML below its time."""
    items = "".join(
        f'<div class="live-update-item"><time datetime="2024-05-09T1{n}:05:00Z"></time>{body}</div>'
        for n, body in enumerate(bodies)
    )
    html = f"<html lang=en><body><article><h1>Town bridge opens: live</h1><p>{TEXT}</p>{items}</article></body></html>"
    return [(u.headline, u.article_body) for u in extract(html, keep_all=True).live_updates]


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        (f"<h3>Cars at last</h3><p>{LONG}</p>", "Cars at last"),
        (f"<div>Cars at last</div><p>{LONG}</p>", "Cars at last"),
        (f"<div>May 9, 12:05 (CET)</div><div>Cars at last!</div><p>{LONG}</p>", "Cars at last!"),
        (f"<p>Cars came at last.</p><p>{LONG}</p>", None),
        (f"<p>{LONG}</p>", None),
    ],
    ids=["heading", "line", "after-its-time", "sentence", "text-alone"],
)
def test_an_update_has_the_headline_that_it_shows(body, headline):
    found = updates(body, f"<p>{LONG[::-1]}</p>")
    assert next(own for own, text in found if LONG in text) == headline


def test_the_headline_and_the_time_of_an_update_are_not_in_its_text():
    found = updates(f"<div>May 9, 12:05 (CET)</div><div>Cars at last!</div><p>{LONG}</p>", f"<p>{LONG[::-1]}</p>")
    assert ("Cars at last!", LONG) in found
