"""Reading a job's sources into the state: what they list, and what to ask them the next time, in one transaction."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from scraper.crawl.frontier import UNREACHABLE, source_retry_s
from scraper.crawl.listing import given_urls
from scraper.crawl.rows import SourceRow, UrlRow
from scraper.crawl.state import DAY_S
from scraper.model.url import url_key

if TYPE_CHECKING:
    from scraper.crawl.job import Job, Source
    from scraper.crawl.listing import Listed, Lister
    from scraper.crawl.run import Report
    from scraper.crawl.state import State
    from scraper.crawl.summary import Summary
    from scraper.model.failure import Failure

__all__ = ["Discovery"]

_AT_ONCE = 8
"""Sources read at the same time; their fetcher keeps the peace between them."""
_TOLERATED = 1
"""Failures in a row of a source before a person is told."""


class _Failed(NamedTuple):
    """A source that failed in this run."""

    before: SourceRow
    after: SourceRow
    """What is remembered if anybody else answered."""
    text: str
    """What is told of it."""


class Discovery:
    """The sources of one run."""

    def __init__(self, job: Job, state: State, lister: Lister, report: Report, summary: Summary, now: int) -> None:
        self._job = job
        self._state = state
        self._lister = lister
        self._report = report
        self._summary = summary
        self._now = now
        self._failed: list[_Failed] = []
        self.reached = False
        """Whether a source has answered."""

    async def read_all(self) -> None:
        """Read all sources that are due, and remember what each lists as soon as it has.

        Raises:
            SettingsError: a source that cannot be read as the job says.
            StateError: the state cannot be written.

        """
        slots = asyncio.Semaphore(_AT_ONCE)

        async def one(source: Source) -> None:
            async with slots:
                await self._read(source)

        try:
            async with asyncio.TaskGroup() as group:
                for source in self._job.sources:
                    if self._is_due(source):
                        group.create_task(one(source))
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None

    def gave_record(self, name: str) -> None:
        """Note that a source's URL gave a record."""
        row = self._state.source(name)
        if row is not None and row.last_record != self._now:
            self._state.put_source(replace(row, last_record=self._now))

    def warned(self, name: str) -> None:
        """Note that a person was told."""
        row = self._state.source(name)
        if row is not None:
            self._state.put_source(replace(row, warned_at=self._now))

    def store_failures(self) -> None:
        """Remember the sources that failed; not called in a run in which nobody answered."""
        for failed in self._failed:
            self._state.put_source(failed.after)
        self._failed = []

    def tell_unreached(self, *, asked: bool) -> None:
        """Tell of a run in which nobody answered, where it asked for URLs or the run before had none either.

        Told once a day. Of the sources only the reason is remembered: no failure counts while the network may be down.
        """
        again = any(failed.before.reason in UNREACHABLE for failed in self._failed)
        for failed in self._failed:
            after = failed.after
            kept = replace(failed.before, settings=after.settings, reason=after.reason, warned_at=after.warned_at)
            self._state.put_source(kept)
        names = [failed.before.name for failed in self._failed] or [source.name for source in self._job.sources]
        rows = [row for name in names if (row := self._state.source(name)) is not None]
        if not (asked or again) or (rows and all(self._was_told(row) for row in rows)):
            return
        self._summary.warnings += 1
        first = f" {self._failed[0].text}." if self._failed else ""
        self._report.warning(f"nobody could be reached: is the network down?{first} All URLs stay due")
        for row in rows:
            self.warned(row.name)

    def _is_due(self, source: Source) -> bool:
        row = self._row(source)
        if row.asked_at is None or not self._now - row.asked_at >= 0:
            return True
        if row.next_try is not None and self._now < row.next_try <= self._now + 2 * DAY_S:
            self._summary.count(source.name, "waiting")
            return False
        return self._now - row.asked_at >= source.every_s

    async def _read(self, source: Source) -> None:
        row = self._row(source)
        if source.kind == "urls":
            self._store(source, row, given_urls(source))
            return
        known = self._state.documents(source.name) if row.settings == _settings(source) else {}
        listed = await self._lister.list(source, known, source.filter.oldest(self._now))
        self.reached = self.reached or listed.answered or any(f.reason not in UNREACHABLE for f in listed.failures)
        if listed.failures and not listed.answered:
            self._fail(source, row, listed.failures[0])
        else:
            self._store(source, row, listed)

    def _store(self, source: Source, row: SourceRow, listed: Listed) -> None:
        """Remember URLs and validators in one transaction: what a 304 will not list again must not be lost."""
        self._state.begin()
        found, fresh = self._remember_refs(source, row, listed)
        for document in listed.documents:
            self._state.put_document(document)
        row = replace(
            row,
            settings=_settings(source),
            asked_at=self._now,
            listed_at=self._now if listed.whole else row.listed_at,
            next_try=None,
            attempts=0,
            reason=None,
            last_success=self._now,
            last_fresh=self._now if fresh else row.last_fresh,
            last_count=found if listed.whole and source.kind != "urls" else row.last_count,
            usual_count=found if listed.whole and found else row.usual_count,
        )
        self._state.put_source(row)
        self._state.add_to_day(source.name, self._now, {"listed": found, "fresh": fresh}, {})
        self._state.commit()
        self._summary.sources_read += source.kind != "urls"
        self._summary.received_bytes += listed.received
        for problem in (*listed.problems, *(failure.message for failure in listed.failures)):
            self._report.note(_of(source, problem))

    def _remember_refs(self, source: Source, row: SourceRow, listed: Listed) -> tuple[int, int]:
        """Put new URLs into the state; return how many the filters took, and how many of them are new.

        New is what nobody had listed when this source was last asked: another source may have been faster.
        """
        found = fresh = 0
        oldest = source.filter.oldest(self._now)
        for ref in listed.refs:
            too_old = ref.published is not None and oldest is not None and ref.published < oldest
            if too_old or not source.filter.takes(ref.url):
                continue
            found += 1
            url = ref.url.encode("utf-8", "replace").decode()
            key = url_key(url)
            first_seen = self._state.see(key, self._now)
            fresh += row.asked_at is not None and (first_seen is None or first_seen > row.asked_at)
            if first_seen is not None:
                self._summary.known += 1
            else:
                self._state.put_url(_new(key, url, source.name, self._now, ref.published))
        self._summary.discovered += found
        self._summary.count(source.name, "discovered", found)
        return found, fresh

    def _fail(self, source: Source, row: SourceRow, failure: Failure) -> None:
        attempts = row.attempts + 1
        self._summary.sources_failed += 1
        self._summary.count(source.name, "source_failed")
        text = _of(source, failure.message)
        needs_person = (attempts > _TOLERATED or not failure.retryable) and not self._was_told(row)
        if needs_person:
            self._summary.warnings += 1
            self._report.warning(text)
        else:
            self._report.note(text)
        after = replace(
            row,
            settings=row.settings or _settings(source),
            asked_at=self._now,
            attempts=attempts,
            reason=failure.reason,
            next_try=self._now + source_retry_s(attempts),
            warned_at=self._now if needs_person else row.warned_at,
        )
        self._failed.append(_Failed(row, after, text))

    def _was_told(self, row: SourceRow) -> bool:
        return row.warned_at is not None and 0 <= self._now - row.warned_at < DAY_S

    def _row(self, source: Source) -> SourceRow:
        return self._state.source(source.name) or SourceRow(name=source.name, settings="")


def _of(source: Source, text: str) -> str:
    """Return a text with the source that it is about; where that is called by its address, once."""
    return f"source {text}" if text.startswith(source.name) else f"source {source.name}: {text}"


def _new(key: str, url: str, source: str, now: int, published: int | None) -> UrlRow:
    return UrlRow(key=key, url=url, source=source, first_seen=now, last_seen=now, published=published, next_try=now)


def _settings(source: Source) -> str:
    """Return a hash of what decides which URLs a source gives: when it changes, all documents are read anew."""
    parts = (source.kind, source.places, source.filter.include, source.filter.exclude, source.filter.since)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:16]
