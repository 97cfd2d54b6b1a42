"""Whether sources still give what they used to give: a site that changed is told of, not found out months later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scraper.crawl.rows import DAY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.crawl.rows import SourceRow
    from scraper.model.article import Article

__all__ = ["FIELDS", "HISTORY_S", "Given", "fields_present", "shares", "warnings_of"]

FIELDS = ("headline", "date_published", "authors", "description", "main_image", "in_language")
"""Fields whose share of records is watched."""
HISTORY_S = 28 * DAY_S
"""What a source is compared with."""
_FEWEST_RECORDS = 8
"""A source that gave fewer is too young, or too small, to be missed."""
_LONGEST_SILENCE_S = 3 * DAY_S
"""A weekend and a holiday."""
_SILENT_GAPS = 6
"""Usual distances between two records after which silence means something."""
_USUAL, _RARE = 0.8, 0.2
_FEWEST_NOW = 5
_LATE_DAYS = 2
_STALE = "rule_stale"


def fields_present(article: Article) -> dict[str, int]:
    """Return 1 for each watched field that a record has, for "records", and for "rule_stale" where its rule is."""
    found = {name: 1 for name in FIELDS if getattr(article, name) not in (None, (), "")}
    stale = any(warning.startswith(_STALE) for warning in article.metadata.warnings)
    return {"records": 1, **found, **({_STALE: 1} if stale else {})}


def shares(days: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return the share of records that have each watched field; {} without records."""
    records = sum(day["fields"].get("records", 0) for day in days)
    if not records:
        return {}
    return {name: sum(day["fields"].get(name, 0) for day in days) / records for name in FIELDS}


class Given:
    """What the sources gave in this run: their latest records, before the day is over."""

    def __init__(self) -> None:
        self._sources: dict[str, dict[str, Any]] = {}

    def add(self, source: str, column: str, fields: dict[str, int]) -> None:
        """Add one answer, as it is added to the source's day: "records", "updates" or "failures"."""
        run = self._sources.setdefault(source, {"day": 0, "records": 0, "updates": 0, "failures": 0, "fields": {}})
        run[column] += 1
        run["fields"] = {name: run["fields"].get(name, 0) + fields.get(name, 0) for name in {*run["fields"], *fields}}

    def of(self, source: str) -> dict[str, Any] | None:
        """Return the figures of a source in the form of a day."""
        return self._sources.get(source)


def warnings_of(
    source: SourceRow, days: Sequence[dict[str, Any]], now: int, run: dict[str, Any] | None = None
) -> list[str]:
    """Return what a person should look at, in words.

    Args:
        source: what is known of it.
        days: those of `HISTORY_S`, latest first, this run in the first of them.
        now: seconds since 1970.
        run: what it gave in this run (`Given.of`).

    """
    parts = days if run is None or not days else [run, _without(days[0], run), *days[1:]]
    found = []
    silence = _silence(source, days, now)
    if silence:
        found.append(f"source {source.name}: {silence}")
    fruitless = (run and _fruitless(parts, 1)) or _fruitless(days, _LATE_DAYS)
    if fruitless:
        found.append(f"source {source.name}: {fruitless}")
    if source.last_count == 0:
        usual = f"it used to list {source.usual_count}: did the site change?"
        told = usual if source.usual_count else "and never did: is it the right address?"
        found.append(f"source {source.name}: lists no article, {told}")
    found += [f"source {source.name}: {what}" for what in (*_vanished(parts), *_stale(parts))]
    return found


def _without(day: dict[str, Any], run: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of a day before this run."""
    counts = {name: day[name] - run[name] for name in ("records", "updates", "failures")}
    return {**day, **counts, "fields": {name: n - run["fields"].get(name, 0) for name, n in day["fields"].items()}}


def _silence(source: SourceRow, days: Sequence[dict[str, Any]], now: int) -> str | None:
    fresh = sum(day["fresh"] for day in days)
    if source.last_fresh is None or fresh < _FEWEST_RECORDS or source.last_fresh > now:
        return None
    first = min(day["day"] for day in days if day["fresh"]) * DAY_S
    spanned = max(1, source.last_fresh - first)
    quiet = now - source.last_fresh
    if quiet <= max(_LONGEST_SILENCE_S, _SILENT_GAPS * spanned / fresh):
        return None
    a_day = fresh / max(1, spanned / DAY_S)
    return f"no new article for {quiet // DAY_S} days, it used to list {a_day:.1f} a day: did the site change?"


def _fruitless(days: Sequence[dict[str, Any]], latest: int) -> str | None:
    active = [day for day in days if day["records"] or day["failures"]]
    late, before = active[:latest], active[latest:]
    failures = sum(day["failures"] for day in late)
    records = sum(day["records"] + day["updates"] for day in late)
    if failures < _FEWEST_RECORDS or records or sum(day["records"] for day in before) < _FEWEST_RECORDS:
        return None
    return f"none of its last {failures} pages gave an article: did the site change?"


def _vanished(days: Sequence[dict[str, Any]]) -> list[str]:
    late, earlier = _split(days)
    before, now = shares(earlier), shares(late)
    if sum(day["fields"]["records"] for day in earlier) < _FEWEST_RECORDS or not now:
        return []
    return [
        f"{name} is in {now[name]:.0%} of the latest records, it was in {before[name]:.0%}: did the site change?"
        for name in FIELDS
        if before[name] >= _USUAL and now[name] <= _RARE
    ]


def _stale(days: Sequence[dict[str, Any]]) -> list[str]:
    late, _ = _split(days)
    stale, records = (sum(day["fields"].get(name, 0) for day in late) for name in (_STALE, "records"))
    if records < _FEWEST_NOW or stale < _USUAL * records:
        return []
    return [f"its site rule fits {records - stale} of the latest {records} records (rule_stale): did the site change?"]


def _split(days: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the days of the latest records, and those before."""
    earlier = [day for day in days if day["fields"].get("records")]
    late: list[dict[str, Any]] = []
    while earlier and sum(day["fields"]["records"] for day in late) < _FEWEST_NOW:
        late.append(earlier.pop(0))
    return late, earlier
