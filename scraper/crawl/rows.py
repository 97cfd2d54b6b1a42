"""What the state holds, as values. Times are whole seconds since 1970 (UTC)."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["DAY_S", "DocumentRow", "HoldRow", "RestRow", "SourceRow", "UrlRow", "UrlStatus"]

DAY_S = 86_400
UrlStatus = Literal["new", "done", "failed", "gone", "alias"]


class UrlRow(msgspec.Struct, frozen=True, kw_only=True):
    """One URL, by its identity."""

    key: str
    """The same for all spellings of the URL."""
    url: str
    """As it is asked for."""
    source: str = ""
    """Name of the source that listed it first; "" for a URL that was given."""
    status: UrlStatus = "new"
    """"new": listed, never asked for; "done": its record is in the outputs; "failed": see `reason`; "gone": 404 or
    410; "alias": another URL of the same article, see `alias_of`."""
    first_seen: int
    last_seen: int
    """When a source last listed it, to the day."""
    published: int | None = None
    fetched_at: int | None = None
    changed_at: int | None = None
    """When its last record was made."""
    next_try: int | None = None
    """When it is due; None: never again."""
    attempts: int = 0
    """Failures in a row."""
    checks: int = 0
    """How often it was asked for again since its last change."""
    reason: str | None = None
    """The last failure's."""
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    """Of the bytes."""
    text_hash: str | None = None
    """Of the article's text, as in the record."""
    version: int = 0
    """Of the last record; 0 before the first."""
    record_id: str | None = None
    alias_of: str | None = None
    """Key of the URL that has the article."""
    fields: str | None = None
    """JSON object: field of the record -> short hash of its value."""
    body: bytes | None = None
    """The text, deflated; only where differences are asked for."""


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One source of a job."""

    name: str
    settings: str
    """Hash of what the job file says of it: filters that changed make validators void."""
    asked_at: int | None = None
    listed_at: int | None = None
    """When it last gave its whole list anew."""
    next_try: int | None = None
    """Not to be asked before, after failures."""
    attempts: int = 0
    reason: str | None = None
    last_success: int | None = None
    last_record: int | None = None
    """When a URL that it listed first last gave a record."""
    last_fresh: int | None = None
    """When it last listed a URL that was new, to whichever source."""
    last_count: int | None = None
    """Articles that its last whole list had."""
    usual_count: int | None = None
    """The same of the last list that had any."""
    warned_at: int | None = None
    """When a person was last told that something is wrong with it."""


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A feed, sitemap or page that lists articles, as last read."""

    url: str
    source: str
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: int


class HoldRow(msgspec.Struct, frozen=True, kw_only=True):
    """A host that wants to be left alone."""

    host: str
    """Name, or name and port where that is none of the web's own."""
    held_until: int
    strikes: int = 0
    """How often in a row it said so without saying how long."""


class RestRow(msgspec.Struct, frozen=True, kw_only=True):
    """A host that has just been asked, and is not to be asked again at once. Times in milliseconds."""

    host: str
    """As in `HoldRow`."""
    until_ms: int
    """Since 1970."""
    left_ms: int
    """What was left when this was written: no clock makes it more."""
