"""Annotated pages of the benchmark sets, their blocks, and which blocks belong to the article."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rapidfuzz.distance import LCSseq

from scraper.body.blocks.segment import segment
from scraper.page.page import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.body.blocks.segment import TextBlock
    from scraper.page.page import Page

__all__ = ["FOLDS", "READ", "SETS", "Annotated", "annotated_pages", "fold_of", "read_pages"]

FOLDS = 5
SETS = ("fundus-dev", "news-dev", "articles-dev", "english-dev")
"""Sets annotated after (or close to) the project's own guide; english-dev stands for the wcxb-dev pages it shares."""
READ = "read"
"""Pages of the other sets, annotated for training by reading: see README.md."""
_READ_PATH = Path(__file__).with_name("read_pages.jsonl")
_FOUND = 0.95
"""Share of a page's marks that its blocks must hold; with less, it is cut otherwise than when it was read."""
_WORD = re.compile(r"\w+")
_INVISIBLE = {0xAD: None, 0x200B: None, 0x2060: None, 0xFEFF: None}
_SURE = 0.6
_ROUNDS = 3
_SECOND_LEVEL = frozenset("co com ac gov org net edu or ne go gob blogspot wordpress".split())


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated page with its blocks and labels."""

    set_name: str
    id: str
    site: str
    body: str
    page: Page
    blocks: list[TextBlock]
    kept: list[bool]


def annotated_pages(sets: Path, names: tuple[str, ...] = SETS) -> Iterator[Annotated]:
    """Yield every article of the sets that has an annotated body."""
    for name in names:
        for entry in _entries(sets, name):
            if not entry.get("body") or entry.get("page_type", "article") != "article":
                continue
            page, blocks = _cut(sets, name, entry)
            body = entry["body"].translate(_INVISIBLE)
            yield Annotated(
                name, entry["id"], site_of(entry.get("url"), entry["id"]), body, page, blocks, labels(blocks, body)
            )


def read_pages(sets: Path) -> Iterator[Annotated]:
    """Yield the pages whose blocks were chosen by reading; their body is the text of these blocks.

    A page that is cut into other blocks today is left out, and said so: its marks name blocks that are gone.
    """
    marks = {
        entry["page"]: frozenset(entry["kept"].split())
        for entry in map(json.loads, _READ_PATH.read_text(encoding="utf-8").splitlines())
    }
    for name in sorted({page.split("/")[0] for page in marks}):
        for entry in _entries(sets, name):
            wanted = marks.get(f"{name}/{entry['id']}")
            if wanted is None:
                continue
            page, blocks = _cut(sets, name, entry)
            mine = block_marks(blocks)
            if len(wanted.intersection(mine)) < _FOUND * len(wanted):
                print(f"{name}/{entry['id']}: its blocks have changed, left out")
                continue
            kept = [mark in wanted for mark in mine]
            body = "\n\n".join(block.text for block, keep in zip(blocks, kept, strict=True) if keep)
            yield Annotated(READ, entry["id"], site_of(entry.get("url"), entry["id"]), body, page, blocks, kept)


def block_marks(blocks: list[TextBlock]) -> list[str]:
    """Return for each block what names it in `read_pages.jsonl`: a hash of its text and of how often it came before."""
    seen: Counter[str] = Counter()
    marks = []
    for block in blocks:
        seen[block.text] += 1
        marks.append(sha1(f"{seen[block.text]} {block.text}".encode(), usedforsecurity=False).hexdigest()[:6])
    return marks


def _entries(sets: Path, name: str) -> Iterator[dict[str, Any]]:
    with (sets / name / "pages.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _cut(sets: Path, name: str, entry: dict[str, Any]) -> tuple[Page, list[TextBlock]]:
    html = decoded(gzip.decompress((sets / name / "html" / f"{entry['id']}.html.gz").read_bytes()))
    page = page_of(html, entry.get("url"))
    return page, segment(page.snapshot)


def decoded(raw: bytes) -> str:
    """Return the text of a stored page, decoded as the benchmark's runner does."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # noqa: PLC0415  # rarely needed

        best = from_bytes(raw).best()
        return str(best) if best else raw.decode("utf-8", "replace")


def site_of(url: str | None, fallback: str) -> str:
    """Return the name of the site without its suffix, so that one publisher's domains fall into one group."""
    labels = (urlsplit(url or "").hostname or fallback).split(".")
    while len(labels) > 1 and (len(labels[-1]) <= 3 or labels[-1] in _SECOND_LEVEL):  # a suffix
        labels.pop()
    return labels[-1]


def fold_of(site: str, salt: str = "", folds: int = FOLDS) -> int:
    """Return the fold of a site: the same on every machine."""
    return zlib.crc32((site + salt).encode()) % folds


def labels(blocks: list[TextBlock], body: str) -> list[bool]:
    """Return for each block whether the annotated body holds it.

    The longest common subsequence of words gives a first answer; flips of single blocks then raise the F1 of
    four-word shingles until none helps. Keeping exactly these blocks scores .998 or more on every set.
    """
    gold = _WORD.findall(body)
    words = [_WORD.findall(block.text) for block in blocks]
    owner = [i for i, mine in enumerate(words) for _ in mine]
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(word, len(numbers)) for mine in words for word in mine]
    right = [numbers.setdefault(word, len(numbers)) for word in gold]
    hits = [0] * len(blocks)
    for step in LCSseq.opcodes(left, right):
        if step.tag == "equal":
            for k in range(step.src_start, step.src_end):
                hits[owner[k]] += 1
    kept = [bool(mine) and hit / len(mine) > _SURE for hit, mine in zip(hits, words, strict=True)]
    wanted = Counter(_shingles(gold))
    best = _dice(kept, words, wanted)
    for _ in range(_ROUNDS):
        changed = False
        for i, hit in enumerate(hits):
            if not words[i] or (not kept[i] and not hit):
                continue
            kept[i] = not kept[i]
            score = _dice(kept, words, wanted)
            if score > best + 1e-9:
                best, changed = score, True
            else:
                kept[i] = not kept[i]
        if not changed:
            break
    return kept


def _dice(kept: list[bool], words: list[list[str]], wanted: Counter[tuple[str, ...]]) -> float:
    have = Counter(_shingles([word for keep, mine in zip(kept, words, strict=True) if keep for word in mine]))
    total = sum(have.values()) + sum(wanted.values())
    return 2 * sum((have & wanted).values()) / total if total else 0.0


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))] if words else []
