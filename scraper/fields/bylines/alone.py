"""Names that nothing calls authors: alone on a line or beside the date near the headline, or below the text."""

from __future__ import annotations

import datetime as dt
import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from scraper.fields.bylines.byline import HEADINGS, MAX_BARE, MAX_BYLINE, Byline, is_no_byline
from scraper.fields.bylines.given_names import begins_with_given_name
from scraper.fields.bylines.names import is_full_name, is_organisation, is_picture_credit, is_role, without_prefix
from scraper.fields.bylines.persons import is_of_common_words, like_person, looks_like_person
from scraper.fields.dates.date_text import find_moments
from scraper.fields.dates.months import is_update_label, month_number
from scraper.fields.dates.relative import find_relative
from scraper.fields.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.body.segment import TextBlock
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["names_in_lines", "signatures"]

_SEPARATOR = re.compile(r"\s+[|·•–—/-]\s+|\s*[·•|]\s*")
_ENDS = " |·•–—-,/."
_TEAM = re.compile(
    r"(?:by |von )?(?:the )?(?:(?:staff|editors|team|redaktion|redacción|rédaction|redazione|redactie) (?:of |at |de |von |van )?(?:the )?([\w.' -]{3,30})"
    r"|([\w.' -]{3,30}?)[ -](?:team|staff|editors|editorial team|editorial staff|redaktion|newsroom))"
)
_MIN_HOUSE = 4
_SIGNED = re.compile(r"\(([^()\d]{5,35})\)\W{0,5}$")
_INITIALS = re.compile(r"\W?([A-Z]{2,3}|[a-z]{2,3}(?:/[a-z]{2,3})?)\W?")
_NO_INITIALS = frozenset(
    "at by on in to of or and the for ad faq top ok nav rss tag tv en de fr es it pt und von am le la el".split()
)
"""Words, and labels of links, as short as initials."""
_LINES = frozenset({"p", "div", "span", "em", "i", "strong"})
_BESIDE = 2
"""Lines behind a name in which its date or job stands."""
_TO_THE_RIGHT = re.compile(r"(?:text-align:\s?|align=\"|text-|align-?)right", re.IGNORECASE)
_SIGNING = 3
"""Blocks behind the text among which the line can stand that signs it."""
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
_TOLD = 6
"""Blocks behind the text in which its author is told of."""
_BEARER = re.compile(r"((?:[^\W\d_][\w'’.-]+ ){1,3}[^\W\d_][\w'’.-]+),? (?:is|was|ist|war|est|es|è|é|er|är) ")
_MAX_ROLE = 120
_MAX_DATE = 60
"""Characters of a line of date, time and reading time."""
_IN = frozenset({"in", "en", "dans", "unter", "under"})
"""What parts an author from the sections."""
_JOINTS = re.compile(r"[\s,;&+/]|\b(?:and|und|et|y|e|og|och)\b")


def names_in_lines(material: Material) -> Iterator[Byline]:
    """Yield names that stand alone, or beside a date, near the headline or signed behind the text."""
    yield from _near_headline(material)
    for block in (*material.head_after_headline[: _BESIDE * 2], *material.tail[:_BESIDE]):
        team = _team_of_the_house(material, block.text)
        if team:
            yield block.text, [team], "visible", "team of the house", {}
            break
    yield from _of_bearers(material)
    for block in material.tail[:3]:
        names = _names_of_line(material, block.text) if _is_signature(material.snapshot, block.element) else []
        if len(names) == 1:
            yield block.text, names, "visible", "name in tail", {}
            break
    yield from _signed_with_date(material)


def _of_bearers(material: Material) -> Iterator[Byline]:
    """Yield the name that stands above the lines that tell of its bearer, behind the text, or begins one of them."""
    end = material.element_range[1]
    rows = (*material.kept[-1:], *tuple(block for block in material.tail if block.element > end)[:_TOLD])
    for block, following in zip_longest(rows, rows[1:]):
        names = _names_of_line(material, block.text)
        if len(names) == 1 and following and len(following.text) > _MAX_DATE:
            first = names[0].split()[0] + " " if begins_with_given_name(names[0]) else names[0]
            if following.text.startswith(first) and (first != names[0] or is_role(following.text[:_MAX_ROLE])):
                yield block.text, names, "visible", "name in tail", {}
                return
        told = _BEARER.match(block.text)
        if told and looks_like_person(told[1]) and begins_with_given_name(told[1]) and is_role(block.text[:_MAX_ROLE]):
            yield block.text[:MAX_BYLINE], [told[1]], "visible", "name in tail", {}
            return


