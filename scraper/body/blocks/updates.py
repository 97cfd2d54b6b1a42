"""Live-blog updates: when each was published."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = ["update_time"]

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?")
_STAMP = re.compile(r"\d{10}(?:\d{3})?")
_HEAD = 200
"""Elements of an update among which its time stands."""
_NAMES = ("datetime", "content", "data-timestamp", "data-time", "data-datetime", "data-date", "data-published")


def update_time(snapshot: Snapshot, container: int) -> str | None:
    """Return the ISO 8601 time of the first <time>, or dated attribute, of an update; None where the page has none."""
    tags = snapshot.tags
    inside = range(container, min(snapshot.ends[container], container + _HEAD))
    marked = [i for i in inside if tags[i] == "time" or "datePublished" in snapshot.sources[i]]
    for element in (*marked, container):
        attributes = snapshot.attributes(element)
        for name in _NAMES:
            if name in attributes and (time := _iso(attributes[name].strip())):
                return time
    return None


def _iso(text: str) -> str | None:
    if _ISO.fullmatch(text):
        return text.replace(" ", "T", 1).replace(" ", "")
    if _STAMP.fullmatch(text):
        moment = datetime.fromtimestamp(int(text[:10]), tz=UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return None
