"""Kept text blocks -> the typed blocks of the body: no word lost, doubled or moved."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from scraper.body.blocks.headings import is_prose, with_bold_headings
from scraper.body.blocks.inline import shifted, spans_of
from scraper.body.blocks.media import media_of
from scraper.body.blocks.place import Place, find_places
from scraper.body.blocks.segment import strip_invisible, unwrapped
from scraper.body.blocks.tables import is_data, table_of
from scraper.body.blocks.updates import update_time
from scraper.compiled import fastest
from scraper.model.body import (
    Code,
    Heading,
    List,
    ListItem,
    LiveUpdate,
    Paragraph,
    Quote,
    Span,
    Standfirst,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scraper.body.blocks.segment import TextBlock
    from scraper.model.body import Block
    from scraper.page.snapshot import Snapshot

__all__ = ["assemble"]

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MAX_ITEM_BLOCKS = 3
"""A list item of more blocks than this is a section of the page, laid out as a list."""
_MAX_ITEM_CHARS = 1_200
"""The same for an item of several blocks."""
_HEAD = 60
"""Elements before the first kept block among which the time of its update stands."""
_WRAPPER_BLOCKS = 4
_WRAPPER_SHARE = 0.6
"""A quotation of so many blocks that holds more than this share of the text is a wrapper, not a quotation."""
_MAX_DIGITS = 9
"""CommonMark 0.31, 5.2: of the number of a list's item."""
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0]")
"""Controls and the non-breaking space, in code: those that are white space become a space."""
_Placed = tuple[int, "Block"]
"""The first text node of a block, and the block."""


def assemble(
    snapshot: Snapshot,
    segments: list[TextBlock],
    kept: list[bool],
    *,
    base_url: str | None,
    standfirst: int | None = None,
) -> tuple[Block, ...]:
    """Return the body's typed blocks in document order.

    The words of the blocks' texts are exactly the words of the kept segments, in order (beside list dashes and the
    bars between a table's cells).

    Args:
        snapshot: the page.
        segments: its blocks of text in document order.
        kept: for each of them, whether it belongs to the body.
        base_url: what relative links start from (`links.base_url_of`); None: only absolute ones become links.
        standfirst: index into `segments` of the summary under the headline.

    """
    chosen = [block for block, keep in zip(segments, kept, strict=True) if keep]
    if not chosen:
        return ()
    summary = segments[standfirst] if standfirst is not None and kept[standfirst] else None
    if standfirst is not None and summary is not None and _is_section(snapshot, segments, standfirst, chosen):
        summary = None
    placed = with_bold_headings(_Assembly(snapshot, chosen, base_url, summary).run())
    media = media_of(snapshot, chosen, base_url)
    return tuple(_merged(placed, media))


