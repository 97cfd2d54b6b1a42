"""Does confidence mean something? `metadata.confidence` against the F1 that the body really has.

    python -m benchmarks.calibration [--sets FOLDER] [--pages FILE] [--shipped] [--plot FILE] [--check]

Cross-validates the block classifier as `training.body` does (minutes; needs the extra `train`), so that no page is
judged by a model that saw its site, with the shipped decisions on top. `--pages` keeps the figures of each page (set,
id, confidence, F1; no text) in a file, and reads them from there where it exists. `--shipped` takes the shipped weights
instead, on the pages that they were trained on: quick, and too good. `--plot` draws (default:
docs/images/confidence.svg). `--check` fails where the means are not monotone or farther off than ERROR.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from benchmarks.adapter import record
from benchmarks.sets import find_sets, pages_of, scorer_of
from benchmarks.svg import Axis, Plot, Series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VOTED = 0.9
"""Below it a second opinion has had its vote, and bodies are better than confidence says: only a promise that is not
kept counts there."""
EDGES = (0.0, VOTED, 0.95, 0.97, 0.98, 0.99, 1.01)
ENOUGH = 25
"""Pages of a bin whose mean is judged."""
ERROR = 0.05
"""How far the mean F1 of a bin may be from its mean confidence."""
NOISE = 0.01
"""How far a bin's mean F1 may be below that of the bin before it."""
SETS = ("fundus-dev", "news-dev", "articles-dev", "english-dev")
PLOT = Path(__file__).parents[1] / "docs" / "images" / "confidence.svg"


@dataclass(frozen=True, slots=True)
class Judged:
    """One page."""

    set: str
    id: str
    confidence: float
    word_f1: float
    shingle: tuple[int, int, int]
    """Four-word shingles: shared, only ours, only annotated."""


def main() -> int:
    """Run; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", help="folder of the sets; default: $SCRAPER_BENCHMARK, then ../shared/benchmark/sets")
    parser.add_argument("--pages", type=Path, help="file of each page's figures, read where it exists, else written")
    parser.add_argument("--shipped", action="store_true", help="the shipped weights, not cross-validated")
    parser.add_argument("--plot", type=Path, help=f"default, cross-validated: {PLOT.relative_to(PLOT.parents[2])}")
    parser.add_argument("--check", action="store_true", help="fail where confidence is off")
    arguments = parser.parse_args()
    sets = find_sets(arguments.sets)
    if sets is None:
        print("no benchmark sets found; name their folder with --sets or SCRAPER_BENCHMARK", file=sys.stderr)
        return 2
    pages = judged_pages(sets, arguments.pages, shipped=arguments.shipped)
    print("the shipped weights, on pages that they have seen" if arguments.shipped else "cross-validated by site")
    faults = report(pages)
    plot = arguments.plot or (None if arguments.shipped else PLOT)
    if plot:
        draw(pages, plot)
        print(f"drawn: {plot}")
    print("\n".join(faults) if faults else f"from {VOTED} on monotone and within {ERROR}; nowhere lower than said")
    return 1 if faults and arguments.check else 0


def judged_pages(sets: Path, kept: Path | None, *, shipped: bool) -> list[Judged]:
    """Return every annotated page with its confidence and F1."""
    if kept is not None and kept.exists():
        lines = kept.read_text(encoding="utf-8").splitlines()
        return [Judged(**json.loads(line)) for line in lines]
    pages = list(by_shipped(sets) if shipped else by_cross_validation(sets))
    if kept is not None:
        kept.write_text("".join(json.dumps(asdict(page)) + "\n" for page in pages), encoding="utf-8")
    return pages


def by_shipped(sets: Path) -> Iterator[Judged]:
    """Judge the shipped extractor."""
    scorer = scorer_of(sets)
    for name in SETS:
        gold = annotated_bodies(sets / name)
        for page in pages_of(sets / name):
            if page.id in gold:
                article = record(page.text(), page.url)
                yield judged(scorer, (name, page.id, article.metadata.confidence), article.article_body, gold[page.id])


def by_cross_validation(sets: Path) -> Iterator[Judged]:
    """Judge models that have not seen the page's site."""
    from training import body as training  # noqa: PLC0415  # LightGBM, only where it is asked for
    from training.pages import annotated_pages  # noqa: PLC0415  # the same

    scorer = scorer_of(sets)
    rows = training.rows_of(annotated_pages(sets))
    first, _, final = training.cross_validate(rows)
    for row in rows:
        scored = training._scored(row, first[id(row)], final[id(row)])  # noqa: SLF001  # one project
        kept, confidence, _ = training.settle(row.source.page, scored)
        text = "\n\n".join(block.text for block, keep in zip(row.source.blocks, kept, strict=True) if keep)
        yield judged(scorer, (row.source.set_name, row.source.id, confidence), text, row.source.body)


