"""agency: the wire that a story came over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.bylines.agencies import agencies_in, agency_of_folder, bracketed_agencies, is_agency
from scraper.fields.bylines.authors import bylines
from scraper.fields.bylines.datelines import OPENING, WITH_WIRE, may_have_wire
from scraper.fields.found import Found
from scraper.fields.material import in_aside
from scraper.fields.values import clean, fold, strings
from scraper.model.evidence import Candidate
from scraper.page.letters import lower_case
from scraper.page.words import finder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scraper.body.blocks.segment import TextBlock
    from scraper.fields.material import Material

__all__ = ["agency"]

_CLOSING = 60
_LINE = 120
_LEADING = re.compile(r"^\W{0,2}[(（\[]\s?([^()（）\[\]]{2,40})\s?[)）\]]\s?[-–—―:.]?")
"""A wire in brackets at the very start: "(Reuters) - "."""
_SOURCE = re.compile(
    r"(?:^|[\s|·–(（-])(?:sources?|quellen?|fuentes?|fonte|bron|källa|kilde|lähde|źródło|zdroj|forrás|sursa|источник|джерело|izvor|kaynak|sumber|nguồn|出典|来源|來源|출처|المصدر|स्रोत|with (?:inputs?|information|reporting|agency inputs|files) from|con información de|mit material von|additional reporting (?:from|by))\s*[:：]?\s+([^|]{2,60}?)(?:$|\s[-–—|]\s)"
)
"""In lower case."""
_may_name_source = finder(
    "sourc", "quelle", "fuente", "fonte", "bron", "kilde", "zdroj", "sursa", "izvor", "kaynak", "sumber", "with input", "with information",
    "with reporting", "with agency", "with files", "additional reporting", "mit material", "källa", "lähde", "źródło", "forrás", "источник", "джерело", "nguồn", "出典", "来源", "來源", "출처", "المصدر",
    "स्रोत", "información de",
)  # fmt: skip
"""One of these is in it: quicker to look for."""
_may_be_credit = finder(":", "：", " from ")
_OPENING_BRACKETS = frozenset("([（")
"""One of these is in a line that names its source, or begins it."""
_RIGHTS = re.compile(r"^(?:©|\(c\)|copyright)\s*(?:\d{4}\s)?([^,:()|]{2,40})(?:,.{0,60})?$", re.IGNORECASE)
"""A line of rights behind the text: "© dpa-infocom, dpa:240516-99-53606/3"."""
_ALONE = re.compile(r"^[(（\[]\s?([^()（）\[\]]{2,40})\s?[)）\]]\.?$")
"""A line that is nothing but a wire in brackets."""
_MARKS = re.compile(r"^[\w-]{2,12}(?:/[\w-]{2,12}){1,2}$")
"""Marks of the desk and the wire: "erb/ots"."""
_MARK = 13
"""Characters of one mark and the stroke behind it."""
_END_BRACKET = re.compile(r"[.!?…\"”»“]\s?[(（\[]([^()（）\[\]]{2,30})[)）\]]\.?$")
_LAST_BRACKET = re.compile(r"[(（\[]([^()（）\[\]]{2,40})[)）\]]?$")
_LAST_WORD = re.compile(r"[.!?»”\"]\s+([^\W\d_]{2,10})$")
_REPORTING = re.compile(r"(?:reporting (?:from|by)|inputs from|information from)\s+(.{2,40})$")
"""In lower case."""
_may_name_reporting = finder("reporting", " from")
"""One of these is in it: quicker to look for."""
_LEAD_WORD = re.compile(
    r"^(?:[^\W\d_][\w .]{2,20}\. )?(?:\d{1,2} \w+\. )?([^\W\d_]{2,12}|[^\W\d_]{2,12} [^\W\d_]{2,12})\.?\s?(?:[-–—/:.])"
)
_LEAD_SIGN = re.compile(r"[-–—/:.]")
"""Behind such a word."""
_PHOTO = re.compile(r"©|photo|foto|fotó|bild|image|фото|صور", re.IGNORECASE)
_PLACE_AND_WIRE = re.compile(r"[^()（）]{2,40} [(（]([^()（）]{2,30})[)）]$")
"""A dateline that stands alone: "Rheine (ots)"."""
_VIA = re.compile(r"[\w .]{2,40} via ([A-Z][\w ]{1,30}?)\s?[—–-]")
"""The paper that passed a wire's story on: "KVELLER via JTA — "."""
_PAPER = re.compile(
    r"(?<!\bat )(?<!\bof )(?<!\bfor )(?<!\bin )(?<!\bto )(?<!\bwith )(?<!\bfrom )\b"
    r"((?:The )?(?:New York Times|Washington Post|Los Angeles Times|Chicago Tribune|Boston Globe|Seattle Times))\W*$"
)
"""Papers whose news services sell their stories to others."""
_PICTURES = frozenset({"imago", "zuma"})
"""Agencies that send nothing but pictures."""
_FIRST = 2
"""Blocks behind the headline of which one that is nothing but a wire is its credit, not that of a picture."""
_SHORTEST = 2
_ENOUGH = 2
"""Candidates: the winner and one witness; the rest of the page need not be read."""
_MAX_BLOCKS = 300


