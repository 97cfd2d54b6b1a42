"""The annotated sets: where they are, their pages, their scorer. They are no part of this repository."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

__all__ = ["AnnotatedPage", "find_sets", "names_of", "pages_of", "scorer_of"]

_VARIABLE = "SCRAPER_BENCHMARK"
_BESIDE = Path(__file__).parents[2] / "shared" / "benchmark" / "sets"


@dataclass(frozen=True, slots=True)
class AnnotatedPage:
    """One page of a set."""

    id: str
    url: str | None
    source: bytes
    """As stored."""

    def text(self) -> str:
        """Return the page decoded as the benchmark's own script decodes it, so that every extractor reads the same."""
        try:
            return self.source.decode("utf-8")
        except UnicodeDecodeError:
            from charset_normalizer import from_bytes  # noqa: PLC0415  # for few pages

            best = from_bytes(self.source).best()
            return str(best) if best else self.source.decode("utf-8", "replace")


def find_sets(given: str | None = None) -> Path | None:
    """Return the folder of sets: the one given, that of $SCRAPER_BENCHMARK, or one beside the checkout."""
    place = Path(given or os.environ.get(_VARIABLE) or _BESIDE)
    return place if place.is_dir() else None


def names_of(sets: Path) -> list[str]:
    """Return the names of the sets in a folder."""
    return sorted(path.parent.name for path in sets.glob("*/pages.jsonl"))


def pages_of(folder: Path, limit: int | None = None) -> Iterator[AnnotatedPage]:
    """Yield the pages of one set, at most `limit`."""
    with (folder / "pages.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            page: dict[str, Any] = json.loads(line)
            stored = (folder / "html" / f"{page['id']}.html.gz").read_bytes()
            yield AnnotatedPage(page["id"], page.get("url"), gzip.decompress(stored))


def scorer_of(sets: Path) -> ModuleType:
    """Return the benchmark's own scorer, which lies beside its sets."""
    spec = importlib.util.spec_from_file_location("benchmark_score", sets.parent / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"no score.py beside {sets}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