def _near_headline(material: Material) -> Iterator[Byline]:
    """Yield the first name around the headline that a date, a reading time, a job or the end of the text vouches for."""
    at = material.headlines.element
    before = tuple(block for block in material.head if block.element < at)[-_BEFORE_HEADLINE:]
    strange: Byline | None = None
    for row, behind in ((material.head_after_headline[:_BEHIND_HEADLINE], True), (before, False)):
        for k, block in enumerate(row):
            if not _may_hold_names(material, block):
                continue
            pieces = _pieces(material, block)
            near = [b.text for b in row[max(k - 1, 0) : k] + row[k + 1 : k + 1 + _BESIDE]]
            for n, piece in enumerate(pieces):
                beside = pieces[:n] + pieces[n + 1 :]
                where = "part of a line in head" if beside else f"name {'in head' if behind else 'before it'}"
                names = _names_of_line(material, piece) or (_name_in_doubt(piece) if behind and k < _FIRST else [])
                if not names or (len(names[0].split()) == 1 and not _is_sure(material, names[0], [*beside, *near])):
                    continue
                found: Byline = (piece, names, "visible", where, {})
                if all(map(begins_with_given_name, names)):
                    if (behind and _is_told_of(material, names[0])) or any(
                        tells_time(line) or _is_job(line) for line in (*beside, *near)
                    ):
                        yield found
                        return
                elif behind and k < _BARE_BLOCKS:
                    lines = (*pieces[max(n - 1, 0) : n], *pieces[n + 1 : n + 2], *near[:2])
                    strange = strange or (found if _is_no_section(material, names, lines, beside) else None)
    if strange:
        yield strange


def _may_hold_names(material: Material, block: TextBlock) -> bool:
    snapshot = material.snapshot
    return (
        len(block.text) <= MAX_BYLINE
        and snapshot.tags[block.element] not in HEADINGS
        and not is_no_byline(snapshot.sources[block.element])
    )


def _is_told_of(material: Material, name: str) -> bool:
    """Whether a line behind the text begins with a name: there its bearer is told of."""
    return any(block.text.startswith(name) for block in material.tail)


def _is_no_section(material: Material, names: list[str], lines: tuple[str, ...], beside: list[str]) -> bool:
    """Whether one name, none of whose words the article has in small letters, stands right beside a date."""
    if len(names) > 1 or is_of_common_words(material, names[0], some=True):
        return False
    reading = any(_READING.search(line.lower()) for line in beside)
    return reading or _is_told_of(material, names[0]) or any(map(tells_time, lines))


def _name_in_doubt(piece: str) -> list[str]:
    """Return a common given name that stands alone, or a name in capitals that begins with one."""
    words = piece.split()
    if not words or len(words) > _WORDS_IN_DOUBT or not begins_with_given_name(piece):
        return []
    return [piece] if piece.isupper() or (len(words) == 1 and piece.istitle()) else []


def _is_sure(material: Material, name: str, lines: list[str]) -> bool:
    """Whether a date and a reading time stand beside a single word, or a date and the end of the text tells of it."""
    if is_of_common_words(material, name) or fold(name) in material.folded_sites:
        return False
    reading = [line for line in lines if _READING.search(line.lower())]
    dated = [line for line in lines if line not in reading and tells_time(line)]
    return bool(dated) and (bool(reading) or _is_told_of(material, name))


def _pieces(material: Material, block: TextBlock) -> list[str]:
    """Return the parts of a line, those behind "in" left out, for they are sections: "Jane Doe", "3 May 2024"."""
    pieces: list[str] = []
    for line in material.lines_of(block.element).split("\n"):
        if line.strip().lower() in _IN:
            break
        for part in _SEPARATOR.split(line):
            moment = next(iter(find_moments(part)), None) if _DIGIT.search(part) else None
            if moment:
                pieces += [part[: moment.start], part[moment.start : moment.end], part[moment.end :]]
            else:
                pieces.append(part)
    return [bare for piece in pieces if (bare := piece.strip(_ENDS))]


def _names_of_line(material: Material, line: str) -> list[str]:
    """Return the names that are all of a line, persons' beyond doubt."""
    if len(line) > MAX_BARE * 2 or _DIGIT.search(line) or is_picture_credit(line):
        return []
    rest = without_prefix(line)[0]
    names = material.names_in(rest)[0]
    for name in names:
        if not looks_like_person(name) or is_organisation(name, material.folded_sites):
            return []
        rest = rest.replace(name, "", 1)
    if not names or _JOINTS.sub("", rest) or is_role(line) or all(is_of_common_words(material, n) for n in names):
        return []
    return names


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


def _team_of_the_house(material: Material, line: str) -> str | None:
    """Return the desk that is all of a line, or of its part before a stroke: "Example Team | 5 min read"."""
    first = line.partition("|")[0].partition("·")[0].partition("•")[0].strip()
    match = _TEAM.fullmatch(first.lower()) if len(first) <= MAX_BARE else None
    house = fold(next(filter(None, match.groups()))).replace(" ", "") if match else ""
    near = len(house) >= _MIN_HOUSE and any(house in s.replace(" ", "") for s in material.folded_sites)
    return first if near else None


def _is_signature(snapshot: Snapshot, element: int) -> bool:
    """Whether a line is set to the right, as the writer's name under a letter."""
    return any(
        _TO_THE_RIGHT.search(snapshot.sources[i]) for i in range(element, min(snapshot.ends[element], element + 3))
    )


def _signed_with_date(material: Material) -> Iterator[Byline]:
    """Yield the name in a line with a date right behind the text: "Jane Doe, 3 May 2024"."""
    signed = [b for b in material.tail if b.element > material.element_range[1]][:_SIGNING]
    for block in signed:
        if len(block.text) > MAX_BYLINE or not _DIGIT.search(block.text) or not find_moments(block.text):
            continue
        for line in _pieces(material, block):
            rest, prefixed = without_prefix(line)
            names = material.names_in(rest)[0] if len(line) <= MAX_BARE and not is_picture_credit(line) else []
            if len(names) == 1 and (
                like_person(names[0]) if prefixed else looks_like_person(names[0]) and names[0] == rest
            ):
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
