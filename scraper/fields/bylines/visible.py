"""Bylines as the reader sees them, in elements that call themselves so or link to pages about people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.bylines.by_line import names_by_line
from scraper.fields.bylines.byline import HEADINGS, MAX_BARE, MAX_BYLINE, Byline, is_no_byline
from scraper.fields.bylines.given_names import begins_with_given_name
from scraper.fields.bylines.names import (
    is_contact,
    is_full_name,
    is_helper,
    is_label,
    is_organisation,
    is_role,
    says_who_wrote,
    starts_with_helper,
    without_reviewers,
)
from scraper.fields.bylines.persons import looks_like_person
from scraper.fields.dates.months import word_key
from scraper.fields.values import absolute_url, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = [
    "around",
    "bylines_by_class",
    "bylines_by_link",
    "only_author",
]

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
_WHOLE = {
    "author": _AUTHOR,
    "firma": re.compile(r"(?<![a-z])firmas?(?![a-z])"),
    "writer": re.compile(r"(?<!type)writer"),
}
_OTHER_ADDRESS = re.compile(r' href="(?![^"]*[/?&_]authors?[/=])[^"]*"')
"""An address that is not of a page about authors: the title of an article may have the word."""
_MAX_ZONE = 600
"""Elements of one zone that are looked at."""
_COMMENT = re.compile(r"(?:class|id)=\"[^\"]*comments?(?![a-z])|schema\.org/(?:user)?comment", re.IGNORECASE)
"""In the attributes of a box of comments."""
_MAX_LEVELS = 8
_BOXES_OF_TEASERS = frozenset({"a", "li", "article"})
_MAX_BOX = 60
"""Elements of a teaser that are looked at."""
_SKIPPED_TAGS = frozenset(
    "meta link body html input label img figure figcaption form textarea script style picture button".split()
)
_MAX_VISIBLE = 40
_SEVERAL = 2
_AUTHOR_LINK = re.compile(
    r"[/?&](?:autor(?:e[ns]?|i|es)?|authors?|auteurs?|people|persons?|profiles?|profil|by|staff|teams?|journalists?|reporters?|redakt\w*|writers?|contributors?|columnists?|firmas?|kirjoittaja|skribent|mitarbeiter|users?|members?)[/=_-]",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_PERSON_WORDS = range(2, 5)
_AUTHORS = ('rel="author', "author-name", "author__name")
"""In attributes of the elements that name an author and nothing else."""


def bylines_by_class(material: Material) -> Iterator[Byline]:
    """Yield bylines from elements that call themselves so, within the article's head, then after its text."""
    snapshot = material.snapshot
    done: set[int] = set()
    end = material.element_range[1]
    for low, high, zone in material.byline_zones:
        by_word: dict[str, list[int]] = {}
        found = material.clues.places.within(_WORDS, low, min(high, low + _MAX_ZONE))
        for element in sorted(found):
            if element in done or snapshot.tags[element] in _SKIPPED_TAGS:
                continue
            done.add(element)
            source = snapshot.sources[element].lower()
            if found[element] in _WHOLE and not _WHOLE[found[element]].search(source):
                continue
            if found[element] == "author" and not _AUTHOR.search(_OTHER_ADDRESS.sub("", source)):
                continue
            if is_no_byline(source) or (element > end and _in_comments(snapshot, element)):
                continue
            if not _in_teaser(material, element) and not is_contact(around(snapshot, element)[0]):
                by_word.setdefault(found[element], []).append(element)
        for word in sorted(by_word, key=_WORDS.index):
            byline = _byline_of(material, by_word[word][:_MAX_VISIBLE], f"{word} in {zone}")
            if byline:
                yield byline


def _in_comments(snapshot: Snapshot, element: int) -> bool:
    """Whether an element stands in a box of readers' comments."""
    around = snapshot.parents[element]
    for _ in range(_MAX_LEVELS):
        if around < 0 or snapshot.tags[around] in {"article", "main", "body"}:
            return False
        if _COMMENT.search(snapshot.sources[around]):
            return True
        around = snapshot.parents[around]
    return False


def _in_teaser(material: Material, element: int) -> bool:
    """Whether an element stands in what leads to another article: a link, an item or an <article> with a linked heading."""
    snapshot = material.snapshot
    own = (material.headlines.element, material.first_element)
    at = snapshot.parents[element]
    for _ in range(_MAX_LEVELS):
        if at < 0 or any(at <= i < snapshot.ends[at] for i in own):
            return False
        if snapshot.tags[at] in _BOXES_OF_TEASERS:
            return any(
                _heads_teaser(snapshot, at, i, element) for i in range(at, min(snapshot.ends[at], at + _MAX_BOX))
            )
        at = snapshot.parents[at]
    return False


def _heads_teaser(snapshot: Snapshot, box: int, heading: int, element: int) -> bool:
    """Whether an element is a heading with a link, or within one, and not of the author."""
    if snapshot.tags[heading] not in HEADINGS:
        return False
    inside = range(heading + 1, min(snapshot.ends[heading], heading + 5))
    if snapshot.tags[box] != "a" and not any(snapshot.tags[i] == "a" for i in (snapshot.parents[heading], *inside)):
        return False
    name, text = snapshot.text(element).strip(), snapshot.text(heading).strip()
    return bool(text) and name not in text and text not in name


