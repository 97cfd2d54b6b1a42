"""What a run did, in numbers: one line, JSON, or a Prometheus textfile."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Summary", "as_prometheus", "summary_line"]

End = Literal["done", "deadline", "interrupted"]


@dataclass(slots=True)
class Summary:
    """Counts of one run; each URL that was asked for is in exactly one of new to failed."""

    run: str
    """When it began, UTC: the name of the run in logs."""
    ended: End = "done"
    discovered: int = 0
    """URLs that the sources listed and the filters took."""
    known: int = 0
    """Of those: known before."""
    fetched: int = 0
    """URLs asked for."""
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    """Other URLs of articles that are out already."""
    gone: int = 0
    """Articles that were there in an earlier run."""
    failed: int = 0
    left: int = 0
    """Due, but left for the next run: hosts that asked for a rest, limits, the deadline, an interruption."""
    sources_failed: int = 0
    sources_read: int = 0
    """Sources that answered."""
    received_bytes: int = 0
    """Bytes of bodies, decoded."""
    secs: float = 0.0
    warnings: int = 0
    sources: dict[str, dict[str, int]] = field(default_factory=dict)
    """Counts a source: discovered, new, updated, failed."""

    def count(self, source: str, what: str, number: int = 1) -> None:
        """Add to a source's counts."""
        counts = self.sources.setdefault(source, {})
        counts[what] = counts.get(what, 0) + number

    def as_dict(self) -> dict[str, Any]:
        """Return all figures as JSON types."""
        return asdict(self)


def summary_line(summary: Summary) -> str:
    """Return the line that a run ends with."""
    names = ["discovered", "known", "fetched", "new", "updated", "unchanged", "failed"]
    names += [name for name in ("duplicate", "gone", "left", "sources_failed") if getattr(summary, name)]
    figures = " ".join(f"{name}={getattr(summary, name)}" for name in names)
    ended = "" if summary.ended == "done" else f" ended={summary.ended}"
    return f"run={summary.run} {figures} secs={summary.secs:.1f}{ended}"


_HELP = {
    "discovered": "URLs that the sources listed.",
    "known": "Listed URLs known before.",
    "fetched": "URLs asked for.",
    "new": "New articles.",
    "updated": "New versions of known articles.",
    "unchanged": "Articles asked for again that had not changed.",
    "duplicate": "Other URLs of known articles.",
    "gone": "Articles that were taken away.",
    "failed": "URLs that failed.",
    "left": "URLs left for the next run.",
    "sources_failed": "Sources that failed.",
    "received_bytes": "Bytes of bodies, decoded.",
    "secs": "Seconds that the run took.",
    "warnings": "Things that need a person.",
}


def as_prometheus(summary: Summary, ended_at: int, labels: Mapping[str, str]) -> str:
    """Return the figures in Prometheus' text format 0.0.4, as its node exporter's textfile collector reads them."""
    common = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    lines = []
    for name, text in _HELP.items():
        metric = f"scraper_run_{name}"
        lines += [f"# HELP {metric} {text}", f"# TYPE {metric} gauge", f"{metric}{{{common}}} {getattr(summary, name)}"]
    lines += [
        "# HELP scraper_run_ended_timestamp_seconds When the run ended.",
        "# TYPE scraper_run_ended_timestamp_seconds gauge",
        f"scraper_run_ended_timestamp_seconds{{{common}}} {ended_at}",
        "# HELP scraper_run_source_records New records and versions of a source.",
        "# TYPE scraper_run_source_records gauge",
    ]
    for source, counts in sorted(summary.sources.items()):
        records = counts.get("new", 0) + counts.get("updated", 0)
        lines.append(f'scraper_run_source_records{{{common},source="{_escaped(source)}"}} {records}')
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
