"""Records and failures of our own."""

from __future__ import annotations

import json

import pytest

from scraper import extract
from scraper.model.failure import Failure
from tests.cli.pages import PAGE

DATED = '<meta property="article:published_time" content="{}">'


def record(number, host="lantern.example", published="2026-03-14T09:20:00+01:00", page=PAGE):
    head = DATED.format(published) if published else ""
    return extract(page.replace("<title>", f"{head}<title>"), url=f"https://www.{host}/news/{number}")


@pytest.fixture
def records(tmp_path):
    """Five records of two sources: three days apart, one without a date, one article twice."""
    articles = [
        record(1),
        record(2, published="2026-03-16T06:00:00+01:00"),
        record(3, "ferry.example", published="2026-03-16"),
        record(4, published=None),
        record(1),
    ]
    path = tmp_path / "out.jsonl"
    path.write_text("".join(article.to_json() + "\n" for article in articles), "utf-8")
    return path


@pytest.fixture
def failures(tmp_path):
    lines = [
        Failure(
            requested_url=f"https://lantern.example/{n}", stage="fetch", reason=reason, message=f"{n}", retryable=retry
        )
        for n, (reason, retry) in enumerate([("timeout", True), ("timeout", True), ("http_404", False)])
    ]
    path = tmp_path / "failures.jsonl"
    path.write_text("".join(json.dumps(line.to_dict()) + "\n" for line in lines), "utf-8")
    return path
