"""Bylines in lines that say so: "By Jane Doe", "Written by" above a name, "... for it. Von Jane Doe"."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from scraper.fields.bylines.by_line import names_by_line
from scraper.fields.bylines.byline import HEADINGS, MAX_BARE, MAX_BYLINE, Byline, is_of_others
from scraper.fields.bylines.names import (
    is_full_name,
    is_label,
    is_picture_credit,
    may_be_labelled,
    without_prefix,
)
from scraper.fields.bylines.persons import like_person, looks_like_person
from scraper.fields.dates.date_text import find_moments
from scraper.page.words import finder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.body.blocks.segment import TextBlock
    from scraper.fields.material import Material

__all__ = ["bylines_in_lines", "bylines_left_out", "tells_of_others"]

_INNER = re.compile(
    r"(?:^|[\s|·•,–—(-])(?:by|von|par|por|door|av|af|oleh|autor:|автор:?)\s+(\S.{1,100})$", re.IGNORECASE
)
"""A byline behind a date or a label: "Posted on May 3 by jane", "11.05.2012, 10:22 von hans"."""
_may_have_inner = finder("by", "von", "par", "por", "door", "av", "af", "oleh", "autor:", "автор")
"""One of these is in it: quicker to look for."""
_NAMES = r"([^\W\d_][\w.'’-]+(?: [\w.'’&,-]+){1,8}?)"
_OPENS = re.compile(rf"(?:By|BY|Von|VON|Par|PAR|Por|POR) {_NAMES}\s?(?::| [-–—] |\n)")
_CLOSES = re.compile(rf"[.!?…”“»\"]\s+(?:[-–—]\s?)?(?:By|Von|VON|Par|Por) {_NAMES}\.?$")
_MAX_INNER = 150
_FEW_WORDS = 2
_SHARED = re.compile(r"\b(?:geteilt von|shared by|compartida por|partagée par|condiviso da|gedeeld door)\b")
"""Before the account whose post of a social network stands in the text."""
_RATED = re.compile(r"\W*(?:bewertung|rating|reply|antwort|reaktion) (?:von|by|from)\b")
_EDITED = re.compile(r".{0,40}\blast edited\b")
_ANSWERED = re.compile(r"\W*(?:kommentar|comment|commentaire|comentario)s? (?:von|by|from|par|de)\b|interview\b")
"""How lines begin, in lower case."""
_STUCK = re.compile(r"[A-Z]?[a-z]{1,9}[A-Z]")
"""The start of a line whose first word may be a label without a blank behind it."""
_NICKNAME = range(3, 16)
_PORTRAIT = 3
"""Letters that stand in the place of a portrait."""
_DIGIT = re.compile(r"\d")


def bylines_in_lines(material: Material) -> Iterator[Byline]:
    """Yield bylines from lines such as "By Jane Doe" around the headline or after the text."""
    yield from _labelled(material)
    yield from _in_text(material)


def _labelled(material: Material) -> Iterator[Byline]:
    """Yield the bylines of lines that say so themselves or behind a label."""
    behind = material.head_after_headline
    known = {b.element for b in behind}
    before = tuple(b for b in material.head if b.element not in known)
    zones = (("in head", behind), ("before the headline", before), ("in tail", material.tail))
    for zone, blocks in zones:
        found = _first_labelled(material, zone, blocks)
        if found:
            yield found


def _first_labelled(material: Material, zone: str, blocks: tuple[TextBlock, ...]) -> Byline | None:
    """Return the first byline of lines that has a full name; before the text, single words give way to it."""
    end = material.element_range[1]
    label = below = False
    weak: Byline | None = None
    for block, following in zip_longest(blocks, blocks[1:]):
        if weak and block.element >= material.first_element:
            break
        text = block.text
        if block.element > material.first_element and material.snapshot.tags[block.element] in HEADINGS:
            below = below or block.element > end or is_of_others(block.text)
        if len(text) > MAX_BYLINE or (below and (zone == "in head" or _DIGIT.search(text))):  # of another article
            label = False
            continue
        if _STUCK.match(text):
            text = material.spaced(block.element, text)
        starts = may_be_labelled(text)
        if not (starts or label or ":" in text or _DIGIT.search(text)):
            continue
        if label and following and _are_initials(text, following.text):
            continue
        credit = (starts or label) and is_picture_credit(text)
        if credit or tells_of_others(text, behind=zone == "in tail"):
            label = False
            continue
        names = _of_line(material, block, text, starts=starts, label=label)
        found: Byline = (text, names, "visible", f"byline {zone}", {})
        if any(map(is_full_name, names)):
            return found
        weak = weak or (found if names else None)
        label = starts and is_label(text)
    return weak


def _of_line(material: Material, block: TextBlock, text: str, *, starts: bool, label: bool) -> list[str]:
    """Return the names in a line, which a label `starts` or which follows a `label`."""
    rest, prefixed = without_prefix(text) if starts else (text, False)
    names = _in_line(material, text, rest, labelled=label or prefixed) or _in_facts(material, block)
    if names or (len(text) <= MAX_BARE and (label or prefixed)):
        material.memo.setdefault("byline_texts", []).append(text)
    if not names:
        return []
    lines = material.lines_of(block.element)
    if len(lines) > MAX_BYLINE or all(name in lines for name in names):
        return names
    parted = names_by_line(material, lines)
    # the paper or the job, which only markup sets apart: "By Jane Doe" + "Example News"
    return [next((p for p in parted if name != p and name.startswith(p)), name) for name in names]


def _in_facts(material: Material, block: TextBlock) -> list[str]:
    """Return the names that a line of several facts has behind their label: "Date:", "3 May", "Author:", "Jane Doe"."""
    if ":" not in block.text or len(block.text) > MAX_BYLINE:
        return []
    lines = material.lines_of(block.element).split("\n")
    at = next((k for k, line in enumerate(lines[:-1]) if line.endswith(":") and is_label(line)), None)
    names = material.names_in(lines[at + 1])[0] if at is not None else []
    return names if names and all(map(looks_like_person, names)) else []


def tells_of_others(text: str, *, behind: bool) -> bool:
    """Whether a line names who shared a post, rated, edited a page or, `behind` the text, commented or was interviewed."""
    if "(@" in text and _SHARED.search(text):
        return True
    lowered = text[:MAX_BARE].lower()
    if _RATED.match(lowered) or ("last edited" in lowered and _EDITED.match(lowered)):
        return True
    return behind and _ANSWERED.match(lowered) is not None


def _are_initials(text: str, name: str) -> bool:
    """Whether a text is what stands in the place of a portrait: the initials of the name behind it."""
    return len(text) <= _PORTRAIT and text == "".join(word[0] for word in name.split()[:_PORTRAIT])


def _in_text(material: Material) -> Iterator[Byline]:
    """Yield the byline that opens the text ("By Jane Doe: ...") or closes its standfirst ("... for it. Von Jane Doe")."""
    for text in material.opening[:2]:
        match = _OPENS.match(text[:_MAX_INNER]) or _CLOSES.search(text[-_MAX_INNER:])
        names = material.names_in(match.group(1))[0] if match else []
        if names and all(map(looks_like_person, names)):
            yield text[:MAX_BYLINE], names, "visible", "byline in the text", {}
            return


def _in_line(material: Material, text: str, rest: str, *, labelled: bool) -> list[str]:
    """Return the names in a line that says that they wrote: by its first word, the line before it, or in its midst."""
    if labelled:
        names, _ = material.names_in(rest)
        if names and (all(like_person(n) for n in names) or _is_nickname(names, rest)):
            return names
    if len(text) <= _MAX_INNER and _may_have_inner(text) and _DIGIT.search(text):
        inner = _INNER.search(text)
        if inner and (find_moments(text[: inner.start(1)]) or text.count(" ", 0, inner.start()) < _FEW_WORDS):
            if not find_moments(text):
                return []
            names, _ = material.names_in(inner.group(1))
            if names and len(names[0].split()) <= 4:  # noqa: PLR2004  # as people are called
                return names
    return []


def _is_nickname(names: list[str], line: str) -> bool:
    """Whether all that stands behind a label is one word in small letters: "by jane88"."""
    return names == [line] and line.isalnum() and line.islower() and len(line) in _NICKNAME


def bylines_left_out(material: Material) -> Iterator[Byline]:
    """Yield the byline between two paragraphs of the text that the body left out."""
    kept = [k for k, keep in enumerate(material.story.kept) if keep]
    for k in range(kept[0], kept[-1]) if kept else ():
        block = material.story.segments[k]
        if material.story.kept[k] or len(block.text) > MAX_BARE + _NICKNAME.stop or not may_be_labelled(block.text):
            continue
        rest, prefixed = without_prefix(material.spaced(block.element, block.text))
        names = material.names_in(rest)[0] if prefixed and not is_picture_credit(block.text) else []
        if names and ", ".join(names) == rest and all(map(looks_like_person, names)):
            yield block.text, names, "visible", "byline left out of the text", {}
            return
