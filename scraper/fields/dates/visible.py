"""Dates as the reader sees them: beside the headline, after the text, behind words such as "Published"."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from scraper.fields.dates.date_text import Moment, find_moments, read_moment
from scraper.fields.dates.labels import (
    YEAR,
    is_change_by_class,
    is_label_of_another,
    is_marked_as_change,
    is_of_a_span,
    label_of_publication,
)
from scraper.fields.dates.months import is_update_label
from scraper.fields.dates.relative import find_relative

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from scraper.body.blocks.segment import TextBlock
    from scraper.fields.material import Material

__all__ = [
    "Raw",
    "dates_in_head",
    "dates_in_headline",
    "dates_in_tail",
    "is_labelled",
]

Raw = tuple[Moment | None, str, str, str]
"""(moment, raw text, source, where) of one candidate; a moment of None could not be read."""

_PROSE = 160
"""Characters from which a block is prose: a date in it belongs to the story unless it opens the block."""
_OPENING = 30
"""Characters before a date that opens a block: "By Jane Doe, ", a city."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STUCK = re.compile(r"(?:19|20)\d\d\d")
"""A date and what the text joins to it: its form for narrow screens ("3 May 202403/05/2024"), an hour, a count."""
_SHORT_LABEL = 30
_FIGURE = re.compile(r"\d")
_BEHIND, _AHEAD = 7, 3
"""Blocks behind and before the headline between which a date is nearer than any other."""
_ELEMENT = attrgetter("element")
_STAND = re.compile(r"\bstand\b[^.]{0,20}$", re.IGNORECASE)
_PROGRAMS = frozenset({"pre", "code"})
_NO_LINES = frozenset({"pre", "code", "td", "th", "blockquote"})
_LABELLED = 40
"""Characters before a date in which "Published" is of it."""
_LINE = 90
"""Characters of a line that holds byline and date and no more."""


def dates_in_head(material: Material, *, updates: bool) -> list[Raw]:
    """Return the dates around the headline: right behind and before it first, then farther behind, farther before it."""
    if "head dates" not in material.memo:
        at = material.headlines.element
        end = material.snapshot.ends[at] if at >= 0 else -1
        after = [b for b in material.head if b.element >= max(end, 0)]
        before = [b for b in material.head if b.element < at and not _of_an_archive(material, b)][::-1]
        blocks = [*after[:_BEHIND], *before[:_AHEAD], *after[_BEHIND:], *before[_AHEAD:]]
        far = {b.element for b in before[_AHEAD:]}
        material.memo["head dates"] = _as_of(material, list(_dates(material, blocks, "head", far)))
    return [raw for raw, change in material.memo["head dates"] if change == updates]


def _as_of(material: Material, dates: list[tuple[Raw, bool]]) -> list[tuple[Raw, bool]]:
    """Return dates with those behind "Stand:" as changes, where another one tells the publication.

    Where it is the only date, German news mean the article's own: on 16 of 16 pages, and mostly to the minute.
    """
    words: dict[Raw, str] = material.memo["words of dates"]
    asked = [bool(_STAND.search(words[raw])) for raw, _ in dates]
    if not any(asked) or not any(not change and not stand for (_, change), stand in zip(dates, asked, strict=True)):
        return dates
    return [(raw, change or stand) for (raw, change), stand in zip(dates, asked, strict=True)]


def _today(material: Material) -> set[str]:
    """Return the days of the fetch in any zone: what a site shows at its top is its calendar, not the article's day."""
    now = material.page.fetched_at
    return {(now + dt.timedelta(hours=hours)).date().isoformat() for hours in (-12, 0, 14)} if now else set()


def is_labelled(material: Material, raw: Raw) -> bool:
    """Whether a word such as "Published" stands before a date around the headline or behind the text."""
    words: dict[Raw, str] = material.memo.get("words of dates", {})
    return bool(label_of_publication(words.get(raw, "")[-_LABELLED:]))


def _of_an_archive(material: Material, block: TextBlock) -> bool:
    """Whether a block with figures is of the bar that the Wayback Machine puts over the pages that it keeps."""
    sources, parents = material.snapshot.sources, material.snapshot.parents
    element = block.element if _FIGURE.search(block.text, 0, _PROSE) else -1
    while element >= 0:
        if 'id="wm-ipp' in sources[element]:
            return True
        element = parents[element]
    return False


def dates_in_headline(material: Material) -> Iterator[Raw]:
    """Yield the dates inside the headline's own element: "Title<br><small>3.5.2024</small>"."""
    at = material.headlines.element
    for line in material.lines_of(at).split("\n")[1:] if at >= 0 else ():
        for moment in find_moments(line, month_first=material.month_first)[:1]:
            if moment.start == 0:
                yield moment, line, "visible", "line in the headline"


def dates_in_tail(material: Material, *, updates: bool) -> Iterator[Raw]:
    """Yield the dates right after the text, up to the heading of what follows it: other articles, comments."""
    end = material.element_range[1]
    tags = material.snapshot.tags
    own = takewhile(lambda b: b.element <= end or tags[b.element] not in _HEADINGS, material.tail)
    longest = _LINE if updates else _PROSE
    lines = [b for b in own if len(b.text) < longest and tags[b.element] not in _NO_LINES]
    for raw, change in _dates(material, lines, "tail"):
        opens = raw[0] is None or raw[0].start <= _OPENING or change or is_labelled(material, raw)
        if change == updates and opens:
            yield raw


