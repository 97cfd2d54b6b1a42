from __future__ import annotations

import pytest

from tests.fields.chosen import TEXT, choices_of


@pytest.fixture
def value():
    """Return a function: the winner's value of one field of a page, or None."""

    def read(field, head="", body="", **options):
        lang = options.pop("lang", "en")
        text = options.pop("text", TEXT)
        html = f'<html lang="{lang}"><head>{head}</head><body>{body}<p>{text}</p><p>{text}</p></body></html>'
        winner = choices_of(html, **options)[field].winner
        return winner.value if winner else None

    return read


@pytest.fixture
def problems():
    """Return a function: what was refused of one field of a page."""

    def read(field, head="", body="", **options):
        html = f"<html><head>{head}</head><body>{body}<p>{TEXT}</p></body></html>"
        return choices_of(html, **options)[field].problems

    return read
