"""Runs in which nobody answers: told, for cron mails what a run says and not its exit code; but not at every run."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.crawl.job import Job, Source
from scraper.crawl.state import State
from tests.crawl.changing_site import START, serving_site
from tests.crawl.running import Told, job_of_sources, run_at

NOW = START.timestamp()
QUARTER, DAY = 900, 86_400
DOWN = "http://127.0.0.1:9"
"""The discard port (RFC 863): nobody listens."""


def warnings_at(job: Job, *times: float) -> list[list[str]]:
    """Return what each of several runs warned of."""
    return [warned(job, at) for at in times]


def warned(job: Job, at: float) -> list[str]:
    told = Told()
    run_at(job, at, told)
    return told.warnings


@pytest.fixture
def down(tmp_path: Path) -> Job:
    return job_of_sources(tmp_path, Source(name="feed", kind="feed", places=(f"{DOWN}/feed.xml",)))


@pytest.fixture
def given(tmp_path: Path) -> Job:
    return job_of_sources(tmp_path, Source(name="list", kind="urls", places=(f"{DOWN}/news/1",)))


def test_one_run_without_any_answer_needs_nobody(down: Job) -> None:
    assert warned(down, NOW) == []


def test_second_run_without_any_answer_names_the_source(down: Job) -> None:
    _, second = warnings_at(down, NOW, NOW + QUARTER)
    assert second == [
        f"nobody could be reached: is the network down? source feed: {DOWN}/feed.xml: connection refused. All URLs stay due"
    ]


def test_it_is_told_once_a_day(down: Job) -> None:
    runs = warnings_at(down, *(NOW + n * QUARTER for n in range(2 * 96)))
    assert sum(map(len, runs)) == 2


def test_urls_without_any_answer_are_told_once_a_day(given: Job) -> None:
    runs = warnings_at(given, NOW, NOW + QUARTER, NOW + DAY)
    assert list(map(len, runs)) == [1, 0, 1]


def test_nothing_is_held_against_a_source_that_could_not_be_reached(down: Job) -> None:
    warnings_at(down, NOW, NOW + QUARTER)
    with State.open(down.state) as state:
        row = state.source("feed")
    assert row is not None
    assert (row.attempts, row.next_try, row.asked_at, row.reason) == (0, None, None, "connect")


def test_an_answer_in_between_begins_anew(tmp_path: Path) -> None:
    with serving_site() as site:
        feed = Source(name="feed", kind="feed", places=(f"{site.root}/feed.xml",))
        job = job_of_sources(tmp_path, feed)
        run_at(job, NOW)
    assert warnings_at(job, NOW + QUARTER) == [[]]