def _dates(
    material: Material, blocks: list[TextBlock], zone: str, far: Container[int] = ()
) -> Iterator[tuple[Raw, bool]]:
    """Yield (date, whether it is that of a change); of the blocks that are `far`, none of the day of the fetch."""
    times = _times(material, blocks)
    labels: dict[int, str] | None = None
    words_of: dict[Raw, str] = material.memo.setdefault("words of dates", {})
    for block in blocks:
        own = times.get(block.element, ())
        if material.snapshot.tags[block.element] in _PROGRAMS:
            continue
        if not own and material.page.fetched_at is None and not _FIGURE.search(block.text, 0, _PROSE):
            continue
        labels = labels or _labels(blocks)
        label = labels.get(block.element, "")
        calendar = _today(material) if block.element in far else ()
        for raw, words, change in (
            *(_in_times(material, block, own, (zone, label)) if own else ()),
            *_in_block(material, block, zone, label),
        ):
            if not (raw[0] and raw[0].day in calendar):
                words_of[raw] = words
                yield raw, change


def _in_times(
    material: Material, block: TextBlock, times: Iterable[tuple[int, str]], place: tuple[str, str]
) -> Iterator[tuple[Raw, str, bool]]:
    """Yield (date, the words before it, whether it is that of a change) of the <time> elements of a block."""
    zone, label = place
    for element, value in times:
        shown = material.snapshot.text(element)
        before = block.text.partition(shown or "\0")[0][-40:]
        words = f"{label} {before} {_words_of(shown)}"
        moment = read_moment(value, month_first=material.month_first)
        if moment and not _shows_another_day(material, element, moment) and not is_label_of_another(words):
            change = is_update_label(words) or is_change_by_class("time", material.snapshot.sources[element])
            yield (moment, value, "time", f"time in {zone}"), words, change


def _labels(blocks: list[TextBlock]) -> dict[int, str]:
    """Return the short line before each block, by the block's element."""
    ordered = sorted(blocks, key=_ELEMENT)
    return {b.element: a.text for a, b in pairwise(ordered) if len(a.text) < _SHORT_LABEL}


def _words_of(shown: str) -> str:
    """Return what a <time> says before its first figure: "Updated on"."""
    figure = _FIGURE.search(shown)
    return shown[: figure.start()] if figure else ""


def _shows_another_day(material: Material, element: int, moment: Moment) -> bool:
    """Whether readers see another day of publication in a <time> than its attribute has, and no zone explains it."""
    text = material.snapshot.text(element)[:_LINE]
    shown = find_moments(text, month_first=material.month_first) if label_of_publication(text) else []
    return bool(shown) and abs(shown[0].as_datetime().date() - moment.as_datetime().date()).days > 1


def _in_block(material: Material, block: TextBlock, zone: str, label: str) -> Iterator[tuple[Raw, str, bool]]:
    """Yield (date, the words before it, whether it is that of a change) of the text of a block."""
    start = 0
    prose = len(block.text) >= _PROSE or (len(block.text) > _LINE and block in material.kept)
    text, moments = _written(material, block)
    later = _later_of_a_pair(text, moments)
    for moment in moments:
        if prose and moment.start > _OPENING and not moment.has_time:
            break
        words = text[start : moment.start] if start else f"{label} {text[: moment.start]}"
        place = "line" if len(block.text) <= _LINE else "prose" if prose else "text"
        raw = (moment, text[moment.start : moment.end], "visible", f"{place} in {zone}")
        if not is_label_of_another(words) and not is_of_a_span(text, moment):
            change = is_update_label(words[-_LABELLED:]) or is_marked_as_change(
                material.snapshot, block.element, raw[1]
            )
            later = None if change else later
            if change or (moment is not later and not _ends_a_sentence(text, moment)):
                yield raw, words, change
        start = moment.end
    now = material.page.fetched_at
    if now and not start and not prose:
        relative = find_relative(block.text, now)
        if relative:
            raw = (relative, block.text, "visible", f"relative to the fetch, in {zone}")
            yield raw, label, is_update_label(label + block.text)


def _written(material: Material, block: TextBlock) -> tuple[str, list[Moment]]:
    """Return (the beginning of a block, the moments in it); where markup parts what the text joins, of its lines."""
    text = block.text[:_PROSE]
    stuck = _STUCK.search(text)
    moments = [] if stuck else find_moments(text, month_first=material.month_first)
    starts, ends = material.snapshot.text_starts, material.snapshot.text_ends
    if stuck or (not moments and ends[block.element] - starts[block.element] > 1 and YEAR.search(text)):
        text = material.lines_of(block.element).replace("\n", " ")[:_PROSE]
        moments = find_moments(text, month_first=material.month_first)
    return text, moments


def _ends_a_sentence(text: str, moment: Moment) -> bool:
    """Whether a date is the end of a sentence of some length: "will be opened on 3 May 2024."."""
    return moment.start > _OPENING and not moment.has_time and text[moment.end :].strip() in {".", "!", "?", "。"}


def _later_of_a_pair(text: str, moments: list[Moment]) -> Moment | None:
    """Return the later of two days that a line has side by side without a word: of a change, or the end of a span."""
    if len(moments) != 2 or any(c.isalnum() for c in text[moments[0].end : moments[1].start]):  # noqa: PLR2004  # a pair
        return None
    later = max(moments, key=lambda moment: moment.day)
    return later if moments[0].day != moments[1].day else None


def _times(material: Material, blocks: list[TextBlock]) -> dict[int, list[tuple[int, str]]]:
    """Return the <time datetime> elements by the block element around them."""
    snapshot = material.snapshot
    found: dict[int, list[tuple[int, str]]] = {}
    wanted = {block.element for block in blocks}
    for element in material.clues.places.tag("time")[:100]:
        value = snapshot.attribute(element, "datetime")
        if value:
            around = element
            for _ in range(5):
                if around in wanted or around < 0:
                    break
                around = snapshot.parents[around]
            if around in wanted:
                found.setdefault(around, []).append((element, value))
    return found
