"""Layout: sums over the blocks of a page and over the elements around them; what the features are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock
    from scraper.page.snapshot import Snapshot

__all__ = ["HEADINGS", "Layout", "class_name", "lay_out"]

_TAG_CODES = {
    "p": 1, "li": 2, "h1": 3, "h2": 4, "h3": 5, "h4": 6, "h5": 7, "h6": 7, "td": 8, "th": 8, "dt": 9, "dd": 9,
    "blockquote": 10, "figcaption": 11, "pre": 12, "button": 13, "label": 13, "legend": 13, "summary": 14,
    "address": 15, "div": 16, "center": 16, "section": 17, "article": 18, "main": 18, "body": 19, "header": 20,
    "figure": 21, "aside": 22, "form": 23, "ul": 24, "ol": 24, "dl": 24, "table": 25, "tr": 25, "tbody": 25,
    "caption": 26, "details": 27, "dialog": 28,
}  # fmt: skip
_OTHER_TAG = 30
HEADINGS = frozenset((3, 4, 5, 6, 7))
"""Codes of h1 to h6."""
_FLAGS = {
    "article": 1, "main": 2, "aside": 4, "header": 8, "form": 16, "figure": 32, "figcaption": 32, "table": 64,
    "ul": 128, "ol": 128, "li": 128, "blockquote": 256, "details": 512, "dialog": 1024, "dl": 2048, "button": 4096,
}  # fmt: skip
_BOXES = frozenset("ul ol table dl figure aside blockquote".split())
_CLASS = re.compile(r"\sclass=\"([^\"]*)\"")
_HIDDEN = re.compile(r"display:\s*none|\shidden(?:=|\s|$)|aria-hidden=\"true\"|visibility:\s*hidden")
_CJK = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CLOSERS = "\"'”’»)]）」』“›*"
_ENDS = frozenset(".!?。！？…।؟۔")
_GOOD_CHARS = 60
"""A good block is a sentence of prose: 60 characters, few links, ends as sentences do."""
_GOOD_LINKS = 0.35
_MAIN_SHARE = 0.7
_HALF_SHARE = 0.4


@dataclass(slots=True)
class Layout:
    """Sums over blocks and over the elements around them; lists are parallel to the blocks."""

    chars: list[int]
    words: list[int]
    link_density: list[float]
    ends: list[int]
    good: list[bool]
    cjk: list[bool]
    codes: list[int]
    kin: list[tuple[str, str, str, str]]
    lower: list[str]
    touched: list[int]
    """Every element that holds a block or is around one, ascending: parents come before children."""
    good_chars: dict[int, int]
    all_chars: dict[int, int]
    link_chars: dict[int, float]
    blocks: dict[int, int]
    good_blocks: dict[int, int]
    class_of: dict[int, str]
    flags: dict[int, int]
    depth: dict[int, int]
    hidden: dict[int, bool]
    box: dict[int, int]
    total_good: int
    container: int
    """The deepest element that holds 70% of the good text; -1: none."""
    half: int
    """A deepest element that holds 40% of it."""
    inside: list[bool]
    """For each block, whether it stands in the container."""
    headings: list[int]
    """For each block, the last heading before it; -1: none."""
    kin_good: dict[tuple[str, str, str, str], int]
    """Characters of good text by kin."""
    parents: list[int]
    """The snapshot's."""

    def code_of(self, tag: str) -> int:
        """Return the number that stands for a tag."""
        return _TAG_CODES.get(tag, _OTHER_TAG)