def annotated_bodies(folder: Path) -> dict[str, str]:
    """Return the annotated bodies of a set's articles by id."""
    entries = map(json.loads, (folder / "pages.jsonl").read_text(encoding="utf-8").strip().split("\n"))
    return {
        entry["id"]: entry["body"]
        for entry in entries
        if entry.get("body") and entry.get("page_type", "article") == "article"
    }


def judged(scorer: Any, page: tuple[str, str, float], text: str, gold: str) -> Judged:
    """Return a page with its F1."""
    shared, ours, annotated = scorer.overlap(scorer.shingles(text), scorer.shingles(gold))
    name, number, confidence = page
    return Judged(
        name, number, round(confidence, 4), round(scorer.word_prf(text, gold)[2], 4), (shared, ours, annotated)
    )


def report(pages: list[Judged]) -> list[str]:
    """Print the table; return what is wrong, a line each."""
    heads = ("confidence", "pages", "mean confidence", "mean F1", "off by", "F1 >= .95", "F1 < .8", "F1 < .5")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    faults: list[str] = []
    before = 0.0
    for low, high, inside in binned(pages):
        said, real = mean(page.confidence for page in inside), mean(page.word_f1 for page in inside)
        shares = [share(inside, lambda f1: f1 >= 0.95), share(inside, lambda f1: f1 < 0.8)]
        shares.append(share(inside, lambda f1: f1 < 0.5))
        cells = (f"{said:.3f}", f"{real:.3f}", f"{real - said:+.3f}", *(f"{each:.1%}" for each in shares))
        print(f"| {low:.2f} to {min(high, 1):.2f} | {len(inside)} | {' | '.join(cells)} |")
        if len(inside) < ENOUGH:
            continue
        if low >= VOTED and real < before - NOISE:
            faults.append(f"not monotone: mean F1 {real:.3f} from confidence {low:.2f} on, {before:.3f} below it")
        if real < said - ERROR or (low >= VOTED and real > said + ERROR):
            faults.append(f"off by {real - said:+.3f} from confidence {low:.2f} to {high:.2f} (limit {ERROR})")
        before = real if low >= VOTED else before
    print(f"expected calibration error {calibration_error(pages):.4f}, rank correlation {rank_correlation(pages):.2f}")
    return faults


def binned(pages: list[Judged]) -> Iterator[tuple[float, float, list[Judged]]]:
    """Yield the bins that hold pages."""
    for low, high in pairwise(EDGES):
        inside = [page for page in pages if low <= page.confidence < high]
        if inside:
            yield low, high, inside


def share(pages: list[Judged], holds: Any) -> float:
    """Return the share of pages whose F1 fulfils a condition."""
    return sum(holds(page.word_f1) for page in pages) / len(pages)


def calibration_error(pages: list[Judged]) -> float:
    """Return the mean distance of confidence and F1 over the bins, weighted by their pages."""
    off = (abs(sum(page.word_f1 - page.confidence for page in inside)) for _, _, inside in binned(pages))
    return sum(off) / len(pages)


def rank_correlation(pages: list[Judged]) -> float:
    """Return Spearman's rank correlation of confidence and F1."""
    left, right = ranks([page.confidence for page in pages]), ranks([page.word_f1 for page in pages])
    middle = (len(pages) - 1) / 2
    spread = (sum((a - middle) ** 2 for a in left) * sum((b - middle) ** 2 for b in right)) ** 0.5
    return sum((a - middle) * (b - middle) for a, b in zip(left, right, strict=True)) / spread if spread else 0.0


def ranks(values: list[float]) -> list[float]:
    """Return the rank of each value from 0; equal ones share theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for place in order[at : end + 1]:
            found[place] = (at + end) / 2
        at = end + 1
    return found


def shingle_f1(pages: Iterable[Judged]) -> float:
    """Return the benchmark's shingle F1: precision and recall as means over pages."""
    counts = [page.shingle for page in pages]
    precision = mean(tp / (tp + fp) for tp, fp, _ in counts if tp + fp)
    recall = mean(tp / (tp + fn) for tp, _, fn in counts if tp + fn)
    return 2 * precision * recall / (precision + recall)


def draw(pages: list[Judged], path: Path) -> None:
    """Draw each page, the means of the bins, and what would be perfect."""
    plot = Plot("Confidence against the F1 of the body", Axis("confidence", 0.5, 1), Axis("F1 by words", 0, 1))
    plot.series.append(Series("a page", [(page.confidence, page.word_f1) for page in pages]))
    means = [
        (mean(page.confidence for page in inside), mean(page.word_f1 for page in inside))
        for _, _, inside in binned(pages)
    ]
    plot.series.append(Series("mean of a bin", means, radius=4))
    plot.series.append(Series("perfect", [(0.5, 0.5), (1, 1)], line=True))
    plot.write(path)


if __name__ == "__main__":
    sys.exit(main())
