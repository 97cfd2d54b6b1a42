"""SiteRule: what a user knows about the pages of one site; and its form in TOML, checked key by key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping  # noqa: TC003  # annotations are read when a rule goes to a worker
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from scraper.errors import RuleError
from scraper.sites.selector import Selector, parse_selector

__all__ = ["RULE_FIELDS", "RuleTest", "SiteRule", "rules_in"]

RULE_FIELDS = (
    *("headline", "alternativeHeadline", "description", "datePublished", "dateModified"),
    *("authors", "articleSection", "keywords"),
)
"""Fields of the record that a rule may select."""
_KEYS = frozenset("name host path since until content drop fields min_chars test".split())
_TEST_KEYS = frozenset({"url", "file", "starts", "ends", "without", *RULE_FIELDS})
_LISTED = frozenset({"authors", "articleSection", "keywords"})
_MIN_CHARS = 200
_MOST_BYTES = 200_000
_MOST_RULES = 200
_MOST_COMPOUNDS = 60
"""Compounds of one rule; each costs one look at the page."""
_HOST = re.compile(r"(?:\*\.)?[^\s/:*?#@]+(?:\.[^\s/:*?#@]+)*|\*")
_ASSIGNMENT = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*=""")
_TABLE = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]\]?")


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A page that a rule is tried on, and what must come out."""

    url: str | None
    file: str | None
    """A saved copy; a path beside the file of the rule."""
    starts: str | None = None
    """How the body begins."""
    ends: str | None = None
    without: tuple[str, ...] = ()
    """What the body must not hold."""
    fields: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteRule:
    """One rule; a value."""

    name: str
    hosts: tuple[str, ...]
    """Host names, without "www."; "*.example.com" stands for all hosts below."""
    path: str = "/*"
    """Of the URL, "*" for any characters."""
    since: date | None = None
    """First day on which articles were published that the rule is for."""
    until: date | None = None
    """The last such day."""
    content: tuple[Selector, ...] = ()
    drop: tuple[Selector, ...] = ()
    fields: Mapping[str, tuple[Selector, ...]] = field(default_factory=dict)
    """Field of the record -> selectors, the first that selects something wins."""
    min_chars: int = _MIN_CHARS
    """A body of fewer characters means that the site has changed."""
    tests: tuple[RuleTest, ...] = ()
    origin: str = ""
    """File and line, for messages."""

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """Return all selectors of the rule."""
        return (*self.content, *self.drop, *(s for group in self.fields.values() for s in group))

    @property
    def compounds(self) -> tuple[str, ...]:
        """Return the single elements that the selectors are made of, each once."""
        return tuple(dict.fromkeys(step.compound for s in self.selectors for a in s.alternatives for step in a))


def rules_in(text: str, name: str) -> tuple[SiteRule, ...]:
    """Return the rules of one TOML document.

    Args:
        text: the document.
        name: of its file, for messages; a rule without a name of its own is called after it.

    Raises:
        RuleError: it is no TOML, or a key, a value or a selector cannot be; names file, line and key.

    """
    if len(text) > _MOST_BYTES:
        raise RuleError(f"{name}: {len(text)} characters; at most {_MOST_BYTES} are read")
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RuleError(f"{name}: not TOML: {error}", advice="see docs/site-rules.md") from error
    tables = document.get("rule")
    if set(document) != {"rule"} or not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise RuleError(f"{name}: rules stand in [[rule]] tables", advice="begin the file with [[rule]]")
    if len(tables) > _MOST_RULES:
        raise RuleError(f"{name}: {len(tables)} rules; at most {_MOST_RULES} are read")
    stem = re.split(r"[/\\]", name)[-1].removesuffix(".toml")
    return tuple(
        _Reader(_Lines(text, name, number), table, stem if len(tables) == 1 else f"{stem}-{number + 1}").rule()
        for number, table in enumerate(tables)
    )


class _Lines:
    """Where the keys of one [[rule]] stand in its file; `tomllib` does not say."""

    def __init__(self, text: str, name: str, number: int) -> None:
        self._name = name
        self._lines: list[tuple[int, str]] = []
        count = -1
        for at, line in enumerate(text.splitlines(), 1):
            table = _TABLE.match(line)
            count += bool(table) and table is not None and table[1] == "rule"
            if count == number:
                self._lines.append((at, line))

    def of(self, key: str, value: str | None = None) -> str:
        """Return "file, line N" of a key, or of a value behind it."""
        start = next((k for k, (_, line) in enumerate(self._lines) if self._is(key, line)), 0)
        if value:
            written = value.replace("\\", "\\\\").replace('"', '\\"')
            start = next(
                (
                    k
                    for k in range(start, len(self._lines))
                    if value in self._lines[k][1] or written in self._lines[k][1]
                ),
                start,
            )
        return f"{self._name}, line {self._lines[start][0]}" if self._lines else self._name

    @staticmethod
    def _is(key: str, line: str) -> bool:
        found = _ASSIGNMENT.match(line) or _TABLE.match(line)
        return found is not None and key in {part.rpartition(".")[2] for part in found.groups() if part}


class _Reader:
    """Turns one table into a rule; every complaint names the place."""

    def __init__(self, lines: _Lines, table: dict[str, Any], name: str) -> None:
        self._lines = lines
        self._table = table
        self._name = name

    def rule(self) -> SiteRule:
        table = self._table
        self._check_keys(table, _KEYS)
        fields = table.get("fields", {})
        if not isinstance(fields, dict):
            raise self._error("fields", "must be a table of selectors", "[rule.fields]")
        self._check_keys(fields, frozenset(RULE_FIELDS))
        since, until = self._day("since"), self._day("until")
        if since and until and since > until:
            raise self._error("until", f"{until} is before since, {since}")
        rule = SiteRule(
            name=self._text("name", table.get("name", self._name)),
            hosts=self._hosts(),
            path=self._path(),
            since=since,
            until=until,
            content=self._selectors("content", table.get("content", ())),
            drop=self._selectors("drop", table.get("drop", ())),
            fields={key: self._selectors(key, value) for key, value in fields.items()},
            min_chars=self._min_chars(),
            tests=self._tests(),
            origin=self._lines.of("rule"),
        )
        if not rule.selectors:
            raise self._error("rule", "selects nothing", "give content, drop or [rule.fields]")
        if len(rule.compounds) > _MOST_COMPOUNDS:
            raise self._error("rule", f"names {len(rule.compounds)} elements; at most {_MOST_COMPOUNDS} are looked for")
        return rule

    def _error(self, key: str, what: str, advice: str | None = None, *, value: str | None = None) -> RuleError:
        return RuleError(f"{self._lines.of(key, value)}: {key}: {what}", advice=advice)

    def _check_keys(self, table: dict[str, Any], known: frozenset[str]) -> None:
        for key in table:
            if key not in known:
                raise self._error(key, "no such key", f"there are {', '.join(sorted(known))}")

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._error(key, f"must be text, not {value!r}")
        return value.strip()

    def _texts(self, key: str, value: object) -> tuple[str, ...]:
        return tuple(self._text(key, one) for one in (value if isinstance(value, list | tuple) else (value,)))

    def _hosts(self) -> tuple[str, ...]:
        if "host" not in self._table:
            raise self._error("rule", "a host is missing", 'host = "news.example.com"')
        hosts = tuple(host.lower().removeprefix("www.") for host in self._texts("host", self._table["host"]))
        for host in hosts:
            if not _HOST.fullmatch(host) or host == "*":
                raise self._error("host", f"not the name of a host: {host!r}", "no scheme, port or path", value=host)
        return hosts

    def _path(self) -> str:
        path = self._text("path", self._table.get("path", "/*"))
        if not path.startswith("/"):
            raise self._error("path", f"must begin with a slash: {path!r}")
        return path

    def _day(self, key: str) -> date | None:
        value = self._table.get(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self._error(key, f"must be a day such as 2024-03-01, not {value!r}", "without quotation marks")
        return value

    def _min_chars(self) -> int:
        value = self._table.get("min_chars", _MIN_CHARS)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self._error("min_chars", f"must be a whole number of at least 1, not {value!r}")
        return value

    def _selectors(self, key: str, value: object) -> tuple[Selector, ...]:
        found = []
        for text in self._texts(key, value) if value != () else ():
            try:
                selector = parse_selector(text)
            except ValueError as error:
                raise self._error(key, f"{text!r}: {error}", value=text) from error
            if selector.attribute and key in {"content", "drop"}:
                raise self._error(key, f"{text!r}: an attribute can be no part of the body", value=text)
            found.append(selector)
        return tuple(found)

    def _tests(self) -> tuple[RuleTest, ...]:
        tables = self._table.get("test", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self._error("test", "tests stand in [[rule.test]] tables")
        return tuple(map(self._test, tables))

    def _test(self, table: dict[str, Any]) -> RuleTest:
        self._check_keys(table, _TEST_KEYS)
        for key, value in table.items():
            if key in _LISTED or key == "without":
                self._texts(key, value)
            else:
                self._text(key, value)
        if "url" not in table and "file" not in table:
            raise self._error("test", "needs a url or a file")
        return RuleTest(
            url=table.get("url"),
            file=table.get("file"),
            starts=table.get("starts"),
            ends=table.get("ends"),
            without=self._texts("without", table.get("without", ())) if "without" in table else (),
            fields={
                key: self._texts(key, table[key]) if key in _LISTED else table[key]
                for key in RULE_FIELDS
                if key in table
            },
        )
