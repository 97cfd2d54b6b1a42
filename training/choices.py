"""Would a learned ranking of candidates beat the order of sources? Prints what decision 41 rests on; writes nothing.

    python -m training.choices [authors|date]

Of each page, every candidate of the field becomes a row: its source and place, what speaks for it (agreement with other
families of sources, with the address, with what readers see), what speaks against it (a day of change, the site's own
name). Trees learn to rank them (LambdaMART), in five folds grouped by site over all sets; ours, learned and the best
possible choice are printed a set. Pages that two sets share count once. The sets: see `benchmarks.fields`.
"""

from __future__ import annotations

import statistics
import sys
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import msgspec
import numpy as np

from benchmarks.fields import METRICS, pages_of
from scraper.body.find import find_story
from scraper.fields.bylines.names import is_full_name, is_role
from scraper.fields.choose import choose_fields
from scraper.fields.site import site_of
from scraper.fields.values import fold
from scraper.metadata.clues import read_clues
from scraper.page.page import page_of
from scraper.settings import ExtractSettings

FIELDS = {"authors": "authors", "date": "datePublished"}
SETS = ("fundus-dev", "news-dev", "articles-dev", "english-dev", "fields-dev", "dates-dev", "wcxb-dev")
FAMILIES = ("jsonld", "meta", "microdata", "head", "tail", "url")
FOLDS = 5
ROUNDS = 60
STEPS = 10
"""Grades between wrong and right."""
TREES: dict[str, Any] = {
    "objective": "lambdarank",
    "num_leaves": 4,
    "min_data_in_leaf": 20,
    "learning_rate": 0.05,
    "lambda_l2": 2,
    "feature_fraction": 0.5,
    "label_gain": list(range(STEPS + 1)),
    "verbose": -1,
    "seed": 0,
    "num_threads": 1,
    "deterministic": True,
}


@dataclass(frozen=True, slots=True)
class Choices:
    """One page's candidates, ours first."""

    set_name: str
    site: str
    rows: list[dict[str, float]]
    scores: list[float]
    """What the metric gives for each candidate."""
    ours: float


def family(candidate: dict[str, Any]) -> str:
    """Return the family of sources that a candidate is of."""
    source = candidate["source"].partition(":")[0]
    if source in {"jsonld", "meta", "microdata", "url"}:
        return str(source)
    return "tail" if candidate["where"].endswith("tail") else "head"


def rows_of(candidates: list[dict[str, Any]], values: list[frozenset[str]]) -> list[dict[str, float]]:
    """Return the features of each candidate among its rivals."""
    families = [family(c) for c in candidates]
    rows = []
    for k, candidate in enumerate(candidates):
        place = candidate["where"].partition(",")[0] if families[k] != "meta" else candidate["source"]
        names = [p["name"] for p in candidate["value"]] if isinstance(candidate["value"], list) else []
        row = {f"place {families[k]} {place}": 1.0, "first": float(k == 0), "several": float(len(values[k]) > 1)}
        row["earliest"] = float(min(map(sorted, values)) == sorted(values[k]))
        row["person"] = float(any(is_full_name(name) for name in names))
        row["role"] = float(any(is_role(name) for name in names))
        for other in FAMILIES:
            rivals = [values[j] for j in range(len(values)) if j != k and families[j] == other]
            row[f"same in {other}"] = float(values[k] in rivals)
            row[f"more in {other}"] = float(any(r > values[k] for r in rivals))
            row[f"fewer in {other}"] = float(any(r < values[k] for r in rivals))
            row[f"none of {other}"] = float(bool(rivals) and not any(r & values[k] for r in rivals))
        rows.append(row)
    return rows


def choices_of_sets(metric: str) -> list[Choices]:
    """Return the candidates of every page that annotates a field."""
    found, seen = [], set()
    name, score = FIELDS[metric], METRICS[metric]
    for set_name in SETS:
        for page, html in pages_of(set_name):
            if page["id"] in seen or score(page, {}) is None:
                continue
            seen.add(page["id"])
            opened = page_of(html, page.get("url"))
            clues = read_clues(opened)
            story = find_story(opened, clues, ExtractSettings(keep_all=True))
            choice = choose_fields(opened, clues, story)[name]
            candidates = msgspec.to_builtins([c for c in (choice.winner, *choice.losers) if c])
            values = [
                frozenset(fold(p["name"]) for p in c["value"]) if metric == "authors" else frozenset({c["value"][:10]})
                for c in candidates
            ]
            scores = [float(score(page, {name: c["value"]}) or 0) for c in candidates]
            site = site_of(urlsplit(page.get("url") or "").hostname or page["id"])
            found.append(Choices(set_name, site, rows_of(candidates, values), scores, scores[0] if scores else 0.0))
    return found


def learned(pages: list[Choices]) -> list[float]:
    """Return the score of the candidate that trees rank first, page by page, from folds that leave its site out."""
    columns = {key: k for k, key in enumerate(sorted({key for page in pages for row in page.rows for key in row}))}

    def matrix(page: Choices) -> np.ndarray:
        table = np.zeros((len(page.rows), len(columns)))
        for k, row in enumerate(page.rows):
            for key, value in row.items():
                table[k, columns[key]] = value
        return table

    chosen = [0.0] * len(pages)
    folds = [zlib.crc32(page.site.encode()) % FOLDS for page in pages]
    for number in range(FOLDS):
        train = [
            p for p, f in zip(pages, folds, strict=True) if f != number and p.scores and max(p.scores) > min(p.scores)
        ]
        grades = np.concatenate([np.round(np.array(p.scores) * STEPS) for p in train])
        data = lightgbm.Dataset(np.vstack([matrix(p) for p in train]), grades, group=[len(p.rows) for p in train])
        model = lightgbm.train(TREES, data, ROUNDS)
        for k, page in enumerate(pages):
            if folds[k] == number and page.rows:
                chosen[k] = page.scores[int(np.argmax(np.asarray(model.predict(matrix(page)))))]
    return chosen


def main() -> None:
    """Print the three figures of each set."""
    for metric in sys.argv[1:] or FIELDS:
        pages = choices_of_sets(metric)
        by_trees = learned(pages)
        for name in (*SETS, "all"):
            kept = [k for k, page in enumerate(pages) if name in {page.set_name, "all"}]
            if kept:
                ours, trees = (statistics.mean(v[k] for k in kept) for v in ([p.ours for p in pages], by_trees))
                best = statistics.mean(max(pages[k].scores, default=0.0) for k in kept)
                print(f"{metric} {name:13} {len(kept):5} pages  ours {ours:.4f}  learned {trees:.4f}  best {best:.4f}")


if __name__ == "__main__":
    main()
