"""A job: what a repeated run reads, how, and where records go. Values only; `job_check` makes them from a job file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from scraper.settings import ExtractSettings, FetchSettings, WorkerSettings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Filter", "Job", "OutputSpec", "Source", "SourceKind", "host_of", "lane_of", "names_of"]

_FETCH = FetchSettings()
_WORKERS = WorkerSettings()
_EXTRACT = ExtractSettings(site_memory="off")

SourceKind = Literal["feed", "sitemap", "news", "section", "home", "site", "urls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which of a source's URLs are taken."""

    include: tuple[str, ...] = ()
    """Patterns with `*` over the whole URL, one of which must fit; () for all."""
    exclude: tuple[str, ...] = ()
    """None of these may fit."""
    since: int | date | None = None
    """Seconds back from now, or a day: older ones are left out, where the source gives a date."""
    limit: int | None = None
    """URLs of this source that one run asks for; the rest waits for the next run."""

    def takes(self, url: str) -> bool:
        """Return whether a URL fits the patterns."""
        if self.include and not any(fnmatchcase(url, pattern) for pattern in self.include):
            return False
        return not any(fnmatchcase(url, pattern) for pattern in self.exclude)

    def oldest(self, now: int) -> int | None:
        """Return the time before which nothing is taken, in seconds since 1970."""
        if isinstance(self.since, date):
            return int(datetime.combine(self.since, time(), UTC).timestamp())
        return None if self.since is None else now - self.since


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing that lists articles."""

    name: str
    """Unique in the job; the state knows the source by it."""
    kind: SourceKind
    places: tuple[str, ...]
    """URLs: of the feed, sitemap or page; with "urls" those of the articles themselves."""
    every_s: int = 0
    """Seconds that must have passed since it was last asked."""
    filter: Filter = Filter()
    expect: bool = True
    """Warn when it gives nothing though it used to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputSpec:
    """One output."""

    path: Path
    format: str
    fields: tuple[str, ...] = ()
    options: dict[str, object] = field(default_factory=dict)
    """What single formats can be told, such as `rotate_daily`."""
    when_missing: Literal["stop", "new"] = "stop"
    """What to do where the file is gone or emptied: "new" for outputs that somebody takes away."""
    where: str = field(default="", compare=False)
    """File, line and key that say so, for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Everything that `run` needs to know."""

    state: Path
    sources: tuple[Source, ...]
    outputs: tuple[OutputSpec, ...]
    errors: Path | None = None
    """Failures as JSON Lines."""
    fetch: FetchSettings = _FETCH
    extract: ExtractSettings = _EXTRACT
    workers: WorkerSettings = _WORKERS
    rules: Path | None = None
    """Folder of site rules."""
    recheck_s: int = 0
    """How long after its publication an article is asked for again; 0: never."""
    diff: bool = False
    """Keep texts, so that a changed article's record says which paragraphs changed."""
    duplicates_s: int | None = None
    """Fill `metadata.duplicate_of` with the first record of this long that told the same story; None: do not."""
    keep_s: int | None = None
    """URLs that no source lists for this long are forgotten; None: never."""


def host_of(url: str) -> str:
    """Return the host of a URL in lower case; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def lane_of(url: str) -> str:
    """Return what politeness counts as one host (`fetch.target.Target.lane`)."""
    try:
        parts = urlsplit(url)
        return host_of(url) if parts.port in {None, 80, 443} else f"{host_of(url)}:{parts.port}"
    except ValueError:
        return ""


def names_of(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return the names of sources."""
    return tuple(source.name for source in sources)
