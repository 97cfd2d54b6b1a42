"""The state of repeated runs: one SQLite file, changed by one process at a time, in transactions of many URLs."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from scraper.crawl.rows import DAY_S, DocumentRow, HoldRow, RestRow, SourceRow, UrlRow
from scraper.crawl.state_file import create_state_file, open_state_file, state_error
from scraper.crawl.stories import Stories
from scraper.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

__all__ = ["DAY_S", "State"]

Row = TypeVar("Row", bound=msgspec.Struct)

_LONGEST_WAIT_S = 8 * DAY_S
"""No wait that we plan is longer: a later `next_try` comes from a clock that was wrong, and counts as due."""
_LONGEST_HOLD_S = DAY_S
"""As in `fetch.politeness`."""
_URL_COLUMNS = ", ".join(UrlRow.__struct_fields__)
_KEPT_AS_SEEN_S = DAY_S
"""`last_seen` is kept to the day, so that a list that is read every ten minutes is not written every ten minutes."""


class State:
    """What is known of URLs, sources, hosts and outputs.

    Changes happen between `begin` and `commit`; whatever else ends the process undoes them. Belongs to the thread and
    the process that opened it.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, warning: str | None = None) -> None:
        self._connection = connection
        self._process = os.getpid()
        self.path = path
        self.warning = warning
        """What is not as it should be, though it works."""
        self.stories = Stories(self._run)
        """What the records told, where near-duplicates are asked for."""

    @classmethod
    def open(cls, path: Path, *, create: bool = True, read_only: bool = False) -> State:
        """Open a state file; `create` makes a new one where there is none.

        Raises:
            StateError: damaged, not a state file, of a newer version, or not to be written.

        """
        path = path.resolve()
        if create and not path.exists():
            create_state_file(path)
        return cls(*_reordered(open_state_file(path, read_only=read_only), path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Undo what was not committed, and close."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            pass  # the transaction is gone with the connection
        finally:
            self._connection.close()

    # transactions

    @property
    def changing(self) -> bool:
        """Whether a transaction is open."""
        return self._connection.in_transaction

    def begin(self) -> None:
        """Start a transaction that may write at once: later than this, nobody else can come between."""
        if not self._connection.in_transaction:
            self._run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make all changes since `begin` durable."""
        if self._connection.in_transaction:
            self._run("COMMIT")

    def rollback(self) -> None:
        """Undo all changes since `begin`."""
        if self._connection.in_transaction:
            self._run("ROLLBACK")

    # URLs

    def url(self, key: str) -> UrlRow | None:
        """Return what is known of a URL."""
        found = self._rows(UrlRow, f"SELECT {_URL_COLUMNS} FROM urls WHERE key = ?", (key,))  # noqa: S608  # our names
        return next(found, None)

    def put_url(self, row: UrlRow) -> None:
        """Remember a URL in place of what was known of it."""
        places = ", ".join("?" * len(UrlRow.__struct_fields__))
        sql = f"INSERT OR REPLACE INTO urls ({_URL_COLUMNS}) VALUES ({places})"  # noqa: S608  # our own names
        self._run(sql, msgspec.structs.astuple(row))

    def see(self, key: str, now: int) -> int | None:
        """Note that a source lists a URL; return when it was first seen, None for one that was not known.

        Of one that was pruned nothing is known but that it was there: 0.
        """
        found = self._run("SELECT first_seen, last_seen FROM urls WHERE key = ?", (key,)).fetchone()
        if found is None:
            return 0 if self.is_forgotten(key) else None
        if abs(now - found[1]) > _KEPT_AS_SEEN_S:
            self._run("UPDATE urls SET last_seen = ? WHERE key = ?", (now, key))
        return int(found[0])

    def due(self, sources: Sequence[str], now: int) -> list[tuple[str, str, str, str]]:
        """Return (key, url, source, status) of what may be asked for now.

        New URLs first, the latest published first among them, then what was due longest.
        """
        marks = ", ".join("?" * len(sources))
        sql = (
            f"SELECT key, url, source, status FROM urls WHERE source IN ({marks}) AND next_try IS NOT NULL "  # noqa: S608
            "AND (next_try <= ? OR next_try > ?) "
            "ORDER BY status != 'new', CASE status WHEN 'new' THEN -coalesce(published, 0) ELSE next_try END, "
            "first_seen, key"
        )
        return self._run(sql, (*sources, now, now + _LONGEST_WAIT_S)).fetchall()

    def with_text(self, text_hash: str) -> Iterator[UrlRow]:
        """Yield the URLs whose article has this text."""
        sql = f"SELECT {_URL_COLUMNS} FROM urls WHERE text_hash = ? AND status = 'done' LIMIT 20"  # noqa: S608
        return self._rows(UrlRow, sql, (text_hash,))

    def with_record(self, record_id: str) -> Iterator[UrlRow]:
        """Yield the URLs whose record has this id."""
        sql = f"SELECT {_URL_COLUMNS} FROM urls WHERE record_id = ? AND status = 'done' LIMIT 20"  # noqa: S608
        return self._rows(UrlRow, sql, (record_id,))

    def urls(self, *, status: str | None = None, source: str | None = None) -> Iterator[UrlRow]:
        """Yield all URLs, or those of a status and a source, the latest first."""
        sql = (
            f"SELECT {_URL_COLUMNS} FROM urls WHERE (?1 IS NULL OR status = ?1) "  # noqa: S608  # our own names
            "AND (?2 IS NULL OR source = ?2) ORDER BY first_seen DESC, key"
        )
        return self._rows(UrlRow, sql, (status, source))

    def forget(self, keys: Iterable[str]) -> int:
        """Forget URLs and their aliases; return how many were known."""
        gone = 0
        for key in keys:
            known = self.url(key)
            if known is not None and known.record_id is not None:
                self.stories.forget(known.record_id)
            gone += self._run("DELETE FROM urls WHERE key = ?1 OR alias_of = ?1", (key,)).rowcount
            gone += self._run("DELETE FROM forgotten WHERE hash = ?", (_hash(key),)).rowcount
        return gone

    def prune(self, before: int) -> int:
        """Drop URLs that no source has listed since, but for a hash of each; return how many.

        What a source had in its last whole list stays, however old. The hash is for those that come back all the
        same: listed by a sitemap that has not changed for years, or dropped while the clock was wrong.
        """
        self.stories.prune(before)
        sql = (
            "SELECT key FROM urls WHERE last_seen < ?1 AND last_seen < coalesce("
            "(SELECT listed_at FROM sources WHERE sources.name = urls.source), ?1) - ?2"
        )
        keys = [key for (key,) in self._run(sql, (before, _KEPT_AS_SEEN_S))]
        for key in keys:
            self._run("INSERT OR IGNORE INTO forgotten (hash) VALUES (?)", (_hash(key),))
            self._run("DELETE FROM urls WHERE key = ?", (key,))
        return len(keys)

    def is_forgotten(self, key: str) -> bool:
        """Return whether a URL was pruned."""
        if self._run("SELECT 1 FROM sqlite_master WHERE name = 'forgotten'").fetchone() is None:
            return False  # a state of an older version that is only looked at
        return self._run("SELECT 1 FROM forgotten WHERE hash = ?", (_hash(key),)).fetchone() is not None

    def counts(self) -> dict[tuple[str, str], int]:
        """Return how many URLs there are of each (source, status)."""
        found = self._run("SELECT source, status, count(*) FROM urls GROUP BY source, status").fetchall()
        return {(source, status): number for source, status, number in found}

    # sources and their documents

    def source(self, name: str) -> SourceRow | None:
        """Return what is known of a source."""
        return next(self._rows(SourceRow, "SELECT * FROM sources WHERE name = ?", (name,)), None)

    def sources(self) -> list[SourceRow]:
        """Return all sources by name."""
        return list(self._rows(SourceRow, "SELECT * FROM sources ORDER BY name", ()))

    def put_source(self, row: SourceRow) -> None:
        """Remember a source."""
        self._put("sources", row)

    def documents(self, source: str) -> dict[str, DocumentRow]:
        """Return the documents of a source by URL."""
        rows = self._rows(DocumentRow, "SELECT * FROM documents WHERE source = ?", (source,))
        return {row.url: row for row in rows}

    def put_document(self, row: DocumentRow) -> None:
        """Remember a document."""
        self._put("documents", row)

    def forget_documents(self, source: str) -> None:
        """Forget the documents of a source: the next run reads them whole."""
        self._run("DELETE FROM documents WHERE source = ?", (source,))

    # hosts, sites, outputs

    def holds(self, now: int) -> list[HoldRow]:
        """Return the hosts that want to be left alone; one for more than a day comes from a clock that was wrong."""
        sql = "SELECT * FROM hosts WHERE held_until > ? AND held_until <= ?"
        return list(self._rows(HoldRow, sql, (now, now + _LONGEST_HOLD_S)))

    def put_holds(self, holds: Iterable[HoldRow], now: int) -> None:
        """Remember hosts to be left alone, and forget those whose time is over."""
        self._run("DELETE FROM hosts WHERE held_until <= ? OR held_until > ?", (now, now + _LONGEST_HOLD_S))
        for hold in holds:
            self._put("hosts", hold)

    def rests(self) -> list[RestRow]:
        """Return the hosts that the last run asked so lately that this one may have to wait."""
        return list(self._rows(RestRow, "SELECT * FROM rests", ()))

    def put_rests(self, rests: Iterable[RestRow]) -> None:
        """Remember the hosts that have just been asked, in place of all others."""
        self._run("DELETE FROM rests")
        for rest in rests:
            self._put("rests", rest)

    def site_memory(self, site: str) -> bytes | None:
        """Return what was learnt of a site, as `put_site_memory` was given it."""
        found = self._run("SELECT memory FROM sites WHERE site = ?", (site,)).fetchone()
        return None if found is None else bytes(found[0])

    def put_site_memory(self, site: str, memory: bytes) -> None:
        """Remember what was learnt of a site."""
        self._run("INSERT OR REPLACE INTO sites (site, memory) VALUES (?, ?)", (site, memory))

    def mark(self, output: str) -> dict[str, Any] | None:
        """Return how far an output was written, as its exporter said at its last commit."""
        found = self._run("SELECT mark FROM outputs WHERE name = ?", (output,)).fetchone()
        if found is None:
            return None
        try:
            return msgspec.json.decode(found[0], type=dict[str, Any])
        except msgspec.DecodeError as error:
            raise state_error(self.path, sqlite3.DatabaseError(f"malformed mark: {error}")) from error

    def put_mark(self, output: str, mark: dict[str, Any]) -> None:
        """Remember how far an output was written: in the same transaction as the URLs whose records these are."""
        text = msgspec.json.encode(mark).decode()
        self._run("INSERT OR REPLACE INTO outputs (name, mark) VALUES (?, ?)", (output, text))

    # health

    def add_to_day(self, source: str, now: int, counts: dict[str, int], fields: dict[str, int]) -> None:
        """Add to the figures of a source's day (UTC)."""
        day = now // DAY_S
        found = self._run("SELECT fields FROM days WHERE source = ? AND day = ?", (source, day)).fetchone()
        known = self._fields(found[0]) if found else {}
        total = {name: known.get(name, 0) + fields.get(name, 0) for name in {*known, *fields}}
        sql = (
            "INSERT INTO days (source, day, listed, fresh, records, updates, failures, fields) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (source, day) DO UPDATE SET listed = listed + ?3, "
            "fresh = fresh + ?4, records = records + ?5, updates = updates + ?6, failures = failures + ?7, fields = ?8"
        )
        numbers = (counts.get(name, 0) for name in ("listed", "fresh", "records", "updates", "failures"))
        self._run(sql, (source, day, *numbers, msgspec.json.encode(total).decode()))

    def days(self, source: str, since: int) -> list[dict[str, Any]]:
        """Return the figures of a source by day, latest first: listed, fresh, records, updates, failures, fields."""
        names = ("day", "listed", "fresh", "records", "updates", "failures", "fields")
        sql = f"SELECT {', '.join(names)} FROM days WHERE source = ? AND day >= ? ORDER BY day DESC"  # noqa: S608
        found = self._run(sql, (source, since // DAY_S)).fetchall()
        days = [dict(zip(names, row, strict=True)) for row in found]
        return [{**day, "fields": self._fields(day["fields"])} for day in days]

    def forget_days(self, before: int) -> None:
        """Forget old figures."""
        self._run("DELETE FROM days WHERE day < ?", (before // DAY_S,))

    # below

    def _fields(self, text: str) -> dict[str, int]:
        try:
            return msgspec.json.decode(text, type=dict[str, int])
        except msgspec.DecodeError as error:
            raise state_error(self.path, sqlite3.DatabaseError(f"malformed figures: {error}")) from error

    def _put(self, table: str, row: msgspec.Struct) -> None:
        names = row.__struct_fields__
        sql = f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
        self._run(sql, msgspec.structs.astuple(row))

    def _rows(self, kind: type[Row], sql: str, values: tuple[Any, ...]) -> Iterator[Row]:
        cursor = self._run(sql, values)
        names = [column[0] for column in cursor.description]
        try:
            for row in cursor:
                yield msgspec.convert(dict(zip(names, row, strict=True)), kind)
        except (sqlite3.Error, msgspec.ValidationError) as error:
            damage = sqlite3.DatabaseError(f"malformed row: {error}")
            raise state_error(self.path, damage if isinstance(error, msgspec.ValidationError) else error) from error

    def _run(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        if os.getpid() != self._process:
            raise StateError(f"the state file {self.path} was opened by the parent process", advice="open it anew")
        try:
            return self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise state_error(self.path, error) from error


def _hash(key: str) -> int:
    """Return 64 bits for a key; among ten million, one new URL in 10^12 is taken for an old one."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _reordered(
    opened: tuple[sqlite3.Connection, str | None], path: Path
) -> tuple[sqlite3.Connection, Path, str | None]:
    return opened[0], path, opened[1]
