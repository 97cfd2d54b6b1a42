"""Whether sources still give what they used to give: a site that changed is told of, not found out months later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scraper.crawl.rows import DAY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.crawl.rows import SourceRow
    from scraper.model.article import Article

__all__ = ["FIELDS", "HISTORY_S", "fields_present", "shares", "warnings_of"]

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


def fields_present(article: Article) -> dict[str, int]:
    """Return 1 for each watched field that a record has, and for "records"."""
    found = {name: 1 for name in FIELDS if getattr(article, name) not in (None, (), "")}
    return {"records": 1, **found}


def shares(days: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return the share of records that have each watched field; {} without records."""
    records = sum(day["fields"].get("records", 0) for day in days)
    if not records:
        return {}
    return {name: sum(day["fields"].get(name, 0) for day in days) / records for name in FIELDS}


def warnings_of(source: SourceRow, days: Sequence[dict[str, Any]], now: int) -> list[str]:
    """Return what a person should look at, in words; `days` are those of `HISTORY_S`, latest first."""
    found = []
    silence = _silence(source, days, now)
    if silence:
        found.append(f"source {source.name}: {silence}")
    fruitless = _fruitless(days)
    if fruitless:
        found.append(f"source {source.name}: {fruitless}")
    if source.last_count == 0 and source.usual_count:
        found.append(
            f"source {source.name}: lists no article, it used to list {source.usual_count}: did the site change?"
        )
    found += [f"source {source.name}: {what}" for what in _vanished(days)]
    return found


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


def _fruitless(days: Sequence[dict[str, Any]]) -> str | None:
    active = [day for day in days if day["records"] or day["failures"]]
    late, before = active[:_LATE_DAYS], active[_LATE_DAYS:]
    failures = sum(day["failures"] for day in late)
    records = sum(day["records"] + day["updates"] for day in late)
    if failures < _FEWEST_RECORDS or records or sum(day["records"] for day in before) < _FEWEST_RECORDS:
        return None
    return f"none of its last {failures} pages gave an article: did the site change?"


def _vanished(days: Sequence[dict[str, Any]]) -> list[str]:
    with_records = [day for day in days if day["fields"].get("records")]
    late: list[dict[str, Any]] = []
    while with_records and sum(day["fields"]["records"] for day in late) < _FEWEST_NOW:
        late.append(with_records.pop(0))
    before, now = shares(with_records), shares(late)
    if sum(day["fields"]["records"] for day in with_records) < _FEWEST_RECORDS or not now:
        return []
    return [
        f"{name} is in {now[name]:.0%} of the latest records, it was in {before[name]:.0%}: did the site change?"
        for name in FIELDS
        if before[name] >= _USUAL and now[name] <= _RARE
    ]
