"""What is left when pages say less: body and fields of the annotated sets with sources taken away.

    python -m benchmarks.robustness [SET ...] [--variant NAME ...] [--vs] [--jobs N] [--out FOLDER]

Variants: `whole`, the page as it is; `no-json-ld`; `no-meta`; `silent`, without JSON-LD, meta elements, microdata,
RDFa and scripts, so that only what readers see speaks; `no-names`, the names of classes and ids replaced by hashes,
other ones on each page, as tools that compile style sheets write them. New sites are somewhere between these and the
sets, with whose pages the rules were written. `--vs` measures trafilatura on the same pages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from benchmarks.fields import (
    authors,
    captions,
    date,
    headline,
    keywords,
    main_image,
    pages_of,
    predict_scraper,
    predict_trafilatura,
    root,
)
from benchmarks.sets import scorer_of

if TYPE_CHECKING:
    from collections.abc import Callable

SETS = ("fundus-dev", "news-dev", "articles-dev", "english-dev", "wcxb-dev", "fields-dev", "dates-dev")
FIELDS = (headline, authors, date, keywords, main_image, captions)

_JSON_LD = re.compile(r"<script[^>]*ld\+json[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
_META = re.compile(r"<meta\b(?![^>]*(?:charset|http-equiv|viewport))[^>]*>", re.IGNORECASE)
_SEMANTIC = re.compile(
    r"\s(?:itemprop|itemtype|itemscope|itemid|property|typeof|vocab)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?(?=[^<>]*>)",
    re.IGNORECASE,
)
_NAMES = re.compile(r"(\s(?:class|id)\s*=\s*)(\"[^\"]*\"|'[^']*')(?=[^<>]*>)", re.IGNORECASE)


def main() -> int:
    """Run; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="SET", help=f"default: {' '.join(SETS)}")
    parser.add_argument("--variant", action="append", choices=sorted(VARIANTS), help="default: all")
    parser.add_argument("--vs", action="store_true", help="trafilatura, too")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="pages at once; default: 1")
    parser.add_argument("--out", type=Path, help="folder for the records, one file a set and variant")
    arguments = parser.parse_args()
    if not root().is_dir():
        print("no benchmark sets found; name their folder with SCRAPER_BENCHMARK", file=sys.stderr)
        return 2
    heads = ("set", "variant", "pages", "shingle F1", *(field.__name__ for field in FIELDS))
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}", flush=True)
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for name in arguments.names or SETS:
            pages = list(pages_of(name))
            for variant in arguments.variant or VARIANTS:
                ours = list(pool.map(partial(judged, variant, predict_scraper), pages, chunksize=8))
                theirs = list(pool.map(partial(judged, variant, predict_trafilatura), pages)) if arguments.vs else []
                print(row(name, variant, [said for said, _ in ours], [said for said, _ in theirs]), flush=True)
                if arguments.out:
                    save(arguments.out / f"{name}.{variant}.jsonl", [record for _, record in ours])
    return 0


def judged(
    variant: str, predict: Callable[[str, str | None], dict[str, Any]], page: tuple[dict[str, Any], str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (what each field of a page is worth, its record with the page's id)."""
    logging.disable(logging.CRITICAL)  # a peer's complaints about pages
    annotation, html = page
    record = predict(VARIANTS[variant](html, annotation["id"]), annotation.get("url"))
    said: dict[str, Any] = {field.__name__: field(annotation, record) for field in FIELDS}
    if annotation.get("body"):
        scorer = scorer_of(root())
        found = scorer.overlap(scorer.shingles(record.get("articleBody") or ""), scorer.shingles(annotation["body"]))
        said["body"] = tuple(found)
    return said, {**record, "pageId": annotation["id"]}


def row(name: str, variant: str, ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> str:
    """Return one row of the table; a cell is ours, then the peer's."""
    cells = [name, variant, str(len(ours))]
    readers: list[Callable[[list[dict[str, Any]]], float | None]] = [body]
    readers += [partial(worth, field.__name__) for field in FIELDS]
    for read in readers:
        values = [value for said in (ours, theirs) if said and (value := read(said)) is not None]
        cells.append(" / ".join(f"{value:.3f}" for value in values) or "–")
    return f"| {' | '.join(cells)} |"


def worth(field: str, said: list[dict[str, Any]]) -> float | None:
    """Return the mean of a field over the pages that annotate it."""
    values = [value for page in said if (value := page[field]) is not None]
    return mean(values) if values else None


def body(said: list[dict[str, Any]]) -> float | None:
    """Return shingle F1 as the benchmark's scorer defines it: of the means of precision and recall."""
    counts = [page["body"] for page in said if "body" in page]
    if not counts:
        return None
    precision = mean([right / (right + wrong) for right, wrong, _ in counts if right + wrong] or [0.0])
    recall = mean([right / (right + missed) for right, _, missed in counts if right + missed] or [0.0])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def save(path: Path, records: list[dict[str, Any]]) -> None:
    """Write records as JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(record, ensure_ascii=False, default=str) for record in records)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="replace")


# ---- variants: each returns a page with less in it; `salt` is the page's own ----


def whole(html: str, salt: str) -> str:  # noqa: ARG001  # one form for all
    """Return the page as it is."""
    return html


def without_json_ld(html: str, salt: str) -> str:  # noqa: ARG001  # one form for all
    """Return the page without JSON-LD."""
    return _JSON_LD.sub("", html)


def without_meta(html: str, salt: str) -> str:  # noqa: ARG001  # one form for all
    """Return the page without <meta>, but for those that tell its encoding, its size or where it has moved."""
    return _META.sub("", html)


def silent(html: str, salt: str) -> str:
    """Return the page with nothing that only machines read."""
    return _SCRIPT.sub("", _SEMANTIC.sub("", without_meta(without_json_ld(html, salt), salt)))


def without_names(html: str, salt: str) -> str:
    """Return the page with hashes for the names of classes and ids: the same for the same name, on this page."""

    def hashed(found: re.Match[str]) -> str:
        quote = found[2][0]
        names = (hashlib.sha256(f"{salt} {name}".encode()).hexdigest()[:7] for name in found[2][1:-1].split())
        return f"{found[1]}{quote}{' '.join('c' + name for name in names)}{quote}"

    return _NAMES.sub(hashed, html)


VARIANTS: dict[str, Callable[[str, str], str]] = {
    "whole": whole,
    "no-json-ld": without_json_ld,
    "no-meta": without_meta,
    "silent": silent,
    "no-names": without_names,
}


if __name__ == "__main__":
    sys.exit(main())
