"""Block -> numbers, first stage: cheap features of every block, from its text, its place and its kin.

No feature names a site or a language. What each group is worth: docs/decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, log
from typing import TYPE_CHECKING

from scraper.body.classifier.tokens import first_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from scraper.body.blocks.segment import TextBlock
    from scraper.body.classifier.layout import Layout
    from scraper.body.classifier.tokens import ClassWords
    from scraper.page.snapshot import Snapshot

__all__ = ["FIRST_STAGE", "TokenTables", "first_stage", "title_block", "token_columns", "worth_a_look"]

_H1 = 3
_FAR = 99
_LINKS = 0.8
_SHORT = 40
_TEXT = "log_chars words link_density links word_length sentence_end good cjk tag"
_FLAG_NAMES = (
    "in_article in_main in_aside in_header in_form in_figure in_table in_list in_quote in_details in_dialog in_dl "
    "in_button"
)
_KIN = "kin_good_share kin_count kin_link_density kin_mean_chars since_first_kin kin_of_previous kin_of_next"
_PLACE = (
    "depth parent_tag grandparent_tag parent_good_share parent_blocks parent_good_blocks parent_link_density "
    "grandparent_good_share grandparent_blocks grandparent_link_density great_good_share great_blocks "
    "in_container levels_to_container branch_good_share in_half sibling_of_previous sibling_of_next hidden "
    "box_blocks box_chars box_links box_good"
)
_POSITION = (
    "position chars_before good_before from_first_good from_last_good from_title chars_from_title since_good "
    "until_good since_heading heading_tag h1_before h1_count page_blocks page_good page_good_blocks"
)
_NEIGHBOURS = (
    "previous_chars previous_links previous_end previous_good previous_tag next_chars next_links next_end next_good "
    "next_tag previous2_chars previous2_links previous2_good next2_chars next2_links next2_good"
)
_TOKENS = (
    "own_max own_min own_sum parent_max parent_min parent_sum grand_max grand_min grand_sum far_max far_min far_sum "
    "text_max text_min text_mean text_first heading_min"
)
FIRST_STAGE = tuple(f"{_TEXT} {_FLAG_NAMES} {_KIN} {_PLACE} {_POSITION} {_NEIGHBOURS} {_TOKENS}".split())
"""Names of the columns of `first_stage`, in order."""
_COLUMN_SHARE = 0.8
"""Share of the good text that blocks of one kind hold on a page of a single column: a chapter, a transcript."""
_COLUMN_BLOCKS, _COLUMN_GOOD = 400, 200
"""What such a page is said to have at most, in blocks and in good ones. Of the annotated pages, those with more are
forums and comments, and the trees had learned that: of 70 made chapters of 700 to 1,300 paragraphs 10 were cut, one to
a tenth of its text. Of the annotated real pages 18 change, by -.004 to +.016 in shingle F1."""
_NOTHING = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class TokenTables:
    """Weights of tokens: positive for the article, negative for what surrounds it."""

    own: Mapping[str, float]
    parent: Mapping[str, float]
    grandparent: Mapping[str, float]
    far: Mapping[str, float]
    text: Mapping[str, float]


def first_stage(
    snapshot: Snapshot, blocks: list[TextBlock], layout: Layout, title: int, wanted: Sequence[int]
) -> list[list[float]]:
    """Return one row of `FIRST_STAGE`, its token columns apart, for each wanted block.

    Args:
        snapshot: the page.
        blocks: its blocks of text.
        layout: the sums over them.
        title: the block that shows the headline, or -1.
        wanted: indexes of the blocks to describe, ascending.

    """
    kin = _kin(layout, wanted)
    places = _places(snapshot, blocks, layout, wanted)
    positions = _positions(layout, title, frozenset(wanted))
    logs = [log(n + 1) for n in layout.chars]
    beside = list(zip(logs, layout.link_density, layout.ends, layout.good, layout.codes, strict=True))
    nothing = (0.0, 0.0, 0, False, 0)
    around = [nothing, nothing, *beside, nothing, nothing]
    rows: list[list[float]] = []
    for k, i in enumerate(wanted):
        block = blocks[i]
        flags = layout.flags[block.element]
        count = layout.words[i]
        before2, after2 = around[i], around[i + 4]
        rows.append([
            logs[i], count, layout.link_density[i], block.links, len(block.text) / count, layout.ends[i],
            layout.good[i], layout.cjk[i], layout.codes[i],
            flags & 1, flags & 2, flags & 4, flags & 8, flags & 16, flags & 32, flags & 64, flags & 128, flags & 256,
            flags & 512, flags & 1024, flags & 2048, flags & 4096,
            *kin[k], *places[k], *positions[k], *around[i + 1], *around[i + 3],
            before2[0], before2[1], before2[3], after2[0], after2[1], after2[3],
        ])  # fmt: skip
    return rows


def worth_a_look(layout: Layout, blocks: list[TextBlock]) -> list[int]:
    """Return the blocks that can belong to an article at all.

    The rest, 45% of all blocks, stands outside the container and is links, or short and among its like without any
    prose: 46 of these blocks, on 14 of 1,110 annotated pages, belong to the article.
    """
    wanted = []
    for i, block in enumerate(blocks):
        if not layout.inside[i]:
            if layout.link_density[i] > _LINKS and not layout.good[i]:
                continue
            p = layout.parents[block.element]
            if layout.chars[i] < _SHORT and not layout.good_chars.get(p) and not layout.kin_good[layout.kin[i]]:
                around = layout.parents[p] if p >= 0 else -1
                if not layout.good_chars.get(around):
                    continue
        wanted.append(i)
    return wanted


def title_block(layout: Layout, titles: Collection[str]) -> int:
    """Return the block that shows the headline, as far as <h1> and the page's titles (lower case) tell; -1: none."""
    codes, lower = layout.codes, layout.lower
    first_good = layout.good.index(True) if True in layout.good else 0
    found = next((i for i, code in enumerate(codes) if code == _H1 or lower[i] in titles), -1)
    for i in range(found + 1, first_good):
        if codes[i] == _H1:
            found = i
    return found


