"""Scores -> one coherent article: what is kept, how sure that is, and why each block was kept or dropped."""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

from scraper.body.labels import reason_of
from scraper.body.layout import HEADINGS
from scraper.body.model import PLAUSIBLE
from scraper.body.repeats import SAME, drop_repeats
from scraper.body.strays import drop_strays, stray_reason
from scraper.model.evidence import BlockVerdict

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from scraper.body.layout import Layout
    from scraper.body.segment import TextBlock
    from scraper.page.snapshot import Snapshot

__all__ = ["THRESHOLDS", "UNSURE", "VOTED", "confidence_of", "decide", "moved_by", "standfirst_of", "verdicts_of"]

UNSURE = 0.90
"""Confidence below which a second opinion is asked: 2.7% of the annotated pages (decision 3)."""
_VOTE = 0.3
"""What the second opinion adds to, or takes from, a block's score; .1 to .49 tried in cross-validation."""
_AGREES = 0.5
"""Share of a block's three-word runs that the other text must hold."""

_KEEP = 0.5
THRESHOLDS = (_KEEP, 0.3, 0.15, 0.05)
"""Tried in turn until a body of `_ENOUGH` characters comes out: removes total failures on unusual pages."""
VOTED = (_KEEP, 0.35)
"""The same for scores with a vote in them: the vote alone, `_VOTE`, keeps nothing that our trees have ruled out."""
_ENOUGH = 300
_FEW_ITEMS = 3
_SUMMARY = re.compile(
    r"standfirst|\bdek\b|deck|lead\b|lede|intro|summary|teaser|chapo|kicker|subhead|sub-?title|excerpt|abstract|"
    r"description|vorspann|sapo|entradilla|bajada|ingress",
    re.IGNORECASE,
)
"""Class names that templates in several languages give the summary under the headline."""
_SUMMARY_CHARS = 600
_DENSE = 0.5
_FEW_CHARS = 25
_H1 = 3
"""The code of <h1> in `layout`."""
_SECTION_HEADINGS = HEADINGS - {_H1}
_HEADS = 0.3
_SURE_HEADING = 0.8
_PAGE_END, _TEXT = 100, 99
"""What follows a heading, where it is none itself: nothing, text."""


def decide(
    blocks: list[TextBlock], layout: Layout, scores: Sequence[float], thresholds: tuple[float, ...] = THRESHOLDS
) -> list[bool]:
    """Return for each block whether it belongs to the article; `thresholds` are tried in turn until there is one."""
    levelled = _levelled(blocks, layout, scores)
    kept = [False] * len(blocks)
    for threshold in thresholds:
        kept = [score >= threshold for score in levelled]
        if sum(compress(layout.chars, kept)) >= _ENOUGH:
            break
    drop_strays(blocks, layout, kept)
    drop_repeats(blocks, layout, scores, kept)
    _keep_headings(layout, levelled, kept)
    _drop_idle_headings(layout, levelled, kept)
    return kept


def _levelled(blocks: list[TextBlock], layout: Layout, scores: Sequence[float]) -> list[float]:
    """Return the scores with one for all items of a list, table, quotation or box: none is kept in part.

    First what is of one kind inside a box, then the box; what the first stage has ruled out stays out. Out of fold on
    1,110 pages eight more are exact, and the mean shingle F1 of the four sets rises by .0007.
    """
    levelled = list(scores)
    mixed = {layout.box[block.element] for block, score in zip(blocks, scores, strict=True) if score >= _KEEP} - {-1}
    of_kind: dict[Hashable, list[int]] = {}
    of_box: dict[Hashable, list[int]] = {}
    for i, block in enumerate(blocks) if mixed else ():
        box = layout.box[block.element]
        if box in mixed:
            of_kind.setdefault((box, layout.kin[i]), []).append(i)
            of_box.setdefault(box, []).append(i)
    for items in (*of_kind.values(), *of_box.values()):
        mine = [levelled[i] for i in items]
        if len(items) >= _FEW_ITEMS and min(mine) >= PLAUSIBLE and min(mine) < _KEEP <= max(mine):
            mean = sum(mine) / len(mine)
            for i in items:
                levelled[i] = mean
    return levelled


def moved_by(text: str, blocks: list[TextBlock], scores: Sequence[float]) -> list[float]:
    """Return the scores after another extractor's `text` (on one line) has spoken for or against each block."""
    words = text.split()
    runs = set(zip(words, words[1:], words[2:], strict=False))
    moved = []
    for block, score in zip(blocks, scores, strict=True):
        mine = block.text.split()
        own = list(zip(mine, mine[1:], mine[2:], strict=False))
        shared = sum(run in runs for run in own)
        agrees = shared > _AGREES * len(own) if len(own) > 1 else " ".join(mine) in text
        moved.append(min(1.0, score + _VOTE) if agrees else max(0.0, score - _VOTE))
    return moved


