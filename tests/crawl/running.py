"""Runs in this process, over real HTTP on loopback, at a time of the test's choosing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scraper.api import article_of
from scraper.crawl.job import Job, OutputSpec, Source
from scraper.crawl.lock import locked
from scraper.crawl.outputs import open_outputs
from scraper.crawl.run import Limits, Tools, run_job
from scraper.crawl.source_lister import SourceLister
from scraper.crawl.state import State
from scraper.crawl.summary import Summary
from scraper.extraction import extract_page
from scraper.fetch.client import HttpFetcher
from scraper.model.article import Article
from scraper.model.failure import Failure
from scraper.model.response import Response
from scraper.page.page import open_page
from scraper.settings import FetchSettings

__all__ = ["FETCH", "Told", "job_of_sources", "lines_of", "run_at"]

FETCH = FetchSettings(delay_s=0, allow_private=True, retries=0, per_host=4, robots=False)


@dataclass
class Told:
    """What a run said."""

    failures: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def failure(self, failure: Failure) -> None:
        self.failures.append(failure)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def warning(self, text: str) -> None:
        self.warnings.append(text)

    def progress(self, summary: Summary, *, total: int, in_flight: int) -> None: ...


def job_of_sources(folder: Path, *sources: Source, **more: Any) -> Job:
    settings: dict[str, Any] = {"fetch": FETCH, "errors": folder / "failures.jsonl", **more}
    outputs = (OutputSpec(path=folder / "out.jsonl", format="jsonl"),)
    return Job(state=folder / "state.db", sources=sources, outputs=outputs, **settings)


def run_at(
    job: Job,
    now: float,
    told: Told | None = None,
    limits: Limits | None = None,
    clock: Callable[[], int] | None = None,
    **tools: Any,
) -> Summary:
    """Run a job as if it were `now`, in seconds since 1970; with `clock`, a clock that is set in the meantime."""
    at = int(now)

    async def extract(response: Response) -> Article:
        return article_of(extract_page(open_page(response), job.extract), job.extract)

    async def looped() -> Summary:
        fetcher = HttpFetcher(job.fetch)
        own = {
            "fetcher": fetcher,
            "extract": extract,
            "lister": SourceLister(fetcher, lambda: at),
            "now": clock or (lambda: at),
        }
        try:
            made = Tools(**(own | tools))
            return await run_job(job, state, outputs, made, told or Told(), limits or Limits(), stop=asyncio.Event())
        finally:
            await fetcher.aclose()

    with locked(job.state), State.open(job.state) as state, open_outputs(job, state) as outputs:
        return asyncio.run(looped())


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
