"""Clocks that are changed: summer time, leap seconds, a clock that is set while a run works."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scraper.crawl.frontier import published_at
from scraper.crawl.job import Filter, Source
from scraper.crawl.run import steady_clock
from scraper.crawl.state import DAY_S
from scraper.discover.listing import moment_of
from tests.crawl.changing_site import ChangingSite
from tests.crawl.running import Told, job_of_sources, lines_of, run_at

MINUTE, YEAR = 60, 365 * DAY_S
AUTUMN = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
"""Ten minutes before Berlin's clock goes from 3:00 back to 2:00."""
SPRING = datetime(2026, 3, 29, 0, 50, tzinfo=UTC)
"""Ten minutes before it goes from 2:00 to 3:00."""


@pytest.fixture(params=["UTC", "Europe/Berlin", "America/St_Johns"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let this process live in a time zone."""
    with monkeypatch.context() as environment:
        environment.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


changes = pytest.mark.parametrize("change", [AUTUMN, SPRING], ids=["autumn", "spring"])


def feed(site: ChangingSite, **more: object) -> Source:
    return Source(name="feed", kind="feed", places=(f"{site.root}/feed.xml",), **more)  # type: ignore[arg-type]


@changes
@pytest.mark.usefixtures("zone")
def test_a_quarter_of_an_hour_is_one_when_summer_time_begins_or_ends(
    site: ChangingSite, tmp_path: Path, change: datetime
) -> None:
    job = job_of_sources(tmp_path, feed(site, every_s=15 * MINUTE))
    site.add(1, change - timedelta(hours=5))
    asked = []
    for minutes in (0, 14, 15, 29, 30, 75):
        run_at(job, change.timestamp() + minutes * MINUTE)
        asked.append(site.asked.count("/feed.xml"))
    assert asked == [1, 1, 2, 2, 3, 4]


@changes
@pytest.mark.usefixtures("zone")
def test_articles_are_checked_at_the_same_distances_when_summer_time_begins_or_ends(
    site: ChangingSite, tmp_path: Path, change: datetime
) -> None:
    job = job_of_sources(tmp_path, feed(site), recheck_s=2 * 3600)
    story = site.add(1, change - timedelta(minutes=10))
    due = []
    for minutes in (0, 10, 15, 25, 30, 45, 50, 75, 80, 105, 110, 125):
        before = site.asked.count(story.path)
        run_at(job, change.timestamp() + minutes * MINUTE)
        due += [minutes] if site.asked.count(story.path) > before else []
    assert due == [0, 15, 30, 50, 80, 110]  # after 15 min at least, or half of the age; looked at now and then


@pytest.mark.usefixtures("zone")
def test_what_is_stored_is_the_same_in_every_time_zone(site: ChangingSite, tmp_path: Path) -> None:
    job = job_of_sources(tmp_path, feed(site), recheck_s=48 * 3600)
    site.add(1, AUTUMN - timedelta(hours=1))
    run_at(job, AUTUMN.timestamp())
    state = sqlite3.connect(job.state)
    try:
        url = state.execute("SELECT first_seen, fetched_at, published, next_try FROM urls").fetchone()
        days = state.execute("SELECT day FROM days").fetchall()
    finally:
        state.close()
    now = int(AUTUMN.timestamp())
    assert (url, days) == ((now, now, now - 3600, now + 1800), [(now // DAY_S,)])
    assert lines_of(tmp_path / "out.jsonl")[0]["datePublished"] == "2026-10-24T23:50:00+00:00"


@pytest.mark.usefixtures("zone")
def test_a_day_in_a_job_begins_at_midnight_utc() -> None:
    assert Filter(since=date(2026, 10, 25)).oldest(0) == datetime(2026, 10, 25, tzinfo=UTC).timestamp()


@pytest.mark.usefixtures("zone")
def test_a_date_without_an_offset_is_utc() -> None:
    assert published_at("2026-10-25T02:30:00") == datetime(2026, 10, 25, 2, 30, tzinfo=UTC).timestamp()


def test_a_leap_second_is_no_date_and_no_error(site: ChangingSite, tmp_path: Path) -> None:
    leap = datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert published_at("2016-12-31T23:59:60Z") is None
    assert moment_of("Sat, 31 Dec 2016 23:59:60 GMT") == "2016-12-31"
    site.add(1, leap)
    plain = site.feed()
    site.feed = lambda: plain.replace(b"23:59:59", b"23:59:60")  # type: ignore[method-assign]
    assert run_at(job_of_sources(tmp_path, feed(site)), leap.timestamp() + 60).new == 1


@pytest.mark.parametrize("jump", [-DAY_S, 10 * YEAR], ids=["a day back", "ten years ahead"])
def test_clock_that_is_set_during_a_run_repeats_and_blocks_nothing(
    site: ChangingSite, tmp_path: Path, jump: int
) -> None:
    for number in range(1, 6):
        site.add(number, AUTUMN - timedelta(hours=number))
    job = job_of_sources(tmp_path, feed(site), recheck_s=48 * 3600)
    begun, told = int(AUTUMN.timestamp()), Told()
    clock = iter([begun] * 3)
    first = run_at(job, begun, told, clock=lambda: next(clock, begun + jump))
    site.add(9, AUTUMN)
    later = [run_at(job, begun + hours * 3600, told) for hours in (1, 2)]
    versions = [(line["headline"], line["metadata"]["version"]) for line in lines_of(tmp_path / "out.jsonl")]
    assert (first.new, [one.new for one in later]) == (5, [1, 0])
    assert len(versions) == len(set(versions)) == 6


def test_clock_that_is_set_during_a_run_is_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = steady_clock()
    before, wrong = clock(), time.time() + 10 * YEAR
    monkeypatch.setattr(time, "time", lambda: wrong)
    assert 0 <= clock() - before <= 5


def test_clock_ten_years_ahead_forgets_nothing_that_comes_again(site: ChangingSite, tmp_path: Path) -> None:
    """With `keep`, all that is not listed at that moment counts as old; what is listed again is known all the same."""
    job = job_of_sources(tmp_path, feed(site), keep_s=400 * DAY_S)
    for number in range(1, 4):
        site.add(number, AUTUMN - timedelta(hours=number))
    run_at(job, AUTUMN.timestamp())
    hidden = dict(site.stories)
    site.stories.clear()
    site.add(50, AUTUMN)
    run_at(job, AUTUMN.timestamp() + 10 * YEAR)
    site.stories.update(hidden)
    assert run_at(job, AUTUMN.timestamp() + 3600).new == 0
    assert len(lines_of(tmp_path / "out.jsonl")) == 4
