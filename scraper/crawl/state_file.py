"""Opening a state file: made whole or not at all, checked before it is trusted, migrated in one transaction."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.crawl.schema import APPLICATION_ID, MIGRATIONS
from scraper.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["create_state_file", "file_system_of", "open_state_file", "state_error"]

_BUSY_S = 10.0
"""How long to wait for another process: `scraper state` beside a run holds the file for milliseconds."""
_NETWORK = frozenset("9p afs beegfs ceph cifs fuse.sshfs glusterfs lustre ncpfs nfs nfs4 smb3 smbfs".split())
"""File systems on which the shared memory of write-ahead logging does not work (sqlite.org/wal.html)."""
_DAMAGED = ("malformed", "corrupt", "decode to utf-8", "no such table", "no such column")
_MOVED_ASIDE = "move it aside and put a copy back; without one, a new state would send out every record again"


def state_error(path: Path, error: Exception) -> StateError:
    """Return what a failure of SQLite means to people."""
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    lower = text.lower()
    if "not a database" in lower:
        return StateError(f"{path} is no state file, or a damaged one: {text}", advice=f"name a state; {_MOVED_ASIDE}")
    if any(word in lower for word in _DAMAGED):
        return StateError(f"the state file {path} is damaged: {text}", advice=_MOVED_ASIDE)
    if "full" in lower or "i/o" in lower:
        return StateError(f"cannot write the state file {path}: {text}", advice="make room, then run again")
    if "locked" in lower or "busy" in lower:
        return StateError(f"the state file {path} is in use by another program: {text}", advice="run again later")
    return StateError(f"cannot use the state file {path}: {text}", advice="choose a place that can be written")


def open_state_file(path: Path, *, read_only: bool = False) -> tuple[sqlite3.Connection, str | None]:
    """Return a connection to a file that is there, checked and of this version, and a warning or None.

    Raises:
        StateError: damaged, not a state file, of a newer version, or not to be written.

    """
    if not path.is_file():
        what = "is no file" if path.exists() else "does not exist"
        raise StateError(f"the state {path} {what}", advice="name the state file of a job")
    is_checked = not read_only and _is_seen_to_be_whole(path)
    try:
        connection = _connect(path, read_only=read_only)
    except sqlite3.Error as error:
        raise state_error(path, error) from error
    try:
        if not is_checked:
            _check(connection, path)
        if not read_only:
            _migrate(connection)
        return connection, None if read_only else _choose_journal(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise state_error(path, error) from error
    except BaseException:
        connection.close()
        raise


def create_state_file(path: Path) -> None:
    """Make an empty state: written aside, synced, then renamed, so that a file of that name is always a whole one.

    Raises:
        StateError: it cannot be written.

    """
    aside = path.with_name(path.name + ".new")
    try:
        for left in (aside, aside.with_name(aside.name + "-journal")):
            left.unlink(missing_ok=True)
        with closing(_connect(aside)) as connection:
            _upgrade(connection, MIGRATIONS, 0)
        os.replace(aside, path)  # noqa: PTH105  # by this module's os, for the tests of faults
        _sync_folder(path.parent)
    except sqlite3.Error as error:
        raise state_error(path, error) from error
    except OSError as error:
        raise StateError(
            f"cannot make the state file {path}: {error.strerror or error}",
            advice="choose a place that can be written",
        ) from error


def _connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    name = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlite3.connect(name, uri=True, timeout=_BUSY_S, isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")  # what a stranger planted in the schema runs no functions
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_seen_to_be_whole(path: Path) -> bool:
    """Check a file without changing it; return False where that cannot be done.

    A connection that may write carries the write-ahead log of a killed run over into the file when it closes, damaged
    or not. One that may not cannot undo what a rollback journal holds.

    Raises:
        StateError: it is damaged, no state file, or of a newer version.

    """
    if path.with_name(path.name + "-journal").exists():
        return False
    try:
        with closing(_connect(path, read_only=True)) as connection:
            _check(connection, path)
    except sqlite3.OperationalError:  # such as a folder in which nothing can be made: the real open will say it
        return False
    except sqlite3.Error as error:
        raise state_error(path, error) from error
    return True


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size == 0:
        raise StateError(f"the state file {path} is empty", advice=_MOVED_ASIDE)
    found = _number(connection, "application_id")
    if found != APPLICATION_ID:
        raise StateError(f"{path} is no state file of this program", advice="name another file")
    version = _number(connection, "user_version")
    if version < 1:
        raise StateError(f"the state file {path} is damaged: no version", advice=_MOVED_ASIDE)
    if version > len(MIGRATIONS):
        raise StateError(
            f"the state file {path} is of version {version}, this program knows {len(MIGRATIONS)}",
            advice="use the newer program that wrote it",
        )
    planted = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()
    if planted is not None:
        raise StateError(f"the state file {path} holds {planted[0]!r}, which is not ours", advice="use a copy of yours")
    wrong = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if wrong != "ok":
        said = str(wrong).replace("\n", " ")
        raise StateError(f"the state file {path} is damaged: {said}", advice=_MOVED_ASIDE)


def _migrate(connection: sqlite3.Connection) -> None:
    if _number(connection, "user_version") == len(MIGRATIONS):
        return
    connection.execute("BEGIN EXCLUSIVE")
    try:
        version = _number(connection, "user_version")  # again: another process may have been faster
        _upgrade(connection, MIGRATIONS[version:], version)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _upgrade(connection: sqlite3.Connection, steps: Sequence[Sequence[str]], version: int) -> None:
    """Run the statements of some versions, inside a transaction of the caller's or of its own."""
    own = not connection.in_transaction
    if own:
        connection.execute("BEGIN EXCLUSIVE")
    for number, statements in enumerate(steps, version + 1):
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    if own:
        connection.execute("COMMIT")


def _choose_journal(connection: sqlite3.Connection, path: Path) -> str | None:
    """Use write-ahead logging where it works; return a warning where it does not."""
    kind = file_system_of(path)
    if kind in _NETWORK:
        connection.execute("PRAGMA journal_mode = DELETE")
        return f"the state file {path} is on a network file system ({kind}): run from one machine only, better locally"
    got = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    return None if got == "wal" else f"the state file {path}: no write-ahead logging here, journal mode is {got}"


def file_system_of(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str | None:
    """Return the type of the file system that a path is on, such as "ext4"; None where the system does not say."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    there = path.absolute()
    best: tuple[int, str] | None = None
    for line in lines:
        words = line.split(" ")
        if len(words) < 3:  # noqa: PLR2004  # device, folder, type
            continue
        folder = words[1].replace("\\040", " ")
        if there.is_relative_to(folder) and (best is None or len(folder) >= best[0]):
            best = (len(folder), words[2])
    return best[1] if best else None


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
