"""From the tables of a job file to a `Job`: every mistake is told with file, line and key."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args
from urllib.parse import urlsplit

import msgspec

from scraper.crawl.job import Filter, Job, OutputSpec, Source, SourceKind
from scraper.crawl.stories import STORIES_KEPT_S
from scraper.errors import SettingsError
from scraper.model.article import Article
from scraper.settings import ExtractSettings, FetchSettings, HostSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

__all__ = ["JobFile", "job_of"]

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SPAN = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhdw])")
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*([kmg]?)b?", re.IGNORECASE)
_SIZES = {"": 1, "k": 1000, "m": 1_000_000, "g": 1_000_000_000}
_LONGEST_S = 20 * 366 * 86_400
_KINDS = tuple(kind for kind in get_args(SourceKind))
_PLACES = (*_KINDS, "file")
_SOURCE_KEYS = (*_PLACES, "name", "every", "include", "exclude", "since", "limit", "expect")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?|\[[0-9a-f:.]+\](:[0-9]{1,5})?")
_NOTHING = object()
_EXAMPLES = {key: f'add {key} = "{value}"' for key, value in (("state", "state.db"), ("path", "articles.jsonl"))}
"""What to write where a key that must be there is not."""
_SHORTEST_KEPT_S = 86_400
"""A day: sources drop what is old from their lists every few hours, and what is forgotten then would come again."""
_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".md": "md", ".txt": "txt"}
_DATABASES = {".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".parquet": "parquet", ".html": "html"}


@dataclass(frozen=True, slots=True)
class JobFile:
    """A job file as it was read."""

    path: Path
    tables: Mapping[str, Any]
    line_of: Callable[[tuple[str | int, ...]], int | None]
    """From the place of a key, such as ("source", 0, "feed"), to its line."""
    formats: tuple[str, ...] = ("jsonl",)
    """Names of the output formats that there are."""


def job_of(file: JobFile) -> Job:
    """Return the job that a file describes; paths are relative to the file.

    Raises:
        SettingsError: a key that is not known, a value that cannot be, a table that is missing; the message begins
            with file and line and names the key.

    """
    top = _Table(file, (), file.tables)
    filters = _filter(top.table("filter"), Filter())
    job = Job(
        state=top.path("state"),
        sources=_sources(top, filters),
        outputs=tuple(_output(table) for table in top.tables("output")),
        errors=top.path("errors", None),
        fetch=_fetch(top.table("fetch"), _hosts(top)),
        extract=_extract(top.table("extract")),
        rules=top.folder("rules"),
        recheck_s=top.span("recheck", 0),
        diff=top.flag("diff", default=False),
        duplicates_s=top.flag_or_span("duplicates", STORIES_KEPT_S),
        keep_s=top.span("keep", None, _SHORTEST_KEPT_S),
    )
    top.finish()
    if not job.sources:
        raise top.wrong("source", "no source: there is nothing to read", "add [[source]] with feed, sitemap or urls")
    if not job.outputs:
        raise top.wrong("output", "no output: records would go nowhere", 'add [[output]] with path = "articles.jsonl"')
    _check_paths(job, top)
    return job


class _Table:
    """One table of the file; a key that nobody takes is a mistake."""

    def __init__(self, file: JobFile, place: tuple[str | int, ...], values: Mapping[str, Any]) -> None:
        self._file = file
        self._place = place
        self._values = values
        self._taken: set[str] = set()

    def wrong(self, key: str | None, what: str, advice: str | None = None) -> SettingsError:
        """Return the error for a key: where it is, what is wrong, what to write."""
        return SettingsError(f"{self.where(key)}: {what}", advice=advice)

    def where(self, key: str | None) -> str:
        """Return file, line and name of a key."""
        place = self._place if key is None else (*self._place, key)
        line = next(filter(None, (self._file.line_of(place[:size]) for size in range(len(place), 0, -1))), None)
        name = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
        return f"{self._file.path}:{line}: {name}" if line else f"{self._file.path}: {name}"

    def has(self, key: str) -> bool:
        return key in self._values

    def value(self, key: str, kinds: type | tuple[type, ...], what: str, default: Any = _NOTHING) -> Any:
        self._taken.add(key)
        if key not in self._values:
            if default is _NOTHING:
                raise self.wrong(key, "is missing", _EXAMPLES.get(key))
            return default
        value = self._values[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            raise self.wrong(key, f"must be {what}, not {_shown(value)}")
        return value

    def text(self, key: str, default: Any = _NOTHING) -> Any:
        text = self.value(key, str, "a text", default)
        if text is not default and (not text.strip() or "\0" in text):
            raise self.wrong(key, f"must be a text, not {_shown(text)}")
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.value(key, list, "a list of texts", [])
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.wrong(key, f"must be a list of texts, not {_shown(values)}")
        return tuple(values)

    def flag(self, key: str, *, default: bool) -> bool:
        return bool(self.value(key, bool, "true or false", default))

    def number(self, key: str, least: float, default: Any) -> Any:
        number = self.value(key, (int, float), "a number", default)
        if number is not default and not least <= number < float("inf"):
            raise self.wrong(key, f"must be a number of at least {least}, not {number!r}")
        return number

    def count(self, key: str, least: int, default: Any) -> Any:
        number = self.value(key, int, "a whole number", default)
        if number is not default and number < least:
            raise self.wrong(key, f"must be at least {least}, not {number}")
        return number

    def path(self, key: str, default: Any = _NOTHING) -> Any:
        text = self.text(key, default)
        return text if text is default else self._file.path.parent / Path(text).expanduser()

    def folder(self, key: str) -> Path | None:
        path: Path | None = self.path(key, None)
        if path is not None and not path.is_dir():
            raise self.wrong(key, f"no such folder: {path}")
        return path

    def span(self, key: str, default: int | None, least: int = 0) -> Any:
        text = self.value(key, str, 'a span of time such as "48h"', default)
        if text is default:
            return default
        match = _SPAN.fullmatch(text.strip())
        seconds = float(match[1]) * _UNITS[match[2]] if match else -1
        if not 0 <= seconds <= _LONGEST_S:
            raise self.wrong(key, f"not a span of time: {_shown(text)}", "write 90s, 30m, 48h, 7d or 2w")
        if seconds < least:
            raise self.wrong(key, f"must be at least a day, not {_shown(text)}", 'write "400d"')
        return int(seconds)

    def flag_or_span(self, key: str, true: int) -> int | None:
        if isinstance(self._values.get(key), bool):
            return true if self.flag(key, default=False) else None
        seconds: int | None = self.span(key, None)
        return seconds

    def table(self, key: str) -> _Table:
        return _Table(self._file, (*self._place, key), self.value(key, dict, "a table", {}))

    def tables(self, key: str) -> list[_Table]:
        values = self.value(key, list, f"a list of tables: [[{key}]]", [])
        for value in values:
            if not isinstance(value, dict):
                raise self.wrong(key, f"must be a list of tables: [[{key}]]")
        return [_Table(self._file, (*self._place, key, index), value) for index, value in enumerate(values)]

    def url(self, key: str, text: str) -> str:
        try:
            parts = urlsplit(text.strip())
            good = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and (parts.port or 1)
        except ValueError:
            good = False
        if not good:
            raise self.wrong(key, f"not a web address: {_shown(text)}", "write https://...")
        return text.strip().encode("utf-8", "replace").decode()

    @contextmanager
    def naming_itself(self) -> Iterator[None]:
        """Add the table's place to an error about one of its values."""
        try:
            yield
        except SettingsError as error:
            raise self.wrong(None, error.what) from None

    def finish(self) -> None:
        """Refuse keys that mean nothing."""
        self.check_keys(self._taken)

    def check_keys(self, known: Collection[str]) -> None:
        """Refuse keys that are none of these."""
        for key in self._values:
            if key not in known:
                near = get_close_matches(key, known, n=1, cutoff=0.5)
                listed = f"known here: {', '.join(sorted(known))}"
                raise self.wrong(key, "unknown key", f"did you mean {near[0]}?" if near else listed)


