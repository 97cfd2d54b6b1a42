"""Thirty daily runs against a site that changes, moves and deletes: every change once, and little traffic."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.crawl.job import Source
from tests.crawl.changing_site import DAY, START, ChangingSite, Story, serving_site
from tests.crawl.running import Told, job_of_sources, lines_of, run_at

DAYS = 30
ARCHIVE = 100
A_DAY = 6


@dataclass
class Month:
    """What the site did, what the runs wrote, and what it cost."""

    records: list[dict[str, Any]] = field(default_factory=list)
    failures: list[dict[str, Any]] = field(default_factory=list)
    told: Told = field(default_factory=Told)
    headlines: set[str] = field(default_factory=set)
    changes: Counter[str] = field(default_factory=Counter)
    moved: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    fetched: int = 0
    full: int = 0


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    folder: Path = tmp_path_factory.mktemp("month")
    month = Month()
    with serving_site() as site:
        for number in range(ARCHIVE):
            site.add(number, START - timedelta(days=40) + timedelta(hours=number))
        job = job_of_sources(
            folder,
            Source(name="feed", kind="feed", places=(f"{site.root}/feed.xml",)),
            Source(name="sitemap", kind="sitemap", places=(f"{site.root}/sitemap.xml",)),
            recheck_s=48 * 3600,
            diff=True,
        )
        for day in range(DAYS):
            now = START + day * DAY
            if day:
                _live(site, day, month)
            run_at(job, now.timestamp(), month.told)
            month.full += site.weight()
        month.headlines = {story.headline for story in site.stories.values()}
        month.fetched = site.served
    month.records, month.failures = lines_of(folder / "out.jsonl"), lines_of(folder / "failures.jsonl")
    return month


def _live(site: ChangingSite, day: int, month: Month) -> None:
    """Let a day pass: new stories, and to yesterday's a correction, a move, and now and then a deletion."""
    now = START + day * DAY
    yesterday = [story for story in site.stories.values() if now - timedelta(days=2) < story.published]
    if len(yesterday) >= A_DAY:
        _change(yesterday[0], month)
        _change(yesterday[3], month)
        if day % 3 == 0:
            month.moved.append(yesterday[1].headline)
            site.move(yesterday[1])
        if day % 4 == 0:
            month.deleted.append(site.root + yesterday[2].path)
            month.headlines.add(yesterday[2].headline)
            del site.stories[yesterday[2].path]
    for n in range(A_DAY):
        site.add(1000 + day * A_DAY + n, now - timedelta(hours=20 - n))


def _change(story: Story, month: Month) -> None:
    story.edition += 1
    month.changes[story.headline] += 1


def test_every_story_has_one_first_record(month: Month) -> None:
    first = Counter(record["headline"] for record in month.records if record["metadata"]["version"] == 1)
    assert first == Counter(first.keys()) and set(first) >= month.headlines


def test_every_change_is_exported_once(month: Month) -> None:
    later = Counter(record["headline"] for record in month.records if record["metadata"]["version"] > 1)
    assert later == month.changes


def test_changes_happened_at_all(month: Month) -> None:
    assert len(month.changes) > 40 and len(month.moved) > 5 and len(month.deleted) > 4


def test_moved_stories_are_not_exported_again(month: Month) -> None:
    seen = Counter(record["headline"] for record in month.records if record["metadata"]["version"] == 1)
    assert [headline for headline in month.moved if seen[headline] != 1] == []


def test_versions_keep_their_id_and_count_up(month: Month) -> None:
    by_headline: dict[str, list[tuple[str, int]]] = {}
    for record in month.records:
        by_headline.setdefault(record["headline"], []).append((record["id"], record["metadata"]["version"]))
    wrong = {
        headline: versions
        for headline, versions in by_headline.items()
        if len({identity for identity, _ in versions}) != 1
        or [version for _, version in versions] != list(range(1, len(versions) + 1))
    }
    assert wrong == {}


def test_a_version_says_which_field_and_paragraph_changed(month: Month) -> None:
    changed = [record["metadata"] for record in month.records if record["metadata"]["version"] > 1]
    assert {tuple(meta["changed"]) for meta in changed} == {("articleBody",)}
    assert all([change["at"] for change in meta["diff"]] == [3] for meta in changed)


def test_deleted_stories_are_told_once(month: Month) -> None:
    gone = [failure["requestedUrl"] for failure in month.failures if failure["reason"] == "gone"]
    assert sorted(gone) == sorted(month.deleted)


def test_nothing_else_failed(month: Month) -> None:
    assert [failure for failure in month.failures if failure["reason"] != "gone"] == []


def test_at_most_a_tenth_of_a_full_refetch(month: Month) -> None:
    assert month.fetched <= 0.1 * month.full, f"{month.fetched / month.full:.1%}"


def test_no_person_is_called(month: Month) -> None:
    assert month.told.warnings == []
