"""dateline: the place that a story was written at, as it stands before the first sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.bylines.agencies import agencies_in, is_agency
from scraper.fields.bylines.given_names import begins_with_given_name
from scraper.fields.bylines.places import is_city
from scraper.fields.found import Found
from scraper.fields.values import fold, strings
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material

__all__ = ["OPENING", "WITH_WIRE", "begins_with_dateline", "dateline", "may_have_wire"]

OPENING = 120
"""Characters of the first paragraph in which a place and a wire stand."""
WITH_WIRE = re.compile(
    r"^\W{0,2}([^\W\d_][\w.'’/ -]{1,40}?(?:, [^\W\d_][\w.'’ ]{1,30}){0,2})"
    r"(?:,? (?:[A-Z][a-z]{2,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.?(?: \d{4})?))?"
    r"\s?(?:[(（]([^()（）]{2,40})[)）])\s?[.,:]?\s?(?:[-–―—:.]|\S)"
)
"""Place, perhaps a date, a wire in brackets: "BERLIN (dpa) -", "London, Jun 11 (efe-epa).-", "東京（AP）"."""
_DAY_BEHIND = re.compile(r",?\s+(?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.?)$")
_BARE = re.compile(
    r"^([A-ZÀ-ÞΑ-ΩА-ЯЁІЇЄ][A-ZÀ-ÞΑ-ΩА-ЯЁІЇЄ.'’/ -]{2,40}(?:, [A-Z][\w. ]{1,20}?)?)"
    r"(?:\s?(?:—|–|--|-|―|:)|,? (?:[^\W\d_]{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}(?: \d{4})?)\s?(?:—|–|--|-|―|:|\.(?:\s?[-–—])?))\s"
)
"""A place in capitals before a dash: "WASHINGTON — "."""
_WORD = r"[A-ZÀ-ÞА-ЯЁІЇЄ][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_NAME = rf"{_WORD}(?: ?/ ?{_WORD}| (?:(?:de|del|la|le|am|an der|ob der|of|upon) )?{_WORD}){{0,3}}"
_PLACE = rf"^({_NAME}(?:, {_WORD}(?: {_WORD})?)?)"
_DATE = (
    r"(?:(?:den|le|am) )?(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{1,2}(?:\.|st|nd|rd|th)? (?:de )?[^\W\d_]{3,10}\.?(?: (?:de )?\d{4})?"
    r"|[^\W\d_]{3,10}\.? \d{1,2}(?:, \d{4})?)"
)
_CAPITAL = r"(?=[\"„»«“‚‘']?[A-ZÀ-ÞА-ЯЁІЇЄ])"
_SURE = (
    re.compile(rf"{_PLACE}\s?\((?:[^()\d]{{2,25}}|[A-Z]{{2,6}}\d{{1,2}})\)\s?[-–—]{{1,2}}\s"),
    re.compile(rf"{_PLACE}\s?\([a-z][^()\d ]{{1,24}}\)\.\s"),
    re.compile(rf"{_PLACE},? \(?{_DATE}\)?\s?[.:]?\s?[-–—]{{1,2}}\s"),
    re.compile(rf"{_PLACE},? \({_DATE}\)\.\s"),
)
"""Bracket or date between the place and what parts it from the text: "BOSTON (WXYZ) -", "Wien, 14. Dezember 2021 –"."""
_LIKELY = (
    re.compile(rf"{_PLACE}\.?\s?[-–—]{{1,2}}\s{_CAPITAL}"),
    re.compile(rf"{_PLACE}\.\s{_CAPITAL}"),
    re.compile(rf"^\(({_NAME})\)\s?[-–—]\s{_CAPITAL}"),
)
"""Place before a dash or a full stop; it must be known for a place: "Kurz: ..." begins many a paragraph, too."""
_LABELLED = re.compile(rf"{_PLACE}(?: \({_WORD}\))?:\s{_CAPITAL}")
"""Place before a colon."""
_END = re.compile(r"[):]|\. |[-–—]{1,2} ")
"""What may part a place from the text."""
_CONNECTORS = frozenset("de del la le am an ob der of upon den do dos".split())
_BEHIND_WIRE = re.compile(
    r"^\W{0,2}\(([^()]{2,30})\)\s?[-–—]\s?([A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]{2,30}?)(?:, \d{1,2} [A-Z]{3,9}\.?)?\s?[-–—]\s"
)
""""(WIRE) - ROMA, 28 LUG - "."""
_IN = r"(?:in|aus|nach|from|near|outside|à|en|em|w|we|ve|te|på|iz)\s+"
"""Words before a place, in languages that write datelines; not "de", "of", "at", which stand before all kinds of names."""
_OWN_HOST = re.compile(r"(?:^|,\s*)\w+\.(?:com|net|org|co|id|de|in)\b.*$", re.IGNORECASE)
"""The paper's own name behind the place: "JAKARTA, KABAR.com - "."""
_CLOCK = re.compile(r"\d{4}|\d:\d\d")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_PLACE_WORDS = 4
_PARAGRAPH = 80
"""Characters of a paragraph: what is shorter is a heading or a label of a list."""
_FIRST = 2
"""Paragraphs, of which one may be the standfirst."""
_SHORTEST = 5
"""Letters; shorter words before a full stop may be abbreviations: "Rep. Doe"."""
_LONGEST = 80
"""Characters of a place with a date and a wire."""
_BLOCKS = 40
"""Blocks of the text that are looked at for the place."""
_LABELS = frozenset(
    {
        "TLDR",
        "TL",
        "UPDATE",
        "NOTE",
        "BREAKING",
        "EDITOR'S NOTE",
        "EDITOR’S NOTE",
        "EXCLUSIVE",
        "WATCH",
        "LIVE",
        "OPINION",
        "FAQ",
    }
)