def _source(table: _Table, common: Filter) -> Source:
    kinds = [kind for kind in _PLACES if table.has(kind)]
    for kind in _PLACES:
        table.value(kind, (str, list), "an address", None)
    if len(kinds) != 1:
        table.check_keys(_SOURCE_KEYS)
        named = f"names {len(kinds)}: {', '.join(kinds)}" if kinds else "names none"
        raise table.wrong(None, f"a source is one of {', '.join(_PLACES)}; this one {named}")
    kind = kinds[0]
    source = Source(
        name=table.text("name", _default_name(table, kind)),
        kind=cast("SourceKind", "urls" if kind == "file" else kind),
        places=_places(table, kind),
        every_s=table.span("every", 0),
        filter=_filter(table, common),
        expect=table.flag("expect", default=kind not in {"urls", "file"}),
    )
    table.finish()
    return source


def _default_name(table: _Table, kind: str) -> str:
    value = table.value(kind, (str, list), "an address")
    return value if isinstance(value, str) else kind


def _places(table: _Table, kind: str) -> tuple[str, ...]:
    if kind == "file":
        return (str(table.path("file")),)
    if kind == "urls":
        return tuple(table.url(kind, text) for text in table.texts(kind))
    return (table.url(kind, table.text(kind)),)


def _sources(top: _Table, filters: Filter) -> tuple[Source, ...]:
    sources: dict[str, Source] = {}
    for table in top.tables("source"):
        source = _source(table, filters)
        if source.name in sources:
            what = f"another source is called {_shown(source.name)}"
            raise table.wrong("name" if table.has("name") else None, what, "give each a name of its own")
        sources[source.name] = source
    return tuple(sources.values())


