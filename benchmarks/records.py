"""Fields that the sets do not annotate, and the structure of bodies, against pages that were read for it.

    python -m benchmarks.records [FIELD ...] [--half a|b] [--worst] [--check]
    python -m benchmarks.records --show SET PAGE [FIELD ...]
    python -m benchmarks.records --mark FILE

`benchmarks/read/*.jsonl` hold what readers found right: the page's id, the field, and for each value a hash of it, so
no text of the pages. A value's form is what `forms_of` makes of a record: `--show` prints these of a page, a line
each, to be mended by reading the page; `--mark` reads lines of {"set", "id", "field", "values"} with mended forms,
where `values` may be a list of lists (each of them is right), and prints lines for `benchmarks/read`.

Figures are the F1 of a record's values and the right ones, mean over the pages, and the share of pages without a
mistake. The halves tell rules from learning by heart: rules are made while reading misses of half a, half b is only
measured. `--check` fails where the F1 of a field, over both, is below `benchmarks/read/floors.toml`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from benchmarks.fields import fold
from benchmarks.sets import find_sets, pages_of
from scraper import extract
from scraper.fields.pictures.pictures import picture_key, serial_of
from scraper.model.body import Code, Embed, Figure, Heading, List, LiveUpdate, Quote, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scraper import Article
    from scraper.model.body import Block

READ = Path(__file__).parent / "read"
FLOORS: dict[str, float] = tomllib.loads((READ / "floors.toml").read_text(encoding="utf-8"))
_OPENING = 60
"""Characters of a block that tell it from the others."""
_LAST_PART = re.compile(r"[-._][^-._]*$")
_SCHEME = re.compile(r"^https?://(?:www\.)?")


def main() -> int:
    """Run; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="FIELD", help=f"of {' '.join(FIELDS)}; default: all that were read")
    parser.add_argument("--sets", help="folder of the sets; default: $SCRAPER_BENCHMARK, then ../shared/benchmark/sets")
    parser.add_argument("--half", choices=("a", "b"), help="only these pages")
    parser.add_argument(
        "--worst", action="store_true", help="print the pages with a mistake, and the values of records"
    )
    parser.add_argument("--check", action="store_true", help="fail where a field is below its floor")
    parser.add_argument("--show", nargs=2, metavar=("SET", "PAGE"), help="print the forms of one page's record")
    parser.add_argument("--mark", type=Path, metavar="FILE", help="turn forms mended by reading into hashes")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.names) - FIELDS.keys()):
        parser.error(f"no such field: {', '.join(unknown)}")
    if arguments.mark:
        if not arguments.mark.is_file():
            parser.error(f"{arguments.mark}: no such file")
        print("\n".join(marked(arguments.mark.read_text(encoding="utf-8").splitlines())))
        return 0
    sets = find_sets(arguments.sets)
    if sets is None:
        print("no benchmark sets found; name their folder with --sets or SCRAPER_BENCHMARK", file=sys.stderr)
        return 2
    if arguments.show:
        name, page = arguments.show
        if not (sets / name).is_dir():
            parser.error(f"no set {name} in {sets}")
        article = articles_of(sets, {(name, page)}).get((name, page))
        if article is None:
            parser.error(f"{name} has no page {page}")
        for field in arguments.names or FIELDS:
            print(json.dumps(_line(name, page, field, forms_of(article, field)), ensure_ascii=False))
        return 0
    lines = [line for line in read_lines() if not arguments.names or line["field"] in arguments.names]
    found = report(sets, lines, arguments)
    asked = [field for field in FLOORS if not arguments.names or field in arguments.names]
    below = [field for field in asked if found.get(field, 0.0) < FLOORS[field]]  # 0: none of its pages is there
    for field in below if arguments.check else ():
        print(f"{field}: F1 {found.get(field, 0.0):.3f} is below its floor, {FLOORS[field]}", file=sys.stderr)
    return 1 if below and arguments.check else 0


