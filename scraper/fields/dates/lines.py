"""Dates in the page's lines, away from the headline: behind labels such as "Published", in short lines near the text."""

from __future__ import annotations

import re
from itertools import compress, count, islice, takewhile
from typing import TYPE_CHECKING

from scraper.fields.dates.date_text import Moment, find_moments
from scraper.fields.dates.labels import (
    YEAR,
    is_label_of_another,
    is_marked_as_change,
    is_of_a_span,
    label_of_publication,
)
from scraper.fields.dates.months import is_update_label
from scraper.page.letters import lower_case
from scraper.page.words import finder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.body.blocks.segment import TextBlock
    from scraper.fields.dates.visible import Raw
    from scraper.fields.material import Material

__all__ = ["dated_lines", "dates_by_label", "dates_in_lines", "dates_of_first_publication"]

_PROSE = 160
"""Characters of a block that are searched."""
_OPENING = 30
"""Characters before a date that opens a block: "By Jane Doe, ", a city."""
_SHORT_LABEL = 30
_LINE = 90
"""Characters of a line that holds byline and date and no more."""
_FIRST = re.compile(
    r"(?:originally|first|initially) (?:published|posted)|(?:ursprünglich|zuerst|erstmals) (?:veröffentlicht|erschienen)|erstveröffentlichung"
    r"|(?:initialement|première) (?:publié|publication)|publicado originalmente|pubblicato originariamente"
)
"""In lower case."""
_may_tell_first = finder("ubli", "ubbli", "post", "erschienen", "öffentlich")
"""One of these is in it: quicker to look for."""
_AFTER_LABEL = 12
"""Characters between a label and its date: " on ", ": am "."""
_CHANGE_LABEL = 45
"""Characters of "This page was last updated on Sunday, "."""
_ENDS = 24
"""In the last of these a word of change stands, not at the beginning of a title."""
_OF_THIS_PAGE = re.compile(
    r"this (?:page|article|post|entry|document)|diese[rs]? (?:seite|artikel|beitrag|eintrag|dokument)|cet(?:te)? (?:page|article)"
    r"|est[ae] (?:página|artículo|entrada|artigo)|quest[ao] (?:pagina|articolo)|deze pagina|dit artikel|ta strona|эта страница"
)
"""What a label behind the beginning of other articles must say; in lower case."""
_PASSIVE = re.compile(r"\b(?:wurde|was|a été|fue|foi)\b", re.IGNORECASE)
"""Of a label that stands behind its date: "The post was on 3 May published"."""
_MAX_LABELLED = 400
"""Blocks that are searched for a label at most."""
_NEAR = 8
"""Blocks behind the text's first one in which a date without a label can be the article's."""
_BEFORE_TEXT = 2
"""The same before the text, where what seems to be the headline stands behind it."""
_BOXES = frozenset({"blockquote", "figure", "figcaption", "pre", "code"})
_CELLS = frozenset({"td", "th"})
_LEVELS = 3
_DATE_WORDS = re.compile(
    r"\b(?:date|datum|dato|fecha|data|päivämäärä|дата|tarih|tanggal|ngày|tarikh|ημερομηνία)\b|日付|日期|날짜|التاريخ|تاريخ|תאריך|दिनांक|วันที่"
)
"""Labels of a cell with the article's date; in lower case."""


def dates_by_label(material: Material, *, updates: bool = False) -> Iterator[Raw]:
    """Yield the dates behind "Published" and the like, wherever they stand, or those behind "Updated"."""
    if "labelled dates" not in material.memo:
        material.memo["labelled dates"] = list(_labelled(material))
    yield from (raw for raw, change in material.memo["labelled dates"] if change == updates)


def dated_lines(material: Material) -> list[int]:
    """Return which segments have a year in their beginning; all who look for dates in lines ask."""
    if "dated lines" not in material.memo:
        segments = material.story.segments
        material.memo["dated lines"] = [k for k, b in enumerate(segments) if YEAR.search(b.text, 0, _PROSE)]
    found: list[int] = material.memo["dated lines"]
    return found


def _labelled(material: Material) -> Iterator[tuple[Raw, bool]]:
    """Yield (date, whether it is that of a change)."""
    segments, end = material.story.segments, material.end_of_article
    for k in islice((k for k in dated_lines(material) if _is_of_page(segments[k], end)), _MAX_LABELLED):
        block = segments[k]
        start = block.text[:_PROSE]
        before = next((segments[j].text for j in range(k - 1, -1, -1) if _is_of_page(segments[j], end)), "")
        own = _own_label(material, block, before if len(before) < _SHORT_LABEL else "")
        if own:
            yield own
            continue
        yield from ((raw, False) for raw in _behind_words(material, block, start))
        yield from ((raw, True) for raw in _behind_changed(material, start, len(block.text)))


