"""What the memory of a site gains: python -m benchmarks.site_memory [--sets FOLDER] [--orders N].

Pages of all sets whose host has two pages or more. Those with a body after the project's convention are scored: alone;
with the memory of all other pages of their host (leave one out); in random orders, learned as they come. Prints every
page that got better or worse. The shipped weights have seen these pages; decision 95 has the out-of-fold figures.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import statistics
import sys
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.sets import find_sets, names_of, pages_of, scorer_of
from scraper import ExtractSettings, SiteMemory
from scraper.extraction import extract_page
from scraper.page.page import page_of
from scraper.sites.fingerprints import site_key

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.sets import AnnotatedPage
    from scraper.model.extraction import Extraction
    from scraper.page.page import Page

_SETTINGS = ExtractSettings(keep_all=True, html=False)
SCORED = ("fundus-dev", "news-dev", "articles-dev", "english-dev")


@dataclass(frozen=True, slots=True)
class Case:
    """One page, opened, with its annotated body where it has one of our convention."""

    name: str
    page: Page
    body: str | None


def main() -> int:
    """Run the simulation; return the exit code: 1 where a page got worse."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", help="folder of the sets; default: $SCRAPER_BENCHMARK, then ../shared/benchmark/sets")
    parser.add_argument("--orders", type=int, default=1, help="random orders")
    arguments = parser.parse_args()
    sets = find_sets(arguments.sets)
    if sets is None:
        print("no benchmark sets found; name their folder with --sets or SCRAPER_BENCHMARK", file=sys.stderr)
        return 2
    logging.disable(logging.CRITICAL)
    sites = cases_of(sets)
    scorer = scorer_of(sets)
    alone = {case.name: extracted(case, None).article.article_body for cases in sites.values() for case in cases}
    print(f"{sum(map(len, sites.values()))} pages of {len(sites)} sites")
    worse = compared("leave one out", sites, alone, left_out(sites), scorer)
    for seed in range(arguments.orders):
        worse += compared(f"order {seed + 1}", sites, alone, in_order(sites, seed), scorer)
    return 1 if worse else 0


def cases_of(sets: Path) -> dict[str, list[Case]]:
    """Return the pages of each site that has several, each page once; annotated sets come first."""
    found: dict[str, list[tuple[str, AnnotatedPage]]] = defaultdict(list)
    bodies: dict[str, str | None] = {}
    for name in sorted(names_of(sets), key=lambda name: (name not in SCORED, name)):
        lines = (sets / name / "pages.jsonl").read_text(encoding="utf-8").split("\n")
        entries = {entry["id"]: entry for entry in map(json.loads, filter(None, lines))}
        for stored in pages_of(sets / name):
            if stored.id not in bodies and site_key(stored.url):
                bodies[stored.id] = entries[stored.id].get("body") if name in SCORED else None
                found[site_key(stored.url)].append((name, stored))
    sites = {}
    for site, pages in found.items():
        if len(pages) > 1:
            sites[site] = [
                Case(f"{name}/{page.id}", page_of(page.text(), page.url), bodies[page.id]) for name, page in pages
            ]
    return sites


def extracted(case: Case, memory: SiteMemory | None) -> Extraction:
    """Return the extraction of a page."""
    return extract_page(case.page, _SETTINGS, memory=memory)


def left_out(sites: dict[str, list[Case]]) -> dict[str, str]:
    """Return the body of each page with the memory of all others of its site."""
    bodies = {}
    for cases in sites.values():
        for case in cases:
            if case.body is None:
                continue
            memory = SiteMemory()
            for other in cases:
                if other is not case:
                    memory = memory.learned(extracted(other, memory))
            bodies[case.name] = extracted(case, memory).article.article_body
    return bodies


def in_order(sites: dict[str, list[Case]], seed: int) -> dict[str, str]:
    """Return the body of each page with the memory of those that came before it."""
    bodies = {}
    for site, cases in sites.items():
        order = list(cases)
        random.Random(f"{site} {seed}").shuffle(order)  # noqa: S311  # the same every time, on purpose
        memory = SiteMemory()
        for case in order:
            extraction = extracted(case, memory)
            memory = memory.learned(extraction)
            bodies[case.name] = extraction.article.article_body
    return bodies


def compared(title: str, sites: dict[str, list[Case]], alone: dict[str, str], told: dict[str, str], scorer: Any) -> int:
    """Print both figures and every page that changed; return how many got worse."""
    before, after, better, worse = [], [], [], []
    for site, cases in sites.items():
        for case in cases:
            if case.body is None:
                continue
            old, new = (_scored(scorer, bodies[case.name], case.body) for bodies in (alone, told))
            before.append(old)
            after.append(new)
            if new != old:
                (better if new > old else worse).append(f"{site} {case.name} {old[0]:.3f} > {new[0]:.3f}")
    print(f"{title}: {len(before)} pages, shingle F1 {_mean(before, 0):.4f} > {_mean(after, 0):.4f}, ", end="")
    print(f"exact {_mean(before, 1):.3f} > {_mean(after, 1):.3f}, {len(better)} better, {len(worse)} worse")
    for line in (*(f"  + {line}" for line in better), *(f"  - {line}" for line in worse)):
        print(line)
    return len(worse)


def _scored(scorer: Any, body: str, wanted: str) -> tuple[float, bool]:
    overlap = scorer.overlap(scorer.shingles(body), scorer.shingles(wanted))
    exact = scorer.words(body, lower=False) == scorer.words(wanted, lower=False)
    return scorer.prf(*overlap)[2], exact


def _mean(values: list[tuple[float, bool]], part: int) -> float:
    return statistics.mean(value[part] for value in values)


if __name__ == "__main__":
    sys.exit(main())
