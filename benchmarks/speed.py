"""CPU time of full extraction with metadata, beside peers and beside the bare Lexbor parse, in one run.

    python -m benchmarks.speed [SET ...] [--sets FOLDER] [--sample N] [--repeat N] [--plot FILE] [--check]

Every page goes through each extractor in turn, decoded alike; of its repeats the fastest counts. Prints a table of
medians and 99th percentiles, our share of each stage, and how our CPU time grows with the page's size: over the sets,
and over a page of ours grown 16 times. `--plot` draws that (default with all pages: docs/images/cpu-by-size.svg).
`--check` fails where a limit is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, field
from math import exp, log
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from benchmarks.adapter import record
from benchmarks.peers import load_peers
from benchmarks.sets import find_sets, pages_of
from benchmarks.stages import STAGES, timed_stages
from benchmarks.svg import Axis, Plot, Series

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.sets import AnnotatedPage

SETS = ("fundus-dev", "wcxb-dev")
SPEED_PEERS = ["trafilatura", "resiliparse", "rs-trafilatura"]
PLOT = Path(__file__).parents[1] / "docs" / "images" / "cpu-by-size.svg"
OURS, PARSE = "this", "Lexbor parse"
LIMITS = {"median": 1 / 6, "p99": 1 / 4}
"""Ours over trafilatura's, at most."""
PARSES = 12
"""Ours over the bare parse, at most."""
FIELDS_SHARE = 0.5
FIELD_STAGES = ("metadata", "fields", "record")
MOST_EXPONENT = 1.2
"""Linear, with room for the noise of a shared machine; quadratic would be 2."""
GROWTH = (2, 4, 8, 16, 32)
"""Times 11 kB; fewer blocks than the 8,000 from which plain rules take over."""
LARGE = 20_000
"""Bytes from which a page's size decides its time: below, what every page costs does."""


@dataclass(slots=True)
class Costs:
    """Seconds of CPU by extractor, a figure a page, and the pages' sizes."""

    sizes: list[int] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    stages: dict[str, float] = field(default_factory=dict)

    def extend(self, other: Costs) -> None:
        """Take in the figures of another set."""
        self.sizes += other.sizes
        for name, seconds in other.seconds.items():
            self.seconds.setdefault(name, []).extend(seconds)
        for name, spent in other.stages.items():
            self.stages[name] = self.stages.get(name, 0.0) + spent


