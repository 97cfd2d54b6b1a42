"""Names that nothing calls authors: alone on a line, or beside the date, near the headline."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.fields.bylines.agencies import is_agency
from scraper.fields.bylines.byline import HEADINGS, MAX_BARE, MAX_BYLINE, Byline, is_no_byline
from scraper.fields.bylines.given_names import begins_with_given_name
from scraper.fields.bylines.labelled import tells_of_others
from scraper.fields.bylines.names import (
    is_contact,
    is_organisation,
    is_picture_credit,
    is_role,
    says_who_wrote,
    without_prefix,
)
from scraper.fields.bylines.persons import PARTICLES_OF_PERSONS, is_of_common_words, looks_like_person
from scraper.fields.dates.date_text import find_moments
from scraper.fields.dates.months import is_update_label, month_number
from scraper.fields.dates.relative import find_relative
from scraper.fields.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.body.blocks.segment import TextBlock
    from scraper.fields.material import Material

__all__ = ["names_in_lines", "names_of_line", "parts_of"]

_SEPARATOR = re.compile(r"\s+[|·•–—/-]\s+|\s*[·•|]\s*")
_ENDS = " |·•–—-,/."
_TEAM = re.compile(
    r"(?:by |von )?(?:the )?(?:(?:staff|editors|team|redaktion|redacción|rédaction|redazione|redactie) (?:of |at |de |von |van )?(?:the )?([\w.' -]{3,30})"
    r"|([\w.' -]{3,30}?)[ -](?:team|staff|editors|editorial team|editorial staff|redaktion|newsroom))"
)
_MIN_HOUSE = 4
_BESIDE = 2
"""Lines behind a name in which its date or job stands."""
_BARE_BLOCKS = 4
_FIRST = 3
_WORDS_IN_DOUBT = 3
_BEHIND_HEADLINE = 8
_BEFORE_HEADLINE = 3
"""Blocks around the headline among which a name can stand alone."""
_DIGIT = re.compile(r"\d")
_READING = re.compile(
    r"(?:^|\W)\d{1,3}\s?(?:[-–]\s?\d{1,3}\s?)?-?(?:min|mins|minutes?|minuten|minutos?|minuti|minuty|minut|мин|мінут\w*)\b"
)
"""A reading time, in lower case: "5 min read", "Lesezeit: 3 Minuten"."""
_DAY = re.compile(r"(?:^|\W)(?:([^\W\d_]{3,10})\.? \d{1,2}|\d{1,2}\.? ([^\W\d_]{3,10}))\W*$")
"""A day without its year: "Jan 4", "4. Januar"."""
_ANY_DAY = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
_MAX_DATE = 60
"""Characters of a line of date, time and reading time."""
_IN = frozenset({"in", "en", "dans", "unter", "under"})
"""What parts an author from the sections."""
_JOINTS = re.compile(r"[\s,;&+/]|\b(?:and|und|et|y|e|og|och)\b")
_IN_NAMES = PARTICLES_OF_PERSONS | frozenset("and und et y e og och".split())
"""Words in small letters of a line that is names and nothing else."""
_DESKS = frozenset(
    "redaktion,die redaktion,redacción,redaccion,redação,redazione,la rédaction,rédaction,redactie,redakcja,newsroom,editorial staff".split(
        ","
    )
)
"""Desks that are all of a line."""
_CREDENTIALS = re.compile(r"(?:[\s,;&+/.®]|\b(?:and|und|et|y|e|og|och)\b|\b(?:[A-Z][A-Za-z]{0,2}\.?)?[A-Z]{1,4}\b\.?)+")
"""Degrees behind a name: ", MS, RD", " PhD"."""
_CAPITALS = re.compile(r"\W*(?:[^\W\d_]{1,9}:?\s+)?[^\W\d_][^\s]*\s+(?:[^\W\d_]{1,4}\.? ){0,2}[^\W\d_]")
"""At least two words, as a look that spares most lines the rest."""
_HAN = re.compile(r"[\u4e00-\u9fff]{2,3}[ \u3000]?[\u4e00-\u9fff]{1,3}")
_HAN_WORDS = re.compile(
    r"[部社局会課省県市区都府国化学論版面集道報题題件治済会際活域育療祉康能楽画真載説気挙害張聞闻信网網台报報稿者员員文経経済录録讯訊点評评法業业史]$|新|編|编|记|記"
)
"""In lines of Chinese characters that are sections, offices or words, no names."""
_MIN_HAN = 3
_MAX_MORE = 5
"""Names below the first."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of a line near the headline with what stands around it."""

    parts: list[str]
    """Of its line."""
    at: int
    """Which of them it is."""
    row: tuple[TextBlock, ...]
    """The lines before or behind the headline."""
    index: int
    """Lines between it and the headline."""
    behind: bool
    """Whether it stands behind the headline."""

    @property
    def text(self) -> str:
        return self.parts[self.at]

    @property
    def element(self) -> int:
        """Return the element of its line."""
        return self.row[self.index].element

    @property
    def beside(self) -> tuple[str, ...]:
        """Return the other parts of its line."""
        return (*self.parts[: self.at], *self.parts[self.at + 1 :])

    @property
    def next_to(self) -> tuple[str, ...]:
        """Return the parts right before and right behind it."""
        return (*self.parts[max(self.at - 1, 0) : self.at], *self.parts[self.at + 1 : self.at + 2])

    @property
    def near(self) -> tuple[str, ...]:
        """Return the line before its own and two behind it that are no names of others."""
        k = self.index
        below = [b.text for b in self.row[k + 1 : k + 1 + _MAX_MORE] if not looks_like_person(b.text)]
        return (*(b.text for b in self.row[max(k - 1, 0) : k]), *below[:_BESIDE])


