"""Scores -> one coherent article: what is kept, how sure that is, and why each block was kept or dropped."""

from __future__ import annotations

import re
from itertools import compress
from math import sqrt
from operator import mul
from typing import TYPE_CHECKING

from scraper.body.classifier.layout import HEADINGS
from scraper.body.classifier.model import PLAUSIBLE
from scraper.body.decisions.appended import comments_from, in_other_articles
from scraper.body.decisions.headline_line import is_headline
from scraper.body.decisions.picture_lines import is_picture_line
from scraper.body.decisions.repeats import SAME, drop_repeats, drop_whole_copies, is_whole_copy
from scraper.body.decisions.series import keep_missed_series, keep_numbered_headings, numbered_series
from scraper.body.decisions.strays import drop_strays, stray_reason
from scraper.body.labels import reason_of
from scraper.compiled import fastest
from scraper.model.evidence import BlockVerdict

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from scraper.body.blocks.segment import TextBlock
    from scraper.body.decisions.outline import Outline
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
_SURE, _SENTENCE = 0.9, 40
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
_PROSE = 200
"""Characters of a paragraph that stands in a heading's tag; longer ones on 2,081 pages are summaries and paragraphs."""
_PAGE_END, _TEXT = 100, 99
"""What follows a heading, where it is none itself: nothing, text."""


def decide(
    blocks: list[TextBlock], outline: Outline, scores: Sequence[float], thresholds: tuple[float, ...] = THRESHOLDS
) -> list[bool]:
    """Return for each block whether it belongs to the article; `thresholds` are tried in turn until there is one."""
    levelled = _levelled(outline, scores)
    kept = [False] * len(blocks)
    for threshold in thresholds:
        kept = [score >= threshold for score in levelled]
        if sum(compress(outline.chars, kept)) >= _ENOUGH or _is_brief(outline, levelled, kept):
            break
    headings = [i for i, code in enumerate(outline.codes) if code in HEADINGS]
    series = list(numbered_series(blocks, outline, headings))
    keep_missed_series(series, blocks, outline, scores, kept)
    _drop_strays(blocks, outline, kept)
    drop_repeats(blocks, outline, scores, kept)
    drop_whole_copies(blocks, kept)
    _keep_headings(outline, levelled, kept)
    some = kept[:]
    _drop_idle_headings(outline, levelled, kept)
    if not any(kept) and sum(compress(outline.chars, some)) >= _ENOUGH:
        kept = some  # all of the text stands in headings' tags
    keep_numbered_headings(series, outline, kept)
    return kept


def _is_brief(outline: Outline, scores: Sequence[float], kept: list[bool]) -> bool:
    """Whether a sentence that is surely the article's is kept: little text is then a short article, not a failure.

    Out of fold on 2,081 pages, few of them short, 1 better and none worse.
    """
    return any(
        keep and score >= _SURE and n >= _SENTENCE for keep, score, n in zip(kept, scores, outline.chars, strict=True)
    )


def _levelled(outline: Outline, scores: Sequence[float]) -> list[float]:
    """Return the scores with one for all items of a list, table, quotation or box: none is kept in part.

    First what is of one kind inside a box, then the box; what the first stage has ruled out stays out. Out of fold on
    1,110 pages eight more are exact, and the mean shingle F1 of the four sets rises by .0007.
    """
    levelled = list(scores)
    mixed = {box for box, score in zip(outline.box, scores, strict=True) if score >= _KEEP} - {-1}
    of_kind: dict[Hashable, list[int]] = {}
    of_box: dict[Hashable, list[int]] = {}
    for i, box in enumerate(outline.box) if mixed else ():
        if box in mixed:
            of_kind.setdefault((box, outline.kin[i]), []).append(i)
            of_box.setdefault(box, []).append(i)
    for items in (*of_kind.values(), *of_box.values()):
        mine = [levelled[i] for i in items]
        if len(items) >= _FEW_ITEMS and min(mine) >= PLAUSIBLE and min(mine) < _KEEP <= max(mine):
            weights = [sqrt(outline.chars[i]) for i in items]  # a slide's text says more than its buttons
            mean = sum(map(mul, mine, weights)) / sum(weights)
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


def _keep_headings(outline: Outline, scores: Sequence[float], kept: list[bool]) -> None:
    """Keep the headings right above kept text that were nearly kept themselves: a section has its heading.

    Out of fold on 1,110 pages, such headings of a score from .3 up belong / do not belong: 61 / 16 (read pages: 106 /
    34); from .2 to .3 it is 20 / 17.
    """
    for i in range(len(kept) - 2, -1, -1):
        if not kept[i] and kept[i + 1] and scores[i] >= _HEADS and outline.codes[i] in _SECTION_HEADINGS:
            kept[i] = True


