"""What one answer means for what is known: pure, so that every case can be tested without a network or a file."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec
from msgspec.structs import replace

from scraper.crawl.frontier import next_check, published_at, retry_of
from scraper.crawl.job import host_of
from scraper.crawl.rows import DAY_S, UrlRow
from scraper.crawl.versions import (
    changed_fields,
    fingerprints,
    is_new_version,
    packed,
    paragraph_changes,
    unpacked,
)
from scraper.model.url import registrable_domain, url_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.model.article import Article
    from scraper.model.failure import Failure

__all__ = ["Answer", "Known", "Outcome", "Policy", "Settled", "no_record", "settle"]

Outcome = Literal["new", "updated", "unchanged", "duplicate", "failed", "gone"]
_GONE = frozenset({"http_404", "http_410"})
_FEWEST_WORDS = 30
"""Shorter texts ("This page is available to subscribers.") can be the same on pages of different articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of asking for a URL: an article, a failure, or neither where the page is what it was."""

    article: Article | None = None
    failure: Failure | None = None
    url: str | None = None
    """Where redirects led."""
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    retry_after_s: float | None = None
    received: int = 0
    """Bytes of the body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a job asks of repeated runs."""

    now: int
    recheck_s: int = 0
    diff: bool = False


class Known(Protocol):
    """What is known of other URLs."""

    def url(self, key: str) -> UrlRow | None:
        """Return what is known of a URL."""

    def with_text(self, text_hash: str) -> Iterable[UrlRow]:
        """Return the URLs whose article has this text."""

    def with_record(self, record_id: str) -> Iterable[UrlRow]:
        """Return the URLs whose record has this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is to be remembered, and what goes out."""

    outcome: Outcome
    rows: tuple[UrlRow, ...]
    article: Article | None = None
    failure: Failure | None = None


def settle(row: UrlRow, answer: Answer, known: Known, policy: Policy) -> Settled:
    """Return what an answer to `row.url` changes."""
    row = replace(row, first_seen=min(row.first_seen, policy.now), fetched_at=policy.now)
    if answer.failure is not None:
        return _failed(row, answer.failure, answer.retry_after_s, policy)
    if answer.article is None:
        return _unchanged(row, answer, policy)
    article = answer.article
    there = _leads_to(row, answer, known)
    if row.status == "done" and there is None:
        return _again(row, article, answer, known, policy)
    same = there or _same_article(row, article, known)
    if same is None:
        return _first(row, article, answer, known, policy)
    alias = _alias(row, same, policy)
    if there is not None:  # the same page by another way: what it says now counts
        again = _again(replace(same, fetched_at=policy.now), article, answer, known, policy)
        if again.outcome == "updated":
            return dataclasses.replace(again, rows=(*again.rows, alias))
    return Settled(outcome="duplicate", rows=(alias,))


def no_record(row: UrlRow, failure: Failure) -> Settled:
    """Return what it means that a record could not be written: it is not tried again."""
    row = replace(row, attempts=row.attempts + 1, reason=failure.reason, next_try=None)
    return Settled(
        outcome="failed", rows=(row if row.status == "done" else replace(row, status="failed"),), failure=failure
    )


def _first(row: UrlRow, article: Article, answer: Answer, known: Known, policy: Policy) -> Settled:
    row = _recorded(row, article, answer, policy, version=1)
    rows = (row, *_aliases(row, article, answer, known, policy))
    return Settled(outcome="new", rows=rows, article=article)


def _again(row: UrlRow, article: Article, answer: Answer, known: Known, policy: Policy) -> Settled:
    """Return what a page that gave a record before means now."""
    changed = changed_fields(_fields_of(row), fingerprints(article))
    aliases = _aliases(row, article, answer, known, policy)
    if not is_new_version(changed):
        settled = _unchanged(row, answer, policy)
        return dataclasses.replace(settled, rows=(*settled.rows, *aliases))
    before = unpacked(row.body)
    version = row.version + 1
    article = replace(
        article,
        id=row.record_id or article.id,
        metadata=replace(
            article.metadata,
            version=version,
            changed=changed,
            diff=paragraph_changes(before, article.article_body) if policy.diff and before is not None else None,
        ),
    )
    row = _recorded(row, article, answer, policy, version=version)
    return Settled(outcome="updated", rows=(row, *aliases), article=article)


def _recorded(row: UrlRow, article: Article, answer: Answer, policy: Policy, *, version: int) -> UrlRow:
    row = replace(
        row,
        status="done",
        published=published_at(article.date_published) or row.published,
        changed_at=policy.now,
        attempts=0,
        checks=0,
        reason=None,
        etag=answer.etag,
        last_modified=answer.last_modified,
        content_hash=answer.content_hash,
        text_hash=article.metadata.text_hash,
        version=version,
        record_id=article.id,
        alias_of=None,
        fields=msgspec.json.encode(fingerprints(article)).decode(),
        body=packed(article.article_body) if policy.diff else None,
    )
    return _checked_later(row, policy)


def _unchanged(row: UrlRow, answer: Answer, policy: Policy) -> Settled:
    row = replace(
        row,
        attempts=0,
        checks=row.checks + 1,
        reason=None,
        etag=answer.etag or row.etag,
        last_modified=answer.last_modified or row.last_modified,
        content_hash=answer.content_hash or row.content_hash,
    )
    return Settled(outcome="unchanged", rows=(_checked_later(row, policy),))


def _checked_later(row: UrlRow, policy: Policy) -> UrlRow:
    """Return the row with its next check; what is never checked again needs no fingerprints."""
    then = next_check(row, policy.now, policy.recheck_s)
    return replace(row, next_try=then, body=None if then is None else row.body)


def _failed(row: UrlRow, failure: Failure, retry_after_s: float | None, policy: Policy) -> Settled:
    if failure.reason in _GONE:
        was_known = row.status == "done"
        row = replace(row, status="gone", reason=failure.reason, next_try=None, attempts=0, body=None)
        told = replace(failure, reason="gone") if was_known else failure
        return Settled(outcome="gone" if was_known else "failed", rows=(row,), failure=told)
    attempts = row.attempts + 1
    then = retry_of(failure).after(attempts, policy.now)
    if retry_after_s is not None and then is not None:
        then = max(then, policy.now + int(min(retry_after_s, DAY_S)))
    if row.status != "done":
        row = replace(row, status="failed")
    elif next_check(row, policy.now, policy.recheck_s) is None:
        then = None  # its record is out, and it is too old to be asked for again
    row = replace(row, attempts=attempts, reason=failure.reason, next_try=then)
    return Settled(outcome="failed", rows=(row,), failure=replace(failure, attempt=attempts))


def _leads_to(row: UrlRow, answer: Answer, known: Known) -> UrlRow | None:
    """Return the URL that redirects led to, if that has a record of its own."""
    other = _resolved(known, url_key(answer.url)) if answer.url else None
    return other if other is not None and other.key != row.key and other.status == "done" else None


def _same_article(row: UrlRow, article: Article, known: Known) -> UrlRow | None:
    """Return the URL whose record this article is already in, if there is one."""
    canonical = _resolved(known, url_key(article.canonical_url)) if article.canonical_url else None
    named = [*([canonical] if canonical is not None else []), *known.with_record(article.id)]
    for other in named:
        if other.key != row.key and other.status == "done" and _agree(article, other):
            return other
    return _moved_from(row, article, known)


def _agree(article: Article, other: UrlRow) -> bool:
    """Return whether a page that names another as its original says the same; some sites name one page for all."""
    if article.metadata.text_hash is not None and article.metadata.text_hash == other.text_hash:
        return True
    mine = fingerprints(article).get("headline")
    return mine is not None and mine == _fields_of(other).get("headline")


def _moved_from(row: UrlRow, article: Article, known: Known) -> UrlRow | None:
    """Return the URL of the same site that has the same headline and text: an article that moved, or stands twice."""
    text_hash = article.metadata.text_hash
    if text_hash is None or article.word_count < _FEWEST_WORDS:
        return None
    site = registrable_domain(host_of(row.url))
    mine = fingerprints(article).get("headline")
    for other in known.with_text(text_hash):
        if other.key != row.key and registrable_domain(host_of(other.url)) == site:
            theirs = _fields_of(other).get("headline")
            if theirs == mine:
                return other
    return None


def _aliases(row: UrlRow, article: Article, answer: Answer, known: Known, policy: Policy) -> tuple[UrlRow, ...]:
    """Return rows for the other names of an article: where redirects led, and what the page calls itself.

    A name that is listed and was not yet asked for becomes an alias only where a redirect says so: a page may call
    itself anything.
    """
    aliases: dict[str, UrlRow] = {}
    for place, certain in ((answer.url, True), (article.canonical_url, False)):
        key = url_key(place) if place else row.key
        other = known.url(key)
        is_free = other is None or (certain and other.status in {"new", "failed", "gone"})
        if key != row.key and key not in aliases and is_free:
            base = other or UrlRow(key=key, url=place or "", first_seen=policy.now, last_seen=policy.now)
            aliases[key] = _alias(base, row, policy)
    return tuple(aliases.values())


def _alias(row: UrlRow, of: UrlRow, policy: Policy) -> UrlRow:
    return UrlRow(
        key=row.key,
        url=row.url,
        source=row.source or of.source,
        status="alias",
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        published=row.published,
        fetched_at=policy.now,
        alias_of=of.key,
    )


def _resolved(known: Known, key: str) -> UrlRow | None:
    row = known.url(key)
    if row is not None and row.status == "alias" and row.alias_of is not None:
        return known.url(row.alias_of)
    return row


def _fields_of(row: UrlRow) -> dict[str, str]:
    try:
        return msgspec.json.decode(row.fields or "{}", type=dict[str, str])
    except msgspec.DecodeError:
        return {}
