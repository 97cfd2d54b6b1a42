"""Near-duplicates across runs: one agency story on five sites, found whenever it comes, kept exactly as records are."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scraper.__main__ import main
from scraper.cli.run import read_job
from scraper.crawl.job import Source
from scraper.crawl.state import DAY_S, State
from scraper.crawl.stories import STORIES_KEPT_S, Story
from scraper.errors import SettingsError
from scraper.export.json_lines import JsonLines
from scraper.model.article import Article, Metadata
from tests.crawl import rig
from tests.crawl.running import job_of_sources, lines_of, run_at

pytest.importorskip("rensa", reason="the extra `duplicates` is not installed")

NOW = 1_800_000_000
WORDS = "harbour eel lantern gravel ferry turnip clock otter bell quay lock weir tide mast oar net barn mill".split()


def words_of(seed: int) -> str:
    return " ".join(f"{WORDS[(seed * 7 + n * n * (seed + 3)) % 18]}{(n * seed) % 11}" for n in range(160))


def page(site: int, story: int) -> str:
    return f"https://site{site}.example/story/{story}"


class Agencies(rig.Pages):
    """Each site prints each story with a lead of its own."""

    def __init__(self, sites: int, stories: int = 1) -> None:
        super().__init__(0)
        self.articles = {page(s, t): _printed(s, t) for s in range(sites) for t in range(stories)}


def _printed(site: int, story: int) -> Article:
    text = f"Readers of paper {site} learn this from their own desk today.\n\n{words_of(story + 1)}"
    meta = Metadata(extractor_version="0", text_hash=f"{site:08x}{story:08x}")
    return Article(
        id=f"{site:08x}{story:08x}", url=page(site, story), headline=f"Story {story} in {site}", article_body=text,
        word_count=170, metadata=meta,
    )  # fmt: skip


def job(folder: Path, urls: list[str], **more: Any) -> Any:
    return job_of_sources(folder, Source(name="list", kind="urls", places=tuple(urls)), duplicates_s=14 * DAY_S, **more)


def ran(folder: Path, pages: Agencies, urls: list[str], now: int = NOW, **more: Any) -> None:
    run_at(job(folder, urls, **more), now, fetcher=pages, extract=pages.extract, lister=pages)


def marks(folder: Path) -> dict[str, str | None]:
    return {record["url"]: record["metadata"]["duplicateOf"] for record in lines_of(folder / "out.jsonl")}


def first_of(folder: Path) -> str:
    return str(lines_of(folder / "out.jsonl")[0]["id"])


def test_one_story_on_five_sites_in_two_runs_shares_one_id(tmp_path: Path) -> None:
    pages = Agencies(5)
    urls = [page(site, 0) for site in range(5)]
    ran(tmp_path, pages, urls[:2])
    ran(tmp_path, pages, urls, NOW + DAY_S)
    found = list(marks(tmp_path).values())
    assert (found[0], set(found[1:]), len(found)) == (None, {first_of(tmp_path)}, 5)


def test_different_stories_share_none(tmp_path: Path) -> None:
    pages = Agencies(1, 8)
    ran(tmp_path, pages, [page(0, story) for story in range(8)])
    assert set(marks(tmp_path).values()) == {None}


def test_nothing_is_marked_or_kept_unless_asked_for(tmp_path: Path) -> None:
    pages = Agencies(3)
    urls = tuple(page(site, 0) for site in range(3))
    run_at(
        job_of_sources(tmp_path, Source(name="list", kind="urls", places=urls)),
        NOW, fetcher=pages, extract=pages.extract, lister=pages,
    )  # fmt: skip
    with State.open(tmp_path / "state.db") as state:
        assert (set(marks(tmp_path).values()), state.stories.first("0" * 16)) == ({None}, None)


def test_story_older_than_the_span_is_a_new_one(tmp_path: Path) -> None:
    pages = Agencies(2)
    ran(tmp_path, pages, [page(0, 0)])
    ran(tmp_path, pages, [page(0, 0), page(1, 0)], NOW + 15 * DAY_S)
    assert set(marks(tmp_path).values()) == {None}


def test_cluster_keeps_its_name_when_its_first_record_is_too_old(tmp_path: Path) -> None:
    pages = Agencies(3)
    urls = [page(site, 0) for site in range(3)]
    for count, days in ((1, 0), (2, 10), (3, 20)):
        ran(tmp_path, pages, urls[:count], NOW + days * DAY_S)
    assert list(marks(tmp_path).values())[1:] == [first_of(tmp_path)] * 2


def test_another_version_keeps_its_mark(tmp_path: Path) -> None:
    pages = Agencies(2)
    urls = [page(0, 0), page(1, 0)]
    ran(tmp_path, pages, urls, recheck_s=2 * DAY_S)
    pages.articles[urls[1]] = Article(
        id=f"{1:08x}{0:08x}", url=urls[1], headline="Told anew", article_body=words_of(99), word_count=160,
        metadata=Metadata(extractor_version="0", text_hash="f" * 16),
    )  # fmt: skip
    pages.fetch, whole = None, pages.fetch  # type: ignore[method-assign, assignment]

    async def other_bytes(address: str) -> Any:
        response = await whole(address)
        return type(response)(requested_url=address, url=address, status=200, body=b"anew " + address.encode())

    pages.fetch = other_bytes  # type: ignore[method-assign]
    ran(tmp_path, pages, urls, NOW + DAY_S, recheck_s=2 * DAY_S)
    last = lines_of(tmp_path / "out.jsonl")[-1]
    assert (last["metadata"]["version"], last["metadata"]["duplicateOf"]) == (2, first_of(tmp_path))


def test_record_that_was_not_written_is_nobodys_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = JsonLines.write

    def broken(self: JsonLines, article: Any, extra: Any = None) -> None:
        if article.url == page(0, 0):
            raise ValueError("not this one")
        write(self, article, extra)

    monkeypatch.setattr(JsonLines, "write", broken)
    pages = Agencies(2)
    ran(tmp_path, pages, [page(0, 0)])
    ran(tmp_path, pages, [page(0, 0), page(1, 0)], NOW + DAY_S)
    assert marks(tmp_path) == {page(1, 0): None}


def test_forgotten_url_takes_its_story_along(tmp_path: Path) -> None:
    pages = Agencies(1)
    ran(tmp_path, pages, [page(0, 0)])
    with State.open(tmp_path / "state.db") as state:
        state.begin()
        state.forget([row.key for row in state.urls()])
        state.commit()
        left = state._connection.execute("SELECT (SELECT count(*) FROM stories), (SELECT count(*) FROM story_bands)")
        assert (state.stories.first(f"{0:016x}"), left.fetchone()) == (None, (0, 0))


def test_state_does_not_grow_beyond_the_span(tmp_path: Path) -> None:
    with State.open(tmp_path / "s.db") as state:
        state.begin()
        for day in range(100):
            for part in range(3):
                number = 3 * day + part
                values = tuple((number * 131 + n) % 2**32 for n in range(128))
                state.stories.put(Story(f"r{number}", f"r{number}", values), NOW + day * DAY_S, 14 * DAY_S)
        state.commit()
        counted = state._connection.execute("SELECT (SELECT count(*) FROM stories), (SELECT count(*) FROM story_bands)")
        assert counted.fetchone() == (3 * 15, 3 * 15 * 64)


def test_kills_between_leave_one_first_and_lose_nothing(tmp_path: Path) -> None:
    sites, wrong = 40, []
    pages = Agencies(sites)
    urls = [page(site, 0) for site in range(sites)]
    for turn in range(8):
        folder = tmp_path / str(turn)
        folder.mkdir()
        one = job(folder, urls)
        killed = rig.fork(one, pages, pace_s=0.004, commit_every=3)
        deadline = time.monotonic() + 5
        while not (folder / "out.jsonl").exists() and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(0.01 + turn * 0.02)
        os.kill(killed, signal.SIGKILL)
        os.waitpid(killed, 0)
        code = rig.finish(one, pages)
        found = marks(folder)
        if code or set(found) != set(urls) or list(found.values()) != [None] + [first_of(folder)] * (sites - 1):
            wrong.append((turn, code, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("true", STORIES_KEPT_S), ("false", None), ('"3d"', 3 * DAY_S)],
)
def test_job_says_how_long_stories_are_kept(tmp_path: Path, value: str, seconds: int | None) -> None:
    assert read_job(written(tmp_path, value)).duplicates_s == seconds


@pytest.mark.parametrize("value", ["3", '"soon"', "[]"])
def test_span_that_is_none_is_told_with_its_line(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsError, match=r"jobs\.toml:2: duplicates: "):
        read_job(written(tmp_path, value))


def test_check_says_which_package_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "rensa", SimpleNamespace())
    assert main(["run", str(written(tmp_path, "true")), "--check"]) == 2
    assert "article-scraper[duplicates]" in capsys.readouterr().err


def written(folder: Path, value: str) -> Path:
    path = folder / "jobs.toml"
    path.write_text(
        f'state = "s.db"\nduplicates = {value}\n[[source]]\nurls = ["https://x.example/1"]\n'
        '[[output]]\npath = "o.jsonl"\n'
    )
    return path
