"""Block -> numbers, second stage: closer reading of the plausible blocks, in the light of the first stage's scores."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from math import fsum, log
from typing import TYPE_CHECKING, NamedTuple

from scraper.body.classifier.claims import words_of
from scraper.body.classifier.features import FIRST_STAGE
from scraper.body.classifier.layout import HEADINGS
from scraper.body.classifier.phrases import PHRASE_COLUMNS
from scraper.body.classifier.tokens import edge_tokens

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from scraper.body.blocks.segment import TextBlock
    from scraper.body.classifier.claims import Claims
    from scraper.body.classifier.layout import Layout
    from scraper.body.classifier.tokens import ClassWords
    from scraper.page.snapshot import Snapshot

__all__ = ["SECOND_STAGE", "EdgeTables", "FirstStage", "edge_columns", "filler_share", "second_stage"]

_READING = (
    "digits capitals commas start separators marks questions start_mark breaks in_brackets colons title_overlap "
    "in_title in_description same_before same_after in_json_ld repeats_before repeats_after on_topic filler strong"
)
_SURROUNDING = "repeated_at repeated time times_before times_after short_before short_after"
_SCORES = (
    "score score_4 score_3 score_2 score_1 score1 score2 score3 score4 parent_mean parent_mass parent_count "
    "grand_mean grand_mass grand_count kin_mean kin_mass kin_members section_mean section_heading section_chars "
    "section_blocks mass_before mass_after since_kept until_kept chars_since_kept chars_until_kept run "
    "same_text_before same_text_after best_before best_after near wide log_mass_before log_mass_after "
    "page_mass page_kept page_best page_unsure"
)
_EDGE = (
    "flow_own_max flow_own_sum flow_parent_max flow_parent_sum flow_grand_max flow_grand_sum flow_text_max "
    "flow_text_min flow_text_sum flow_text_top3 flow_text_known"
)
SECOND_STAGE = (*FIRST_STAGE, *f"{_READING} {_SURROUNDING} {_SCORES} {_EDGE}".split(), *PHRASE_COLUMNS)
"""Names of the columns of `second_stage`, `edge_columns` and `phrase_columns`, in order."""

_TIME = re.compile(r"\d{1,2}[:.h]\d{2}|\b(?:19|20)\d\d\b")
_FILLER = frozenset(
    """lorem ipsum dolor dolore dolores sit amet consectetur consetetur sadipscing adipiscing elit elitr sed diam nonumy
    nonummy eirmod tempor invidunt ut labore et magna aliqua aliquam aliquyam erat voluptua at vero eos accusam justo
    duo ea rebum stet clita kasd gubergren takimata sanctus est duis autem vel eum iriure hendrerit vulputate velit esse
    molestie consequat illum feugiat nulla facilisis facilisi voluptatem quod cumque repellat rerum sint qui aut laborum
    voluptas quia tenetur nihil sequi veniam quis nostrud exercitation ullamco laboris nisi aliquip commodo""".split()
)
"""Words of the placeholder Latin that paywalls show in place of the article."""
_OPENERS = frozenset("\"'“„«‘»「『")
_DASHES = frozenset("–—-")
_SEPARATORS = ("|", "·", "»", "›", "→", "►", "•")
_MARKS = ("©", "@", "http")
_DIGITS = b"0123456789"
_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HEAD = 48
_LABEL = 120
_ENDS = ("!", "?", "。", "！", "？", "।")
_LEAST_SENTENCE = 20
_KEY = 160
_MOST_TEXT = 50_000
"""Characters of a block whose words are compared with those of others."""
_INNERMOST = 30
"""Elements around a text that are asked whether they emphasise it; hostile pages nest thousands."""
_TOPIC_BLOCKS = 6
_NONE = -0.1
_KEPT = 0.5


@dataclass(frozen=True, slots=True)
class EdgeTables:
    """Weights of tokens among plausible blocks only: positive for what does not belong to the article."""

    own: Mapping[str, float]
    parent: Mapping[str, float]
    grandparent: Mapping[str, float]
    text: Mapping[str, float]


class FirstStage(NamedTuple):
    """What the first stage says of a page."""

    scores: Sequence[float]
    """0 to 1, of all blocks."""
    plausible: Sequence[int]
    """Blocks that may belong to the article."""
    asked: Sequence[int]
    """Those of them that the second stage is asked about."""
    rows: list[list[float]]
    """Rows of `FIRST_STAGE` of the blocks asked about, token columns included."""


def second_stage(
    snapshot: Snapshot, blocks: list[TextBlock], layout: Layout, claims: Claims, first: FirstStage
) -> list[list[float]]:
    """Return one row of `SECOND_STAGE` for each block asked about, without those of trained tables."""
    asked = first.asked
    reading = _read(snapshot, blocks, layout, claims, first)
    surrounding = _surroundings(snapshot, blocks, layout, asked)
    context = _score_context(blocks, layout, first.scores, asked)
    return [[*first.rows[k], *reading[k], *surrounding[k], *context[k]] for k in range(len(asked))]


def edge_columns(
    blocks: list[TextBlock], layout: Layout, names: ClassWords, tables: EdgeTables, plausible: Sequence[int]
) -> list[tuple[float, ...]]:
    """Return the columns of `SECOND_STAGE` that depend on trained tables, for each plausible block."""
    parents = layout.parents
    known = tables.text
    by_parent: dict[int, tuple[float, float, float, float]] = {}
    rows: list[tuple[float, ...]] = []
    for i in plausible:
        element = blocks[i].element
        p = parents[element]
        around = by_parent.get(p)
        if around is None:
            g = parents[p] if p >= 0 else -1
            around = by_parent[p] = (*_top(names.of(p), tables.parent), *_top(names.of(g), tables.grandparent))
        text = sorted([known[token] for token in edge_tokens(layout.lower[i]) if token in known])
        of_text = (text[-1], text[0], fsum(text), fsum(text[-3:]), len(text)) if text else (0.0, 0.0, 0.0, 0.0, 0)
        rows.append((*_top(names.of(element), tables.own), *around, *of_text))
    return rows


def _top(words: tuple[str, ...], table: Mapping[str, float]) -> tuple[float, float]:
    weights = [table[word] for word in words if word in table]
    return (max(weights), fsum(weights)) if weights else (0.0, 0.0)


def _read(
    snapshot: Snapshot, blocks: list[TextBlock], layout: Layout, claims: Claims, first: FirstStage
) -> list[tuple[float, ...]]:
    """Closer features of the text of each block asked about."""
    repeats = _repeats(layout, first)
    topic = _topic(layout, claims, first.plausible)
    keys = [block.text[:_KEY] for block in blocks]
    last_of = dict(zip(keys, range(len(keys)), strict=True))
    first_of = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
    rows: list[tuple[float, ...]] = []
    for i in first.asked:
        text = blocks[i].text
        head = text[:_HEAD]
        key = keys[i]
        words = _words(layout, i)
        start = text[0]
        rows.append((
            *_digits_and_capitals(head),
            text.count(",") + text.count("、") + text.count("，") + text.count("،"),
            1 if start.islower() else 0 if start.isalnum() else 2,
            _any_of(_SEPARATORS, text), _any_of(_MARKS, text), text.count("?"),
            1 if start in _OPENERS else 2 if start in _DASHES else 0, text.count("\n"),
            start in "([（【" and text[-1] in ")])）】", text.count(":"),
            *_claimed(layout.lower[i], claims),
            first_of[key] < i, last_of[key] > i,
            (2 if len(text) > 15 and text[:60] in claims.body else 1) if claims.body else 0,  # noqa: PLR2004  # long enough to tell
            *repeats[i],
            _share(words, topic, long=1 if layout.cjk[i] else 3), filler_share(words),
            _emphasis(snapshot, blocks[i]),
        ))  # fmt: skip
    return rows


def _digits_and_capitals(head: str) -> tuple[float, float]:
    """Return the shares of digits and of capital letters."""
    n = len(head)
    if head.isascii():
        plain = head.encode()
        return (n - len(plain.translate(None, _DIGITS))) / n, (n - len(plain.translate(None, _CAPITALS))) / n
    return sum(map(str.isdigit, head)) / n, sum(map(str.isupper, head)) / n


def _words(layout: Layout, i: int) -> list[str]:
    """Words of a text; of a script without spaces, pairs of characters."""
    lower = layout.lower[i][:_MOST_TEXT]
    return [lower[k : k + 2] for k in range(len(lower) - 1)] if layout.cjk[i] else lower.split()


def _repeats(layout: Layout, stage: FirstStage) -> dict[int, tuple[float, float]]:
    """Return the share of sentences, by length, that an earlier, a later block has too, of each block asked about."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    pieces = {}
    for i in stage.plausible:
        mine = _sentences(layout.lower[i])
        pieces[i] = mine
        for piece in mine:
            first.setdefault(piece, i)
            last[piece] = i
    found = {}
    for i in stage.asked:
        mine = pieces[i]
        total = sum(map(len, mine)) or 1
        before = sum([len(piece) for piece in mine if first[piece] < i])
        after = sum([len(piece) for piece in mine if last[piece] > i])
        found[i] = (before / total, after / total)
    return found


