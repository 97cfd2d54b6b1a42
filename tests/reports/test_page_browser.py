"""The run report in a browser: it plots, it fits a phone, it loads and runs nothing."""

from __future__ import annotations

import json

import pytest

from scraper.reports.from_records import figures_of_records
from scraper.reports.page import report_page
from tests.inspect.conftest import browser, open_report  # noqa: F401  # fixtures

ATTACK = (
    "</title></style><script>alert(1)</script><img src=http://127.0.0.1:9/x onerror=alert(2)>\"' onload=alert(3) \u202e"
)


@pytest.fixture
def page(records, failures):
    return report_page(figures_of_records([records], failures))


def test_a_bar_stands_for_each_day_with_records(open_report, page):  # noqa: F811  # the fixture
    with open_report(page) as seen:
        titles = [node.text_content() for node in seen.tab.locator(".days title").all()]
        assert titles == ["2026-03-14: 2 (lantern.example 2)", "2026-03-16: 2 (lantern.example 1, ferry.example 1)"]


def test_bars_are_as_high_as_their_numbers(open_report, page):  # noqa: F811  # the fixture
    with open_report(page) as seen:
        heights = [float(bar.get_attribute("height")) for bar in seen.tab.locator(".days g > rect").all()]
        assert heights[0] == pytest.approx(2 * heights[1], abs=0.2)


def test_failures_and_newest_are_listed(open_report, page):  # noqa: F811  # the fixture
    with open_report(page) as seen:
        assert "timeout" in seen.tab.inner_text(".failures")
        assert seen.tab.locator(".newest li").count() == 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(open_report, page, scheme):  # noqa: F811  # the fixture
    with open_report(page, viewport={"width": 360, "height": 740}, color_scheme=scheme) as seen:
        assert seen.tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_nothing_is_requested_and_nothing_complained_of(open_report, page):  # noqa: F811  # the fixture
    with open_report(page) as seen:
        assert (seen.requests, seen.messages, seen.dialogs) == ([], [], [])


def test_hostile_records_stay_text(open_report, tmp_path):  # noqa: F811  # the fixture
    path = tmp_path / "hostile.jsonl"
    lines = [
        {
            "url": "javascript:alert(4)",
            "headline": ATTACK,
            "datePublished": "2026-03-14",
            "publisher": {"name": ATTACK},
        },
        {"url": f"https://lantern.example/{ATTACK}", "headline": ATTACK, "datePublished": "2026-03-14" + ATTACK},
        {"stage": ATTACK, "reason": ATTACK, "message": ATTACK, "requestedUrl": ATTACK},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    with open_report(report_page(figures_of_records([path]))) as seen:
        seen.tab.wait_for_timeout(200)
        assert (seen.requests, seen.messages, seen.dialogs) == ([], [], [])
        assert seen.tab.locator("img, [onload], [onerror], a[href^=javascript]").count() == 0
        assert seen.tab.locator("script").count() == 1