def dateline(material: Material) -> Found:
    """Return the candidates for `dateline`: the place, as written."""
    candidates: list[Candidate] = []
    for node in material.articles[:2]:
        candidates += [
            Candidate(
                value=_BRACKETS.sub("", text[:100]) or text[:100], raw=text[:500], source="jsonld", where="dateline"
            )
            for text in strings(node.get("dateline"))[:1]
            if not _CLOCK.search(text)  # systems that take it for the line of the date
        ]
    capitals = _in_capitals(material)
    for text in material.opening:
        start = text[:OPENING]
        match = WITH_WIRE.match(start) if may_have_wire(start) else None
        if match and agencies_in(match.group(2)):
            place = _place(match.group(1))
        elif capitals and text == capitals[0]:
            place = capitals[1]
        else:
            continue
        candidates.append(Candidate(value=place, raw=start, source="text", where="first paragraph"))
    if not candidates:
        candidates += (
            Candidate(value=place, raw=start, source="text", where="first paragraph")
            for start, place in _in_prose(material)
        )
    return Found(tuple(candidates))


def may_have_wire(start: str) -> bool:
    """Whether the start of a paragraph has what every credit in a dateline has: brackets, or "via"."""
    return "(" in start or " via " in start or "[" in start or "（" in start


def begins_with_dateline(text: str) -> bool:
    """Whether a text begins as a news story does: "HALFORD - ", "Halford (dpa) - "."""
    start = text[:OPENING]
    match = WITH_WIRE.match(start) if may_have_wire(start) else None
    if match and agencies_in(match.group(2)):
        return True
    bare = _BARE.match(start)
    return bool(bare and len(bare.group(1).split()) <= _PLACE_WORDS and ":" not in bare.group())


def _prose(material: Material) -> list[str]:
    return [text for text in material.opening if len(text) >= _PARAGRAPH][:_FIRST]


def _in_capitals(material: Material) -> tuple[str, str] | None:
    """Return (paragraph, place in capitals before its dash), where one of the first two paragraphs has one.

    Capitals before a colon in two paragraphs are the speakers of an interview or labels; before one colon, a place must
    be known for it.
    """
    matches = [(text, match) for text in _prose(material) if (match := _BARE.match(text[:OPENING]))]
    if not matches or (len(matches) > 1 and ":" in matches[0][1].group()):
        return None
    text, match = matches[0]
    place = _OWN_HOST.sub("", match.group(1)).strip(" ,")
    place = _without_stop(place)
    if ":" in match.group() and not _is_known(material, place):
        return None
    return (text, place) if place and _may_be_place(material, place) else None


def _in_prose(material: Material) -> Iterator[tuple[str, str]]:
    """Yield (start of a paragraph, place) of the first two paragraphs that begin with a place in small letters."""
    for text in _prose(material):
        start = text[:OPENING].lstrip("\u200b ")
        end = _END.search(start, 1, _LONGEST)
        if end is None or any(word[0].islower() and word not in _CONNECTORS for word in start[: end.start()].split()):
            continue
        behind = _BEHIND_WIRE.match(start)
        if behind and agencies_in(behind.group(1)):
            yield start, behind.group(2).strip()
            return
        for pattern in (*_SURE, *_LIKELY, _LABELLED):
            match = pattern.match(start)
            if not match or not _may_be_place(material, place := _without_stop(match.group(1))):
                continue
            if pattern in _SURE or (_is_known(material, place) and not (pattern is _LABELLED and _is_talk(material))):
                yield start, place
                return


def _without_stop(place: str) -> str:
    return place.removesuffix(".") if place.count(".") == 1 and "," not in place else place


def _may_be_place(material: Material, place: str) -> bool:
    folded = fold(place)
    words = place.replace("/", " ").split()
    if not words or len(words) > _PLACE_WORDS or place in _LABELS or folded in material.folded_sites:
        return False
    return not is_agency(place) and not (len(words) > 1 and begins_with_given_name(place) and not is_city(place))


def _is_known(material: Material, place: str) -> bool:
    """Whether something has this name that the text calls a place, or that every reader knows for a city."""
    first = place.partition("/")[0].partition(",")[0].strip()
    first = first.title() if first.isupper() else first
    if is_city(first) or len(first.split()[-1]) < _SHORTEST:
        return is_city(first)
    text = "\n".join([block.text for block in material.kept[:_BLOCKS]])
    return first in text and re.search(_IN + re.escape(first) + r"(?!\w)", text) is not None


def _is_talk(material: Material) -> bool:
    """Whether several paragraphs begin with a name and a colon: an interview, or a list of labels."""
    return sum(_LABELLED.match(block.text[:OPENING]) is not None for block in material.kept[:_BLOCKS]) > 1


def _place(text: str) -> str:
    """Return the place of a dateline without the day behind it."""
    return _DAY_BEHIND.sub("", text.strip(" ,")).strip(" ,")