def agency(material: Material) -> Found:
    """Return the candidates for `agency`; each value is a tuple of names as written."""
    candidates: list[Candidate] = []
    sites = material.folded_sites
    for named, raw, source, where in _credits(material, sites):
        if not named:
            continue
        names = [n for n in named if fold(n) not in _PICTURES]
        unique = tuple({fold(n): n for n in reversed(names) if fold(n) not in sites or len(names) == 1}.values())[::-1]
        if unique:
            candidates.append(Candidate(value=unique, raw=raw[:500], source=source, where=where))
            if len(candidates) == _ENOUGH:
                break
    return Found(tuple(candidates))


Credit = tuple[list[str], str, str, str]


def _credits(material: Material, sites: frozenset[str]) -> Iterator[Credit]:
    for line in material.story.credit_lines:
        yield (
            agencies_in(line.strip("()[]（） .")) or bracketed_agencies(line) or _after_source(line),
            line,
            "visible",
            "credit line",
        )
    for raw, where in _byline_texts(material):
        _, found = material.names_in(raw)
        yield [n for n in found if len(n) > _SHORTEST or n == "AP"], raw, "visible", where
        yield _syndicated(raw, sites), raw, "visible", where
    yield from _in_text(material, sites)
    for node in material.articles[:2]:
        for key in ("sourceOrganization", "creditText", "isBasedOn", "provider"):
            for text in strings(node.get(key))[:2]:
                yield agencies_in(text), text, "jsonld", key
    yield from _in_lines(material)
    yield _in_address(material), material.url or "", "url", "path"


def _in_address(material: Material) -> list[str]:
    """Return the agency that names a folder of the page's address: "/news/reuters/2020/03/14/...": a feed of its own."""
    folders = (material.url or "").partition("://")[2].partition("?")[0].split("/")[1:-1]
    return [name for folder in folders if len(folder) > _SHORTEST + 1 and (name := agency_of_folder(folder))]


def _syndicated(byline: str, sites: frozenset[str]) -> list[str]:
    """Return the paper at the end of a byline that sold its story: "Jane Doe, The New York Times"."""
    if len(byline) > _LINE or not ("Times" in byline or "Post" in byline or "Tribune" in byline or "Globe" in byline):
        return []
    paper = _PAPER.search(byline)
    if not paper:
        return []
    name = fold(paper.group(1).removeprefix("The "))
    own = any(name in site or name.replace(" ", "") in site for site in sites)
    return [] if own else [paper.group(1)]


def _in_lines(material: Material) -> Iterator[Credit]:
    """Yield what lines of their own say of the source, those right after the text first."""
    row = material.story.segments[:_MAX_BLOCKS]
    told = _told(row if len(row) < _MAX_BLOCKS else (*row, *material.head, *material.tail))
    zones = (("tail", material.tail), ("head", material.head), ("text", row))
    for zone, blocks in zones if told else zones[:1]:
        for block in blocks:
            names = told.get(block.text) or (_of_rights(block.text) if zone == "tail" else [])
            if names and not in_aside(material.snapshot, block.element):
                yield names, block.text, "visible", f"line in {zone}"
    yield from _in_head(material)


def _told(blocks: Sequence[TextBlock]) -> dict[str, list[str]]:
    """Return the agencies of those lines that are about their source.

    Hardly a page has a word for sources in any line: all are looked at together. Else there are only lines in brackets,
    and those with a stroke near their start, as marks of the desk have it.
    """
    texts = [block.text for block in blocks]
    likely = [
        text
        for text in texts
        if len(text) <= _LINE
        and (":" in text or text[0] in _OPENING_BRACKETS or "：" in text or " from " in text.lower())
    ]
    if not _may_name_source("\n".join(likely)):
        likely = [text for text in likely if text[0] in _OPENING_BRACKETS]
    likely += [text for text in texts if "/" in text[:_MARK]]
    return {text: names for text in likely if (names := _in_line(text))}


def _in_head(material: Material) -> Iterator[Credit]:
    """Yield what lines around the headline are but a credit."""
    for block in material.head:
        names = _in_head_line(block.text)
        if names:
            yield names, block.text, "visible", "line in head"
    for block in material.head_after_headline[:_FIRST]:
        if len(block.text) <= _CLOSING and is_agency(block.text) and not _behind_picture(material, block.element):
            yield agencies_in(block.text), block.text, "visible", "line behind the headline"
    for block in material.head:
        if len(block.text) <= _LINE * 2 and (":" in block.text or "：" in block.text):
            for line in material.lines_of(block.element).split("\n"):
                names = _after_source(line)
                if names and not _PHOTO.search(line):
                    yield names, line, "visible", "part of a line in head"