class _Assembly:
    """One run over the kept blocks of one page: each `_..._at` reads the group that starts at a block."""

    def __init__(
        self, snapshot: Snapshot, blocks: list[TextBlock], base_url: str | None, standfirst: TextBlock | None
    ) -> None:
        self._snapshot = snapshot
        self._blocks = blocks
        self._base_url = base_url
        self._standfirst = standfirst
        begin = max(0, blocks[0].element - _HEAD)
        times = snapshot.tags[begin : snapshot.ends[blocks[-1].element]].count("time")
        places, self._outer_tables = _find_places(snapshot, [block.element for block in blocks], times > 1)
        sections = _sections(blocks, places)
        wrappers = _wrappers(blocks, places)
        self._places = [
            _simplified(place, sections, wrappers) if place.lists or place.quote >= 0 else place for place in places
        ]

    def run(self) -> list[_Placed]:
        done: list[_Placed] = []
        update = -1
        at = 0
        while at < len(self._blocks):
            place = self._places[at]
            if place.update not in {-1, update}:
                update = place.update
                time = update_time(self._snapshot, update)
                done.append((self._blocks[at].start, LiveUpdate(text="", date_published=time)))
            start = self._blocks[at].start
            block, at = self._group_at(at, place)
            if isinstance(block, list):
                done += block
            else:
                done.append((start, block))
        return done

    def _group_at(self, at: int, place: Place) -> tuple[Block | list[_Placed], int]:
        """Return (the block or blocks of the group that starts at `at`, index after it)."""
        if self._blocks[at] is self._standfirst:
            spans = self._spans(at)
            return Standfirst(text=self._blocks[at].text, spans=spans), at + 1
        if place.pre >= 0:
            return self._code(at, end := self._end(at, lambda p: p.pre == place.pre)), end
        if place.cell >= 0 and place.table not in self._outer_tables:
            end = self._end(at, lambda p: p.table == place.table and p.cell >= 0)
            blocks, places = self._blocks[at:end], self._places[at:end]
            if is_data(self._snapshot, blocks, places):
                return table_of(self._snapshot, blocks, places, [self._spans(i) for i in range(at, end)]), end
            for i in range(at, end):
                self._places[i] = self._places[i]._replace(cell=-1)
            place = self._places[at]
        if place.lists:
            outer = place.lists[0].list
            return self._list(at, end := self._end(at, lambda p: bool(p.lists) and p.lists[0].list == outer)), end
        if place.quote >= 0:
            return self._quote(at, end := self._end(at, lambda p: p.quote == place.quote and not p.lists)), end
        return self._single(at, place), at + 1

    def _end(self, at: int, belongs: Callable[[Place], bool]) -> int:
        """Return the index after the run of blocks from `at` whose place belongs to the same group."""
        places, blocks = self._places, self._blocks
        update = places[at].update
        end = at + 1
        while (
            end < len(blocks)
            and blocks[end] is not self._standfirst
            and places[end].update == update
            and belongs(places[end])
        ):
            end += 1
        return end

    def _single(self, at: int, place: Place) -> Heading | Paragraph:
        text = self._blocks[at].text
        spans = self._spans(at)
        if place.level and not is_prose(text):
            # A heading is bold by itself.
            spans = tuple([s for s in spans if s.kind != "strong" or s.end - s.start < len(text)])
            return Heading(text=text, level=place.level, spans=spans)
        if place.term and not spans:
            spans = (Span(start=0, end=len(text), kind="strong"),)
        return Paragraph(text=unwrapped(text) if "\n" in text else text, spans=spans)

    def _spans(self, at: int) -> tuple[Span, ...]:
        return _spans_of(self._snapshot, self._blocks[at], self._places[at].marks, self._base_url)

    def _joined(self, first: int, end: int, between: str) -> tuple[str, tuple[Span, ...]]:
        """Return the text of several blocks as one, with its spans."""
        if end - first == 1:
            return self._blocks[first].text, self._spans(first)
        text = ""
        spans: tuple[Span, ...] = ()
        for i in range(first, end):
            text += between if i > first else ""
            spans += shifted(self._spans(i), len(text))
            text += self._blocks[i].text
        return text, spans

    def _quote(self, first: int, end: int) -> Quote:
        text, spans = self._joined(first, end, "\n\n")
        return Quote(text=text, spans=spans)

    def _list(self, first: int, end: int) -> List:
        items: list[ListItem] = []
        lines: list[str] = []
        lowest = min(len(self._places[i].lists) for i in range(first, end))
        at = first
        while at < end:
            lists = self._places[at].lists
            after = at + 1
            while after < end and self._places[after].lists == lists and lists[-1].item >= 0:
                after += 1
            text, spans = self._joined(at, after, "\n")
            level = min(len(lists) - lowest, items[-1].level + 1 if items else 0)
            items.append(ListItem(text=text, level=level, ordered=lists[-1].ordered, spans=spans))
            lines.append("- " + text.replace("\n", " "))
            at = after
        return List(text="\n".join(lines), items=tuple(items), start=self._first_number(first))

    def _first_number(self, first: int) -> int:
        """Return the number of a list's first item: one, unless the list carries on from another."""
        step = self._places[first].lists[0]
        given = self._snapshot.attribute(step.list, "start") if step.ordered else None
        return int(given) if given and given.isascii() and given.isdecimal() and len(given) <= _MAX_DIGITS else 1

    def _code(self, first: int, end: int) -> Code:
        """Return the text of a <pre> as it stands, a line for each of its inner blocks."""
        parts = [_raw(self._snapshot, block, self._places[first].pre) for block in self._blocks[first:end]]
        return Code(text="\n".join(parts))


