"""Runs over real HTTP on loopback: what is asked for, when, and what is said."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from scraper.crawl.job import Filter, Source
from scraper.crawl.run import Limits
from scraper.crawl.state import State
from scraper.crawl.summary import Summary
from tests.crawl.changing_site import DAY, START, ChangingSite, Story
from tests.crawl.running import Told, job_of_sources, lines_of, run_at

NOW = START.timestamp()
HOUR = 3600


def bare(story: Story) -> bytes:
    """Return the page of a story without byline and data."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs())
    return f"<html><body><article><h1>{story.headline}</h1>{text}</article></body></html>".encode()


def feed(site: ChangingSite, **more: Any) -> Source:
    return Source(name="feed", kind="feed", places=(f"{site.root}/feed.xml",), **more)


def stock(site: ChangingSite, count: int = 5) -> None:
    for number in range(1, count + 1):
        site.add(number, START - timedelta(hours=number))


def counts(summary: Summary) -> dict[str, int]:
    names = ("discovered", "known", "fetched", "new", "updated", "unchanged", "failed")
    return {name: getattr(summary, name) for name in names if getattr(summary, name)}


def test_first_run_fetches_what_the_feed_lists(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    assert counts(run_at(job_of_sources(tmp_path, feed(site)), NOW)) == {"discovered": 5, "fetched": 5, "new": 5}


def test_second_run_asks_for_the_feed_alone_and_on_condition(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    job = job_of_sources(tmp_path, feed(site))
    run_at(job, NOW)
    site.asked.clear()
    before = site.served
    assert (counts(run_at(job, NOW + HOUR)), site.asked, site.served) == ({}, ["/feed.xml"], before)


def test_new_item_of_a_known_feed_is_fetched_alone(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    job = job_of_sources(tmp_path, feed(site))
    run_at(job, NOW)
    site.add(99, START + timedelta(minutes=5))
    assert counts(run_at(job, NOW + HOUR)) == {"discovered": 6, "known": 5, "fetched": 1, "new": 1}


def test_urls_of_a_feed_survive_a_run_that_ends_before_them(site: ChangingSite, tmp_path: Path) -> None:
    """The feed answers 304 the next time: what it listed must be known by then."""
    stock(site)
    job = job_of_sources(tmp_path, feed(site))

    async def never(_response: object) -> Any:
        await asyncio.sleep(60)

    first = run_at(job, NOW, limits=Limits(deadline_s=0.7), extract=never)
    assert (first.ended, first.left, first.new) == ("deadline", 5, 0)
    assert counts(run_at(job, NOW + 60)) == {"fetched": 5, "new": 5}


def test_changed_filter_reads_an_unchanged_feed_again(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    run_at(job_of_sources(tmp_path, feed(site, filter=Filter(include=("*story-1",)))), NOW)
    job = job_of_sources(tmp_path, feed(site))
    assert counts(run_at(job, NOW + HOUR)) == {"discovered": 5, "known": 1, "fetched": 4, "new": 4}


def test_limit_leaves_the_rest_for_the_next_run(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    job = job_of_sources(tmp_path, feed(site, filter=Filter(limit=2)))
    runs = [run_at(job, NOW + n * HOUR) for n in range(4)]
    assert [(one.new, one.left) for one in runs] == [(2, 3), (2, 1), (1, 0), (0, 0)]


def test_limit_takes_the_latest_first(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    run_at(job_of_sources(tmp_path, feed(site, filter=Filter(limit=2))), NOW)
    assert sorted(record["url"][-7:] for record in lines_of(tmp_path / "out.jsonl")) == ["story-1", "story-2"]


def test_since_leaves_out_what_is_older(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    site.add(50, START - timedelta(days=9))
    assert run_at(job_of_sources(tmp_path, feed(site, filter=Filter(since=7 * 86_400))), NOW).new == 5


def test_source_is_asked_no_more_often_than_every(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    job = job_of_sources(tmp_path, feed(site, every_s=2 * HOUR))
    for minutes in (0, 30, 60, 121):
        run_at(job, NOW + minutes * 60)
    assert site.asked.count("/feed.xml") == 2


def test_clock_that_jumped_back_blocks_no_source(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    job = job_of_sources(tmp_path, feed(site, every_s=2 * HOUR))
    run_at(job, NOW + 10 * 365 * 86_400)
    site.add(99, START)
    assert run_at(job, NOW).new == 1


def test_clock_ten_years_ahead_for_one_run_repeats_nothing(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    job = job_of_sources(tmp_path, feed(site), recheck_s=48 * HOUR)
    for at in (NOW, NOW + 10 * 365 * 86_400, NOW + HOUR, NOW + 2 * HOUR):
        run_at(job, at)
    assert len(lines_of(tmp_path / "out.jsonl")) == 5


def test_failing_site_is_retried_later_and_gives_its_record_once(site: ChangingSite, tmp_path: Path) -> None:
    stock(site, 1)
    job = job_of_sources(tmp_path, Source(name="one", kind="urls", places=(site.root + next(iter(site.stories)),)))
    site.down = True
    first = run_at(job, NOW)
    site.down = False
    soon, later = run_at(job, NOW + 60), run_at(job, NOW + 11 * 60)
    assert [(one.fetched, one.failed, one.new) for one in (first, soon, later)] == [(1, 1, 0), (0, 0, 0), (1, 0, 1)]


def test_network_that_is_down_changes_nothing(tmp_path: Path) -> None:
    places = tuple(f"http://127.0.0.1:1/story-{n}" for n in range(3))
    job = job_of_sources(tmp_path, Source(name="list", kind="urls", places=places))
    told = Told()
    summary = run_at(job, NOW, told)
    with State.open(job.state) as state:
        assert {row.attempts for row in state.urls()} == {0} and len(state.due(["list"], int(NOW))) == 3
    assert (summary.failed, len(told.failures), len(told.warnings)) == (3, 3, 1)


def test_every_url_of_a_run_without_a_network_has_its_line(tmp_path: Path) -> None:
    places = tuple(f"http://127.0.0.1:1/story-{n}" for n in range(3))
    run_at(job_of_sources(tmp_path, Source(name="list", kind="urls", places=places)), NOW)
    assert sorted(line["requestedUrl"] for line in lines_of(tmp_path / "failures.jsonl")) == sorted(places)


def test_bad_lines_of_a_list_are_failures_and_the_rest_goes_on(site: ChangingSite, tmp_path: Path) -> None:
    stock(site, 1)
    (tmp_path / "urls.txt").write_text(f"# list\n\nnot a url\n{site.root}{next(iter(site.stories))}\n")
    job = job_of_sources(tmp_path, Source(name="list", kind="urls", places=(str(tmp_path / "urls.txt"),)))
    assert counts(run_at(job, NOW)) == {"discovered": 2, "fetched": 2, "new": 1, "failed": 1}


def test_source_that_fails_costs_the_others_nothing(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    told = Told()
    lost = Source(name="lost", kind="feed", places=(f"{site.root}/nothing.xml",))
    summary = run_at(job_of_sources(tmp_path, lost, feed(site)), NOW, told)
    assert (summary.new, summary.sources_failed, summary.sources_read) == (5, 1, 1)
    assert len(told.warnings) == 1 and "source lost" in told.warnings[0]


def test_failing_source_is_left_alone_for_longer_and_longer(site: ChangingSite, tmp_path: Path) -> None:
    job = job_of_sources(tmp_path, Source(name="lost", kind="feed", places=(f"{site.root}/nothing.xml",)))
    told = Told()
    for minutes in range(0, 240, 10):
        run_at(job, NOW + minutes * 60, told)
    assert 4 <= site.asked.count("/nothing.xml") <= 8
    assert len(told.warnings) == 1  # a person is told once a day


def test_silent_source_is_told_of_once_a_day(site: ChangingSite, tmp_path: Path) -> None:
    job = job_of_sources(tmp_path, feed(site))
    told = Told()
    stock(site)
    for day in range(8):
        site.add(100 + 2 * day, START + day * DAY - timedelta(hours=3))
        site.add(101 + 2 * day, START + day * DAY - timedelta(hours=2))
        run_at(job, NOW + day * 86_400, told)
    assert told.warnings == []
    for half_day in range(1, 21):
        run_at(job, NOW + 7 * 86_400 + half_day * 43_200, told)
    assert 5 <= len(told.warnings) <= 8 and "no new article for" in told.warnings[0]


def test_vanished_field_is_told_of(site: ChangingSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = job_of_sources(tmp_path, feed(site))
    told = Told()
    stock(site, 20)
    run_at(job, NOW, told)
    whole = ChangingSite.answer

    def without_author(self: ChangingSite, path: str, etag: str | None) -> tuple[int, dict[str, str], bytes]:
        status, headers, body = whole(self, path, etag)
        return status, headers, body.replace(b'"author":{"@type":"Person","name":"Ada Quill"}', b'"wordCount":1')

    monkeypatch.setattr(ChangingSite, "answer", without_author)
    for day in range(1, 4):
        for n in range(3):
            site.add(100 * day + n, START + day * DAY - timedelta(hours=n + 1))
        run_at(job, NOW + day * 86_400, told)
    assert any("authors is in 0% of the latest records" in text for text in told.warnings)


def test_field_that_vanishes_is_told_of_in_the_same_run(site: ChangingSite, tmp_path: Path) -> None:
    job = job_of_sources(tmp_path, feed(site))
    told = Told()
    stock(site, 10)
    run_at(job, NOW, told)
    for number in range(50, 56):
        story = site.add(number, START)
        story.page = partial(bare, story)  # type: ignore[method-assign]
    run_at(job, NOW + HOUR, told)
    assert any("authors is in 0% of the latest records, it was in 100%" in text for text in told.warnings)


def test_source_whose_new_pages_all_fail_is_told_of_in_the_same_run(site: ChangingSite, tmp_path: Path) -> None:
    job = job_of_sources(tmp_path, feed(site))
    told = Told()
    stock(site, 10)
    run_at(job, NOW, told)
    for number in range(50, 60):
        site.add(number, START).page = lambda: b"<html><body><div id=app></div></body></html>"  # type: ignore[method-assign]
    run_at(job, NOW + HOUR, told)
    assert (
        [text for text in told.warnings if "none of its last 10 pages gave an article" in text] == told.warnings != []
    )


def section(site: ChangingSite, *, links: bool) -> None:
    site.pages["/politics/"] = site.section() if links else b"<html><body><div id=app></div></body></html>"


def test_section_that_lists_nothing_any_more_is_told_of_as_long_as_it_does(site: ChangingSite, tmp_path: Path) -> None:
    stock(site, 8)
    section(site, links=True)
    job = job_of_sources(tmp_path, Source(name="politics", kind="section", places=(f"{site.root}/politics/",)))
    told = Told()
    assert run_at(job, NOW, told).new == 8
    section(site, links=False)
    for hours in (1, 2, 26):  # from the second on, the page answers 304
        run_at(job, NOW + hours * HOUR, told)
    assert told.warnings == ["source politics: lists no article, it used to list 8: did the site change?"] * 2


def test_section_that_never_listed_anything_is_told_of(site: ChangingSite, tmp_path: Path) -> None:
    section(site, links=False)
    told = Told()
    job = job_of_sources(tmp_path, Source(name="politics", kind="section", places=(f"{site.root}/politics/",)))
    run_at(job, NOW, told)
    assert told.warnings == ["source politics: lists no article, and never did: is it the right address?"]


def test_figures_of_sources_are_kept_by_the_day(site: ChangingSite, tmp_path: Path) -> None:
    stock(site)
    job = job_of_sources(tmp_path, feed(site))
    run_at(job, NOW)
    with State.open(job.state) as state:
        (day,) = state.days("feed", 0)
    assert (day["listed"], day["records"], day["fields"]["headline"], day["fields"]["authors"]) == (5, 5, 5, 5)


def test_old_urls_are_forgotten_only_when_no_list_has_them(site: ChangingSite, tmp_path: Path) -> None:
    stock(site, 3)
    job = job_of_sources(tmp_path, feed(site), keep_s=30 * 86_400)
    run_at(job, NOW)
    del site.stories[next(iter(site.stories))]
    for day in (2, 20, 40, 60):
        run_at(job, NOW + day * 86_400)
    with State.open(job.state) as state:
        assert state.counts() == {("feed", "done"): 2}
    assert len(lines_of(tmp_path / "out.jsonl")) == 3


def test_host_that_asks_for_a_rest_is_left_alone_in_the_next_run(
    site: ChangingSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(site)
    from scraper.crawl.tools import open_tools
    from tests.crawl import running

    whole = ChangingSite.answer

    def busy(self: ChangingSite, path: str, etag: str | None) -> tuple[int, dict[str, str], bytes]:
        if path.startswith("/news"):
            self.asked.append(path)
            return 429, {"Retry-After": "7200"}, b""
        return whole(self, path, etag)

    monkeypatch.setattr(ChangingSite, "answer", busy)
    job = job_of_sources(tmp_path, feed(site))
    import time

    async def looped() -> None:
        from scraper.crawl.outputs import open_outputs
        from scraper.crawl.run import run_job

        with State.open(job.state) as state, open_outputs(job, state) as outputs:
            async with open_tools(job, state.holds(int(time.time()))) as tools:
                await run_job(job, state, outputs, tools, Told(), Limits(), stop=asyncio.Event())

    asyncio.run(looped())
    asked = len(site.asked)
    asyncio.run(looped())
    assert running.FETCH.retries == 0
    assert [path for path in site.asked[asked:] if path.startswith("/news")] == []
    with State.open(job.state) as state:
        assert [hold.held_until > time.time() + 7000 for hold in state.holds(int(time.time()))] == [True]


def test_record_that_an_exporter_cannot_write_costs_no_other(
    site: ChangingSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(site)
    from scraper.export.json_lines import JsonLines

    write = JsonLines.write

    def broken(self: JsonLines, article: Any, extra: Any = None) -> None:
        if article.url.endswith("story-3"):
            raise ValueError("three is too many")
        write(self, article, extra)

    monkeypatch.setattr(JsonLines, "write", broken)
    job = job_of_sources(tmp_path, feed(site))
    told = Told()
    assert counts(run_at(job, NOW, told)) == {"discovered": 5, "fetched": 5, "new": 4, "failed": 1}
    assert [(one.stage, one.reason) for one in told.failures] == [("export", "export")]
    assert "three is too many" in told.failures[0].message
    assert counts(run_at(job, NOW + HOUR)) == {}


def test_forgotten_article_is_asked_for_without_validators(
    site: ChangingSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its record would not come with a 304."""
    stock(site, 1)
    (path,) = site.stories
    job = job_of_sources(tmp_path, Source(name="one", kind="urls", places=(site.root + path,)), recheck_s=48 * HOUR)
    sent: list[str | None] = []
    whole = ChangingSite.answer

    def noting(self: ChangingSite, path: str, etag: str | None) -> tuple[int, dict[str, str], bytes]:
        sent.append(etag)
        return whole(self, path, etag)

    monkeypatch.setattr(ChangingSite, "answer", noting)
    run_at(job, NOW)
    run_at(job, NOW + 10 * HOUR)
    with State.open(job.state) as state:
        state.begin()
        state.forget([row.key for row in state.urls()])
        state.commit()
    assert run_at(job, NOW + 11 * HOUR).new == 1
    assert [etag is None for etag in sent] == [True, False, True]


def test_304_that_nobody_asked_for_is_a_failure(
    site: ChangingSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ChangingSite, "answer", lambda _self, _path, _etag: (304, {}, b""))
    told = Told()
    job = job_of_sources(tmp_path, Source(name="one", kind="urls", places=(f"{site.root}/news/1",)))
    summary = run_at(job, NOW, told)
    assert (summary.failed, summary.unchanged, told.failures[0].reason) == (1, 0, "http_304")
