"""Evidence as rows for people: each field with its winner, and the values that it beat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from scraper.model.evidence import Candidate
    from scraper.model.extraction import Extraction

__all__ = ["Claim", "FieldRow", "field_rows", "shown_value"]

_LONG = 400
"""Characters of a value that are shown."""
_MANY = 12
"""Items of a list that are shown."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that the page offered."""

    value: str
    source: str
    """Such as "jsonld datePublished"."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the record."""

    name: str
    winner: Claim | None
    losers: tuple[Claim, ...]
    problems: tuple[str, ...]


def field_rows(extraction: Extraction) -> tuple[FieldRow, ...]:
    """Return a row for each field that a page can speak for, in the record's order; those without a value last."""
    rows = [
        FieldRow(
            name,
            None if choice.winner is None else _claim(choice.winner),
            tuple(map(_claim, choice.losers)),
            choice.problems,
        )
        for name, choice in extraction.evidence.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.winner is None))


def _claim(candidate: Candidate) -> Claim:
    where = candidate.where if candidate.where and candidate.where != candidate.source else ""
    return Claim(shown_value(candidate.value), " · ".join(filter(None, (candidate.source, where))))


def shown_value(value: Any) -> str:
    """Return a field's value in words, a line each for the items of a list."""
    if isinstance(value, (tuple, list)):
        lines = [shown_value(item) for item in value[:_MANY]]
        more = [f"… and {len(value) - _MANY} more"] if len(value) > _MANY else []
        return "\n".join([*lines, *more])
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, msgspec.Struct):
        pairs = {name: getattr(value, name) for name in value.__struct_fields__}
        first = str(pairs.pop("name", None) or pairs.pop("headline", None) or pairs.pop("url", None) or "")
        rest = [f"{name} {shown}" for name, shown in pairs.items() if shown not in (None, "", "Person", ())]
        return _cut(first + (f" ({', '.join(rest)})" if rest else ""))
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