def read_lines() -> list[dict[str, Any]]:
    """Return what was read, a dict for each field of a page."""
    found = []
    for path in sorted(READ.glob("*.jsonl")):
        found += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return found


def marked(lines: Iterable[str]) -> list[str]:
    """Return lines for `benchmarks/read` of lines with forms."""
    found = []
    for line in map(json.loads, lines):
        page, field, values = line["id"], line["field"], line["values"]
        answers = values if values and isinstance(values[0], list) else [values]
        hashes = [sorted(mark_of(page, field, form) for form in answer) for answer in answers]
        found.append(json.dumps(_line(line["set"], page, field, hashes[0] if len(hashes) == 1 else hashes)))
    return found


def _line(name: str, page: str, field: str, values: Iterable[Any]) -> dict[str, Any]:
    return {"set": name, "id": page, "field": field, "values": list(values)}


def mark_of(page: str, field: str, form: str) -> str:
    """Return the hash of a value's form; the page's id keeps equal values of two pages apart."""
    return hashlib.sha256(f"{page}\n{field}\n{form}".encode()).hexdigest()[:10]


def half_of(page: str) -> str:
    """Return the half that a page belongs to, by its site, with which most ids begin."""
    return "ab"[hashlib.sha256(_LAST_PART.sub("", page).encode()).digest()[0] % 2]


def agreement(page: str, field: str, forms: Iterable[str], values: list[Any]) -> float:
    """Return the F1 of a record's forms and the answer that agrees best."""
    ours = {mark_of(page, field, form) for form in forms}
    answers: list[list[str]] = values if values and isinstance(values[0], list) else [values]
    return max(2 * len(ours & set(a)) / (len(ours) + len(set(a))) if ours or a else 1.0 for a in answers)


def articles_of(sets: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Article]:
    """Return the records of some pages by (set, id), refused or not."""
    found = {}
    for name in sorted({name for name, _ in wanted}):
        for page in pages_of(sets / name):
            if (name, page.id) in wanted:
                found[name, page.id] = extract(page.text(), page.url, keep_all=True, blocks=True)
    return found


def report(sets: Path, lines: list[dict[str, Any]], arguments: argparse.Namespace) -> dict[str, float]:
    """Print a row for each field and half; return the F1 of each field over both."""
    lines = [line for line in lines if arguments.half in {None, half_of(line["id"])}]
    articles = articles_of(sets, {(line["set"], line["id"]) for line in lines})
    scores: dict[tuple[str, str], list[float]] = defaultdict(list)
    for line in lines:
        article = articles.get((line["set"], line["id"]))
        if article is None:
            print(f"no such page any more: {line['set']} {line['id']}", file=sys.stderr)
            continue
        forms = forms_of(article, line["field"])
        scores[line["field"], half_of(line["id"])].append(
            score := agreement(line["id"], line["field"], forms, line["values"])
        )
        if arguments.worst and score < 1:
            print(f"{score:.2f} {line['set']} {line['id']} {line['field']}")
            for form in forms:
                known = mark_of(line["id"], line["field"], form) in json.dumps(line["values"])
                print(f"     {'' if known else 'WRONG '}{form[:200]}")
    print("| field | half | pages | F1 | without a mistake |\n|---|---|---|---|---|")
    for (field, half), values in sorted(scores.items()):
        print(f"| {field} | {half} | {len(values)} | {mean(values):.3f} | {mean(v == 1 for v in values):.3f} |")
    fields = {field for field, _ in scores}
    return {field: mean([*scores.get((field, "a"), ()), *scores.get((field, "b"), ())]) for field in fields}


def forms_of(article: Article, field: str) -> list[str]:
    """Return the values of one field in the form in which they are compared."""
    return [form for form in FIELDS[field](article) if form]