def _drop_idle_headings(outline: Outline, scores: Sequence[float], kept: list[bool]) -> None:
    """Drop the headings that no kept text follows, and unsure ones whose section was dropped: they belong to that.

    Out of fold, headings below .8 above a dropped section belong / do not belong on 1,110 pages 8 / 14, on read ones
    11 / 31.
    """
    following = _PAGE_END
    beside = False
    for i in range(len(kept) - 1, -1, -1):
        code = outline.codes[i]
        if kept[i] and code in HEADINGS and outline.chars[i] < _PROSE:
            unsure = code >= following and not beside and scores[i] < _SURE_HEADING
            if following == _PAGE_END or unsure:
                kept[i] = False
        if kept[i]:
            following = code if code in HEADINGS and outline.chars[i] < _PROSE else _TEXT
        beside = kept[i]


def confidence_of(outline: Outline, scores: Sequence[float], kept: list[bool]) -> float:
    """Return the expected F1 of the body by its characters, 0 to 1, taking the scores for probabilities."""
    right = wrong = missed = 0.0
    for n, score, keep in zip(outline.chars, scores, kept, strict=True):
        if keep:
            right += n * score
            wrong += n * (1 - score)
        else:
            missed += n * score
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def standfirst_of(outline: Outline, kept: list[bool]) -> int | None:
    """Return the block that is the summary under the headline, where the first kept block is one."""
    order = [i for i, keep in enumerate(kept) if keep][:2]
    if len(order) < 2 or outline.chars[order[0]] > _SUMMARY_CHARS:  # noqa: PLR2004  # a summary has something below it
        return None
    first, second = order
    alone = outline.kin[first] != outline.kin[second]
    if outline.codes[first] in HEADINGS:
        return first if alone and outline.good[second] else None
    _, own, _, parents = outline.kin[first]
    return first if alone and _SUMMARY.search(f"{own} {parents}") else None


def verdicts_of(
    snapshot: Snapshot, blocks: list[TextBlock], outline: Outline, scores: Sequence[float], kept: list[bool]
) -> tuple[BlockVerdict, ...]:
    """Return the decision about every block with its reason in words."""
    order = [i for i, keep in enumerate(kept) if keep]
    first, last = (order[0], order[-1]) if order else (len(kept), -1)
    texts = {block.text for block, keep in zip(blocks, kept, strict=True) if keep}
    comments = comments_from(blocks, outline, kept)
    elsewhere = set(in_other_articles(snapshot, blocks, [score >= _KEEP for score in scores]))
    found = []
    for i, block in enumerate(blocks):
        names = outline.kin[i][1].split()
        place = ".".join([snapshot.tags[block.element], *names[:2]])
        likely = scores[i] >= _KEEP
        if kept[i]:
            reason = _kept_reason(outline, i)
        elif i in elsewhere:
            reason = "in another article"
        elif likely and i >= comments:
            reason = "below the heading of the comments"
        elif (block.text in texts and (likely or len(block.text) >= SAME)) or (
            likely and is_whole_copy(i, blocks, kept)
        ):
            reason = "the same text is kept elsewhere"
        elif i < first and is_headline(snapshot, block):
            reason = "the headline"
        elif likely and is_picture_line(snapshot, block):
            reason = "repeats what the picture above it says, or stands in its box"
        elif likely and first < i < last and outline.box[i] >= 0:
            reason = "most of its list was dropped"
        elif likely and outline.codes[i] in HEADINGS:
            reason = "heading of a section that was dropped"
        else:
            reason = _dropped_reason(blocks, outline, i, (first, last))
        found.append(BlockVerdict(text=block.text, kept=kept[i], score=round(scores[i], 3), reason=reason, place=place))
    return tuple(found)


def _kept_reason(outline: Outline, i: int) -> str:
    if outline.codes[i] in HEADINGS:
        return "heading of a kept section"
    if outline.good[i]:
        return "prose inside the article" if outline.inside[i] else "prose like the article's"
    return "belongs to the text around it"


def _dropped_reason(blocks: list[TextBlock], outline: Outline, i: int, edges: tuple[int, int]) -> str:
    text = blocks[i].text
    words = stray_reason(text) or reason_of(text)
    if words:
        return words
    dense = outline.link_density[i]
    reasons = (
        (outline.codes[i] == _H1, "the headline"),
        (dense >= _DENSE, f"link density {dense:.2f}"),
        (outline.hidden[i], "hidden on the page"),
        (not outline.inside[i], "outside the article"),
        (i < edges[0], "before the article's start"),
        (i > edges[1], "after the article's end"),
        (outline.chars[i] < _FEW_CHARS, "a label, not a sentence"),
    )
    return next((reason for holds, reason in reasons if holds), "unlike the article's text around it")


_drop_strays = fastest(drop_strays, "strays")
