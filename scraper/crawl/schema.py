"""The tables of a state file, and the way from each version of them to the next."""

from __future__ import annotations

from typing import Final

__all__ = ["APPLICATION_ID", "MIGRATIONS"]

APPLICATION_ID: Final = 0x53637231
"""Marks the file as ours ("Scr1") in the header field that SQLite reserves for it (file format, section 1.3.15)."""

_VERSION_1 = (
    """
    CREATE TABLE urls (
        key TEXT PRIMARY KEY NOT NULL,
        url TEXT NOT NULL,
        source TEXT NOT NULL DEFAULT '',
        status TEXT NOT NULL,
        first_seen INTEGER NOT NULL,
        last_seen INTEGER NOT NULL,
        published INTEGER,
        fetched_at INTEGER,
        changed_at INTEGER,
        next_try INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0,
        checks INTEGER NOT NULL DEFAULT 0,
        reason TEXT,
        etag TEXT,
        last_modified TEXT,
        content_hash TEXT,
        text_hash TEXT,
        version INTEGER NOT NULL DEFAULT 0,
        record_id TEXT,
        alias_of TEXT,
        fields TEXT,
        body BLOB
    ) WITHOUT ROWID
    """,
    "CREATE INDEX urls_due ON urls (next_try) WHERE next_try IS NOT NULL",
    "CREATE INDEX urls_text ON urls (text_hash) WHERE text_hash IS NOT NULL",
    "CREATE INDEX urls_record ON urls (record_id) WHERE record_id IS NOT NULL",
    "CREATE INDEX urls_alias ON urls (alias_of) WHERE alias_of IS NOT NULL",
    "CREATE INDEX urls_seen ON urls (last_seen)",
    """
    CREATE TABLE documents (
        url TEXT NOT NULL,
        source TEXT NOT NULL,
        etag TEXT,
        last_modified TEXT,
        fetched_at INTEGER NOT NULL,
        PRIMARY KEY (source, url)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE sources (
        name TEXT PRIMARY KEY NOT NULL,
        settings TEXT NOT NULL,
        asked_at INTEGER,
        listed_at INTEGER,
        next_try INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0,
        reason TEXT,
        last_success INTEGER,
        last_record INTEGER,
        last_fresh INTEGER,
        last_count INTEGER,
        usual_count INTEGER,
        warned_at INTEGER
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE days (
        source TEXT NOT NULL,
        day INTEGER NOT NULL,
        listed INTEGER NOT NULL DEFAULT 0,
        fresh INTEGER NOT NULL DEFAULT 0,
        records INTEGER NOT NULL DEFAULT 0,
        updates INTEGER NOT NULL DEFAULT 0,
        failures INTEGER NOT NULL DEFAULT 0,
        fields TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (source, day)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE hosts (
        host TEXT PRIMARY KEY NOT NULL,
        held_until INTEGER NOT NULL,
        strikes INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE TABLE sites (site TEXT PRIMARY KEY NOT NULL, memory BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE outputs (name TEXT PRIMARY KEY NOT NULL, mark TEXT NOT NULL) WITHOUT ROWID",
)

_VERSION_2 = (
    """
    CREATE TABLE rests (
        host TEXT PRIMARY KEY NOT NULL,
        until_ms INTEGER NOT NULL,
        left_ms INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE stories (
        id INTEGER PRIMARY KEY NOT NULL,
        record_id TEXT NOT NULL UNIQUE,
        first TEXT NOT NULL,
        seen_at INTEGER NOT NULL,
        signature BLOB NOT NULL
    )
    """,
    "CREATE INDEX stories_seen ON stories (seen_at)",
    """
    CREATE TABLE story_bands (
        band INTEGER NOT NULL,
        story INTEGER NOT NULL,
        PRIMARY KEY (band, story)
    ) WITHOUT ROWID
    """,
)

_VERSION_3 = ("CREATE TABLE forgotten (hash INTEGER PRIMARY KEY NOT NULL)",)
"""Of URLs that were pruned, what is needed to know them again: 8 bytes of a hash of their keys."""

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_VERSION_1, _VERSION_2, _VERSION_3)
"""Statements that lead from version N to N + 1 (`PRAGMA user_version`); what has been released is never edited."""
