"""Quality against CPU: shingle F1 of the body and CPU time a page, ours and every peer that is installed, in one run.

    python -m benchmarks.quality [--set NAME] [--sets FOLDER] [--sample N] [--pages FILE] [--plot FILE]

`--pages` names the file that `benchmarks.calibration --pages` wrote: our F1 is then the cross-validated one; without
it, that of the shipped weights, which have seen these pages. Peers that are not installed are left out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.adapter import predict
from benchmarks.calibration import Judged, annotated_bodies, judged, judged_pages, shingle_f1
from benchmarks.peers import QUALITY_PEERS, load_peers
from benchmarks.sets import find_sets, pages_of, scorer_of
from benchmarks.speed import OURS, clocked, sampled
from benchmarks.svg import Axis, Plot, Series

if TYPE_CHECKING:
    from collections.abc import Callable

PLOT = Path(__file__).parents[1] / "docs" / "images" / "quality-and-cpu.svg"


def main() -> int:
    """Run; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="fundus-dev", help="default: fundus-dev")
    parser.add_argument("--sets", help="folder of the sets; default: $SCRAPER_BENCHMARK, then ../shared/benchmark/sets")
    parser.add_argument("--sample", type=int, help="only N pages, spread evenly")
    parser.add_argument("--pages", type=Path, help="our figures of each page, cross-validated")
    parser.add_argument("--plot", type=Path, help="where to draw; default with all pages: docs/images")
    arguments = parser.parse_args()
    sets = find_sets(arguments.sets)
    if sets is None:
        print("no benchmark sets found; name their folder with --sets or SCRAPER_BENCHMARK", file=sys.stderr)
        return 2
    peers, absent = load_peers(QUALITY_PEERS)
    figures = measured(sets, arguments.set, {OURS: predict, **peers}, arguments.sample)
    if arguments.pages:
        ours = [page for page in judged_pages(sets, arguments.pages, shipped=False) if page.set == arguments.set]
        figures["this, cross-validated"] = (shingle_f1(ours), figures[OURS][1])
    figures["this, pages seen in training"] = figures.pop(OURS)
    print(f"{arguments.set}\n| extractor | shingle F1 | CPU ms, median |\n|---|---|---|")
    for name, (quality, cpu_ms) in sorted(figures.items(), key=lambda item: -item[1][0]):
        print(f"| {name} | {quality:.3f} | {cpu_ms:.1f} |")
    for name, reason in absent.items():
        print(f"{name}: {reason}")
    plot = arguments.plot or (None if arguments.sample else PLOT)
    if plot:
        draw(figures, arguments.set, plot)
        print(f"drawn: {plot}")
    return 0


def measured(
    sets: Path, name: str, extractors: dict[str, Callable[[str, str | None], dict[str, Any]]], sample: int | None
) -> dict[str, tuple[float, float]]:
    """Return (shingle F1, median CPU in milliseconds) by extractor."""
    scorer, gold = scorer_of(sets), annotated_bodies(sets / name)
    pages = sampled([page for page in pages_of(sets / name) if page.id in gold], sample)
    found: dict[str, list[Judged]] = {extractor: [] for extractor in extractors}
    seconds: dict[str, list[float]] = {extractor: [] for extractor in extractors}
    for extractor, extract in extractors.items():
        extract(pages[0].text(), pages[0].url)  # what is loaded by the first page
        for page in pages:
            said: dict[str, Any] = {}

            def once(html: str, url: str | None, extract: Any = extract, said: dict[str, Any] = said) -> None:
                said.update(extract(html, url))

            seconds[extractor].append(clocked(once, page.text(), page.url))
            found[extractor].append(judged(scorer, (name, page.id, 0.0), said.get("body") or "", gold[page.id]))
    return {extractor: (shingle_f1(found[extractor]), 1e3 * median(seconds[extractor])) for extractor in extractors}


def draw(figures: dict[str, tuple[float, float]], name: str, path: Path) -> None:
    """Draw quality against CPU."""
    low = min(0.85, min(quality for quality, _ in figures.values()) - 0.01)
    x = Axis("CPU a page, ms (median)", 1, 1000, log=True)
    plot = Plot(f"Quality of the body and CPU time, {name}", x, Axis("shingle F1", round(low, 2), 1))
    for extractor, (quality, cpu_ms) in figures.items():
        plot.series.append(Series("", [(cpu_ms, quality)], labels=(extractor,), radius=5))
    plot.write(path)


if __name__ == "__main__":
    sys.exit(main())
