"""An article of a page of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper import extract

PAGE = Path(__file__).parents[2] / "fixtures" / "pages" / "wordpress-share-newsletter" / "page.html"
URL = "https://www.lornecourier.example/2026/03/tide-mill-turns-again/"


@pytest.fixture(scope="session")
def article():
    return extract(PAGE.read_bytes(), URL)