def _is_section(snapshot: Snapshot, segments: list[TextBlock], standfirst: int, chosen: list[TextBlock]) -> bool:
    """Whether what may be the summary is the heading of the first section: one such as others have below it."""
    tags, sources = snapshot.tags, snapshot.sources
    summary = segments[standfirst]
    tag, source = tags[summary.element], sources[summary.element]
    if tag not in _HEADINGS or is_prose(summary.text) or segments[standfirst : standfirst + 2] != chosen[:2]:
        return False
    return any(tags[b.element] == tag and sources[b.element] == source for b in chosen[1:])


def _raw(snapshot: Snapshot, block: TextBlock, pre: int) -> str:
    """Return the text of a preformatted block with its line breaks and the indentation of its first line."""
    starts, texts = snapshot.text_starts, snapshot.texts
    start = block.start
    while start > snapshot.text_starts[pre] and texts[start - 1].isspace() and "\n" not in texts[start]:
        start -= 1
    inside = range(bisect_left(starts, start + 1), bisect_left(starts, block.end))
    breaks = {starts[i] for i in inside if snapshot.tags[i] == "br"}
    text = "".join(("\n" if k in breaks else "") + texts[k] for k in range(start, block.end))
    text = strip_invisible(text).replace("\r\n", "\n").replace("\r", "\n")
    text = _ODD.sub(lambda match: " " if match[0].isspace() else "", text)
    return _EMPTY_LINES.sub("", text).rstrip()


_EMPTY_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


def _sections(blocks: list[TextBlock], places: list[Place]) -> set[int]:
    """Return the list items that are sections of the page: they hold a heading, or more text than an item does."""
    counts: dict[int, list[int]] = {}
    sections: set[int] = set()
    for block, place in zip(blocks, places, strict=True):
        if not place.lists:
            continue
        if place.level or place.pre >= 0:
            sections.update(step.item for step in place.lists)
        elif place.update >= 0:
            sections.update(step.item for step in place.lists if step.item <= place.update)
        count = counts.setdefault(place.lists[-1].item, [0, 0])
        count[0] += 1
        count[1] += len(block.text)
    for item, (number, chars) in counts.items():
        if item >= 0 and (number > _MAX_ITEM_BLOCKS or (number > 1 and chars > _MAX_ITEM_CHARS)):
            sections.add(item)
    return sections


def _wrappers(blocks: list[TextBlock], places: list[Place]) -> set[int]:
    """Return the quotations that hold most of the article."""
    if all([place.quote < 0 for place in places]):  # noqa: C419  # quicker
        return set()
    chars: dict[int, list[int]] = {}
    for block, place in zip(blocks, places, strict=True):
        count = chars.setdefault(place.quote, [0, 0])
        count[0] += 1
        count[1] += len(block.text)
    whole = sum(count[1] for count in chars.values())
    return {
        quote
        for quote, (number, size) in chars.items()
        if quote >= 0 and number >= _WRAPPER_BLOCKS and size > _WRAPPER_SHARE * whole
    }


def _simplified(place: Place, sections: set[int], wrappers: set[int]) -> Place:
    """Return the place without lists and quotations that only lay the page out."""
    lists = place.lists
    for at in range(len(lists) - 1, -1, -1):
        if lists[at].item in sections:
            lists = lists[at + 1 :]
            break
    if lists and lists[-1].item < 0:  # text of a <ul> outside any <li>
        lists = ()
    quote = -1 if place.quote in wrappers else place.quote
    if quote == place.quote and len(lists) == len(place.lists):
        return place
    return place._replace(lists=lists, quote=quote)


def _merged(placed: list[_Placed], media: Sequence[tuple[int, Block]]) -> list[Block]:
    """Return text and media in one order; a picture inside a paragraph stands after it."""
    merged: list[Block] = []
    at = 0
    for start, block in placed:
        while at < len(media) and media[at][0] <= start:
            merged.append(media[at][1])
            at += 1
        merged.append(block)
    merged += [block for _, block in media[at:]]
    return merged


_find_places = fastest(find_places, "assembly")
_spans_of = fastest(spans_of, "assembly")
