"""SiteRules: all rules of a user, and which of them is for a page: the most specific host, path and date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.errors import RuleError
from scraper.sites.rule import SiteRule, rules_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

__all__ = ["SiteRules", "read_rules", "specificity"]

_MOST_FILES = 2000
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class SiteRules:
    """A set of rules without ties; a value.

    >>> rules = read_rules(folder)
    >>> rules.for_page("https://www.shedtimes.example/news/stove-9", None) is None  # its rule is for 2024 and later
    False

    """

    rules: tuple[SiteRule, ...] = ()
    """The most specific first."""

    def __bool__(self) -> bool:
        return bool(self.rules)

    @staticmethod
    def of(rules: Iterable[SiteRule]) -> SiteRules:
        """Return a set of rules.

        Raises:
            RuleError: two rules that nothing tells apart: the same host, path and dates, or the same name.

        """
        ordered = sorted(rules, key=specificity, reverse=True)
        seen: dict[object, SiteRule] = {}
        for rule in ordered:
            keys: list[object] = [rule.name]
            keys += [(host, rule.path, rule.since, rule.until) for host in rule.hosts]
            for key in keys:
                other = seen.setdefault(key, rule)
                if other is not rule:
                    what = "have the same name" if key == rule.name else "are for the same host, path and dates"
                    raise RuleError(f"{rule.origin}: {rule.name!r} and {other.name!r} ({other.origin}) {what}")
        return SiteRules(tuple(ordered))

    def for_page(self, url: str | None, published: date | None) -> SiteRule | None:
        """Return the rule for a page, or None.

        Args:
            url: where it stands.
            published: the day of its publication; None: unknown, and then no rule with an end is taken.

        """
        try:
            parts = urlsplit(url or "")
            host = (parts.hostname or "").removeprefix("www.")
        except ValueError:
            return None
        if not host:
            return None
        fitting = (rule for rule in self.rules if _is_for(rule, host, parts.path or "/", published))
        return max(fitting, key=lambda rule: specificity(rule, host), default=None)


def specificity(rule: SiteRule, host: str | None = None) -> tuple[int, int, int, int]:
    """Return what rules are compared by: host in full, length of the host, of the path, dates."""
    hosts = [name for name in rule.hosts if host is None or _names(name, host)]
    exact, length = max(((0 if name.startswith("*") else 1), len(name)) for name in hosts)
    return exact, length, len(rule.path.replace("*", "")), (rule.since is not None) + (rule.until is not None)


def _is_for(rule: SiteRule, host: str, path: str, published: date | None) -> bool:
    if not any(_names(name, host) for name in rule.hosts) or not _fits(rule.path, path):
        return False
    if published is None:
        return rule.until is None
    return (rule.since is None or rule.since <= published) and (rule.until is None or published <= rule.until)


def _names(name: str, host: str) -> bool:
    return host == name or (name.startswith("*.") and host.endswith(name[1:]))


def _fits(pattern: str, path: str) -> bool:
    """Whether a path fits a pattern with "*"; linear in both."""
    first, *rest = pattern.split("*")
    if not rest:
        return path == first
    if not path.startswith(first) or len(path) < len(first) + len(rest[-1]) or not path.endswith(rest[-1]):
        return False
    at = len(first)
    for part in rest[:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return at <= len(path) - len(rest[-1])


def read_rules(folder: Path) -> SiteRules:
    """Return the rules of all .toml files of a folder, and of the folders in it.

        >>> [rule.hosts for rule in read_rules(folder).rules]
        [('shedtimes.example',)]

    Raises:
        RuleError: the folder or a file cannot be read, or holds something else than rules.

    """
    try:
        if not folder.is_dir():
            raise RuleError(f"{folder}: no such folder of rules")
        files = sorted(path for path in folder.rglob("*.toml") if path.is_file())
        if len(files) > _MOST_FILES:
            raise RuleError(f"{folder}: {len(files)} files of rules; at most {_MOST_FILES} are read")
        return SiteRules.of(rule for file in files for rule in _rules_of(file))
    except OSError as error:
        raise RuleError(f"{error.filename or folder}: cannot be read: {error.strerror}") from error


def _rules_of(file: Path) -> tuple[SiteRule, ...]:
    if file.stat().st_size > _LARGEST:
        raise RuleError(f"{file}: {file.stat().st_size} bytes are more than rules take")
    try:
        return rules_in(file.read_text(encoding="utf-8"), str(file))
    except UnicodeDecodeError as error:
        raise RuleError(f"{file}: not UTF-8: {error.reason} at byte {error.start}") from error