def _key(url: str | None) -> str:
    """Return what names a picture whatever its size."""
    return " ".join([*sorted(picture_key(url)), *(f"#{n}" for n in serial_of(url))]) or _bare(url) if url else ""


def _bare(url: str | None) -> str:
    return _SCHEME.sub("", url or "").partition("#")[0].rstrip("/")


def _structure(block: Block) -> list[str]:  # noqa: PLR0911  # one for each kind of block
    """Return "kind | how it begins" of a block; of a list and of a table, of each item and row."""
    match block:
        case Figure():
            return [f"image | {_key(block.url)}"]
        case Embed():
            return [f"embed | {_bare(block.url)}"]
        case List():
            return [
                f"item {item.level}{' numbered' if item.ordered else ''} | {_opening(item.text)}"
                for item in block.items
            ]
        case Table():
            return [f"row {len(row)} | {_opening(' '.join(row))}" for row in block.rows]
        case Heading():
            return [f"heading {block.level} | {_opening(block.text)}"]
        case Quote() | Code() | LiveUpdate():
            return [f"{type(block).__name__.lower()} | {_opening(block.text)}"]
        case _:
            return [f"paragraph | {_opening(block.text)}"]


def _opening(text: str) -> str:
    return fold(text)[:_OPENING]


FIELDS: dict[str, Callable[[Article], Iterable[str]]] = {
    "headline": lambda a: [fold(a.headline)],
    "alternativeHeadline": lambda a: [fold(a.alternative_headline)],
    "description": lambda a: [fold(a.description)],
    "datePublished": lambda a: [a.date_published or ""],
    "dateModified": lambda a: [a.date_modified or ""],
    "authors": lambda a: [f"{fold(p.name)} | {p.type}" for p in a.authors],
    "authorUrls": lambda a: [f"{fold(p.name)} | {_bare(p.url)}" for p in a.authors if p.url],
    "agency": lambda a: [fold(name) for name in a.agency],
    "dateline": lambda a: [fold(a.dateline)],
    "publisher": lambda a: [fold(a.publisher.name) if a.publisher else ""],
    "inLanguage": lambda a: [(a.in_language or "").lower()],
    "articleSection": lambda a: [fold(name) for name in a.article_section],
    "keywords": lambda a: [fold(name) for name in a.keywords],
    "breadcrumbs": lambda a: [" > ".join(fold(step.name) for step in a.breadcrumbs)],
    "mainImage": lambda a: [_key(a.main_image.url if a.main_image else None)],
    "images": lambda a: [_key(i.url) for i in a.images],
    "captions": lambda a: [
        f"{_key(i.url)} | {fold(i.caption)} | {fold(i.credit)}" for i in a.images if i.caption or i.credit
    ],
    "figures": lambda a: [form for b in a.blocks or () if isinstance(b, Figure) for form in _structure(b)],
    "videos": lambda a: [_bare(m.url) for m in a.videos],
    "audios": lambda a: [_bare(m.url) for m in a.audios],
    "embeds": lambda a: [f"{m.provider} | {_bare(m.url)}" for m in a.embeds],
    "liveUpdates": lambda a: [f"{u.date_published} | {fold(u.headline)[:_OPENING]}" for u in a.live_updates],
    "canonicalUrl": lambda a: [_bare(a.canonical_url)],
    "isAccessibleForFree": lambda a: [str(a.is_accessible_for_free)],
    "truncated": lambda a: [str(a.metadata.truncated)],
    "pageType": lambda a: [a.metadata.page_type],
    "structure": lambda a: [form for block in a.blocks or () for form in _structure(block)],
    "links": lambda a: [
        f"{fold(block.text[span.start : span.end])[:_OPENING]} | {_bare(span.url)}"
        for block in a.blocks or ()
        for span in getattr(block, "spans", ())
        if span.kind == "link"
    ],
}
"""Every field that can be read, with what makes the forms of its values."""


if __name__ == "__main__":
    sys.exit(main())