def _filter(table: _Table, common: Filter) -> Filter:
    since = table.value("since", (str, date), 'a span such as "7d" or a day', None)
    found = Filter(
        include=table.texts("include") or common.include,
        exclude=table.texts("exclude") + common.exclude,
        since=common.since if since is None else since if isinstance(since, date) else table.span("since", None),
        limit=table.count("limit", 1, common.limit),
    )
    if table._place == ("filter",):  # noqa: SLF001  # the class is this file's own
        table.finish()
    return found


def _fetch(table: _Table, hosts: dict[str, HostSettings]) -> FetchSettings:
    cookies, warc = table.path("cookie_file", None), table.path("warc", None)
    values: dict[str, object] = {
        "delay_s": table.number("delay", 0, None),
        "timeout_s": table.number("timeout", 0.001, None),
        "retries": table.count("retries", 0, None),
        "concurrency": table.count("concurrency", 1, None),
        "per_host": table.count("per_host", 1, None),
        "user_agent": table.text("user_agent", None),
        "proxy": table.text("proxy", None),
        "max_pages": table.count("max_pages", 1, None),
        "http2": table.value("http2", bool, "true or false", None),
        "render": table.text("render", None),
        "chromium": table.text("chromium", None),
        "robots": table.value("robots", bool, "true or false", None),
        "allow_private": table.value("allow_private", bool, "true or false", None),
        "max_body_bytes": _size(table, "max_bytes"),
        "headers": _headers(table),
        "cookie_file": None if cookies is None else str(cookies),
        "warc": None if warc is None else str(warc),
        "hosts": hosts,
    }
    table.finish()
    with table.naming_itself():
        return replace(FetchSettings(), **_given(values))  # type: ignore[arg-type]  # the keys are its fields


def _hosts(top: _Table) -> dict[str, HostSettings]:
    """Return the settings of single sites: each for the host named, "www." and all others below it."""
    hosts: dict[str, HostSettings] = {}
    for table in top.tables("site"):
        host = table.text("host").strip().lower().removeprefix("www.")
        if not _HOST.fullmatch(host):
            raise table.wrong("host", f"not the name of a host: {_shown(host)}", 'write host = "example.org"')
        if host in hosts:
            raise table.wrong("host", f"a second table for {host}", "put them together")
        values: dict[str, object] = {
            "delay_s": table.number("delay", 0, None),
            "robots": table.value("robots", bool, "true or false", None),
            "verify_tls": table.value("verify_tls", bool, "true or false", None),
            "render": table.text("render", None),
            "headers": _headers(table),
        }
        table.finish()
        with table.naming_itself():
            hosts[host] = HostSettings(**_given(values))  # type: ignore[arg-type]  # the keys are its fields
        if "." in host and not host.replace(".", "").isdigit() and ":" not in host:
            hosts["*." + host] = hosts[host]
    return hosts