def _keep_headings(layout: Layout, scores: Sequence[float], kept: list[bool]) -> None:
    """Keep the headings right above kept text that were nearly kept themselves: a section has its heading.

    Out of fold on 1,110 pages, such headings of a score from .3 up belong / do not belong: 61 / 16 (read pages: 106 /
    34); from .2 to .3 it is 20 / 17.
    """
    for i in range(len(kept) - 2, -1, -1):
        if not kept[i] and kept[i + 1] and scores[i] >= _HEADS and layout.codes[i] in _SECTION_HEADINGS:
            kept[i] = True


def _drop_idle_headings(layout: Layout, scores: Sequence[float], kept: list[bool]) -> None:
    """Drop the headings that no kept text follows, and unsure ones whose section was dropped: they belong to that.

    Out of fold, headings below .8 above a dropped section belong / do not belong on 1,110 pages 8 / 14, on read ones
    11 / 31.
    """
    following = _PAGE_END
    beside = False
    for i in range(len(kept) - 1, -1, -1):
        code = layout.codes[i]
        if kept[i] and code in HEADINGS:
            unsure = code >= following and not beside and scores[i] < _SURE_HEADING
            if following == _PAGE_END or unsure:
                kept[i] = False
        if kept[i]:
            following = code if code in HEADINGS else _TEXT
        beside = kept[i]


def confidence_of(layout: Layout, scores: Sequence[float], kept: list[bool]) -> float:
    """Return the expected F1 of the body by its characters, 0 to 1, taking the scores for probabilities."""
    right = wrong = missed = 0.0
    for n, score, keep in zip(layout.chars, scores, kept, strict=True):
        if keep:
            right += n * score
            wrong += n * (1 - score)
        else:
            missed += n * score
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def standfirst_of(snapshot: Snapshot, blocks: list[TextBlock], layout: Layout, kept: list[bool]) -> int | None:
    """Return the block that is the summary under the headline, where the first kept block is one."""
    order = [i for i, keep in enumerate(kept) if keep][:2]
    if len(order) < 2 or layout.chars[order[0]] > _SUMMARY_CHARS:  # noqa: PLR2004  # a summary has something below it
        return None
    first, second = order
    element = blocks[first].element
    alone = layout.kin[first] != layout.kin[second]
    parent = snapshot.parents[element]
    names = layout.class_of[element] + " " + (layout.class_of[parent] if parent >= 0 else "")
    if layout.codes[first] in HEADINGS:
        return first if alone and layout.good[second] else None
    return first if alone and _SUMMARY.search(names) else None


def verdicts_of(
    snapshot: Snapshot, blocks: list[TextBlock], layout: Layout, scores: Sequence[float], kept: list[bool]
) -> tuple[BlockVerdict, ...]:
    """Return the decision about every block with its reason in words."""
    order = [i for i, keep in enumerate(kept) if keep]
    first, last = (order[0], order[-1]) if order else (len(kept), -1)
    texts = {block.text for block, keep in zip(blocks, kept, strict=True) if keep}
    found = []
    for i, block in enumerate(blocks):
        names = layout.class_of[block.element].split()
        place = ".".join([snapshot.tags[block.element], *names[:2]])
        likely = scores[i] >= _KEEP
        if kept[i]:
            reason = _kept_reason(layout, i)
        elif block.text in texts and (likely or len(block.text) >= SAME):
            reason = "the same text is kept elsewhere"
        elif likely and first < i < last and layout.box[block.element] >= 0:
            reason = "most of its list was dropped"
        elif likely and layout.codes[i] in HEADINGS:
            reason = "heading of a section that was dropped"
        else:
            reason = _dropped_reason(blocks, layout, i, (first, last))
        found.append(BlockVerdict(text=block.text, kept=kept[i], score=round(scores[i], 3), reason=reason, place=place))
    return tuple(found)


def _kept_reason(layout: Layout, i: int) -> str:
    if layout.codes[i] in HEADINGS:
        return "heading of a kept section"
    if layout.good[i]:
        return "prose inside the article" if layout.inside[i] else "prose like the article's"
    return "belongs to the text around it"


def _dropped_reason(blocks: list[TextBlock], layout: Layout, i: int, edges: tuple[int, int]) -> str:
    text = blocks[i].text
    words = stray_reason(text) or reason_of(text)
    if words:
        return words
    dense = layout.link_density[i]
    reasons = (
        (layout.codes[i] == _H1, "the headline"),
        (dense >= _DENSE, f"link density {dense:.2f}"),
        (layout.hidden[blocks[i].element], "hidden on the page"),
        (not layout.inside[i], "outside the article"),
        (i < edges[0], "before the article's start"),
        (i > edges[1], "after the article's end"),
        (layout.chars[i] < _FEW_CHARS, "a label, not a sentence"),
    )
    return next((reason for holds, reason in reasons if holds), "unlike the article's text around it")
