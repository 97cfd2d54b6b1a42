"""Accuracy and CPU time on the annotated sets, beside trafilatura in the same run.

    python -m benchmarks.accuracy [SET ...] [--sets FOLDER] [--limit N] [--no-peer] [--check] [--jobs N] [--out FOLDER]

Prints a Markdown table, ours / trafilatura's. Every record is validated on the way. `--check` compares the figures
with benchmarks/floors.toml and fails where one is worse; trafilatura, which takes most of the time, is then measured
only on the sets that have a floor of `cpu_ratio`.
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema

from benchmarks.adapter import prediction_of, record
from benchmarks.sets import AnnotatedPage, find_sets, names_of, pages_of, scorer_of
from scraper import Article
from scraper.schema import article_schema

if TYPE_CHECKING:
    from collections.abc import Callable

FLOORS = Path(__file__).parent / "floors.toml"
COLUMNS = (
    *("shingle_f1", "word_f1", "exact", "failed50", "seg_f1", "kept_required", "kept_forbidden"),
    *("title", "authors_f1", "date"),
)
LOWER_IS_BETTER = frozenset({"failed50", "kept_forbidden", "cpu_ratio"})
PART_SETS = {"wcxb-dev": ("article",)}
"""Sets with a second row for some page types."""
VALIDATE_EVERY = 25
"""jsonschema takes 5 ms a record: every record makes the round trip through its struct, every 25th the schema's too."""

Prediction = dict[str, Any]


@dataclass
class Run:
    """What one extractor said about one set."""

    predictions: dict[str, Prediction] = field(default_factory=dict)
    cpu_s: list[float] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        """Median CPU time of a page, in milliseconds."""
        return 1e3 * statistics.median(self.cpu_s)


def main() -> int:
    """Run the benchmark; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="SET", help="default: all")
    parser.add_argument("--sets", help="folder of the sets; default: $SCRAPER_BENCHMARK, then ../shared/benchmark/sets")
    parser.add_argument("--limit", type=int, help="only the first N pages of each set")
    parser.add_argument("--no-peer", action="store_true", help="do not run trafilatura")
    parser.add_argument("--check", action="store_true", help="fail where a figure is below its floor")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="sets measured at once; default: 1")
    parser.add_argument("--out", type=Path, help="folder for the predictions, one file a set")
    arguments = parser.parse_args()
    sets = find_sets(arguments.sets)
    if sets is None:
        print("no benchmark sets found; name their folder with --sets or SCRAPER_BENCHMARK", file=sys.stderr)
        return 2
    names = arguments.names or names_of(sets)
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    beside = {name for name in names if not arguments.check or "cpu_ratio" in floors.get(name, {})}
    figures: dict[str, dict[str, float]] = {}
    print_header()
    with ProcessPoolExecutor(arguments.jobs) as pool:
        running = {
            name: pool.submit(
                measured, sets, name, arguments.limit, peer=name in beside and not arguments.no_peer, out=arguments.out
            )
            for name in sorted(names, key=lambda name: -(sets / name / "pages.jsonl").stat().st_size)
        }
        for name in names:
            lines, found = running[name].result()
            print("\n".join(lines), flush=True)
            figures |= found
    return check(figures, floors) if arguments.check else 0


def measured(
    sets: Path, name: str, limit: int | None, *, peer: bool, out: Path | None
) -> tuple[list[str], dict[str, dict[str, float]]]:
    """Run one set; return its rows of the table, and its figures by row."""
    logging.disable(logging.CRITICAL)  # a peer's complaints about pages
    ours, theirs = run_set(sets / name, limit, trafilatura() if peer else None)
    if out:
        save(out / f"{name}.jsonl", ours)
    return report(sets, name, ours, theirs)


def trafilatura() -> Callable[[str, str | None], Prediction]:
    """Return the peer, called as its documentation and the benchmark's own script call it."""
    from trafilatura import bare_extraction  # noqa: PLC0415  # only where it is asked for

    def predict(html: str, url: str | None) -> Prediction:
        found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
        if not found:
            return {"body": "", "title": None, "authors": [], "date": None}
        authors = found.author.split("; ") if found.author else []
        return {"body": found.text, "title": found.title, "authors": authors, "date": found.date}

    return predict


