"""Bylines as the reader sees them: in elements that call themselves so, and in lines such as "By Jane Doe"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.date_text import find_moments
from scraper.fields.names import (
    is_full_name,
    is_helper,
    is_label,
    is_organisation,
    may_be_labelled,
    starts_with_helper,
    without_prefix,
    without_reviewers,
)
from scraper.fields.values import absolute_url, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["MAX_BYLINE", "Byline", "bylines_by_class", "bylines_by_link", "bylines_in_lines", "names_in_lines"]

_WORDS = ("author", "byline", "autor", "auteur", "writer", "verfasser", "firma")
"""In classes, ids, rel and itemprop, the most telling first."""
_LINKS = (
    "/people/",
    "/person",
    "/profile",
    "/staff/",
    "/contributor",
    "/journalist",
    "/reporter",
    "/columnist",
    "/team/",
    "/av/",
)
"""In the addresses of pages about people; those about authors have a word of their own."""
_AUTHOR = re.compile("author(?!i[tsz])")
"""No authority, no authorisation."""
_MAX_ZONE = 600
"""Elements of one zone that are looked at."""
_NOT_BYLINE = re.compile(
    "comment|related|teaser|bio-|-bio|_bio|biograph|avatar|photo|image|img|caption|social|follow|newsletter|figure|sidebar"
    "|widget|description|more-from|readmore|popular|recirc|recommend|-card|_card| card|list-item|thumb|reply"
)
"""In the attributes of elements about authors that are no bylines, in lower case."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_SKIPPED_TAGS = frozenset(
    "meta link body html input label img figure figcaption form textarea script style picture button".split()
)
_MAX_VISIBLE = 40
MAX_BYLINE = 200
_AUTHOR_LINK = re.compile(
    r"[/?&](?:autor(?:e[ns]?|i|es)?|authors?|auteurs?|people|persons?|profiles?|profil|by|staff|teams?|journalists?|reporters?|redakt\w*|writers?|contributors?|columnists?|firmas?|kirjoittaja|skribent|mitarbeiter|users?|members?)[/=_-]",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"(?:^|[\s|·•,–—(-])(?:by|von|par|por|door|av|af|oleh|autor:|автор:?)\s+(\S.{1,100})$", re.IGNORECASE
)
"""A byline behind a date or a label: "Posted on May 3 by jane", "11.05.2012, 10:22 von hans"."""
_NAMES = r"([^\W\d_][\w.'’-]+(?: [\w.'’&,-]+){1,8}?)"
_OPENS = re.compile(rf"(?:By|BY|Von|VON|Par|PAR|Por|POR) {_NAMES}\s?(?::| [-–—] |\n)")
_CLOSES = re.compile(rf"[.!?…”“»\"]\s+(?:[-–—]\s?)?(?:By|Von|VON|Par|Por) {_NAMES}\.?$")
_MAX_INNER = 150
_SEPARATOR = re.compile(r"\s+[|·•–—-]\s+")
_DIGIT = re.compile(r"\d")
_MAX_BARE = 40
_PERSON_WORDS = range(2, 5)
_BARE_BLOCKS = 4
"""Blocks behind the headline among which a name can stand alone."""

Byline = tuple[str, list[str], str, str, dict[str, str]]
"""(raw, names, source, where, URL by name)."""


def bylines_by_class(material: Material) -> Iterator[Byline]:
    """Yield bylines from elements that call themselves so, within the article's head, then after its text."""
    snapshot = material.snapshot
    done: set[int] = set()
    for low, high, zone in material.byline_zones:
        by_word: dict[str, list[int]] = {}
        found = material.clues.places.within(_WORDS, low, min(high, low + _MAX_ZONE))
        for element in sorted(found):
            if element in done or snapshot.tags[element] in _SKIPPED_TAGS:
                continue
            done.add(element)
            source = snapshot.sources[element].lower()
            if found[element] == "author" and not _AUTHOR.search(source):
                continue
            if not _NOT_BYLINE.search(source):
                by_word.setdefault(found[element], []).append(element)
        for word in sorted(by_word, key=_WORDS.index):
            byline = _byline_of(material, by_word[word][:_MAX_VISIBLE], f"{word} in {zone}")
            if byline:
                yield byline


