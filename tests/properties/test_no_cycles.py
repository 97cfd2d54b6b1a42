"""A page goes when its extraction does: in a cycle it would stay, with all its texts, until the collector looks for it.

Our own processes let the collector look rarely (decision 91): workers grew from 87 to 165 MB by one cycle a page.
"""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from scraper import ExtractSettings, explain

PAGES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").glob("*/page.html"))
KEEP_ALL = ExtractSettings(keep_all=True)


@pytest.fixture
def collector():
    """The collector, which looks when it is asked, and not at what modules leave that a page has loaded."""
    for page in PAGES:
        read(page)
    gc.collect()
    gc.freeze()
    gc.disable()
    yield gc
    gc.enable()
    gc.unfreeze()


def read(page):
    explain(page.read_bytes(), url=f"https://www.example.com/2024/05/{page.parent.name}", settings=KEEP_ALL)


def test_no_page_leaves_a_cycle(collector):
    left = {}
    for page in PAGES:
        read(page)
        left[page.parent.name] = collector.collect()
    assert {name: count for name, count in left.items() if count} == {}
