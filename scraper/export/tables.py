"""The tables of the SQLite database: a row an article, and a row each for what it has many of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scraper.export.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ARTICLE_COLUMNS", "CHILDREN", "SEARCHED", "Child", "column_type", "create_statements", "snake"]

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TYPES = {"wordCount": "INTEGER", "isAccessibleForFree": "INTEGER", "isLiveBlog": "INTEGER"}
_NUMBERS = re.compile(r"\.(?:width|height|httpStatus|pages|truncated)$")


def snake(name: str) -> str:
    """Return "publisher.logo" as "publisher_logo"; what stands in `metadata` comes without it."""
    return _HUMP.sub("_", name.removeprefix("metadata.").replace(".", "_")).lower()


_OWN = frozenset({"id", "metadata.version"})
ARTICLE_COLUMNS = tuple(column for column in columns_of() if column.shape == "plain" and column.name not in _OWN)
"""Columns of `articles` beside `number`, `id` and `version`: everything that there is one of."""
SEARCHED = ("headline", "alternative_headline", "description", "article_body")
"""Columns of the full-text index."""


@dataclass(frozen=True, slots=True)
class Child:
    """A table with a row for each item of one or several of the record's lists."""

    table: str
    lists: tuple[str, ...]
    """Keys of the record."""
    columns: tuple[tuple[str, str, str], ...]
    """(name, type, key of the item; "" for the item itself, "*" for the list's name)."""

    def rows(self, record: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
        """Yield the rows of a record: position from 1 on, then the columns."""
        position = 0
        for name in self.lists:
            for item in record[name]:
                position += 1
                yield position, *(_value(item, key, name) for _, _, key in self.columns)


def _value(item: Any, key: str, name: str) -> Any:
    return {"": item, "*": name.removesuffix("s")}[key] if key in {"", "*"} else item[key]


def _texts(*names: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((snake(name), "TEXT", name) for name in names)


CHILDREN = (
    Child("authors", ("authors",), _texts("name", "url", "type")),
    Child("agencies", ("agency",), (("name", "TEXT", ""),)),
    Child("sections", ("articleSection",), (("name", "TEXT", ""),)),
    Child("keywords", ("keywords",), (("keyword", "TEXT", ""),)),
    Child("breadcrumbs", ("breadcrumbs",), _texts("name", "url")),
    Child(
        "images",
        ("images",),
        (
            *_texts("url"),
            ("width", "INTEGER", "width"),
            ("height", "INTEGER", "height"),
            *_texts("alt", "caption", "credit"),
        ),
    ),
    Child("media", ("videos", "audios", "embeds"), (("kind", "TEXT", "*"), *_texts("url", "provider", "title"))),
    Child("live_updates", ("liveUpdates",), _texts("headline", "datePublished", "articleBody", "url")),
)


def column_type(name: str) -> str:
    """Return the type of a column of `articles`."""
    if name == "metadata.confidence":
        return "REAL"
    return "INTEGER" if name in _TYPES or _NUMBERS.search(name) else "TEXT"


def create_statements() -> list[str]:
    """Return the SQL that makes an empty database; each statement can be run again."""
    columns = ", ".join(f"{snake(column.name)} {column_type(column.name)}" for column in ARTICLE_COLUMNS)
    return [
        "CREATE TABLE IF NOT EXISTS output (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
        _table("articles", f"number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, {columns}"),
        "CREATE INDEX IF NOT EXISTS articles_date ON articles (date_published)",
        _table("versions", _VERSIONS),
        *(_table(child.table, f"{_ITEM}, {_definitions(child)}, {_ITEM_KEY}") + " WITHOUT ROWID" for child in CHILDREN),
        *_search_statements(),
    ]


_VERSIONS = (
    "id TEXT NOT NULL, version INTEGER NOT NULL, text_hash TEXT NOT NULL, record TEXT NOT NULL, "
    "PRIMARY KEY (id, version), UNIQUE (id, text_hash)"
)
_ITEM = "article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, position INTEGER NOT NULL"
_ITEM_KEY = "PRIMARY KEY (article, position)"


def _table(name: str, definitions: str) -> str:
    return f"CREATE TABLE IF NOT EXISTS {name} ({definitions})"


def _definitions(child: Child) -> str:
    return ", ".join(f"{name} {kind}" for name, kind, _ in child.columns)


def _search_statements() -> list[str]:
    """Return the SQL of an FTS5 index that holds no text of its own; triggers keep it (sqlite.org/fts5, 4.4.3)."""
    indexed = ", ".join(SEARCHED)
    new, old = (", ".join(f"{row}.{name}" for name in SEARCHED) for row in ("new", "old"))
    removal = f"INSERT INTO search(search, rowid, {indexed}) VALUES ('delete', old.number, {old});"  # noqa: S608  # our own names
    addition = f"INSERT INTO search(rowid, {indexed}) VALUES (new.number, {new});"  # noqa: S608  # the same
    options = "content='articles', content_rowid='number', tokenize='unicode61 remove_diacritics 2'"
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5({indexed}, {options})",
        f"CREATE TRIGGER IF NOT EXISTS articles_in AFTER INSERT ON articles BEGIN {addition} END",
        f"CREATE TRIGGER IF NOT EXISTS articles_out AFTER DELETE ON articles BEGIN {removal} END",
        f"CREATE TRIGGER IF NOT EXISTS articles_new AFTER UPDATE ON articles BEGIN {removal} {addition} END",
    ]
