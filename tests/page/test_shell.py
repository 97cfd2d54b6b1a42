"""How much text a page shows, without counting all of a long one."""

import pytest

from scraper.page.page import page_of
from scraper.page.shell import _SPACES, is_script_shell, length_of


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "a",
        " a  b\n\nc ",
        "x" * 9,
        "x" * 10,
        "x" * 11,
        "a b " * 30,
        " " * 200 + "a b c",
        "a" + " " * 200 + "b",
    ],
)
def test_a_length_is_exact_up_to_what_is_asked_for(text):
    exact = len(" ".join(text.split()))
    found = length_of(text, 10)
    assert found == exact or (found > 10 and exact > 10)


def test_all_white_space_is_known():
    every = {chr(code) for code in range(0x110000) if chr(code).isspace()}
    assert set(_SPACES) == every


def test_every_white_space_is_counted_once():
    assert len(set(_SPACES)) == len(_SPACES)


@pytest.mark.parametrize(
    ("script", "shell"),
    [
        ('<script src="/app.js"></script>', True),
        ('<SCRIPT type="module">start()</SCRIPT>', True),
        ('<script type="text/javascript">start()</script>', True),
        ('<script type="application/ld+json">{"@type": "NewsArticle"}</script>', False),
        ("<script data-page id=data type=application/json>{}</script>", False),
        ('<script type="text/template"><p>A card</p></script>', False),
        ("", False),
    ],
)
def test_page_is_a_shell_where_a_script_can_build_it(script, shell):
    assert is_script_shell(page_of(f"<html><body><p>Loading</p>{script}</body></html>")) is shell