def main() -> int:
    """Run the benchmark; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="SET", help=f"default: {' '.join(SETS)}")
    parser.add_argument("--sets", help="folder of the sets; default: $SCRAPER_BENCHMARK, then ../shared/benchmark/sets")
    parser.add_argument("--sample", type=int, help="only N pages of each set, spread evenly")
    parser.add_argument("--repeat", type=int, default=2, help="times each page is extracted; default: 2")
    parser.add_argument("--plot", type=Path, help="where to draw CPU against size, as SVG")
    parser.add_argument("--check", action="store_true", help="fail where a limit is missed")
    arguments = parser.parse_args()
    sets = find_sets(arguments.sets)
    if sets is None:
        print("no benchmark sets found; name their folder with --sets or SCRAPER_BENCHMARK", file=sys.stderr)
        return 2
    peers, absent = load_peers(SPEED_PEERS)
    extractors: dict[str, Callable[[str, str | None], Any]] = {PARSE: parse, OURS: record, **peers}
    total, missed = Costs(), []
    print_header()
    for name in arguments.names or SETS:
        costs = run_set(sampled(list(pages_of(sets / name)), arguments.sample), extractors, arguments.repeat)
        print_rows(name, costs)
        missed += limits_missed(name, costs)
        total.extend(costs)
    for name, reason in absent.items():
        print(f"\n{name}: {reason}")
    print_stages(total)
    of_sets = fitted(list(zip(total.sizes, total.seconds[OURS], strict=True)))
    grown = grown_costs(arguments.repeat)
    of_grown = fitted(grown)
    print(
        f"\nCPU grows with size to the power of {of_sets[0]:.2f} over the sets (pages of {LARGE // 1000} kB and more),"
    )
    print(f"{of_grown[0]:.2f} for one page grown from {grown[0][0] // 1000} to {grown[-1][0] // 1000} kB; 1 is linear")
    plot = arguments.plot or (None if arguments.sample or arguments.names else PLOT)
    if plot:
        draw(total, of_sets, grown, plot)
        print(f"drawn: {plot}")
    if of_grown[0] > MOST_EXPONENT:
        missed.append(f"missed: a growing page costs size to the power of {of_grown[0]:.2f} (limit {MOST_EXPONENT})")
    print("\n".join(missed) if missed else "all limits hold")
    return 1 if missed and arguments.check else 0


def parse(html: str, _: str | None) -> object:
    """Parse and do nothing else."""
    return LexborHTMLParser(html).root


def sampled(pages: list[AnnotatedPage], count: int | None) -> list[AnnotatedPage]:
    """Return `count` pages spread evenly over a set."""
    if count is None or count >= len(pages):
        return pages
    return [pages[i * len(pages) // count] for i in range(count)]


def run_set(pages: list[AnnotatedPage], extractors: dict[str, Callable[[str, str | None], Any]], repeat: int) -> Costs:
    """Return what every extractor takes for every page."""
    costs = Costs(seconds={name: [] for name in extractors})
    first = pages[0]
    for extract in extractors.values():  # what is loaded by the first page
        extract(first.text(), first.url)
    for page in pages:
        html = page.text()
        costs.sizes.append(len(page.source))
        for name, extract in extractors.items():
            costs.seconds[name].append(min(clocked(extract, html, page.url) for _ in range(repeat)))
    with timed_stages() as spent:
        for page in pages:
            record(page.text(), page.url)
    costs.stages = dict(spent)
    return costs


def clocked(extract: Callable[[str, str | None], Any], html: str, url: str | None) -> float:
    """Return the CPU seconds of one extraction; a peer's crash costs what it took until then."""
    start = time.process_time()
    try:
        extract(html, url)
    except Exception as error:
        if extract is record:
            raise
        print(f"a peer failed: {type(error).__name__}", file=sys.stderr)
    return time.process_time() - start