def _sentences(lower: str) -> list[str]:
    for mark in _ENDS:
        if mark in lower:
            lower = lower.replace(mark, ".")
    return [sentence for piece in lower.split(".") if len(sentence := piece.strip()) > _LEAST_SENTENCE]


def _any_of(marks: tuple[str, ...], text: str) -> bool:
    return any([mark in text for mark in marks])  # noqa: C419  # a list is quicker than a generator here


def _topic(layout: Layout, claims: Claims, plausible: Sequence[int]) -> set[str]:
    """Return the longer words of the titles and of the first good blocks."""
    topic = {word for title in list(claims.title_words)[:3] for word in title if len(word) > 3}  # noqa: PLR2004  # longer words
    left = _TOPIC_BLOCKS
    for i in plausible:
        if layout.good[i] and layout.inside[i]:
            long = 1 if layout.cjk[i] else 3
            topic.update([word for word in _words(layout, i) if len(word) > long])
            left -= 1
            if not left:
                break
    return topic


def _share(words: list[str], topic: set[str], *, long: int) -> float:
    longer = [word for word in words if len(word) > long]
    return sum(map(topic.__contains__, longer)) / len(longer) if longer else -1.0


def filler_share(words: list[str]) -> float:
    """Return the share of placeholder Latin among the first words of a text."""
    head = words[:40]
    if _FILLER.isdisjoint(head):
        return 0.0
    return sum(word.strip(".,") in _FILLER for word in head) / len(head) if len(head) > 4 else 0.0  # noqa: PLR2004  # too short to tell


