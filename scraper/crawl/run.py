"""One run of a job: list what the sources have, ask for what is due, write what is new, remember it all at once."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from msgspec import structs

from scraper.batching import Batch
from scraper.crawl.asking import ask
from scraper.crawl.discovery import Discovery
from scraper.crawl.frontier import UNREACHABLE, Due, plan
from scraper.crawl.health import HISTORY_S, Given, fields_present, warnings_of
from scraper.crawl.job import names_of
from scraper.crawl.outputs import store_marks
from scraper.crawl.rows import HoldRow, RestRow, UrlRow
from scraper.crawl.settle import Answer, Policy, no_record, settle
from scraper.crawl.state import DAY_S
from scraper.crawl.stories import told_before
from scraper.crawl.summary import Summary
from scraper.errors import ScraperError
from scraper.model.failure import failure_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scraper.crawl.asking import Extractor, RunFetcher
    from scraper.crawl.job import Job
    from scraper.crawl.listing import Lister
    from scraper.crawl.outputs import Outputs
    from scraper.crawl.settle import Settled
    from scraper.crawl.state import State
    from scraper.model.article import Article
    from scraper.model.failure import Failure

__all__ = ["Limits", "Report", "Tools", "run_job", "steady_clock"]

_CLOSING_S = 1.0
"""How long requests that are given up may take to let go."""
_KEPT_DAYS_S = 400 * DAY_S
"""Health figures of a year, with some room."""


class Report(Protocol):
    """Who is told what happens."""

    def failure(self, failure: Failure) -> None:
        """Tell of a URL that gave no record."""

    def note(self, text: str) -> None:
        """Tell what is worth a line, but no action."""

    def warning(self, text: str) -> None:
        """Tell what needs a person."""

    def progress(self, summary: Summary, *, total: int, in_flight: int) -> None:
        """Show the counts, of `total` URLs that the run asks for."""


def steady_clock() -> Callable[[], int]:
    """Return a clock of seconds since 1970 that is read once, and goes on by itself: setting it changes no run."""
    begun, at = time.monotonic(), time.time()
    return lambda: int(at + time.monotonic() - begun)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a run works with: all of its network, its processor time and its clock."""

    fetcher: RunFetcher
    extract: Extractor
    lister: Lister
    holds: Callable[[], Iterable[HoldRow]] = tuple
    """Hosts that want to be left alone beyond this moment."""
    rests: Callable[[], Iterable[RestRow]] = tuple
    """Hosts that were asked so lately that a run which begins now must wait."""
    learnt: Callable[[], Iterable[tuple[str, bytes]]] = tuple
    """Site and memory, for each site of which more was learnt since the last call."""
    now: Callable[[], int] = field(default_factory=steady_clock)
    """Seconds since 1970. For what is stored only; intervals inside a run are measured by the loop's own clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a run may take, and how often it makes its work durable."""

    deadline_s: float | None = None
    commit_every: int = 50
    """Answers between two commits: what a kill or a power cut can make a run ask for again."""
    commit_s: float = 2.0
    """Seconds that an answer waits for its commit at most."""


async def run_job(  # noqa: PLR0913  # a run is where everything meets
    job: Job, state: State, outputs: Outputs, tools: Tools, report: Report, limits: Limits, *, stop: asyncio.Event
) -> Summary:
    """Run a job once; return what was done.

    Ends early, with everything that was settled committed, when `stop` is set or the deadline passes.

    Raises:
        StateError, ExportError: what cannot be written; what was committed before stands.
        SettingsError: a source that cannot be read as the job says.

    """
    began = time.monotonic()
    run = _Run(job, state, outputs, tools, report, limits)
    body = asyncio.create_task(run.go())
    stopper = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({body, stopper}, timeout=limits.deadline_s, return_when=asyncio.FIRST_COMPLETED)
        if not body.done():
            run.summary.ended = "interrupted" if stop.is_set() else "deadline"
            body.cancel()
            await asyncio.wait({body})
        if not body.cancelled():
            body.result()
        run.finish()
    except BaseException:
        state.rollback()
        raise
    finally:
        body.cancel()
        stopper.cancel()
        await asyncio.gather(body, stopper, return_exceptions=True)
    run.summary.secs = time.monotonic() - began
    return run.summary


