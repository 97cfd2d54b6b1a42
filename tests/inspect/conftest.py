"""A real browser for the reports."""

from __future__ import annotations

import shutil
from contextlib import contextmanager

import pytest

from scraper.inspect.look import look_at_html
from scraper.inspect.report import report
from tests.inspect.pages import HOSTILE, PAGE

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="module")  # its event loop must not outlive the module
def browser():
    """Chromium as the system has it; without one, tests that need it are skipped."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is on the PATH")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Watched:
    """A tab and all that it did that a report must not do."""

    def __init__(self, tab):
        self.tab = tab
        self.requests, self.messages, self.dialogs = [], [], []
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("console", lambda message: self.messages.append(f"{message.type}: {message.text}"))
        tab.on("pageerror", lambda error: self.messages.append(str(error)))
        tab.on("dialog", self._dismiss)

    def _dismiss(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@pytest.fixture
def open_report(browser, tmp_path):
    """Open an inspection's report as a file, in a browser of one's choice of scheme and size."""
    contexts = []

    @contextmanager
    def opened(document, **options):
        path = tmp_path / "report.html"
        path.write_text(document, "utf-8")
        context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}, **options})
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.tab.goto(path.as_uri())
        watched.requests.remove(path.as_uri())
        yield watched
        context.close()
        contexts.remove(context)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def document():
    return report(look_at_html(PAGE, name="ferry.html", url="https://lantern.example/ferry", compare="trafilatura"))


@pytest.fixture(scope="session")
def hostile_document():
    url = 'https://lantern.example/"><script>alert(15)</script>'
    return report(look_at_html(HOSTILE, name=url, url=url, compare="trafilatura"))
