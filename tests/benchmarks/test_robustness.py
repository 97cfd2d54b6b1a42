"""The pages of `benchmarks.robustness` lack what they should lack, and nothing else."""

from __future__ import annotations

import pytest

from benchmarks.robustness import VARIANTS, body, row, worth
from scraper import extract

PAGE = """<html><head><meta charset="utf-8"><title>The mill turns | Lorne Courier</title>
<meta property="og:title" content="The mill turns again"><meta name="author" content="Greta Hallmark">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Mill turns", "author": {"name": "Jo Reed"}}</script>
<script>var page = {"author": "Sam Pike"}</script></head>
<body class="post wide"><h1 itemprop="headline" class='title post'>The mill at Lorne turns</h1><p id="first">Water came.</p></body></html>"""


@pytest.mark.parametrize(
    ("variant", "gone", "left"),
    [
        ("no-json-ld", "Jo Reed", "Greta Hallmark"),
        ("no-meta", "Greta Hallmark", 'charset="utf-8"'),
        ("silent", "itemprop", "The mill at Lorne turns"),
        ("silent", "Sam Pike", "<title>The mill turns"),
        ("silent", "Jo Reed", 'class="post wide"'),
        ("no-names", "wide", 'itemprop="headline"'),
        ("no-names", '"first"', "Water came."),
    ],
)
def test_variant_lacks_one_thing(variant, gone, left):
    page = VARIANTS[variant](PAGE, "a")
    assert (gone in page, left in page) == (False, True)


def test_whole_is_the_page():
    assert VARIANTS["whole"](PAGE, "a") == PAGE


def test_hashed_names_are_the_same_on_one_page_and_others_on_the_next():
    one, two = VARIANTS["no-names"](PAGE, "a"), VARIANTS["no-names"](PAGE, "b")
    names = one.split('<body class="')[1].split('"')[0].split()
    assert (f"{names[0]}'" in one, names[0] in two) == (True, False)


def test_field_is_found_by_another_way_where_one_is_taken():
    page = VARIANTS["silent"](PAGE, "a")
    assert extract(page, "https://lorne.example/mill", keep_all=True).headline == "The mill at Lorne turns"


def test_row_has_a_cell_for_each_field():
    said = {"headline": 1.0, "authors": None, "date": 0.0, "keywords": None, "main_image": None, "captions": None}
    assert row("some", "whole", [{**said, "body": (8, 2, 2)}], []) == "| some | whole | 1 | 0.800 | 1.000 | – | 0.000 | – | – | – |"  # fmt: skip


def test_pages_without_annotation_do_not_count():
    assert (worth("date", [{"date": None}, {"date": 1.0}]), body([{"date": 1.0}])) == (1.0, None)
