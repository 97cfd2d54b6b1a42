"""A run over a page that a script builds, in a real Chromium."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scraper.__main__ import main
from tests.crawl.running import lines_of
from tests.faults.server import page, serving

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
pytest.importorskip("playwright", reason="the extra `browser` is not installed")

TEXT = "On the third night the keeper of the harbour lamp rowed across the sound with oil, a wick and the ledger. "
SHELL = (
    b"<!doctype html><html lang=en><head><title>The lamp that went out</title></head><body><div id=app></div>"
    b"<noscript>You need to enable JavaScript to run this app.</noscript><script src=/app.js></script></body></html>"
)
APP = (
    'const article = document.createElement("article");'
    f'article.innerHTML = "<h1>The lamp that went out</h1>" + "<p>{TEXT * 3}</p>".repeat(6);'
    'document.getElementById("app").append(article);'
).encode()


@pytest.mark.parametrize("where", ["for all", "for one site"])
def test_page_that_a_script_builds_gives_its_record(tmp_path: Path, where: str) -> None:
    with serving() as server:
        server.on("/app.js", page(APP, kind="text/javascript"))
        url = server.on("/story", page(SHELL))
        site = f'[[site]]\nhost = "127.0.0.1:{server.port}"\nrender = "auto"\n'
        (tmp_path / "jobs.toml").write_text(
            f'state = "state.db"\n[fetch]\nallow_private = true\nchromium = "{CHROMIUM}"\n'
            + (site if where == "for one site" else 'render = "auto"\n')
            + f'[[source]]\nurls = ["{url}"]\n[[output]]\npath = "out.jsonl"\n'
        )
        assert main(["run", str(tmp_path / "jobs.toml"), "-q"]) == 0
    (record,) = lines_of(tmp_path / "out.jsonl")
    assert (record["headline"], record["metadata"]["warnings"]) == (
        "The lamp that went out",
        ["rendered by a browser"],
    )
