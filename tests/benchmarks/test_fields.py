import gzip
import json

import pytest

from benchmarks import fields

PAGE = "<html><body><h1>Town bridge opens</h1><p>The bridge was opened by the mayor on Thursday.</p></body></html>"


@pytest.fixture
def a_set(tmp_path, monkeypatch):
    """Return the name of a set of one page."""
    folder = tmp_path / "one-dev"
    (folder / "html").mkdir(parents=True)
    (folder / "html" / "p1.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    page = {"id": "p1", "url": "https://www.example.com/a", "title": "Town bridge opens"}
    (folder / "pages.jsonl").write_text(json.dumps(page) + "\n", encoding="utf-8")
    monkeypatch.setenv("SCRAPER_BENCHMARK", str(tmp_path))
    return "one-dev"


def test_fields_of_a_set_are_measured(a_set):
    assert fields.measure(a_set, fields.predict_scraper) == {"headline": 1.0}


def test_page_on_which_a_peer_raises_counts_as_empty(a_set):
    def peer(_html, _url):
        raise ImportError("no module for this language")

    assert fields.measure(a_set, peer) == {"headline": 0.0}


def test_why_a_peer_failed_is_told(a_set, capsys):
    def peer(_html, _url):
        raise ImportError("no module for this language")

    fields.measure(a_set, peer)
    assert "failed on 1 pages" in capsys.readouterr().out


def test_failure_of_this_package_is_no_empty_page(a_set, monkeypatch):
    def broken(_html, _url):
        raise ValueError

    monkeypatch.setattr(fields, "predict_scraper", broken)
    with pytest.raises(ValueError):  # noqa: PT011  # the bare error itself is the point
        fields.measure(a_set, broken)
