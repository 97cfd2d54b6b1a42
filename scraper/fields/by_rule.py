"""Fields as a site rule selects them: before all that the page says by itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scraper.fields.bylines.names import is_organisation, names_in
from scraper.fields.dates.date_text import Moment, read_moment
from scraper.fields.values import clean
from scraper.model.article import Person
from scraper.model.evidence import Candidate, Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.metadata.clues import Clues
    from scraper.page.page import Page
    from scraper.sites.selected import Selected

__all__ = ["published_day", "with_rule"]

_SLACK = dt.timedelta(hours=36)
"""As for all dates: a page may be dated in the easternmost zone, be read as UTC, and be scheduled for the morning."""
_PUBLISHED = ("article:published_time", "datepublished", "date")
_RAW_CHARS = 500


def published_day(page: Page, clues: Clues) -> dt.date | None:
    """Return the day by which a rule with dates is chosen: as the page declares it, else that of its fetching."""
    stated = [text for name in _PUBLISHED for text in clues.meta.get(name, ())]
    stated += [node["datePublished"] for node in clues.json_ld if isinstance(node.get("datePublished"), str)]
    for text in stated:
        moment = read_moment(text)
        if moment is not None:
            return dt.date.fromisoformat(moment.day)
    return page.fetched_at.date() if page.fetched_at else None


def with_rule(choices: dict[str, Choice], selected: Selected, page: Page) -> dict[str, Choice]:
    """Return the choices with what a rule selects as the winners; what the page says by itself are the losers."""
    result = dict(choices)
    for field, values in selected.fields.items():
        before = result.get(field, Choice(field=field))
        raw = " | ".join(value for value, _ in values)[:_RAW_CHARS]
        value = _READERS[field]([text for text, _ in values])
        if value is None or (field in _DATES and _is_future(value, page)):
            problem = f"{field}: the rule {selected.rule.name} selects what cannot be read: {raw[:100]!r}"
            result[field] = Choice(
                field=field, winner=before.winner, losers=before.losers, problems=(*before.problems, problem)
            )
            continue
        winner = Candidate(value=value, raw=raw, source="rule", where=f"{selected.rule.name}: {values[0][1]}")
        losers = (before.winner, *before.losers) if before.winner else before.losers
        result[field] = Choice(field=field, winner=winner, losers=losers, problems=before.problems)
    return result


def _text(values: list[str]) -> str | None:
    return clean(values[0])


def _texts(values: list[str]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(text for value in values if (text := clean(value)))) or None


def _people(values: list[str]) -> tuple[Person, ...] | None:
    names: list[str] = []
    for value in values:
        names += [name for name in names_in(clean(value) or "", frozenset())[0] if name not in names]
    people = (
        Person(name=name, type="Organization" if is_organisation(name, frozenset()) else "Person") for name in names
    )
    return tuple(people) or None


def _date(values: list[str]) -> str | None:
    moments: list[Moment] = [moment for value in values if (moment := read_moment(value))]
    return moments[0].iso if moments else None


def _is_future(iso: str, page: Page) -> bool:
    moment = dt.datetime.fromisoformat(iso)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return page.fetched_at is not None and aware > page.fetched_at + _SLACK


_DATES = frozenset({"datePublished", "dateModified"})
_READERS: dict[str, Callable[[list[str]], Any]] = {
    "headline": _text,
    "alternativeHeadline": _text,
    "description": _text,
    "datePublished": _date,
    "dateModified": _date,
    "authors": _people,
    "articleSection": _texts,
    "keywords": _texts,
}