def names_in_lines(material: Material) -> Iterator[Byline]:
    """Yield the names that stand alone, or beside a date, near the headline; then the desk of the house."""
    found = _near_headline(material)
    if found:
        yield found
    for block in (*material.head_after_headline[: _BESIDE * 2], *material.tail[:_BESIDE]):
        team = _team_of_the_house(material, block.text) or _desk(material, block)
        if team:
            yield block.text, [team], "visible", "team of the house", {}
            break


def _near_headline(material: Material) -> Byline | None:
    """Return the first name around the headline that has its witnesses, with those right below it.

    Else a name that begins with a common given name and stands alone before the text, else one that is no section.
    """
    plain: Byline | None = None
    strange: Byline | None = None
    places = _places(material)
    for place in places:
        names = _names_at(material, place)
        if not names:
            continue
        where = "part of a line in head" if place.beside else f"name {'in head' if place.behind else 'before it'}"
        found: Byline = (place.text, names, "visible", where, {})
        if not any(map(begins_with_given_name, names)):
            strange = strange or (found if _is_no_section(material, names, place) else None)
        elif _is_vouched(material, names[0], place):
            return (place.text, [*names, *_below(material, place, places, names)], *found[2:])
        elif place.behind and not place.beside and place.element < material.first_element:
            plain = plain or found
    return plain or strange


def _below(material: Material, first: _Place, places: Iterator[_Place], names: list[str]) -> list[str]:
    """Return the names of persons in the parts and lines right behind those of the first."""
    more: list[str] = []
    last = first.index
    for place in places:
        if place.behind != first.behind or place.index > last + 1 or len(more) >= _MAX_MORE:
            break
        others = names_of_line(material, place.text)
        if others and begins_with_given_name(others[0]):
            more += [name for name in others if name not in (*names, *more)]
            last = place.index
    return more


def _places(material: Material) -> Iterator[_Place]:
    """Yield the parts of the lines around the headline, those behind it first."""
    at = material.headlines.element
    before = tuple(block for block in material.head if block.element < at)[-_BEFORE_HEADLINE:]
    for row, behind in ((material.head_after_headline[:_BEHIND_HEADLINE], True), (before, False)):
        for k, block in enumerate(row):
            if not _may_hold_names(material, block):
                continue
            parts = parts_of(material, block)
            for n in range(len(parts)):
                yield _Place(parts=parts, at=n, row=row, index=k, behind=behind)


def _may_hold_names(material: Material, block: TextBlock) -> bool:
    snapshot = material.snapshot
    return (
        len(block.text) <= MAX_BYLINE
        and snapshot.tags[block.element] not in HEADINGS
        and not is_no_byline(snapshot.sources[block.element])
        and not tells_of_others(block.text, behind=False)
        and not is_picture_credit(block.text)
        and not is_contact(block.text[: block.text.find(":") + 1])
    )


def parts_of(material: Material, block: TextBlock) -> list[str]:
    """Return the parts of a line, those behind "in" left out, for they are sections: "Jane Doe", "3 May 2024"."""
    parts: list[str] = []
    for line in material.lines_of(block.element).split("\n"):
        if line.strip().lower() in _IN:
            break
        for part in _SEPARATOR.split(line):
            moment = next(iter(find_moments(part)), None) if _DIGIT.search(part) else None
            if moment:
                parts += [part[: moment.start], part[moment.start : moment.end], part[moment.end :]]
            else:
                parts.append(part)
    return [bare for part in parts if (bare := part.strip(_ENDS))]


def _names_at(material: Material, place: _Place) -> list[str]:
    """Return the names that are all of a part of a line; those whose form is in doubt only next to the headline."""
    names = names_of_line(material, place.text)
    if not names and place.behind and place.index < _FIRST:
        names = _name_in_doubt(material, place) or _name_in_han(place)
    return names