def run_set(folder: Path, limit: int | None, peer: Callable[[str, str | None], Prediction] | None) -> tuple[Run, Run]:
    """Run ours and the peer over one set, page by page in turn."""
    ours, theirs = Run(), Run()
    validator = jsonschema.Draft202012Validator(article_schema())
    for number, page in enumerate(pages_of(folder, limit)):
        html = page.text()
        start = time.process_time()
        article = record(html, page.url)
        ours.cpu_s.append(time.process_time() - start)
        validate(article, page, validator if number % VALIDATE_EVERY == 0 else None)
        ours.predictions[page.id] = prediction_of(article)
        if peer is not None:
            start = time.process_time()
            theirs.predictions[page.id] = peer(html, page.url)
            theirs.cpu_s.append(time.process_time() - start)
    return ours, theirs


def validate(article: Article, page: AnnotatedPage, validator: Any) -> None:
    """Raise where a record does not survive its own JSON, or breaks the schema."""
    if Article.from_json(article.to_json()) != article:
        raise AssertionError(f"{page.id}: the record changes on its way through JSON")
    if validator is not None:
        validator.validate(article.to_dict())


def report(sets: Path, name: str, ours: Run, theirs: Run) -> tuple[list[str], dict[str, dict[str, float]]]:
    """Return the rows of a set, and its figures by row."""
    score = scorer_of(sets).score
    rows: dict[str, tuple[str, ...] | None] = {name: None}
    if name in PART_SETS:
        rows[f"{name}:{'+'.join(PART_SETS[name])}"] = PART_SETS[name]
    lines, figures = [], {}
    for row, types in rows.items():
        summary = scored(score, sets / name, ours, types)
        beside = scored(score, sets / name, theirs, types) if theirs.predictions else {}
        if theirs.cpu_s:
            summary["cpu_ratio"] = round(sum(ours.cpu_s) / sum(theirs.cpu_s), 4)
        cells = [cell(summary.get(column), beside.get(column)) for column in COLUMNS]
        cpu = f"{ours.cpu_ms:.1f}" + (f" / {theirs.cpu_ms:.1f}" if theirs.cpu_s else "")
        ratio = f"{summary['cpu_ratio']:.2f}" if theirs.cpu_s else "-"
        lines.append(f"| {row} | {summary['pages']} | {' | '.join(cells)} | {cpu} | {ratio} |")
        figures[row] = {key: value for key, value in summary.items() if isinstance(value, int | float)}
    return lines, figures


def scored(score: Any, folder: Path, run: Run, types: tuple[str, ...] | None) -> dict[str, Any]:
    """Return the scorer's summary over the pages that were run (it would count others as empty)."""
    lines = (folder / "pages.jsonl").read_text(encoding="utf-8").split("\n")
    with tempfile.TemporaryDirectory() as room:
        chosen = [line for line in lines if line and json.loads(line)["id"] in run.predictions]
        Path(room, "pages.jsonl").write_text("\n".join(chosen), encoding="utf-8")
        summary: dict[str, Any] = score(room, run.predictions, types)[0]
    return summary


def print_header() -> None:
    """Print the head of the table."""
    heads = ("set", "pages", *COLUMNS, "CPU ms, median", "CPU ratio")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}", flush=True)


def cell(ours: float | None, theirs: float | None) -> str:
    """Return one cell: ours, then the peer's."""
    if ours is None:
        return "-"
    return f"{ours:.3f}" + (f" / {theirs:.3f}" if theirs is not None else "")


def save(path: Path, run: Run) -> None:
    """Write predictions in the form that the benchmark's scorer reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({"id": name, **said}, ensure_ascii=False) for name, said in run.predictions.items())
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="replace")


def check(figures: dict[str, dict[str, float]], limits: dict[str, dict[str, float]]) -> int:
    """Compare with the floors; return 1 where one is not reached, with a line for each."""
    missed = 0
    for row, floors in limits.items():
        for metric, floor in floors.items() if row in figures else ():
            value = figures[row].get(metric)
            if value is None and metric == "cpu_ratio":  # --no-peer
                continue
            if value is None or (value > floor if metric in LOWER_IS_BETTER else value < floor):
                print(f"floor missed: {row} {metric} {value} (floor {floor})", file=sys.stderr)
                missed += 1
    print("all floors hold" if not missed else f"{missed} floors missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
