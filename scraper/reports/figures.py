"""Figures: what a run report shows, as one value, wherever it was read from."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

__all__ = ["FailureKind", "Figures", "Item", "SourceFigures", "Tally"]

_NEWEST = 30
"""Items that are listed."""
_EXAMPLES = 3
"""Addresses that are named for a kind of failure."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article of the list of the newest."""

    when: str
    """ISO 8601, as the record has it; sorts by its first characters."""
    source: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """What one source gave."""

    name: str
    records: int
    failures: int
    days: dict[str, int]
    """Day, as "2026-03-14" -> records."""
    fields: dict[str, int]
    """Field -> records that have it."""
    words: int | None = None
    """Median length of an article, in words; None where nobody counted."""


@dataclass(frozen=True, slots=True)
class FailureKind:
    """One reason for which URLs gave no record."""

    stage: str
    reason: str
    number: int
    retryable: bool
    message: str
    """Of the last one."""
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a run report shows."""

    name: str
    """The files, or the state, that were read."""
    day_means: str
    """What a day is here: "published" or "collected"."""
    sources: tuple[SourceFigures, ...]
    """Most records first."""
    fields: tuple[str, ...]
    """Names of the fields whose presence was counted."""
    failures: tuple[FailureKind, ...] = ()
    """Most frequent first."""
    newest: tuple[Item, ...] = ()
    articles: int | None = None
    """Different articles among the records; None where nobody counted."""
    undated: int = 0
    """Records without a day."""
    problems: tuple[str, ...] = ()
    """What could not be read."""

    @property
    def records(self) -> int:
        """Records of all sources."""
        return sum(source.records for source in self.sources)


@dataclass(slots=True)
class _Source:
    records: int = 0
    failures: int = 0
    days: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    words: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Kind:
    number: int = 0
    retryable: bool = False
    message: str = ""
    examples: list[str] = field(default_factory=list)


class Tally:
    """Counts up to `Figures`; holds numbers and a few examples, never the records."""

    def __init__(self) -> None:
        self._sources: defaultdict[str, _Source] = defaultdict(_Source)
        self._kinds: defaultdict[tuple[str, str], _Kind] = defaultdict(_Kind)
        self._newest: list[Item] = []
        self._undated = 0

    def add_records(
        self, source: str, day: str | None, *, number: int = 1, fields: dict[str, int] | None = None
    ) -> None:
        """Count records of a source and day; `fields` says how many of them have which field."""
        found = self._sources[source]
        found.records += number
        found.fields.update(fields or {})
        if day is None:
            self._undated += number
        else:
            found.days[day] += number

    def add_words(self, source: str, words: int) -> None:
        """Note the length of an article."""
        self._sources[source].words.append(words)

    def add_failure(self, source: str, stage: str, reason: str, *, message: str, url: str, retryable: bool) -> None:
        """Count a URL that gave no record."""
        self._sources[source].failures += 1
        kind = self._kinds[stage, reason]
        kind.number += 1
        kind.retryable = retryable
        kind.message = message
        if len(kind.examples) < _EXAMPLES and url not in kind.examples:
            kind.examples.append(url)

    def add_item(self, item: Item) -> None:
        """Note an article for the list of the newest."""
        self._newest.append(item)
        if len(self._newest) > 4 * _NEWEST:
            self._newest = self._latest()

    def _latest(self) -> list[Item]:
        return sorted(self._newest, key=lambda item: item.when, reverse=True)[:_NEWEST]

    def figures(
        self, name: str, day_means: str, *, fields: tuple[str, ...], articles: int | None, problems: tuple[str, ...]
    ) -> Figures:
        """Return what was counted; `fields` are those whose presence was looked at."""
        sources = [
            SourceFigures(source, it.records, it.failures, dict(it.days), dict(it.fields), _median(it.words))
            for source, it in self._sources.items()
        ]
        kinds = [
            FailureKind(stage, reason, kind.number, kind.retryable, kind.message, tuple(kind.examples))
            for (stage, reason), kind in self._kinds.items()
        ]
        return Figures(
            name=name,
            day_means=day_means,
            sources=tuple(sorted(sources, key=lambda one: (-one.records, -one.failures, one.name))),
            fields=fields,
            failures=tuple(sorted(kinds, key=lambda kind: (-kind.number, kind.stage, kind.reason))),
            newest=tuple(self._latest()),
            articles=articles,
            undated=self._undated,
            problems=problems,
        )


def _median(numbers: list[int]) -> int | None:
    return sorted(numbers)[len(numbers) // 2] if numbers else None