def names_of_line(material: Material, line: str) -> list[str]:
    """Return the names that are all of a line, persons' beyond doubt; what may follow is degrees and a job."""
    if len(line) > MAX_BARE * 2 or _CAPITALS.match(line) is None or _DIGIT.search(line) or is_picture_credit(line):
        return []
    rest = without_prefix(line)[0]
    names = material.names_in(rest)[0] if _may_be_names(rest) else []
    for name in names:
        if not looks_like_person(name) or is_organisation(name, material.folded_sites):
            return []
        rest = rest.replace(name, "", 1)
    if not names:
        return []
    known = begins_with_given_name(names[0])
    if _JOINTS.sub("", rest) and not (known and (_CREDENTIALS.fullmatch(rest) or (rest[:1] == "," and is_role(rest)))):
        return []
    if (not known and is_role(line)) or all(is_of_common_words(material, name) for name in names):
        return []
    return names


def _may_be_names(line: str) -> bool:
    """Whether no word in small letters tells that a line is more than names, and degrees or, behind a comma, a job."""
    if "," in line:
        return True
    return all(not word[0].islower() or word in _IN_NAMES or not word.isalpha() for word in line.split())


def _name_in_doubt(material: Material, place: _Place) -> list[str]:
    """Return a common given name that stands alone, or a name that begins with one, in capitals or small letters."""
    words = place.text.split()
    if not 1 <= len(words) <= _WORDS_IN_DOUBT or not begins_with_given_name(place.text):
        return []
    if is_of_common_words(material, place.text) or fold(place.text) in material.folded_sites:
        return []
    lines = [*place.beside, *place.near]
    reading = [line for line in lines if _READING.search(line.lower())]
    dated = any(tells_time(line) for line in lines if line not in reading)
    if len(words) == 1:
        sure = dated and place.text.istitle() and (bool(reading) or _is_told_of(material, place.text, place.element))
    else:
        sure = dated and (place.text.isupper() or place.text.islower())
    return [place.text] if sure else []


def _name_in_han(place: _Place) -> list[str]:
    """Return a line of three to six Chinese characters right beside a date, unless it is of words."""
    if len(place.text) < _MIN_HAN or not _HAN.fullmatch(place.text) or _HAN_WORDS.search(place.text):
        return []
    return [place.text] if any(map(tells_time, (*place.next_to, *place.near[:_BESIDE]))) else []


def _is_vouched(material: Material, name: str, place: _Place) -> bool:
    """Whether a name that begins with a common given name has a witness: a date, a job, what is told behind the text."""
    lines = (*place.beside, *place.near)
    if any(tells_time(line) or _is_job(line) for line in lines) or is_role(place.text):
        return True
    return place.behind and _is_told_of(material, name, place.element)


def _is_no_section(material: Material, names: list[str], place: _Place) -> bool:
    """Whether one name, none of whose words the article has in small letters, stands right beside a date."""
    if not place.behind or place.index >= _BARE_BLOCKS or len(names) > 1:
        return False
    if is_of_common_words(material, names[0], some=True):
        return False
    if says_who_wrote(place.text) and any(map(tells_time, place.beside)):
        return True
    reading = any(_READING.search(line.lower()) for line in place.beside)
    lines = (*place.next_to, *place.near[:_BESIDE])
    return reading or _is_told_of(material, names[0], place.element) or any(map(tells_time, lines))


def _is_told_of(material: Material, name: str, element: int) -> bool:
    """Whether a line behind the text, not the `element` of the name, begins with it: there its bearer is told of."""
    return any(block.element != element and block.text.startswith(name) for block in material.tail)


def tells_time(line: str) -> bool:
    """Whether a line is of what stands beside a byline: a date, a reading time, "3 days ago"."""
    if len(line) > _MAX_DATE or not _DIGIT.search(line):
        return is_update_label(line) and len(line) <= _MAX_DATE
    if find_moments(line) or _READING.search(line.lower()) or find_relative(line, _ANY_DAY):
        return True
    day = _DAY.search(line)
    return bool(day and month_number(day[1] or day[2]))


def _is_job(line: str) -> bool:
    return len(line) <= _MAX_DATE and is_role(line)


def _desk(material: Material, block: TextBlock) -> str | None:
    """Return the desk, or the house, that is all of a line above or below that of the date."""
    row = material.head_after_headline[:_BARE_BLOCKS]
    at = next((k for k, other in enumerate(row) if other is block), None)
    if at is None or len(block.text) > MAX_BARE or is_agency(block.text):
        return None
    if block.text.lower() not in _DESKS and fold(block.text) not in material.folded_sites:
        return None
    return block.text if any(tells_time(b.text) for b in row[max(at - 1, 0) : at + 2] if b is not block) else None


def _team_of_the_house(material: Material, line: str) -> str | None:
    """Return the desk that is all of a line, or of its part before a stroke: "Example Team | 5 min read"."""
    first = line.partition("|")[0].partition("·")[0].partition("•")[0].strip()
    match = _TEAM.fullmatch(first.lower()) if len(first) <= MAX_BARE else None
    house = fold(next(filter(None, match.groups()))).replace(" ", "") if match else ""
    near = len(house) >= _MIN_HOUSE and any(house in s.replace(" ", "") for s in material.folded_sites)
    return first if near else None
