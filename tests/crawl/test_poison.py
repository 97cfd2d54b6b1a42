"""Runs over real worker processes: poison costs itself, once for all runs, and pages are spread over processes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from scraper.crawl.job import Source
from scraper.crawl.outputs import open_outputs
from scraper.crawl.run import Limits, Tools, run_job
from scraper.crawl.state import DAY_S, State
from scraper.crawl.summary import Summary
from scraper.model.article import Article
from scraper.model.response import Response
from scraper.settings import ExtractSettings, WorkerSettings
from scraper.workers.pool import WorkerPool
from tests.crawl.running import Told, job_of_sources, lines_of
from tests.workers.pools import POISON

NOW = 1_800_000_000
LIMITS = WorkerSettings(page_timeout_s=0.5, page_memory_bytes=200_000_000)


class Deeds:
    """A fetcher whose pages do to their worker what they say."""

    def __init__(self, deeds: list[str]) -> None:
        self.deeds = {f"https://news{n}.example/{deed.partition(' ')[0]}": deed for n, deed in enumerate(deeds)}
        self.asked: list[str] = []

    async def fetch(self, url: str) -> Response:
        self.asked.append(self.deeds[url])
        return Response(requested_url=url, url=url, status=200, body=self.deeds[url].encode())

    async def fetch_if_changed(self, url: str, _validators: object) -> Response:
        return await self.fetch(url)

    async def list(self, *_any: object) -> Any:
        raise AssertionError("there is nothing to list")


def ran(folder: Path, deeds: Deeds, now: int = NOW) -> Summary:
    job = job_of_sources(folder, Source(name="list", kind="urls", places=tuple(deeds.deeds)), recheck_s=300 * DAY_S)

    async def looped() -> Summary:
        async with WorkerPool(LIMITS, task=POISON) as pool:

            async def extract(response: Response) -> Article:
                return (await pool.extract(response, ExtractSettings())).article

            tools = Tools(fetcher=deeds, extract=extract, lister=deeds, now=lambda: now)
            return await run_job(job, state, outputs, tools, Told(), Limits(), stop=asyncio.Event())

    with State.open(job.state) as state, open_outputs(job, state) as outputs:
        return asyncio.run(looped())


def test_page_that_hung_or_crashed_is_not_tried_in_later_runs(tmp_path: Path) -> None:
    deeds = Deeds(["fine", "spin", "abort", "eat", "bug"])
    first = ran(tmp_path, deeds)
    deeds.asked.clear()
    for days in (1, 30, 200):
        ran(tmp_path, deeds, NOW + days * DAY_S)
    assert (first.new, first.failed, set(deeds.asked)) == (1, 4, {"fine"})


def test_poison_is_remembered_with_its_reason(tmp_path: Path) -> None:
    ran(tmp_path, Deeds(["fine", "spin", "abort", "eat"]))
    with State.open(tmp_path / "state.db") as state:
        found = {row.url.rpartition("/")[2]: (row.reason, row.next_try) for row in state.urls(status="failed")}
    assert found == {"spin": ("extract_timeout", None), "abort": ("crashed", None), "eat": ("out_of_memory", None)}


def test_pages_of_a_run_are_extracted_on_several_cores(tmp_path: Path) -> None:
    if WorkerPool(LIMITS)._most < 2:
        pytest.skip("one core alone")
    ran(tmp_path, Deeds(["wait .2"] * 8))
    assert len({record["articleBody"] for record in lines_of(tmp_path / "out.jsonl")}) >= 2