def percentile(values: list[float], share: float) -> float:
    """Return the value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def print_header() -> None:
    """Print the head of the table."""
    heads = ("set", "pages", "extractor", "median ms", "p99 ms", "x parse", "ours / its median", "ours / its p99")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")


def print_rows(name: str, costs: Costs) -> None:
    """Print a row for each extractor of a set."""
    ours = costs.seconds[OURS]
    bare = median(costs.seconds[PARSE])
    for extractor, seconds in costs.seconds.items():
        middle, high = median(seconds), percentile(seconds, 0.99)
        cells = [f"{1e3 * middle:.2f}", f"{1e3 * high:.1f}", f"{middle / bare:.1f}"]
        if extractor == OURS:
            cells += ["", ""]
        else:
            cells += [f"{median(ours) / middle:.2f}", f"{percentile(ours, 0.99) / high:.2f}"]
        print(f"| {name} | {len(seconds)} | {extractor} | {' | '.join(cells)} |", flush=True)


def limits_missed(name: str, costs: Costs) -> list[str]:
    """Return a line for each limit that a set misses."""
    ours, theirs = costs.seconds[OURS], costs.seconds.get("trafilatura")
    found = []
    if theirs:
        ratios = {
            "median": median(ours) / median(theirs),
            "p99": percentile(ours, 0.99) / percentile(theirs, 0.99),
        }
        found += [
            f"missed: {name}: {what} is {ratio:.3f} of trafilatura's (limit {LIMITS[what]:.3f})"
            for what, ratio in ratios.items()
            if ratio > LIMITS[what]
        ]
    parses = median(ours) / median(costs.seconds[PARSE])
    if parses > PARSES:
        found.append(f"missed: {name}: {parses:.1f} times the bare parse (limit {PARSES})")
    share = sum(costs.stages.get(stage, 0.0) for stage in FIELD_STAGES) / sum(costs.stages.values())
    if share > FIELDS_SHARE:
        found.append(f"missed: {name}: metadata, fields and record take {share:.2f} (limit {FIELDS_SHARE})")
    return found


def print_stages(costs: Costs) -> None:
    """Print the share of each stage."""
    total, pages = sum(costs.stages.values()), len(costs.sizes)
    print("\n| stage | ms a page, mean | share |\n|---|---|---|")
    for stage in STAGES:
        spent = costs.stages.get(stage, 0.0)
        print(f"| {stage} | {1e3 * spent / pages:.2f} | {spent / total:.1%} |")
    share = sum(costs.stages.get(stage, 0.0) for stage in FIELD_STAGES) / total
    print(f"| {' + '.join(FIELD_STAGES)} | {1e3 * share * total / pages:.2f} | {share:.1%} |")


def fitted(costs: list[tuple[int, float]]) -> tuple[float, float]:
    """Return (k, c) of seconds = c * bytes ** k, by least squares of logarithms, for pages that are large enough."""
    points = [(log(size), log(seconds)) for size, seconds in costs if size >= LARGE and seconds > 0]
    if len({x for x, _ in points}) < 2:
        return 1.0, 0.0
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    return slope, exp(mean_y - slope * mean_x)


def grown_costs(repeat: int) -> list[tuple[int, float]]:
    """Return (bytes, seconds) of a page of ours with ever more of the same: prose, a list, promos, a table of links."""
    found = []
    for times in GROWTH:
        page = grown_page(times)
        seconds = min(clocked(record, page, "https://news.example/long") for _ in range(repeat + 2))
        found.append((len(page.encode()), seconds))
    return found


def grown_page(times: int) -> str:
    """Return a page with `times` copies of 11 kB of different text."""
    parts = []
    for part in range(times):
        parts.append(f"<h2>Section {part} of the long report</h2>")
        for n in range(30):
            said = f"In the {n}th week of season {part} the harbour master counted {n * 7 + part} boats, and the mayor"
            link = f"<a href='/boats/{part}/{n}'>asked again</a>"
            parts.append(f"<p class='text'>{said} {link} why one was missing.</p>")
            if n % 10 == 0:
                parts.append(f"<aside class='promo'><a href='/more/{part}/{n}'>Read more: season {n}</a></aside>")
        items = "".join(f"<li>Boat {n} of season {part}, built in the old yard</li>" for n in range(20))
        cells = "".join(f"<tr><td>{n}</td><td><a href='/yard/{part}/{n}'>Yard {n}</a></td></tr>" for n in range(20))
        parts.append(f"<ul>{items}</ul><table>{cells}</table>")
        parts += [f"<div class='card'><a href='/s/{part}/{n}'><h3>Story {n}</h3></a></div>" for n in range(60)]
    return f"<html><body><main><article><h1>The long report</h1>{''.join(parts)}</article></main></body></html>"


def draw(costs: Costs, fit: tuple[float, float], grown: list[tuple[int, float]], path: Path) -> None:
    """Draw CPU against size."""
    exponent, factor = fit
    shown = [PARSE, OURS, *(name for name in costs.seconds if name == "trafilatura")]
    sizes = [size / 1000 for size in costs.sizes]
    x = Axis("page, kB", 1, 10_000, log=True)
    y = Axis("CPU, ms", 0.01, 10_000, log=True)
    plot = Plot("CPU time of one page against its size", x, y)
    for name in shown:
        points = [(size, 1e3 * seconds) for size, seconds in zip(sizes, costs.seconds[name], strict=True)]
        plot.series.append(Series(name, points))
    ends = [max(LARGE, min(costs.sizes)), max(costs.sizes)]
    line = [(size / 1000, 1e3 * factor * size**exponent) for size in ends]
    plot.series.append(Series(f"this, fitted: size to the power of {exponent:.2f}", line, line=True))
    growing = [(size / 1000, 1e3 * seconds) for size, seconds in grown]
    plot.series.append(Series(f"this, one page growing: power of {fitted(grown)[0]:.2f}", growing, line=True))
    plot.write(path)


if __name__ == "__main__":
    sys.exit(main())
