"""Selected: what the selectors of a rule find on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.page.snapshot import MARK, snapshot_of
from scraper.sites.selector import matched

if TYPE_CHECKING:
    from scraper.page.page import Page
    from scraper.page.snapshot import Snapshot
    from scraper.sites.rule import SiteRule
    from scraper.sites.selector import Selector

__all__ = ["Selected", "select"]

_MOST_VALUES = 50
"""Elements that are read for one field."""
_MOST_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Selected:
    """What a rule selects; text nodes as ranges of the page's snapshot, in document order and without overlap."""

    rule: SiteRule
    content: tuple[tuple[int, int], ...]
    drop: tuple[tuple[int, int], ...]
    fields: dict[str, tuple[tuple[str, str], ...]]
    """Field -> (value, the selector that found it)."""


def select(page: Page, rule: SiteRule) -> Selected:
    """Return what a rule selects on a page; its elements are those of the page's own snapshot."""
    compounds = rule.compounds
    marked = snapshot_of(page.source, whole=page.snapshot.whole, compounds=compounds)
    found: list[set[int]] = [set() for _ in compounds]
    for element, source in enumerate(marked.sources):
        if MARK in source:
            for number in (marked.attribute(element, MARK) or "").split():
                if number.isdecimal() and int(number) < len(found):
                    found[int(number)].add(element)
    elements = {compound: frozenset(chosen) for compound, chosen in zip(compounds, found, strict=True)}

    def chosen(selector: Selector) -> list[int]:
        return sorted(matched(selector, elements, marked.parents, marked.ends))

    fields = {}
    for name, selectors in rule.fields.items():
        values = next(filter(None, (_values(marked, s, chosen(s)) for s in selectors)), ())
        if values:
            fields[name] = values
    content = {element for selector in rule.content for element in chosen(selector)}
    drop = {element for selector in rule.drop for element in chosen(selector)}
    return Selected(rule, _ranges(marked, content), _ranges(marked, drop), fields)


def _values(snapshot: Snapshot, selector: Selector, elements: list[int]) -> tuple[tuple[str, str], ...]:
    found = []
    for element in elements[:_MOST_VALUES]:
        if selector.attribute:
            value = (snapshot.attribute(element, selector.attribute.lower()) or "")[:_MOST_CHARS].strip()
        else:
            first = snapshot.text_starts[element]
            pieces = snapshot.texts[first : min(snapshot.text_ends[element], first + _MOST_CHARS)]
            value = " ".join("".join(pieces).split())[:_MOST_CHARS]
        if value:
            found.append((value, selector.text))
    return tuple(found)


def _ranges(snapshot: Snapshot, elements: set[int]) -> tuple[tuple[int, int], ...]:
    ranges: list[tuple[int, int]] = []
    for element in sorted(elements):
        start, end = snapshot.text_starts[element], snapshot.text_ends[element]
        if end > start and (not ranges or end > ranges[-1][1]):
            ranges.append((start, end))
    return tuple(ranges)
