"""Figures of records and failures, as `-f jsonl`, `-f json` and `--errors` write them."""

from __future__ import annotations

import gzip
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from scraper.errors import SettingsError
from scraper.export.compression import compression_of
from scraper.model.article import Article
from scraper.reports.figures import Figures, Item, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

__all__ = ["figures_of_records"]

_NOT_COUNTED = frozenset(
    "schemaVersion id requestedUrl metadata wordCount articleBodyMarkdown blocks datePublishedRaw "
    "dateModifiedRaw".split()
)
"""Keys that are always there, or only where they are asked for."""
_FIELDS = tuple(f.encode_name for f in msgspec.structs.fields(Article) if f.encode_name not in _NOT_COUNTED)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_PROBLEMS = 20
_UNKNOWN = "unknown"


def figures_of_records(paths: Sequence[Path], errors: Path | None = None, *, today: date | None = None) -> Figures:
    """Return the figures of files of records, and of a file of failures.

    Args:
        paths: JSON Lines, or arrays with an element a line.
        errors: what `--errors` wrote.
        today: a date after the record was fetched, or after this day, is none: one page with "2099" would else be all
            that the plot of days shows. A day more is let be, for places where it is tomorrow already.

    Files may be compressed (.gz, .zst). A line that is no record is told as a problem, and the rest is read.

    Raises:
        SettingsError: a file that cannot be read, or holds no record and no failure at all.

    """
    tally = Tally()
    problems: list[str] = []
    ids: set[str] = set()
    keys: set[str] = set()
    last = None if today is None else (today + timedelta(days=1)).isoformat()
    understood = 0
    for path in paths if errors is None else (*paths, errors):
        for number, value in _lines(path):
            if isinstance(value, dict) and isinstance(value.get("reason"), str) and "stage" in value:
                _add_failure(tally, value)
            elif isinstance(value, dict) and ("articleBody" in value or "headline" in value or "url" in value):
                _add_record(tally, value, ids, last)
                keys.update(value)
            else:
                problems.append(f"{path.name}, line {number}: neither a record nor a failure")
                continue
            understood += 1
    if problems and not understood:
        raise SettingsError(f"{paths[0]}: no record in it", advice="name JSON Lines of `scraper`, or a state file")
    more = len(problems) - _MOST_PROBLEMS
    told = (*problems[:_MOST_PROBLEMS], *([f"… and {more} more lines"] if more > 0 else []))
    name = ", ".join(path.name for path in paths)
    fields = tuple(field for field in _FIELDS if field in keys)
    return tally.figures(name, "published", fields=fields, articles=len(ids) if ids else None, problems=told)


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield (number, value) of each line of JSON Lines, or of each element of an array with an element a line."""
    try:
        with _opened(path) as stream:
            for number, line in enumerate(stream, 1):
                text = line.strip().removeprefix(b"\xef\xbb\xbf").rstrip(b",")
                if text in {b"", b"[", b"]"}:
                    continue
                try:
                    yield number, msgspec.json.decode(text)
                except (msgspec.DecodeError, UnicodeError, RecursionError):
                    yield number, None
    except (OSError, EOFError) as error:
        what = getattr(error, "strerror", None) or error
        raise SettingsError(f"{path}: cannot be read: {what}", advice="name a file of records") from error


def _opened(path: Path) -> AbstractContextManager[Iterable[bytes]]:
    match compression_of(path.name):
        case None:
            return path.open("rb")
        case "gzip":
            return gzip.open(path, "rb")
        case "zstd":
            try:
                from backports import zstd  # noqa: PLC0415  # an extra
            except ImportError as error:
                raise SettingsError(f"{path}: cannot be read", advice="pip install 'article-scraper[zstd]'") from error
            return zstd.open(path, "rb")


def _add_record(tally: Tally, record: dict[str, Any], ids: set[str], last: str | None) -> None:
    url = _text(record.get("canonicalUrl")) or _text(record.get("url")) or _text(record.get("requestedUrl"))
    source = _host(url) or _publisher(record) or _UNKNOWN
    metadata = record.get("metadata")
    fetched = _text(metadata.get("fetchedAt")) if isinstance(metadata, dict) else None
    published = _text(record.get("datePublished"))
    day = published[:10] if published and _is_dated(published) else None
    bounds = [fetched[:10]] if fetched and _is_dated(fetched) else []
    if day and day > min([*bounds, *([last] if last else [])], default=day):
        day = None  # a date in the future says nothing of when it came out
    present = {name: 1 for name in _FIELDS if record.get(name) not in (None, "", [], {})}
    tally.add_records(source, day, fields=present)
    if isinstance(words := record.get("wordCount"), int):
        tally.add_words(source, words)
    if identity := _text(record.get("id")):
        ids.add(identity)
    title = _text(record.get("headline")) or url or "(no headline)"
    tally.add_item(Item(published if published and day else "", source, title, url))


def _add_failure(tally: Tally, failure: dict[str, Any]) -> None:
    url = _text(failure.get("url")) or _text(failure.get("requestedUrl")) or ""
    tally.add_failure(
        _host(url) or _UNKNOWN,
        str(failure["stage"]),
        failure["reason"],
        message=_text(failure.get("message")) or "",
        url=url,
        retryable=failure.get("retryable") is True,
    )


def _is_dated(value: str) -> bool:
    try:
        return bool(_DAY.match(value)) and date.fromisoformat(value[:10]).year > 0
    except ValueError:
        return False


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _host(url: str | None) -> str | None:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _publisher(record: dict[str, Any]) -> str | None:
    publisher = record.get("publisher")
    return _text(publisher.get("name")) if isinstance(publisher, dict) else None
