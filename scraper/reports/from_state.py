"""Figures of a state file: what repeated runs collected, listed and failed at."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from scraper.crawl.health import FIELDS
from scraper.crawl.state_file import open_state_file, state_error
from scraper.reports.figures import Figures, Item, Tally

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["figures_of_state", "is_state_file"]

_MAGIC = b"SQLite format 3\x00"
"""First bytes of every SQLite file (file format, section 1.3.1)."""
_DAY_S = 86_400
_DAYS = "SELECT source, day, records, fields FROM days ORDER BY day"
_FAILED = "SELECT source, url, status, reason, next_try FROM urls WHERE status IN ('failed', 'gone') ORDER BY last_seen"
_NEWEST = (
    "SELECT source, url, coalesce(published, changed_at) FROM urls WHERE status = 'done' AND changed_at IS NOT NULL "
    "ORDER BY coalesce(published, changed_at) DESC LIMIT 30"
)
_ARTICLES = "SELECT count(DISTINCT record_id) FROM urls WHERE record_id IS NOT NULL"
_SOURCES = "SELECT name, reason, attempts FROM sources WHERE attempts > 0 AND reason IS NOT NULL ORDER BY name"
_GIVEN = "given"
"""Name for URLs that no source listed."""


def is_state_file(path: Path) -> bool:
    """Whether a file is an SQLite database; False for what cannot be read, which its reader will say."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def figures_of_state(path: Path) -> Figures:
    """Return the figures of a state file; it is opened to be read only, also beside a run.

    Raises:
        StateError: no state file, a damaged one, or one of a newer version.

    """
    connection, _ = open_state_file(path, read_only=True)
    try:
        with closing(connection):
            return _figures(path, connection)
    except sqlite3.Error as error:
        raise state_error(path, error) from error


def _figures(path: Path, connection: sqlite3.Connection) -> Figures:
    tally = Tally()
    for source, day, records, fields in connection.execute(_DAYS):
        present = {_camel(name): number for name, number in _object(fields).items() if name in FIELDS}
        date = f"{datetime.fromtimestamp(day * _DAY_S, UTC):%Y-%m-%d}"
        tally.add_records(source or _GIVEN, date, number=records, fields=present)
    for source, url, status, reason, next_try in connection.execute(_FAILED):
        tally.add_failure(
            source or _GIVEN,
            status,
            reason or "unknown",
            message="asked again later" if next_try is not None else "given up",
            url=url,
            retryable=next_try is not None,
        )
    for source, url, when in connection.execute(_NEWEST):
        tally.add_item(Item(f"{datetime.fromtimestamp(when, UTC):%Y-%m-%dT%H:%M:%SZ}", source or _GIVEN, url, url))
    problems = tuple(
        f"source {name}: {reason}, {attempts} time{'' if attempts == 1 else 's'} in a row"
        for name, reason, attempts in connection.execute(_SOURCES)
    )
    (articles,) = connection.execute(_ARTICLES).fetchone()
    fields = tuple(map(_camel, FIELDS))
    return tally.figures(path.name, "collected", fields=fields, articles=articles, problems=problems)


def _object(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise sqlite3.DatabaseError(f"malformed figures: {error}") from error


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