def _byline_of(material: Material, elements: list[int], where: str) -> Byline | None:
    """Return the byline that elements of one kind state together."""
    names: list[str] = []
    urls: dict[str, str] = {}
    raws: list[str] = []
    helpers: list[str] = []
    end = -1
    for element in elements:
        if element < end:
            continue
        text, found, links = _read_byline(material, element)
        if found:
            end = material.snapshot.ends[element]
            raws.append(text)
            if starts_with_helper(text) or (len(elements) > 1 and is_helper(*_around(material.snapshot, element))):
                helpers += found
                continue
            names += [n for n in found if n not in names]
            urls |= links
    names = names or helpers
    return ("; ".join(raws), names, "visible", where, urls) if names else None


def bylines_by_link(material: Material) -> Iterator[Byline]:
    """Yield the names that link to pages about people, in the article's head."""
    snapshot = material.snapshot
    low, high, _ = material.byline_zones[0]
    names: list[str] = []
    urls: dict[str, str] = {}
    for element in sorted(material.clues.places.within(_LINKS, low, min(high, low + _MAX_ZONE))):
        text = snapshot.text(element) if snapshot.tags[element] == "a" else ""
        if not text or len(text) > _MAX_BARE or element >= material.first_element:
            continue
        found = material.names_in(text)[0]
        if len(found) == 1 and _alone(found[0]) and not is_organisation(found[0], material.folded_sites):
            if found[0] not in names and not is_helper(*_around(snapshot, element)):
                names.append(found[0])
            url = absolute_url(snapshot.attribute(element, "href"), material.base)
            if url:
                urls[found[0]] = url
    if names:
        yield ", ".join(names), names, "visible", "link in head", urls


def _around(snapshot: Snapshot, element: int) -> tuple[str, str]:
    """Return the texts right before and right behind an element."""
    start, end = snapshot.text_starts[element], snapshot.text_ends[element]
    before = next((t for t in snapshot.texts[start - 1 : max(start - 4, 0) : -1] if t.strip()), "") if start else ""
    return before, next((t for t in snapshot.texts[end : end + 3] if t.strip()), "")


def _read_byline(material: Material, element: int) -> tuple[str, list[str], dict[str, str]]:
    """Return (text, names, URL by name) of an element; its links to authors' pages are the best evidence."""
    snapshot = material.snapshot
    text = material.lines_of(element)
    material.memo.setdefault("byline_texts", []).append(text[:MAX_BYLINE])
    urls: dict[str, str] = {}
    linked: list[str] = []
    written = without_reviewers(text)
    for i in range(element, min(snapshot.ends[element], element + 60)):
        if snapshot.tags[i] == "a":
            href = snapshot.attribute(i, "href") or ""
            if _AUTHOR_LINK.search(href) or "author" in snapshot.sources[i]:
                label = clean(snapshot.text(i), MAX_BYLINE) or ""
                for name in material.names_in(label)[0]:
                    if name not in linked and name in written:
                        linked.append(name)
                    url = absolute_url(href, material.base)
                    if url:
                        urls.setdefault(name, url)
    if linked:
        return text, linked, urls
    if not text or len(text) > MAX_BYLINE:
        return text, [], {}
    return text, material.names_in(text)[0], {}


def bylines_in_lines(material: Material) -> Iterator[Byline]:
    """Yield bylines from lines such as "By Jane Doe" around the headline or after the text."""
    yield from _labelled(material)
    yield from _in_text(material)


def names_in_lines(material: Material) -> Iterator[Byline]:
    """Yield names that stand alone, or beside a date, near the headline or behind the text."""
    for zone, blocks in (("head", material.head_after_headline[:_BARE_BLOCKS]), ("tail", material.tail[:3])):
        for block in blocks:
            tag = material.snapshot.tags[block.element]
            if len(block.text) > _MAX_BARE or tag in _HEADINGS:
                continue
            if _NOT_BYLINE.search(material.snapshot.sources[block.element].lower()):
                continue
            names = material.names_in(block.text)[0]
            if len(names) == 1 and _alone(names[0]) and not is_organisation(names[0], material.folded_sites):
                yield block.text, names, "visible", f"name in {zone}", {}
                break
    yield from _in_nodes(material)


