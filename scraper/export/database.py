"""Articles in a SQLite database: the latest version in tables, every version whole, a full-text index.

An article that comes again replaces its row; when its text has changed, that is a new version. Writing a record twice
is writing it once, so nothing needs to be cut back to a mark: what was committed after it is written over.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from scraper.errors import ExportError, OutputChanged, SettingsError
from scraper.export import disk
from scraper.export.exporter import promised
from scraper.export.tables import ARTICLE_COLUMNS, CHILDREN, column_type, create_statements, snake
from scraper.model.json_text import encode_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scraper.export.exporter import Mark, Target
    from scraper.model.article import Article

__all__ = ["Database", "open_database"]

_APPLICATION_ID = 0x61727463
""""artc": how SQLite files say whose they are (sqlite.org, "PRAGMA application_id")."""
_VERSION = 1
"""Of the tables; a higher one is refused."""
_BUSY_S = 30.0
"""Seconds to wait for somebody else's transaction."""


class Database:
    """Writes to `articles` and its tables in transactions that `commit` ends."""

    def __init__(self, path: Path, mark: Mark | None = None, name: str | None = None) -> None:
        self._path = path
        self.name = name or str(path)
        self._broken = False
        if mark is not None:
            promised(mark, "sqlite")
            if not os.path.lexists(path):
                raise OutputChanged(
                    f"{self.name} is missing, but articles had been written to it",
                    advice="put it back, or forget its mark to begin a new one",
                    reason="output_missing",
                )
        os.close(disk.open_file(path, os.O_RDWR | os.O_CREAT, self.name))  # SQLite itself would follow a symbolic link
        with self._told():
            self._connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
        try:
            with self._told():
                self._prepare()
                self._check(mark)
        except BaseException:
            self.close()
            raise

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:  # noqa: ARG002  # columns are fixed
        """Write an article; of several with one id, the last one stands in the tables."""
        record = article.to_dict()
        with self._told():
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("SAVEPOINT record")
            try:
                self._put(record)
            except BaseException:  # Ctrl-C, too: a record is whole or absent
                self._connection.execute("ROLLBACK TO record")
                raise
            self._connection.execute("RELEASE record")

    def commit(self) -> Mark:
        """End the transaction (synced by SQLite); the mark counts the commits."""
        with self._told():
            if self._connection.in_transaction:
                self._connection.execute("UPDATE output SET value = value + 1 WHERE name = 'commits'")
                self._connection.execute("COMMIT")
            return {"kind": "sqlite", "output": self._value("output"), "commits": self._value("commits")}

    def close(self) -> None:
        """Close the database; what was not committed is rolled back."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def _prepare(self) -> None:
        """Make the tables, or check that they are ours."""
        run = self._connection.execute
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA synchronous = FULL")
        run("BEGIN IMMEDIATE")
        ours = run("PRAGMA application_id").fetchone()[0] == _APPLICATION_ID
        if not ours and run("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise ExportError(f"{self.name} is a database of another program", advice="name a new file")
        version = run("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise ExportError(f"{self.name} was written by a newer version of this program", advice="upgrade")
        for statement in create_statements():
            run(statement)
        known = {row[1] for row in run("PRAGMA table_info(articles)")}
        for column in ARTICLE_COLUMNS:
            if snake(column.name) not in known:  # a field that this version of the record has anew
                run(f"ALTER TABLE articles ADD COLUMN {snake(column.name)} {column_type(column.name)}")
        run(f"PRAGMA application_id = {_APPLICATION_ID}")
        run(f"PRAGMA user_version = {_VERSION}")
        run("INSERT OR IGNORE INTO output VALUES ('output', ?), ('commits', 0)", (secrets.token_hex(8),))
        run("COMMIT")

    def _check(self, mark: Mark | None) -> None:
        if mark is None:
            return
        if mark["output"] != self._value("output") or mark["commits"] > self._value("commits"):
            raise OutputChanged(
                f"{self.name} is not as it was left: another or an older database stands in its place",
                advice="put it back, or forget its mark to go on with what is there",
            )

    def _value(self, name: str) -> Any:
        return self._connection.execute("SELECT value FROM output WHERE name = ?", (name,)).fetchone()[0]

    def _put(self, record: dict[str, Any]) -> None:
        version = self._keep_version(record)
        self._put_article(record, version)
        for child in CHILDREN:
            self._connection.execute(f"DELETE FROM {child.table} WHERE article = ?", (record["id"],))  # noqa: S608  # our own names
            marks = ", ".join("?" * (len(child.columns) + 2))
            rows = [(record["id"], *map(_cell, row)) for row in child.rows(record)]
            self._connection.executemany(f"INSERT INTO {child.table} VALUES ({marks})", rows)  # noqa: S608  # the same

    def _keep_version(self, record: dict[str, Any]) -> int:
        """Store the record under its id and the hash of its text; return the number of this version, from 1 on."""
        own = record["metadata"]["textHash"] or hashlib.sha256(record["articleBody"].encode()).hexdigest()[:16]
        run, key = self._connection.execute, record["id"]
        found = run("SELECT version FROM versions WHERE id = ? AND text_hash = ?", (key, own)).fetchone()
        last = run("SELECT coalesce(max(version), 0) FROM versions WHERE id = ?", (key,)).fetchone()[0]
        version: int = found[0] if found else last + 1
        run("INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?)", (key, version, own, encode_line(record)))
        return version

    def _put_article(self, record: dict[str, Any], version: int) -> None:
        names = ["id", "version", *(snake(column.name) for column in ARTICLE_COLUMNS)]
        values = [record["id"], version, *(_cell(column.cell(record)) for column in ARTICLE_COLUMNS)]
        updates = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
        self._connection.execute(
            f"INSERT INTO articles ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) "  # noqa: S608  # our own names
            f"ON CONFLICT (id) DO UPDATE SET {updates}",
            values,
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        if self._broken:
            raise ExportError(f"cannot write {self.name}: an earlier failure left it closed", advice="open it anew")
        try:
            yield
        except sqlite3.Error as error:
            self._broken = True
            what, advice = str(error), "choose another place or make room"
            if "not a database" in what or "malformed" in what:
                advice = "name a new file"
            elif "no such module: fts5" in what:
                what, advice = "this Python's SQLite has no full-text index (FTS5)", "use another format"
            elif "locked" in what:
                advice = "another program is writing it; try again later"
            raise ExportError(f"cannot write {self.name}: {what}", advice=advice) from error


def open_database(target: Target) -> Database:
    """Open a SQLite database at a target."""
    if target.path is None:
        raise SettingsError("sqlite cannot be written to standard output", advice="name a file")
    return Database(target.path, target.mark, target.name)


def _cell(value: Any) -> Any:
    """Return a value as SQLite can show it: its tools take NUL for the end of a text."""
    return value.replace("\0", "") if isinstance(value, str) else value