def _given(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def _size(table: _Table, key: str) -> int | None:
    value = table.value(key, (str, int), 'a size such as "10MB"', None)
    if value is None:
        return None
    match = _SIZE.fullmatch(str(value).strip())
    if match is None or float(match[1]) < 1:
        raise table.wrong(key, f"not a size: {_shown(value)}", "write 500kB or 10MB")
    return int(float(match[1]) * _SIZES[match[2].lower()])


def _headers(table: _Table) -> tuple[tuple[str, str], ...] | None:
    values = table.value("headers", dict, "a table of texts", None)
    if values is None:
        return None
    if not all(isinstance(value, str) for value in values.values()):
        raise table.wrong("headers", "every value must be a text")
    return tuple(values.items())


def _extract(table: _Table) -> ExtractSettings:
    settings = ExtractSettings(
        keep_all=table.flag("keep_all", default=False),
        blocks=table.flag("blocks", default=False),
        markdown=table.flag("markdown", default=False),
        site_memory="learn" if table.flag("site_memory", default=False) else "off",
    )
    table.finish()
    return settings


def _output(table: _Table) -> OutputSpec:
    path: Path = table.path("path")
    table.text("format", None)
    known = table._file.formats  # noqa: SLF001  # the class is this file's own
    guess = {**_SUFFIXES, **_DATABASES}.get(Path(path.name.removesuffix(".gz").removesuffix(".zst")).suffix)
    form = table.text("format", guess)
    if form is None:
        raise table.wrong("format", f"is missing, and {path.name!r} does not tell", f"one of {', '.join(known)}")
    if form not in known:
        raise table.wrong("format", f"not a format: {_shown(form)}", f"one of {', '.join(known)}")
    missing = table.text("when_missing", "stop")
    if missing not in {"stop", "new"}:
        raise table.wrong("when_missing", f'must be "stop" or "new", not {_shown(missing)}')
    spec = OutputSpec(
        path=path, format=form, fields=_fields(table), options=_options(table.table("options")),
        when_missing=missing, where=table.where("path"),
    )  # fmt: skip
    table.finish()
    return spec


def _options(table: _Table) -> dict[str, object]:
    """Return what is given of the fields of `ExportOptions`."""
    values: dict[str, object] = {
        "name": table.text("name", None),
        "rotate_bytes": _size(table, "rotate_bytes"),
        "rotate_daily": table.value("rotate_daily", bool, "true or false", None),
        "bom": table.value("bom", bool, "true or false", None),
        "raw_cells": table.value("raw_cells", bool, "true or false", None),
        "more": table.value("more", dict, "a table", None),
    }
    table.finish()
    return _given(values)


def _fields(table: _Table) -> tuple[str, ...]:
    known = [field.encode_name for field in msgspec.structs.fields(Article)]
    names = table.texts("fields")
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            advice = f"did you mean {near[0]}?" if near else "`scraper schema` lists the fields"
            raise table.wrong("fields", f"a record has no field {_shown(name)}", advice)
    return names


def _check_paths(job: Job, top: _Table) -> None:
    """Refuse a file that has two tasks."""
    taken = {job.state.resolve(): "state"}
    places = [] if job.errors is None else [("errors", job.errors, top.where("errors"))]
    for task, path, where in [*places, *(("output", output.path, output.where) for output in job.outputs)]:
        real = path.resolve()
        if real in taken:
            raise SettingsError(f"{where}: {path} is named twice: as {taken[real]} and as {task}")
        taken[real] = task


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."  # noqa: PLR2004  # one line of a terminal
