"""Who signs a text or is told of behind it: "Jane Doe is a writer in Halford.", "(Jane Doe)", "jd"."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from scraper.fields.bylines.alone import names_of_line, parts_of
from scraper.fields.bylines.byline import HEADINGS, MAX_BARE, MAX_BYLINE, Byline
from scraper.fields.bylines.given_names import begins_with_given_name
from scraper.fields.bylines.names import is_full_name, is_organisation, is_picture_credit, is_role, without_prefix
from scraper.fields.bylines.persons import like_person, looks_like_person
from scraper.fields.dates.date_text import find_moments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.body.blocks.segment import TextBlock
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["names_behind_text", "signatures"]

_SIGNED = re.compile(r"[.!?…]\s?\(([^()\d]{5,35})\)\W{0,5}$")
"""Behind a sentence: behind a quotation stands who said it."""
_INITIALS = re.compile(r"\W?([A-Z]{2,3}|[a-z]{2,3}(?:/[a-z]{2,3})?)\W?")
_NO_INITIALS = frozenset(
    "at by on in to of or and the for ad faq top ok nav rss tag tv en de fr es it pt und von am le la el".split()
)
"""Words, and labels of links, as short as initials."""
_LINES = frozenset({"p", "div", "span", "em", "i", "strong"})
_TO_THE_RIGHT = re.compile(r"(?:text-align:\s?|align=\"|text-|align-?)right", re.IGNORECASE)
_SIGNING = 3
"""Blocks behind the text among which the line can stand that signs it."""
_TOLD = 6
"""Blocks behind the text in which its author is told of."""
_BEARER = re.compile(r"((?:[^\W\d_][\w'’.-]+ ){1,3}[^\W\d_][\w'’.-]+),? (?:is|was|ist|war|est|es|è|é|er|är) ")
_MAX_ROLE = 120
_MIN_TOLD = 60
"""Characters of a line that tells of somebody."""
_AND = re.compile(r"\s?(?:,|&|\b(?:und|and|et|y|e|og|och)\b) ?")
_EMPHASIS = frozenset({"strong", "b", "em", "i"})
_DASH = re.compile(r"[-–—] ?(?=[^\W\d_])")
_DIGIT = re.compile(r"\d")


def names_behind_text(material: Material) -> Iterator[Byline]:
    """Yield who is told of behind the text, or signs it with a dash, set to the right, or with a date."""
    yield from _of_bearers(material)
    end = material.element_range[1]
    for block in material.tail[:_SIGNING]:
        dash = _DASH.match(block.text) if block.element > end else None
        if dash or _is_signature(material.snapshot, block.element):
            names = names_of_line(material, block.text[dash.end() if dash else 0 :])
            if len(names) == 1 and (not dash or begins_with_given_name(names[0])):
                yield block.text, names, "visible", "name in tail", {}
                break
    yield from _signed_with_date(material)
    yield from _last_line(material)


def _last_line(material: Material) -> Iterator[Byline]:
    """Yield the names that are all of the text's last line, where it is emphasised, or has the desk beside them."""
    end = material.element_range[1]
    for block in (*material.kept[-1:], *(b for b in material.tail[:_SIGNING] if b.element > end)):
        if (
            len(block.text) > MAX_BARE * 2
            or material.snapshot.tags[block.element] in HEADINGS
            or is_picture_credit(block.text)
        ):
            continue
        names = names_of_line(material, block.text)
        if names and begins_with_given_name(names[0]) and _is_emphasised(material.snapshot, block):
            yield block.text, names, "visible", "name in tail", {}
            return
        names = material.names_in(block.text)[0][:1]
        if names and looks_like_person(names[0]) and begins_with_given_name(names[0]):
            desk = _AND.match(block.text, len(names[0])) if block.text.startswith(names[0]) else None
            if desk and is_organisation(block.text[desk.end() :], material.folded_sites):
                yield block.text, names, "visible", "name in tail", {}
                return


def _is_emphasised(snapshot: Snapshot, block: TextBlock) -> bool:
    """Whether all of a line is in bold or italics."""
    nodes = range(block.start, block.end)
    holders = [snapshot.tags[snapshot.text_parents[k]] for k in nodes if snapshot.texts[k].strip()]
    return bool(holders) and _EMPHASIS.issuperset(holders)


def _of_bearers(material: Material) -> Iterator[Byline]:
    """Yield the name that stands above the lines that tell of its bearer, behind the text, or begins one of them."""
    end = material.element_range[1]
    rows = (*material.kept[-1:], *tuple(block for block in material.tail if block.element > end)[:_TOLD])
    for block, following in zip_longest(rows, rows[1:]):
        told_below = following is not None and len(following.text) > _MIN_TOLD and len(block.text) <= MAX_BARE * 2
        names = names_of_line(material, block.text) if told_below else []
        if len(names) == 1 and following:
            first = names[0].split()[0] + " " if begins_with_given_name(names[0]) else names[0]
            if following.text.startswith(first) and (first != names[0] or is_role(following.text[:_MAX_ROLE])):
                yield block.text, names, "visible", "name in tail", {}
                return
        told = _BEARER.match(block.text) if len(block.text) > MAX_BARE else None
        if told and looks_like_person(told[1]) and begins_with_given_name(told[1]) and is_role(block.text[:_MAX_ROLE]):
            yield block.text[:MAX_BYLINE], [told[1]], "visible", "name in tail", {}
            return


def _is_signature(snapshot: Snapshot, element: int) -> bool:
    """Whether a line is set to the right, as the writer's name under a letter."""
    return any(
        _TO_THE_RIGHT.search(snapshot.sources[i]) for i in range(element, min(snapshot.ends[element], element + 3))
    )


def _signed_with_date(material: Material) -> Iterator[Byline]:
    """Yield the name in a line with a date right behind the text: "Jane Doe, 3 May 2024"."""
    signed = [b for b in material.tail if b.element > material.element_range[1]][:_SIGNING]
    for block in signed:
        if material.snapshot.tags[block.element] in HEADINGS:
            return  # of other articles
        if len(block.text) > MAX_BYLINE or not _DIGIT.search(block.text) or not find_moments(block.text):
            continue
        for line in parts_of(material, block):
            rest, prefixed = without_prefix(line)
            names = material.names_in(rest)[0] if len(line) <= MAX_BARE and not is_picture_credit(line) else []
            known = (
                looks_like_person(names[0]) and names[0] == rest and begins_with_given_name(rest) if names else False
            )
            if len(names) == 1 and (like_person(names[0]) if prefixed else known):
                if is_organisation(names[0], material.folded_sites) or not is_full_name(names[0]):
                    continue
                yield line, names, "visible", "part of a line in tail", {}
                return


def signatures(material: Material) -> Iterator[Byline]:
    """Yield what signs the text: initials in a line of their own behind it, "(Jane Doe)" at its very end."""
    last = max((k for k, keep in enumerate(material.story.kept) if keep), default=-1)
    if last < 0:
        return
    segments = material.story.segments
    end = _SIGNED.search(segments[last].text[-MAX_BARE:])
    if end and looks_like_person(end[1]):
        yield end[1], [end[1]], "visible", "signature of the text", {}
        return
    for block in segments[last : last + 2]:
        initials = _INITIALS.fullmatch(block.text.strip())
        if initials and initials[1].lower() not in _NO_INITIALS and material.snapshot.tags[block.element] in _LINES:
            yield block.text, [initials[1]], "visible", "initials behind the text", {}
            return