def _in_line(text: str) -> list[str]:
    """Return the agencies of a line that is about its source: marks, "Source: ...", a wire alone in brackets."""
    if "/" in text[:_MARK]:
        first = text.partition("\n")[0]
        if _MARKS.match(first) and (names := agencies_in(first)):
            return names
    if len(text) > _LINE or not (_may_be_credit(text) or text[0] in _OPENING_BRACKETS):
        return []
    names = _after_source(text)
    if not names and text[0] in _OPENING_BRACKETS and not _PHOTO.search(text) and not _SOURCE.search(lower_case(text)):
        alone = _ALONE.match(text)
        names = agencies_in(alone.group(1)) if alone else []
    return names


def _behind_picture(material: Material, element: int) -> bool:
    """Whether a picture stands between the headline and a line, which then is its credit."""
    headline = material.headlines.element
    return any(headline < image < element for image in material.clues.places.tag("img"))


def _of_rights(text: str) -> list[str]:
    """Return the agencies that hold the rights in a text, by a line behind it."""
    rights = _RIGHTS.match(text) if len(text) <= _LINE and text[0] in "©(cC" else None
    return agencies_in(rights.group(1).strip(" ./")) if rights else []


def _in_head_line(text: str) -> list[str]:
    """Return the agencies of a dateline that is a line of its own; a wire's name alone credits a picture."""
    place = _PLACE_AND_WIRE.match(text) if text.endswith((")", "）")) and len(text) <= _CLOSING else None
    return agencies_in(place.group(1)) if place else []


def _in_text(material: Material, sites: frozenset[str]) -> Iterator[Credit]:
    """Yield what the first and the last paragraphs say of their source."""
    first = material.opening[0] if material.opening else ""
    for text in material.opening:
        start = text[:OPENING]
        for pattern, group in ((_LEADING, 1), (WITH_WIRE, 2), (_VIA, 1)) if may_have_wire(start) else ():
            match = pattern.match(start)
            names = agencies_in(match.group(group)) if match and match.group(group) else []
            if names:
                yield names, start, "text", "first paragraph"
    lead = _LEAD_WORD.match(first[:60]) if _LEAD_SIGN.search(first, 0, 60) else None
    if lead and is_agency(lead.group(1)) and fold(lead.group(1)) not in sites:
        yield [lead.group(1)], first[:60], "text", "first paragraph"
    for block in material.kept[:-4:-1]:
        yield _closing(block.text), block.text[-_CLOSING:], "text", "last paragraphs"
    for block in material.kept:
        text = block.text
        if text.endswith((")", ").")):
            match = _END_BRACKET.search(text[-_CLOSING:])
            if match:
                yield agencies_in(match.group(1)), text[-_CLOSING:], "text", "end of a paragraph"


def _closing(text: str) -> list[str]:
    """Return the agencies at the very end of the text: "(dpa/gem)", "». EFE"."""
    end = text[-_CLOSING:].rstrip(" .*»>-")
    match = _LAST_BRACKET.search(end) if "(" in end or "[" in end or "（" in end else None
    if match:
        return agencies_in(match.group(1))
    last = _LAST_WORD.search(end)
    if last and is_agency(last.group(1)):
        return [last.group(1)]
    source = _REPORTING.search(lower_case(end)) if _may_name_reporting(end) else None
    return agencies_in(end[source.start(1) : source.end(1)]) if source else []


def _after_source(text: str) -> list[str]:
    """Return the agencies behind "Source:" in a line."""
    line = text[:_LINE]
    match = _SOURCE.search(lower_case(line)) if _may_name_source(line) else None
    return agencies_in(line[match.start(1) : match.end(1)].strip(" .)")) if match else []


def _byline_texts(material: Material) -> Iterator[tuple[str, str]]:
    """Yield everything that names authors, for agencies among them."""
    for node in material.articles[:2]:
        author = node.get("author")
        for item in author[:10] if isinstance(author, list) else [author]:
            for text in strings(material.resolve(item))[:3]:
                yield text, "author"
    for key in ("author", "article:author", "cxenseparse:author", "articleauthor", "bt:author", "og:article:author", "sailthru.author", "source", "dc.source", "news:source", "byl", "copyright", "dc.rights"):  # fmt: skip
        for raw in material.clues.meta.get(key, ())[:4]:
            meta_text = clean(raw, 200)
            if meta_text and not meta_text.startswith("http"):
                yield meta_text, key
    bylines(material)
    for text in material.memo.get("byline_texts", ())[:20]:
        yield text, "byline"