class _Run:
    """The loop; everything that it decides is decided elsewhere."""

    def __init__(self, job: Job, state: State, outputs: Outputs, tools: Tools, report: Report, limits: Limits) -> None:
        self._job = job
        self._state = state
        self._outputs = outputs
        self._tools = tools
        self._report = report
        self._limits = limits
        self._now = tools.now()
        self.summary = Summary(run=f"{datetime.fromtimestamp(self._now, UTC):%Y-%m-%dT%H:%M:%SZ}")
        self._discovery = Discovery(job, state, tools.lister, report, self.summary, self._now)
        self._given = Given()
        self._due: dict[str, Due] = {}
        self._left = 0
        self._total = 0
        self._uncommitted = 0
        self._commit_at: float | None = None
        self._reached = False
        """Whether anybody has answered: until then it may be us who are not connected."""
        self._unreached: list[tuple[Due, Answer]] = []

    async def go(self) -> None:
        await self._discovery.read_all()
        self._reached = self._discovery.reached
        limits = {s.name: s.filter.limit for s in self._job.sources if s.filter.limit is not None}
        due = (Due(*row) for row in self._state.due(names_of(self._job.sources), self._now))
        planned = plan(due, {hold.host for hold in self._state.holds(self._now)}, limits)
        self.summary.left += planned.held + planned.over_limit
        await self._ask_all(deque(planned.now))

    async def _ask_all(self, waiting: deque[Due]) -> None:
        self._left = self._total = len(waiting)
        fetch = self._job.fetch
        batch: Batch[tuple[Due, Answer]] = Batch(
            self._ask, concurrency=fetch.concurrency, per_host=fetch.per_host, ordered=False
        )
        try:
            while waiting or batch.held:
                while waiting and batch.hungry:
                    due = waiting.popleft()
                    self._due[due.url] = due
                    batch.put(due.url)
                if batch.ready:
                    self._take(batch)
                else:
                    await self._wait(batch)
        except asyncio.CancelledError:  # and for nothing else: after a failed write, nothing more may be committed
            await _closed(batch)
            while batch.ready:
                self._take(batch)
            raise
        finally:
            await _closed(batch)

    async def _ask(self, url: str) -> tuple[Due, Answer]:
        due = self._due[url]
        row = self._state.url(due.key) or UrlRow(key=due.key, url=url, first_seen=self._now, last_seen=self._now)
        return due, await ask(url, row, self._tools.fetcher, self._tools.extract)

    async def _wait(self, batch: Batch[tuple[Due, Answer]]) -> None:
        """Wait for an answer, or for the time of the next commit."""
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self._commit_at):
                await batch.wait()
            return
        self._commit()

    def _take(self, batch: Batch[tuple[Due, Answer]]) -> None:
        due, answer = batch.take()
        self._due.pop(due.url, None)
        self._left -= 1
        if not self._reached and answer.failure is not None and answer.failure.reason in UNREACHABLE:
            self._unreached.append((due, answer))
            return
        self._reached = True
        unreached, self._unreached = self._unreached, []
        for waiting, failed in (*unreached, (due, answer)):
            self._settle(waiting, failed)

    def _settle(self, due: Due, answer: Answer) -> None:
        """Write and remember what one answer means, inside the open transaction."""
        self._state.begin()
        row = self._state.url(due.key)
        self.summary.fetched += 1
        self.summary.received_bytes += answer.received
        if row is None or row.status == "alias":  # it became another URL's in the meantime
            self.summary.duplicate += 1
            return
        policy = Policy(now=self._tools.now(), recheck_s=self._job.recheck_s, diff=self._job.diff)
        settled = settle(row, answer, self._state, policy)
        if settled.article is not None:
            settled = self._written(row, settled, settled.article)
        for one in settled.rows:
            self._state.put_url(one)
        if settled.failure is not None:
            self._outputs.fail(settled.failure)
            self._report.failure(settled.failure)
        self._count(due, settled)
        self._uncommitted += 1
        if self._commit_at is None:
            self._commit_at = asyncio.get_running_loop().time() + self._limits.commit_s
        if self._uncommitted >= self._limits.commit_every:
            self._commit()

    def _written(self, row: UrlRow, settled: Settled, article: Article) -> Settled:
        """Write a record; one that an exporter cannot make anything of is a failure of its URL, not of the run."""
        window, now, story = self._job.duplicates_s, self._tools.now(), None
        if window is not None:
            article, story = told_before(article, self._state.stories, now - window)
        try:
            self._outputs.write(article)
        except (ScraperError, OSError):
            raise
        except Exception as error:  # noqa: BLE001  # a third party's exporter may raise anything
            what = f"the record cannot be written: {type(error).__name__}: {error}"
            failure = failure_of(ScraperError(what, url=article.url, reason="export"), row.url)
            return no_record(row, structs.replace(failure, stage="export"))
        if story is not None and window is not None:
            self._state.stories.put(story, now, window)
        return settled

    def _count(self, due: Due, settled: Settled) -> None:
        outcome = settled.outcome
        setattr(self.summary, outcome, getattr(self.summary, outcome) + 1)
        self._report.progress(self.summary, total=self._total, in_flight=len(self._due))
        if outcome not in {"new", "updated", "failed"}:
            return
        self.summary.count(due.source, outcome)
        column = {"new": "records", "updated": "updates", "failed": "failures"}[outcome]
        fields = fields_present(settled.article) if outcome == "new" and settled.article is not None else {}
        self._state.add_to_day(due.source, self._now, {column: 1}, fields)
        self._given.add(due.source, column, fields)
        if outcome != "failed":
            self._discovery.gave_record(due.source)

    def _commit(self) -> None:
        """Make the outputs durable, then, in one transaction, what the state says of them and of the URLs."""
        self._uncommitted = 0
        self._commit_at = None
        if self._state.changing:
            store_marks(self._outputs.commit(), self._state)
            for site, memory in self._tools.learnt():
                self._state.put_site_memory(site, memory)
            self._state.put_holds(self._tools.holds(), self._tools.now())
            self._state.put_rests(self._tools.rests())
            self._state.commit()

    def finish(self) -> None:
        """Commit what is settled; tell what needs a person; forget what is old."""
        self.summary.left += self._left
        self._state.begin()
        if self._reached or self._discovery.reached:
            self._discovery.store_failures()
        else:
            self._tell_unreached()
        for text in self._warnings():
            self.summary.warnings += 1
            self._report.warning(text)
        if self._job.keep_s is not None:
            self._state.prune(self._now - self._job.keep_s)
        self._state.forget_days(self._now - _KEPT_DAYS_S)
        self._commit()

    def _tell_unreached(self) -> None:
        """Tell the failures of a run in which nobody answered; the state keeps the URLs as they were."""
        for _due, answer in self._unreached:
            if answer.failure is not None:
                self.summary.fetched += 1
                self.summary.failed += 1
                self._outputs.fail(answer.failure)
                self._report.failure(answer.failure)
        if self._unreached or self.summary.sources_failed:
            self._discovery.tell_unreached(asked=bool(self._unreached))

    def _warnings(self) -> list[str]:
        """Return what is wrong with sources, each told once a day."""
        texts = []
        for source in self._job.sources:
            row = self._state.source(source.name)
            if row is None or not source.expect or (row.warned_at is not None and self._now - row.warned_at < DAY_S):
                continue
            days = self._state.days(source.name, self._now - HISTORY_S)
            found = warnings_of(row, days, self._now, self._given.of(source.name))
            if found:
                self._discovery.warned(source.name)
            texts += found
        return texts


async def _closed(batch: Batch[tuple[Due, Answer]]) -> None:
    """Give up what a batch still runs."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_CLOSING_S):
            await batch.close()