def _is_of_page(block: TextBlock, end: int) -> bool:
    """Whether a block stands before other articles, or says itself that it is of this page."""
    return block.element < end or _OF_THIS_PAGE.match(lower_case(block.text[:_SHORT_LABEL])) is not None


def _own_label(material: Material, block: TextBlock, label: str) -> tuple[Raw, bool] | None:
    """Return the date of a line whose label is the line before it."""
    start = block.text[:_PROSE]
    change = is_update_label(label)
    if len(start) >= _LINE or not (change or label_of_publication(label)):
        return None
    moments = find_moments(start, month_first=material.month_first)
    if not moments or moments[0].start > 1:
        return None
    return (moments[0], start, "visible", "behind a label"), change


def _behind_words(material: Material, block: TextBlock, start: str) -> Iterator[Raw]:
    label = label_of_publication(start)
    if not label or (len(block.text) >= _PROSE and label.start() > _OPENING):
        return
    text = block.text[label.start() : label.start() + _PROSE]
    moments = find_moments(text, month_first=material.month_first)
    words = text[label.end() - label.start() : moments[0].start] if moments else ""
    if not moments and _PASSIVE.search(block.text[: label.start()]):
        moments = find_moments(block.text[: label.start()], month_first=material.month_first)
    if moments and not is_update_label(words) and not is_label_of_another(words):
        yield moments[0], start, "visible", "labelled"


def _behind_changed(material: Material, start: str, length: int) -> Iterator[Raw]:
    """Yield the date of a line that says no more than when the page was changed."""
    if length > _PROSE or not is_update_label(start):
        return
    at = 0
    for moment in find_moments(start, month_first=material.month_first):
        words = start[at : moment.start]
        if len(words) <= _CHANGE_LABEL and is_update_label(words[-_ENDS:]):
            yield moment, start, "visible", "labelled"
        at = moment.end


def dates_of_first_publication(material: Material) -> Iterator[Raw]:
    """Yield the day behind "originally published", which tells of an earlier one than the line of the head."""
    for block in material.story.segments[:_MAX_LABELLED]:
        start = block.text[:_PROSE]
        match = _FIRST.search(lower_case(start)) if _may_tell_first(start) else None
        for moment in find_moments(block.text[match.end() : match.end() + _LINE])[:1] if match else ():
            if moment.start <= _AFTER_LABEL:
                yield moment, start, "visible", "first publication"


def dates_in_lines(material: Material) -> Iterator[Raw]:
    """Yield the dates of short lines and of paragraphs that open with one, near the beginning of the text."""
    low, high = material.element_range
    segments, kept = material.story.segments, material.story.kept
    first = next(compress(count(), kept), len(segments))
    for k in takewhile(lambda k: k <= first + _NEAR, dated_lines(material)):
        block = segments[k]
        before_text = first - _BEFORE_TEXT <= k < first and material.headlines.element > material.first_element
        if (before_text or low <= block.element <= high) and YEAR.search(block.text, 0, _LINE):
            before = segments[k - 1].text if k else ""
            moment = _of_a_line(material, block, before if len(before) < _SHORT_LABEL else "")
            if moment:
                yield moment, block.text[:_LINE], "visible", "line in the text"


def _of_a_line(material: Material, block: TextBlock, label: str) -> Moment | None:
    """Return the date that is all of a line, or opens it; None for those of quotations, tables, changes, other events."""
    text = block.text[:_LINE]
    moment = next(iter(find_moments(text, month_first=material.month_first)), None)
    if moment is None:
        return None
    words = f"{label} {text[: moment.start]}"
    line = len(block.text) <= _LINE and moment.end - moment.start + _OPENING >= len(block.text)
    bracket = text[: moment.start].endswith("(") and moment.start <= _OPENING
    if not (line or bracket or moment.start <= 1) or is_update_label(words) or is_label_of_another(words):
        return None
    tags, parents, around = material.snapshot.tags, material.snapshot.parents, block.element
    if tags[around] in _CELLS and not (_DATE_WORDS.search(lower_case(label)) or label_of_publication(label)):
        return None
    for _ in range(_LEVELS):
        if around < 0:
            break
        if tags[around] in _BOXES or "caption" in material.snapshot.sources[around]:
            return None
        around = parents[around]
    change = is_marked_as_change(material.snapshot, block.element, text[moment.start : moment.end])
    return None if change or is_of_a_span(text, moment) else moment