def _labelled(material: Material) -> Iterator[Byline]:
    """Yield the bylines of lines that say so themselves or behind a label."""
    behind = material.head_after_headline
    known = {b.element for b in behind}
    before = tuple(b for b in material.head if b.element not in known)
    zones = (("in head", behind), ("before the headline", before), ("in tail", material.tail))
    for zone, blocks in zones:
        label = False
        for block in blocks:
            text = block.text
            if len(text) > MAX_BYLINE:
                label = False
                continue
            starts = may_be_labelled(text)
            rest, prefixed = without_prefix(text) if starts else (text, False)
            names = _in_line(material, text, rest, labelled=label or prefixed)
            if names or (len(text) <= _MAX_BARE and (label or prefixed)):
                material.memo.setdefault("byline_texts", []).append(text)
            if names:
                yield text, names, "visible", f"byline {zone}", {}
                break
            label = starts and is_label(text)


def _in_text(material: Material) -> Iterator[Byline]:
    """Yield the byline that opens the text ("By Jane Doe: ...") or closes its standfirst ("... for it. Von Jane Doe")."""
    for text in material.opening[:2]:
        match = _OPENS.match(text[:_MAX_INNER]) or _CLOSES.search(text[-_MAX_INNER:])
        names = material.names_in(match.group(1))[0] if match else []
        if names and all(map(_alone, names)):
            yield text[:MAX_BYLINE], names, "visible", "byline in the text", {}
            return


def _in_nodes(material: Material) -> Iterator[Byline]:
    """Yield a byline from a line beside the headline that has name and date: "<span>Jane Doe</span><span>3 May</span>"."""
    behind = material.head_after_headline[:_BARE_BLOCKS]
    at = material.headlines.element
    before = [b for b in material.head if b.element < at][-1:]
    for block in (*behind, *before):
        if len(block.text) > MAX_BYLINE or not _DIGIT.search(block.text) or not find_moments(block.text):
            continue
        lines = material.lines_of(block.element).split("\n")
        for line in lines if len(lines) > 1 else _SEPARATOR.split(block.text):
            rest, prefixed = without_prefix(line)
            names = material.names_in(rest)[0] if len(line) <= _MAX_BARE else []
            if len(names) == 1 and (_like_person(names[0]) if prefixed else _alone(names[0]) and names[0] == line):
                if is_organisation(names[0], material.folded_sites) or not is_full_name(names[0]):
                    continue
                yield line, names, "visible", "part of a line in head", {}
                return


def _alone(name: str) -> bool:
    """Whether a line of nothing else is a name beyond doubt: two to four capitalised words, not shouted."""
    words = name.split()
    return (
        len(words) in _PERSON_WORDS
        and is_full_name(name)
        and all((w[0].isupper() and not w.isupper()) or w.endswith(".") for w in words)
    )  # as people are called


def _in_line(material: Material, text: str, rest: str, *, labelled: bool) -> list[str]:
    """Return the names in a line that says that they wrote: by its first word, the line before it, or in its midst."""
    if labelled:
        names, _ = material.names_in(rest)
        if names and all(_like_person(n) for n in names):
            return names
    if len(text) <= _MAX_INNER and _DIGIT.search(text):
        inner = _INNER.search(text)
        if inner and find_moments(text):
            names, _ = material.names_in(inner.group(1))
            if names and len(names[0].split()) <= 4:  # noqa: PLR2004  # as people are called
                return names
    return []


def _like_person(name: str) -> bool:
    """Whether a name from running text has the form of one: capitals, few words."""
    words = name.split()
    cased = [w for w in words if w[0].lower() != w[0].upper()]
    return (
        len(words) <= 5  # noqa: PLR2004  # names, not sentences
        and (not cased or sum(w[0].isupper() for w in cased) * 2 >= len(cased))
        and not any(c.isdigit() for c in name)
    )