def _claimed(lower: str, claims: Claims) -> tuple[float, float, float]:
    """(Jaccard overlap with a title, share of the words in a title, overlap with a description)."""
    overlap = within = described = 0.0
    if len(lower) < 400:  # noqa: PLR2004  # no longer text is a title
        mine = frozenset(words_of(lower))
        for title in claims.title_words:
            common = len(mine & title)
            if common:
                overlap = max(overlap, common / len(mine | title))
                within = max(within, common / len(mine))
    else:
        mine = frozenset(words_of(lower[:300]))
    if len(lower) > 20 and mine:  # noqa: PLR2004  # long enough to be a summary
        for description in claims.description_words:
            described = max(described, len(mine & description) / min(len(mine), len(description)))
    return overlap, within, described


def _emphasis(snapshot: Snapshot, block: TextBlock) -> float:
    """Share of the text in <b> or <strong>, less the share in <i> or <em>."""
    tags, parents, element = snapshot.tags, snapshot.parents, block.element
    bold = total = 0
    for k in range(block.start, block.end):
        n = len(snapshot.texts[k].strip())
        if n:
            total += n
            e = snapshot.text_parents[k]
            for _ in range(_INNERMOST):
                if e <= element:
                    break
                tag = tags[e]
                if tag in {"b", "strong"}:
                    bold += n
                    break
                if tag in {"i", "em"}:
                    bold -= n
                    break
                e = parents[e]
    return bold / total if total else 0.0


