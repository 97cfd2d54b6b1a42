"""What sources list, read by the package's own discovery: on condition of what was read before."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import translate
from typing import TYPE_CHECKING, Protocol

from scraper.crawl.frontier import published_at
from scraper.crawl.listing import Listed, Ref
from scraper.crawl.rows import DocumentRow
from scraper.discover.walk import Read, discover
from scraper.fetch.validators import Unchanged, Validators, validators_of
from scraper.model.failure import Failure
from scraper.settings import DiscoverSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scraper.crawl.job import Source, SourceKind
    from scraper.model.response import Response
    from scraper.settings import DiscoverWay

__all__ = ["DocumentFetcher", "SourceLister"]

_WAYS: dict[SourceKind, tuple[DiscoverWay, ...]] = {
    "feed": ("feed",),
    "sitemap": ("sitemap",),
    "news": ("news",),
    "section": ("home",),
    "home": ("home",),
    "site": (),
    "urls": (),
}
_LISTS = frozenset({"feed", "json_feed", "sitemap", "url_list"})
"""Documents that are asked for on condition. An index of sitemaps is not: it may stand still while the sitemaps below
it change. Nor is a page whose feeds are what is wanted."""


class DocumentFetcher(Protocol):
    """Fetches documents of any type on condition."""

    async def fetch_document_if_changed(
        self, url: str, validators: Validators, *, max_body_bytes: int | None = None
    ) -> Response | Unchanged:
        """Return what is at `url`, or `Unchanged`.

        Raises:
            FetchError: and nothing else.

        """


@dataclass(slots=True)
class _Found:
    refs: list[Ref] = field(default_factory=list)
    documents: list[DocumentRow] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    whole: bool = True
    answered: bool = False


class SourceLister:
    """Reads feeds, sitemaps and pages for a run."""

    def __init__(self, fetcher: DocumentFetcher, now: Callable[[], int] = lambda: int(time.time())) -> None:
        self._fetcher = fetcher
        self._now = now

    async def list(self, source: Source, known: Mapping[str, DocumentRow], oldest: int | None) -> Listed:
        """See `Lister.list`."""
        settings = _settings(source, oldest)
        asked: dict[str, tuple[str, Validators]] = {}
        received = 0

        async def fetch(url: str) -> Response | None:
            nonlocal received
            row = known.get(url)
            validators = Validators() if row is None else Validators(etag=row.etag, last_modified=row.last_modified)
            got = await self._fetcher.fetch_document_if_changed(url, validators, max_body_bytes=settings.max_body_bytes)
            if isinstance(got, Unchanged):
                return None
            received += len(got.body)
            asked[got.url] = url, validators_of(got)
            return got

        found = _Found()
        now = datetime.fromtimestamp(self._now(), UTC)
        async for one in discover(fetch, source.places[0], settings, now=now):
            if isinstance(one, Failure) and one.reason == "nothing_found" and found.answered:
                found.problems.append(one.message)  # it was read, and lists nothing: that is all there is
            elif isinstance(one, Failure):
                found.failures.append(one)
                found.whole = False
            elif isinstance(one, Read):
                self._note(one, source, asked, found)
            else:
                found.refs.append(Ref(one.url, published_at(one.date_published or one.date_modified)))
        return Listed(
            refs=tuple(found.refs),
            documents=tuple(found.documents),
            whole=found.whole,
            problems=tuple(found.problems),
            failures=tuple(found.failures),
            answered=found.answered,
            received=received,
        )

    def _note(self, read: Read, source: Source, asked: Mapping[str, tuple[str, Validators]], found: _Found) -> None:
        """Take down that a document has been read to its end: only then may the next run ask for it on condition."""
        found.answered = True
        found.problems += [f"{read.url}: {problem}" for problem in read.problems]
        if read.kind in {"unchanged", "left_out"}:
            found.whole = False
        url, validators = asked.get(read.url, ("", Validators()))
        if not url or not validators.headers():
            return
        if read.kind in _LISTS or (read.kind == "page" and _WAYS[source.kind] == ("home",)):
            found.documents.append(
                DocumentRow(
                    url=url,
                    source=source.name,
                    etag=validators.etag,
                    last_modified=validators.last_modified,
                    fetched_at=self._now(),
                )
            )


def _settings(source: Source, oldest: int | None) -> DiscoverSettings:
    return DiscoverSettings(
        ways=_WAYS[source.kind],
        since=None if oldest is None else datetime.fromtimestamp(oldest, UTC),
        include=tuple(map(_whole, source.filter.include)),
        exclude=tuple(map(_whole, source.filter.exclude)),
    )


def _whole(pattern: str) -> str:
    """Return a pattern with `*` as a regular expression that must fit from the beginning to the end."""
    return r"\A" + translate(pattern)