def _byline_of(material: Material, elements: list[int], where: str) -> Byline | None:
    """Return the byline that elements of one kind state together."""
    names: list[str] = []
    urls: dict[str, str] = {}
    raws: list[str] = []
    helpers: list[str] = []
    end = -1
    for element in elements:
        if element < end or (names and element > material.first_element >= material.snapshot.ends[elements[0]]):
            continue  # within another, or in the text: of a teaser there
        text, found, links = _read_byline(material, element)
        if found:
            end = material.snapshot.ends[element]
            raws.append(text)
            if starts_with_helper(text) or (len(elements) > 1 and is_helper(*around(material.snapshot, element))):
                helpers += found
                continue
            if all(" " in n or not n[0].isascii() for n in found) or is_role(text) or not any(map(is_full_name, names)):
                names += [n for n in found if n not in names]
            else:  # one word beside a person is a button, an account
                names += [n for n in found if n not in names and (" " in n or not n[0].isascii())]
            urls |= links
    names = _without_labels_of_links(names or helpers, urls)
    return ("; ".join(raws), names, "visible", where, urls) if names else None


def _without_labels_of_links(names: list[str], urls: dict[str, str]) -> list[str]:
    """Return the names without those of links to another's page: "More posts" beside "Jane Doe", to ".../jane-doe"."""
    if len(names) < _SEVERAL:
        return names
    foreign = [
        name
        for name, url in urls.items()
        if not _is_of_address(name, url) and any(_is_of_address(other, url) for other in names)
    ]
    return [name for name in names if name not in foreign]


def _is_of_address(name: str, url: str) -> bool:
    """Whether the last part of an address can be that of a name: the initials of its first and last words are there."""
    slug = re.split(r"[^a-z]+", url.rstrip("/").rpartition("/")[2].lower())
    words = word_key(name).split()
    return all(any(part.startswith(word[0]) for part in slug) for word in (words[0], words[-1]))


def bylines_by_link(material: Material) -> Iterator[Byline]:
    """Yield the names that link to pages about people, in the article's head."""
    snapshot = material.snapshot
    low, high, _ = material.byline_zones[0]
    names: list[str] = []
    urls: dict[str, str] = {}
    for element in sorted(material.clues.places.within(_LINKS, low, min(high, low + _MAX_ZONE))):
        text = snapshot.text(element) if snapshot.tags[element] == "a" else ""
        if not text or len(text) > MAX_BARE or element >= material.first_element:
            continue
        found = material.names_in(text)[0]
        if len(found) == 1 and looks_like_person(found[0]) and not is_organisation(found[0], material.folded_sites):
            if found[0] not in names and not is_helper(*around(snapshot, element)):
                names.append(found[0])
            url = absolute_url(snapshot.attribute(element, "href"), material.base)
            if url:
                urls[found[0]] = url
    if names:
        yield ", ".join(names), names, "visible", "link in head", urls


def around(snapshot: Snapshot, element: int) -> tuple[str, str]:
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
                parts = material.lines_of(i)
                if _is_one_name(parts):
                    label = parts.replace("\n", " ")
                    written = written.replace(parts, label)
                for name in material.names_in(label)[0]:
                    if name not in linked and name in written:
                        linked.append(name)
                    url = absolute_url(href, material.base)
                    if url:
                        urls.setdefault(name, url)
    return text, _names_in_element(material, text, linked), urls if linked else {}


def _names_in_element(material: Material, text: str, linked: list[str]) -> list[str]:
    """Return the names in the text of an element; those `linked` to pages about authors, unless a line says more."""
    lines = _behind_label(text) if ":\n" in text else text
    parted = "\n" in lines and (not linked or _has_others(lines, linked))
    by_line = names_by_line(material, lines) if parted else []
    if linked and (not set(linked).isdisjoint(by_line) or not (by_line and says_who_wrote(text))):
        if not set(linked) < set(by_line):
            return linked
        below = lines.split("\n")[-2:] == by_line and by_line[1:] == linked and not begins_with_given_name(linked[0])
        return by_line[:1] if below else by_line  # "More posts" below the name
    if not text or len(text) > MAX_BYLINE:
        return []
    return by_line or material.names_in(lines)[0]


def _has_others(lines: str, linked: list[str]) -> bool:
    """Whether a line may be of a person who is not `linked`."""
    return any(line not in linked and looks_like_person(line.strip(" ,")) for line in lines.split("\n"))


def _behind_label(text: str) -> str:
    """Return the lines of a list of facts that name its author: "Date:", "3 May", "Author:", "Jane Doe", "Source:"."""
    lines = text.split("\n")
    start = next((k + 1 for k, line in enumerate(lines) if line.endswith(":") and is_label(line)), 0)
    end = next((k for k in range(max(start, 1), len(lines)) if lines[k].endswith(":")), len(lines))
    return "\n".join(lines[start:end])


def _is_one_name(lines: str) -> bool:
    """Whether markup parts a given name from the surname: "<b>Jane</b> <b>Doe</b>"."""
    parts = lines.split("\n")
    words = [len(part.split()) for part in parts]
    one = len(words) == 2 and 1 in words and sum(words) in _PERSON_WORDS  # noqa: PLR2004  # given name and surname
    return one and not _DIGIT.search(lines) and not is_label(parts[0])


def only_author(material: Material) -> Iterator[Byline]:
    """Yield the one name that all elements of the page for its authors bear, wherever they stand."""
    snapshot = material.snapshot
    names: dict[str, str | None] = {}
    marked = material.clues.places.naming(_AUTHORS)
    for element in [element for word in _AUTHORS for element in marked.get(word, ())][:_MAX_VISIBLE]:
        found = material.names_in(clean(snapshot.text(element), MAX_BYLINE) or "")[0]
        if len(found) == 1:
            names.setdefault(found[0], absolute_url(snapshot.attribute(element, "href"), material.base))
    if len(names) == 1:
        name, url = names.popitem()
        yield name, [name], "visible", "the page's only author", {name: url} if url else {}