def _surroundings(
    snapshot: Snapshot, blocks: list[TextBlock], layout: Layout, plausible: Sequence[int]
) -> list[tuple[float, ...]]:
    """Features of repeated containers, dates and short lines around each plausible block."""
    repeated = _repeated(snapshot, layout, [snapshot.parents[blocks[i].element] for i in plausible])
    near = sorted({k for i in plausible for k in range(max(0, i - 3), min(len(blocks), i + 3))})
    times = [False] * len(blocks)
    for k in near:
        times[k] = layout.chars[k] < _LABEL and _TIME.search(blocks[k].text) is not None
    short = [0, *accumulate([n < 40 for n in layout.chars])]  # noqa: PLR2004  # a label, a name, a date
    last = len(blocks)
    return [
        (
            *repeated[snapshot.parents[blocks[i].element]], times[i], sum(times[max(0, i - 3) : i]),
            sum(times[i + 1 : i + 3]), short[i] - short[max(0, i - 6)],
            short[min(last, i + 7)] - short[min(last, i + 1)],
        )
        for i in plausible
    ]  # fmt: skip


def _repeated(snapshot: Snapshot, layout: Layout, wanted: list[int]) -> dict[int, tuple[int, int]]:
    """Return (ordinal, count) of the largest group of alike siblings with text that each wanted element stands in.

    Comments, updates and articles appended below come in such groups.
    """
    parents, tags = snapshot.parents, snapshot.tags
    groups: dict[tuple[int, str, str], list[int]] = {}
    good, class_of = layout.good_chars, layout.class_of
    large = [e for e, n in layout.all_chars.items() if n > 160 or good[e] > 100]  # noqa: PLR2004  # a comment's length
    for e in sorted(large):
        groups.setdefault((parents[e], tags[e], class_of[e]), []).append(e)
    own = {e: (k, len(members)) for members in groups.values() for k, e in enumerate(members)}
    found: dict[int, tuple[int, int]] = {-1: (0, 0)}
    for element in wanted:
        path = []
        at = element
        while at not in found:
            path.append(at)
            at = parents[at]
        above = found[at]
        for e in reversed(path):
            mine = own.get(e)
            if mine and mine[1] >= above[1]:
                above = mine
            found[e] = above
    return found


def _score_context(
    blocks: list[TextBlock], layout: Layout, scores: Sequence[float], plausible: Sequence[int]
) -> list[tuple[float, ...]]:
    """Features made of the first stage's scores of each plausible block and of those around it."""
    n = len(scores)
    parents = layout.parents
    chars = layout.chars
    mass = [s * c for s, c in zip(scores, chars, strict=True)]
    total = fsum(mass) + 1
    up = [parents[block.element] for block in blocks]
    over = [parents[p] if p >= 0 else -1 for p in up]
    of_parent = _group_scores(up, mass, chars, total, plausible)
    of_grand = _group_scores(over, mass, chars, total, plausible)
    of_kin = _group_scores(layout.kin, mass, chars, total, plausible)
    sections = _sections(layout, scores, mass)
    gaps = _gaps(scores, chars, mass, total)
    same = _same_text(blocks, scores)
    best_before = [0.0, *accumulate(scores, max)]
    best_after = [0.0, *accumulate(reversed(scores), max)]
    before = [0.0, *accumulate(mass)]
    sums = [0.0, *accumulate(scores)]
    padded = [_NONE] * 4 + list(scores) + [_NONE] * 4
    unsure = sum([0.2 < s < 0.8 for s in scores]) / n  # noqa: PLR2004  # neither way
    page = (total, sum([s > _KEPT for s in scores]), max(scores), unsure)
    rows: list[tuple[float, ...]] = []
    for k, i in enumerate(plausible):
        low, high = max(0, i - 3), min(n, i + 4)
        low8, high8 = max(0, i - 8), min(n, i + 9)
        after = total - before[i + 1]
        rows.append((
            scores[i], *padded[i : i + 4], *padded[i + 5 : i + 9], *of_parent[k], *of_grand[k], *of_kin[k],
            *sections[i], before[i] / total, after / total, *gaps[i], *same[i], best_before[i], best_after[n - 1 - i],
            (sums[high] - sums[low]) / (high - low), (sums[high8] - sums[low8]) / (high8 - low8),
            log(before[i] + 1), log(after + 1), *page,
        ))  # fmt: skip
    return rows