def _kin(layout: Layout, wanted: Sequence[int]) -> list[tuple[float, ...]]:
    """Features of the blocks of the same tag, class, parent tag and parent class as each wanted block."""
    kin, chars = layout.kin, layout.chars
    density = layout.link_density
    sums: dict[tuple[str, str, str, str], tuple[int, int, float, int]] = {}
    known = sums.get
    for i, key in enumerate(kin):
        n = chars[i]
        row = known(key)
        sums[key] = (row[0], row[1] + 1, row[2] + n * density[i], row[3] + n) if row else (i, 1, n * density[i], n)
    total = layout.total_good or 1
    shares = {
        key: (first, (layout.kin_good[key] / total, count, links / length, length / count))
        for key, (first, count, links, length) in sums.items()
    }
    last = len(kin) - 1
    rows: list[tuple[float, ...]] = []
    for i in wanted:
        key = kin[i]
        first, of_kin = shares[key]
        rows.append((*of_kin, i - first, i > 0 and kin[i - 1] == key, i < last and kin[i + 1] == key))
    return rows


def _places(
    snapshot: Snapshot, blocks: list[TextBlock], layout: Layout, wanted: Sequence[int]
) -> list[tuple[float, ...]]:
    """Features of the elements around each wanted block."""
    parents, ends = snapshot.parents, snapshot.ends
    around = _element_features(snapshot, layout)
    nowhere = (0, 0.0, 0, 0.0, 0.0, 0.0)
    container, half = layout.container, layout.half
    container_end = ends[container] if container >= 0 else 0
    half_end = ends[half] if half >= 0 else 0
    branches: dict[int, tuple[int, float]] = {}
    total = layout.total_good or 1
    rows: list[tuple[float, ...]] = []
    last = len(blocks) - 1
    for i in wanted:
        e = blocks[i].element
        p = parents[e]
        g = parents[p] if p >= 0 else -1
        gg = parents[g] if g >= 0 else -1
        of_parent, of_grand, of_great = around.get(p, nowhere), around.get(g, nowhere), around.get(gg, nowhere)
        inside = container < 0 or container < e < container_end
        branch = branches.get(p)
        if branch is None:
            branch = branches[p] = _branch(p, layout, parents, ends)
        share = branch[1] if branch[1] >= 0 else (layout.chars[i] / total if layout.good[i] else 0)
        box = layout.box[e]
        boxed = _box(layout, box, i, of_element=box == e and box not in layout.blocks)
        rows.append((
            layout.depth[e], of_parent[0], of_grand[0], of_parent[1], of_parent[2], of_parent[3], of_parent[4],
            of_grand[1], of_grand[2], of_grand[4], of_great[1], of_great[2],
            inside, branch[0], share if inside else 0, half < e < half_end,
            i > 0 and parents[blocks[i - 1].element] == p, i < last and parents[blocks[i + 1].element] == p,
            layout.hidden[e], *boxed,
        ))  # fmt: skip
    return rows


