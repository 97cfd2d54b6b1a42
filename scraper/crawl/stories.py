"""Which records told the same story, across runs: signatures and their bands in the state, looked up there."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from scraper.crawl.rows import DAY_S
from scraper.duplicates import SIMILAR, VALUES, Signature, alike, bands_of, signature_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from scraper.crawl.job import Job
    from scraper.model.article import Article

__all__ = ["STORIES_KEPT_S", "Stories", "Story", "check_stories", "told_before"]

STORIES_KEPT_S = 14 * DAY_S
"""An agency's story is printed within days; each day more makes the state grow."""
_PACKED = struct.Struct(f"<{VALUES}I")
_MOST_COMPARED = 50
"""Of those that share bands, the ones that share most: texts with the same notice below them share some, too."""
_PRUNED_AT_ONCE = 4
"""Old stories that go for one that comes: more than one, so that the table shrinks, and no commit takes long."""


class Run(Protocol):
    """Runs one statement on the state; raises StateError."""

    def __call__(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor: ...


class Story(msgspec.Struct, frozen=True):
    """What one record told."""

    record_id: str
    first: str
    """Id of the first record that told it; its own, where it was the first."""
    signature: Signature


def check_stories(job: Job) -> None:
    """Raise where near-duplicates are asked for and cannot be found.

    Raises:
        SettingsError: the library for it is not installed.

    """
    if job.duplicates_s is not None:
        signature_of("")


def told_before(article: Article, stories: Stories, since: int) -> tuple[Article, Story | None]:
    """Return an article, `metadata.duplicate_of` filled where its story was told since then, and what to remember.

    Another version of a record keeps the story that the first had: there is nothing to remember then, nor for a text
    that is too short to be told from others.
    """
    first, story = stories.first(article.id), None
    if first is None:
        signature = signature_of(article.article_body)
        if signature is None:
            return article, None
        first = stories.like(signature, since) or article.id
        story = Story(article.id, first, signature)
    if first != article.id:
        article = msgspec.structs.replace(
            article, metadata=msgspec.structs.replace(article.metadata, duplicate_of=first)
        )
    return article, story


class Stories:
    """The stories in a state; changed inside its transactions, so that they come and go with records."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def first(self, record_id: str) -> str | None:
        """Return the first record of a record's story; None for a record that is not known."""
        found = self._run("SELECT first FROM stories WHERE record_id = ?", (record_id,)).fetchone()
        return None if found is None else str(found[0])

    def like(self, signature: Signature, since: int) -> str | None:
        """Return the first record of the most similar story since then; of equals, the oldest. None: there is none."""
        bands = _bands(signature)
        sql = (
            f"SELECT first, signature FROM (SELECT story FROM story_bands WHERE band IN ({_marks(bands)}) "  # noqa: S608
            f"GROUP BY story ORDER BY count(*) DESC, story LIMIT {_MOST_COMPARED}) "
            "JOIN stories ON id = story WHERE seen_at >= ? ORDER BY id"
        )
        best, most = None, SIMILAR * VALUES
        for first, kept in self._run(sql, (*bands, since)):
            same = alike(signature, _PACKED.unpack(kept)) if len(kept) == _PACKED.size else 0
            if same > most or (best is None and same == most):
                best, most = str(first), same
        return best

    def put(self, story: Story, now: int, window_s: int) -> None:
        """Remember a story; forget some that are older than `window_s`."""
        self.prune(now - window_s, most=_PRUNED_AT_ONCE)
        sql = "INSERT INTO stories (record_id, first, seen_at, signature) VALUES (?, ?, ?, ?)"
        number = self._run(sql, (story.record_id, story.first, now, _PACKED.pack(*story.signature))).lastrowid
        for band in _bands(story.signature):
            self._run("INSERT OR IGNORE INTO story_bands (band, story) VALUES (?, ?)", (band, number))

    def prune(self, before: int, most: int = -1) -> None:
        """Forget the stories seen before; at most `most`, -1 for all."""
        sql = "SELECT id, signature FROM stories WHERE seen_at < ? ORDER BY seen_at LIMIT ?"
        self._drop(self._run(sql, (before, most)).fetchall())

    def forget(self, record_id: str) -> None:
        """Forget what a record told."""
        self._drop(self._run("SELECT id, signature FROM stories WHERE record_id = ?", (record_id,)).fetchall())

    def _drop(self, found: Sequence[tuple[int, bytes]]) -> None:
        for number, kept in found:
            if len(kept) == _PACKED.size:
                bands = _bands(_PACKED.unpack(kept))
                sql = f"DELETE FROM story_bands WHERE band IN ({_marks(bands)}) AND story = ?"  # noqa: S608  # marks
                self._run(sql, (*bands, number))
            self._run("DELETE FROM stories WHERE id = ?", (number,))


def _bands(signature: Signature) -> list[int]:
    """Return a number of 56 bits for each band; two that collide cost a comparison."""
    return [
        int.from_bytes(hashlib.blake2b(struct.pack("<3I", at, *values), digest_size=7).digest(), "big")
        for at, values in bands_of(signature)
    ]


def _marks(values: Sequence[int]) -> str:
    return ", ".join("?" * len(values))