def _group_scores(
    keys: Sequence[Hashable], mass: list[float], chars: list[int], total: float, wanted: Sequence[int]
) -> list[tuple[float, float, int]]:
    """(mean score of the others in the group by length, its share of all mass, members) for each wanted block."""
    sums: dict[Hashable, tuple[float, int, int]] = {}
    known = sums.get
    for key, m, c in zip(keys, mass, chars, strict=True):
        row = known(key)
        sums[key] = (row[0] + m, row[1] + c, row[2] + 1) if row else (m, c, 1)
    rows = []
    for i in wanted:
        whole, length, count = sums[keys[i]]
        mean = (whole - mass[i]) / (length - chars[i]) if length > chars[i] else _NONE
        rows.append((mean, whole / total, count))
    return rows


def _sections(layout: Layout, scores: Sequence[float], mass: list[float]) -> list[tuple[float, float, float, float]]:
    """(mean score under the heading, the heading's score, characters, blocks) of the section of each block."""
    codes, chars = layout.codes, layout.chars
    n = len(codes)
    starts = sorted({0, *(i for i in range(n) if codes[i] in HEADINGS)})
    rows: list[tuple[float, float, float, float]] = []
    for start, stop in zip(starts, [*starts[1:], n], strict=True):
        headed = codes[start] in HEADINGS
        inner = start + 1 if headed else start
        length = sum(chars[inner:stop])
        mean = fsum(mass[inner:stop]) / length if length else _NONE
        row = (mean, scores[start] if headed else _NONE, float(length), float(stop - start))
        rows.extend([row] * (stop - start))
    return rows


def _gaps(
    scores: Sequence[float], chars: list[int], mass: list[float], total: float
) -> list[tuple[float, float, float, float, float]]:
    """(blocks since, blocks until, characters since, characters until a kept block, mass of the run) of each block."""
    n = len(scores)
    kept = [s > _KEPT for s in scores]
    since = _gap(kept, chars)
    until = _gap(kept[::-1], chars[::-1])[::-1]
    run = [0.0] * n
    start = 0
    while start < n:
        stop = start
        while stop < n and kept[stop] == kept[start]:
            stop += 1
        run[start:stop] = [fsum(mass[start:stop]) / total] * (stop - start)
        start = stop
    return [(since[i][0], until[i][0], since[i][1], until[i][1], run[i]) for i in range(n)]


def _gap(kept: list[bool], chars: list[int]) -> list[tuple[int, int]]:
    """Return (blocks, characters) since the last kept block before each, at most 50 and 5,000."""
    rows: list[tuple[int, int]] = []
    blocks, length = 50, 5000
    for keep, c in zip(kept, chars, strict=True):
        rows.append((blocks, length))
        if keep:
            blocks, length = 1, 0
        else:
            blocks, length = min(blocks + 1, 50), min(length + c, 5000)
    return rows


def _same_text(blocks: list[TextBlock], scores: Sequence[float]) -> list[tuple[float, float]]:
    """(best score of the same text before, after) for each block; -0.1 where there is none."""
    keys = [block.text[:_KEY] for block in blocks]
    before = _best_same(keys, scores)
    after = _best_same(keys[::-1], scores[::-1])[::-1]
    return list(zip(before, after, strict=True))


def _best_same(keys: list[str], scores: Sequence[float]) -> list[float]:
    best: dict[str, float] = {}
    found = []
    for key, score in zip(keys, scores, strict=True):
        known = best.get(key)
        found.append(_NONE if known is None else known)
        if known is None or score > known:
            best[key] = score
    return found