def _element_features(snapshot: Snapshot, layout: Layout) -> dict[int, tuple[float, ...]]:
    """(tag, share of good text, blocks, share of good blocks, link density) of every element around a block."""
    total = layout.total_good or 1
    found: dict[int, tuple[float, ...]] = {}
    for e, count in layout.blocks.items():
        found[e] = (
            layout.code_of(snapshot.tags[e]),
            layout.good_chars[e] / total,
            count,
            layout.good_blocks[e] / count,
            layout.link_chars[e] / layout.all_chars[e],
        )
    return found


def _branch(parent: int, layout: Layout, parents: list[int], ends: list[int]) -> tuple[int, float]:
    """(levels from a parent to the container, share of good text in the container's child on the way).

    Negative levels count from outside to the ancestor shared with the container; a negative share: no element between.
    """
    container = layout.container
    if container < 0:
        return 0, 0.0
    levels = 0
    e = parent
    if container <= parent < ends[container]:
        child = -1
        while e != container:
            child = e
            e = parents[e]
            levels += 1
        if child < 0:
            return 0, -1.0
        return levels, layout.good_chars[child] / (layout.total_good or 1)
    while e >= 0 and not e <= container < ends[e]:
        e = parents[e]
        levels += 1
    return -1 - levels, 0.0


def _box(layout: Layout, box: int, i: int, *, of_element: bool) -> tuple[float, ...]:
    """Features of the list, table, figure, aside or quotation around block `i`."""
    if box < 0:
        return 0, 0.0, 0.0, 0.0
    if of_element:
        return 1, log(layout.chars[i] + 1), layout.link_density[i], float(layout.good[i])
    chars = layout.all_chars[box]
    return layout.blocks[box], log(chars + 1), layout.link_chars[box] / chars, layout.good_chars[box] / chars