def lay_out(snapshot: Snapshot, blocks: list[TextBlock]) -> Layout:
    """Return the sums that the features are made of."""
    chars, words, density, ends, good, cjk, lower = _text_facts(blocks)
    tags, parents = snapshot.tags, snapshot.parents
    good_chars: dict[int, int] = {}
    all_chars: dict[int, int] = {}
    link_chars: dict[int, float] = {}
    counts: dict[int, int] = {}
    good_counts: dict[int, int] = {}
    touched: set[int] = set()
    for i, block in enumerate(blocks):
        touched.add(block.element)
        e = parents[block.element]
        if e >= 0:
            n = chars[i]
            good_chars[e] = good_chars.get(e, 0) + (n if good[i] else 0)
            all_chars[e] = all_chars.get(e, 0) + n
            link_chars[e] = link_chars.get(e, 0.0) + n * density[i]
            counts[e] = counts.get(e, 0) + 1
            good_counts[e] = good_counts.get(e, 0) + good[i]
        while e >= 0 and e not in touched:
            touched.add(e)
            e = parents[e]
    order = sorted(touched)
    for e in reversed(order):
        p = parents[e]
        if p >= 0 and e in counts:
            good_chars[p] = good_chars.get(p, 0) + good_chars[e]
            all_chars[p] = all_chars.get(p, 0) + all_chars[e]
            link_chars[p] = link_chars.get(p, 0.0) + link_chars[e]
            counts[p] = counts.get(p, 0) + counts[e]
            good_counts[p] = good_counts.get(p, 0) + good_counts[e]
    class_of, flags, depth, hidden, box = _inherited(snapshot, order)
    total = sum(n for n, g in zip(chars, good, strict=True) if g)
    kin = _kin(snapshot, blocks, class_of)
    kin_good: dict[tuple[str, str, str, str], int] = {}
    for key, n, g in zip(kin, chars, good, strict=True):
        kin_good[key] = kin_good.get(key, 0) + (n if g else 0)
    container = max((e for e, n in good_chars.items() if n >= _MAIN_SHARE * total), default=-1) if total else -1
    half = max((e for e, n in good_chars.items() if n >= _HALF_SHARE * total), default=-1) if total else -1
    codes = [_TAG_CODES.get(tags[block.element], _OTHER_TAG) for block in blocks]
    edge = snapshot.ends[container] if container >= 0 else 0
    inside = [container < 0 or container < block.element < edge for block in blocks]
    return Layout(
        chars, words, density, ends, good, cjk, codes, kin, lower, order, good_chars, all_chars, link_chars, counts,
        good_counts, class_of, flags, depth, hidden, box, total, container, half, inside, _last_headings(codes),
        kin_good, parents,
    )  # fmt: skip


def class_name(source: str) -> str:
    """Return the class of an element by its attributes, as in the snapshot; "" for none."""
    found = _CLASS.search(source)
    return found[1] if found else ""


def _kin(snapshot: Snapshot, blocks: list[TextBlock], class_of: dict[int, str]) -> list[tuple[str, str, str, str]]:
    """Return what blocks of one kind have in common: tag, class, tag and class of the parent."""
    tags, parents = snapshot.tags, snapshot.parents
    found = []
    for block in blocks:
        e = block.element
        p = parents[e]
        found.append((tags[e], class_of[e], tags[p], class_of[p]) if p >= 0 else (tags[e], class_of[e], "", ""))
    return found


def _last_headings(codes: list[int]) -> list[int]:
    found = []
    last = -1
    for i, code in enumerate(codes):
        found.append(last)
        if code in HEADINGS:
            last = i
    return found


def _text_facts(
    blocks: list[TextBlock],
) -> tuple[list[int], list[int], list[float], list[int], list[bool], list[bool], list[str]]:
    chars, words, density, ends, good, cjk, lower = [], [], [], [], [], [], []
    for block in blocks:
        text = block.text
        n = len(text)
        count = text.count(" ") + 1
        dense = block.link_chars / n
        wide = False
        if not text.isascii():
            head = text[:200]
            if len(_CJK.findall(head)) * 3 > len(head):
                # a CJK character carries about as much as two letters
                wide = True
                count = max(count, n // 2)
                n *= 2
        last = text.rstrip(_CLOSERS)[-1:]
        end = 2 if last in _ENDS else 1 if last in {":", ";"} else 0
        if not last:
            end = 0
        chars.append(n)
        words.append(count)
        density.append(dense)
        ends.append(end)
        good.append(n >= _GOOD_CHARS and dense < _GOOD_LINKS and end == 2)  # noqa: PLR2004  # a sentence's end
        cjk.append(wide)
        lower.append(text.lower())
    return chars, words, density, ends, good, cjk, lower


def _inherited(
    snapshot: Snapshot, order: list[int]
) -> tuple[dict[int, str], dict[int, int], dict[int, int], dict[int, bool], dict[int, int]]:
    """Return class, ancestor flags, depth, hiddenness and nearest box of every touched element."""
    tags, parents, sources = snapshot.tags, snapshot.parents, snapshot.sources
    class_of: dict[int, str] = {}
    flags: dict[int, int] = {-1: 0}
    depth: dict[int, int] = {-1: -1}
    hidden: dict[int, bool] = {-1: False}
    box: dict[int, int] = {-1: -1}
    for e in order:
        p = parents[e]
        tag = tags[e]
        source = sources[e]
        flags[e] = flags[p] | _FLAGS.get(tag, 0)
        depth[e] = depth[p] + 1
        box[e] = e if tag in _BOXES else box[p]
        if source:
            class_of[e] = class_name(source)
            hidden[e] = hidden[p] or (("hidden" in source or "none" in source) and _HIDDEN.search(source) is not None)
        else:
            class_of[e] = ""
            hidden[e] = hidden[p]
    return class_of, flags, depth, hidden, box