def _positions(layout: Layout, title: int, wanted: frozenset[int]) -> list[tuple[float, ...]]:
    """Features of each wanted block's distance from the title, the prose and the last heading."""
    chars, good, codes, headings = layout.chars, layout.good, layout.codes, layout.headings
    n = len(chars)
    total = sum(chars)
    total_good = layout.total_good or 1
    goods = [i for i in range(n) if good[i] and layout.inside[i]]
    first, last = (goods[0], goods[-1]) if goods else (-1, n)
    until = _distances(good)
    h1_count = codes.count(_H1)
    page = (n, log(total_good), len(goods))
    if max(layout.kin_good.values(), default=0) >= _COLUMN_SHARE * total_good:
        page = (min(n, _COLUMN_BLOCKS), page[1], min(len(goods), _COLUMN_GOOD))
    rows: list[tuple[float, ...]] = []
    before = good_before = h1_before = 0
    title_at = sum(chars[:title]) if title > 0 else 0
    since = _FAR
    for i in range(n):
        if i in wanted:
            heading = headings[i]
            from_title = log(1 + abs(before - title_at)) * (1 if i > title else -1)
            rows.append((
                i / n, before / total, good_before / total_good, i - first, i - last, i - title, from_title, since,
                until[i], i - heading if heading >= 0 else -1, codes[heading] if heading >= 0 else 0, h1_before,
                h1_count, *page,
            ))  # fmt: skip
        before += chars[i]
        since = 1 if good[i] else since + 1
        if good[i]:
            good_before += chars[i]
        h1_before += codes[i] == _H1
    return rows


def _distances(good: list[bool]) -> list[int]:
    """Return for each block how many blocks until the next good one."""
    until = [0] * len(good)
    distance = _FAR
    for i in range(len(good) - 1, -1, -1):
        until[i] = distance
        distance = 1 if good[i] else distance + 1
    return until


def token_columns(
    blocks: list[TextBlock], layout: Layout, names: ClassWords, tables: TokenTables, wanted: Sequence[int]
) -> list[tuple[float, ...]]:
    """Weights of the class words of each wanted block and of what is around it, and of the first words of its text."""
    parents = layout.parents
    far: dict[int, tuple[float, float, float]] = {-1: _NOTHING}
    by_parent: dict[int, tuple[float, ...]] = {}
    by_words: dict[tuple[str, ...], tuple[float, float, float]] = {}
    rows: list[tuple[float, ...]] = []
    heading_at, heading_min = -1, 0.0
    for i in wanted:
        element = blocks[i].element
        p = parents[element]
        around = by_parent.get(p)
        if around is None:
            g = parents[p] if p >= 0 else -1
            around = by_parent[p] = (
                *_extremes(names.of(p), tables.parent),
                *_extremes(names.of(g), tables.grandparent),
                *_far(parents[g] if g >= 0 else -1, far, layout, names, tables.far),
            )
        heading = layout.headings[i]
        if heading != heading_at:
            heading_at = heading
            heading_min = min(_text_weights(layout.lower[heading], tables.text), default=0.0) if heading >= 0 else 0.0
        weights = _text_weights(layout.lower[i], tables.text)
        of_text = (
            (max(weights), min(weights), fsum(weights) / len(weights), fsum(weights[:3]))
            if weights
            else (0.0, 0.0, 0.0, 0.0)
        )
        words = names.of(element)
        own = by_words.get(words)
        if own is None:
            own = by_words[words] = _extremes(words, tables.own)
        rows.append((*own, *around, *of_text, heading_min))
    return rows


def _text_weights(lower: str, table: Mapping[str, float]) -> list[float]:
    return [table[word] for word in first_words(lower) if word in table]


def _far(
    element: int,
    known: dict[int, tuple[float, float, float]],
    layout: Layout,
    names: ClassWords,
    table: Mapping[str, float],
) -> tuple[float, float, float]:
    """(largest, smallest, sum) of the weights of the words of an element and of all around it."""
    path = []
    while element not in known:
        path.append(element)
        element = layout.parents[element]
    high, low, total = known[element]
    for e in reversed(path):
        own = _extremes(names.of(e), table)
        high, low, total = max(high, own[0]), min(low, own[1]), total + own[2]
        known[e] = (high, low, total)
    return high, low, total


def _extremes(words: tuple[str, ...], table: Mapping[str, float]) -> tuple[float, float, float]:
    """(largest, smallest, sum) of the weights of the words that a table knows."""
    if not words:
        return _NOTHING
    weights = [table[word] for word in words if word in table]
    return (max(weights), min(weights), fsum(weights)) if weights else _NOTHING
