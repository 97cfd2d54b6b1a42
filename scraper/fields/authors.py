"""authors: the people, or the desk, that a page credits; agencies go to `agency`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scraper.fields.date_text import find_moments
from scraper.fields.found import Found
from scraper.fields.names import is_full_name, is_label, is_organisation, names_in, without_prefix, without_reviewers
from scraper.fields.values import absolute_url, clean
from scraper.model.article import Person
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.metadata.microdata import Marked
    from scraper.page.snapshot import Snapshot

__all__ = ["authors", "bylines"]

_META = (
    "author", "article:author", "article:author_name", "article:byline", "byl", "byline", "parsely-author", "sailthru.author",
    "cxenseparse:author", "dc.creator", "dcterms.creator", "dc.contributor", "citation_author", "bt:author", "articleauthor",
    "og:article:author", "og:author", "mrf:authors", "rbauthors", "dcsext.author", "author_name", "authors", "creator",
    "lp.article:author", "vr:author", "nrkauthor", "twitter:data1", "rnews:author", "dable:author",
)  # fmt: skip
_REVERSED = frozenset({"dc.creator", "dcterms.creator", "citation_author", "dc.contributor"})
"""Library conventions: "Doe, Jane"."""
_WORDS = ("author", "byline", "autor", "auteur", "writer", "verfasser", "firma")
"""In classes, ids, rel and itemprop, the most telling first."""
_MAX_ZONE = 600
"""Elements of one zone that are looked at."""
_NOT_BYLINE = (
    "comment", "related", "teaser", "bio-", "-bio", "_bio", "biograph", "avatar", "photo", "image", "img", "caption", "social", "follow",
    "newsletter", "figure", "sidebar", "widget", "description", "more-from", "readmore", "popular", "recirc", "recommend", "-card", "_card", " card",
    "list-item", "thumb", "reply",
)  # fmt: skip
"""In the attributes of elements about authors that are no bylines."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_SKIPPED_TAGS = frozenset(
    "meta link body html input label img figure figcaption form textarea script style picture button".split()
)
_NOT_ARTICLE = ("comment", "review", "usercomment", "imageobject", "photograph")
"""Items whose author is not the article's."""
_MAX_TOGETHER = 6
"""Authors of one article; a longer list in the head is a list of other articles."""
_MAX_VISIBLE = 40
_MAX_BYLINE = 200
_AUTHOR_LINK = re.compile(
    r"[/?&](?:autor(?:e[ns]?|i|es)?|authors?|auteurs?|people|persons?|profiles?|profil|by|staff|teams?|journalists?|reporters?|redakt\w*|writers?|contributors?|columnists?|firmas?|kirjoittaja|skribent|mitarbeiter|users?|members?)[/=_-]",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"(?:^|[\s|·•,–—(-])(?:by|von|par|por|door|av|af|oleh|autor:|автор:?)\s+(\S.{1,100})$", re.IGNORECASE
)
"""A byline behind a date or a label: "Posted on May 3 by jane", "11.05.2012, 10:22 von hans"."""
_MAX_INNER = 150
_MAX_BARE = 40
_PERSON_WORDS = range(2, 5)
_BARE_BLOCKS = 4
"""Blocks behind the headline among which a name can stand alone."""


def authors(material: Material) -> Found:
    """Return the candidates for `authors`; each value is a tuple of Person."""
    sites = material.folded_sites
    candidates: list[Candidate] = []
    for raw, names, source, where, urls in bylines(material):
        people = tuple(
            Person(name=n, url=urls.get(n), type="Organization" if is_organisation(n, sites) else "Person")
            for n in names
        )
        if people:
            candidates.append(Candidate(value=people, raw=raw[:500], source=source, where=where))
    candidates.sort(key=_rank)
    if candidates:
        candidates.insert(0, candidates.pop(_most_complete(candidates)))
    return Found(tuple(candidates))


def _rank(candidate: Candidate) -> int:
    """Return 0 for a byline with a full name of a person in it, 1 for one without, 2 for a name without any label."""
    if candidate.where.startswith("name in"):
        return 2
    return int(not any(person.type == "Person" and is_full_name(person.name) for person in candidate.value))


def _most_complete(candidates: list[Candidate]) -> int:
    """Return which candidate names all that the first one names, and more people: a page may tell machines of one."""
    names = {person.name for person in candidates[0].value}
    for k, other in enumerate(candidates[1:], 1):
        more = [person for person in other.value if person.name not in names]
        if (
            other.source == "visible"
            and other.where.endswith("in head")
            and more
            and len(more) + len(names) == len(other.value) <= _MAX_TOGETHER
            and all(person.type == "Person" and is_full_name(person.name) for person in more)
        ):
            return k
    return 0


Byline = tuple[str, list[str], str, str, dict[str, str]]
"""(raw, names, source, where, URL by name)."""


def bylines(material: Material) -> list[Byline]:
    """Return what the page says of its authors, most trusted first."""
    if "bylines" not in material.memo:
        material.memo["bylines"] = list(_find_bylines(material, material.folded_sites))
    found: list[Byline] = material.memo["bylines"]
    return found


def _find_bylines(material: Material, sites: frozenset[str]) -> Iterator[Byline]:
    yield from _from_json_ld(material, sites)
    yield from _from_microdata(material, sites)
    yield from _from_classes(material, sites)
    yield from _from_meta(material, sites)
    yield from _from_text(material, sites)


def _from_json_ld(material: Material, sites: frozenset[str]) -> Iterator[Byline]:
    for node in material.articles[:3]:
        for key in ("author", "creator"):
            names: list[str] = []
            urls: dict[str, str] = {}
            raws: list[str] = []
            for item in _items(node.get(key)):
                person = material.resolve(item)
                raw = person.get("name") if isinstance(person, dict) else person
                for text in (clean(r, _MAX_BYLINE * 3) for r in _items(raw)):
                    if not text or text.startswith("http"):
                        continue
                    raws.append(text)
                    found, _ = names_in(text, sites)
                    names += [n for n in found if n not in names]
                    url = absolute_url(person.get("url"), material.url) if isinstance(person, dict) else None
                    if url and len(found) == 1:
                        urls[found[0]] = url
            if raws:
                yield "; ".join(raws), names, "jsonld", key, urls


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value[:30]
    return [value] if value else []


def _from_microdata(material: Material, sites: frozenset[str]) -> Iterator[Byline]:
    marks = [m for m in material.clues.microdata if m.name == "author" and not m.item.startswith(_NOT_ARTICLE)]
    first = material.first_element
    early = [m for m in marks if m.element <= first]
    if early or marks:
        yield from _from_marks(material, early or marks, sites)


def _from_marks(material: Material, marks: list[Marked], sites: frozenset[str]) -> Iterator[Byline]:
    snapshot = material.snapshot
    names: list[str] = []
    raws: list[str] = []
    for mark in marks:
        text = mark.value
        if text is None:
            inner = [
                m
                for m in material.clues.microdata
                if m.name == "name" and mark.element < m.element < snapshot.ends[mark.element]
            ]
            text = " , ".join(
                filter(None, ((m.value or snapshot.text(m.element))[:_MAX_BYLINE] for m in inner))
            ) or _lines(snapshot, mark.element)
        text = text[:_MAX_BYLINE]
        if text and not text.startswith("http") and "(image" not in text.lower():
            raws.append(text)
            names += [n for n in names_in(text, sites)[0] if n not in names]
    if names:
        yield "; ".join(raws), names, "microdata", "author", {}


def _from_meta(material: Material, sites: frozenset[str]) -> Iterator[Byline]:
    for key in _META:
        names: list[str] = []
        raws: list[str] = []
        for content in material.clues.meta.get(key, ())[:20]:
            text = clean(content, _MAX_BYLINE * 3)
            if not text or text.startswith(("http", "@", "/")) or "(image" in text.lower():
                continue
            if key in _REVERSED and text.count(",") == 1:
                last, _, first = text.partition(",")
                text = f"{first.strip()} {last.strip()}" if len(first.split()) <= 3 and len(last.split()) <= 2 else text  # noqa: PLR2004  # names, not lists
            raws.append(text)
            names += [n for n in names_in(text, sites)[0] if n not in names]
        if key == "twitter:data1" and not all(is_full_name(n) for n in names):
            continue
        if names:
            yield "; ".join(raws), names, f"meta:{key}", key, {}


def _from_classes(material: Material, sites: frozenset[str]) -> Iterator[Byline]:
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
            if not any(word in source for word in _NOT_BYLINE):
                by_word.setdefault(found[element], []).append(element)
        for word in sorted(by_word, key=_WORDS.index):
            byline = _byline_of(material, by_word[word][:_MAX_VISIBLE], sites, f"{word} in {zone}")
            if byline:
                yield byline


def _byline_of(material: Material, elements: list[int], sites: frozenset[str], where: str) -> Byline | None:
    """Return the byline that elements of one kind state together."""
    names: list[str] = []
    urls: dict[str, str] = {}
    raws: list[str] = []
    end = -1
    for element in elements:
        if element < end:
            continue
        text, found, links = _read_byline(material, element, sites)
        if found:
            end = material.snapshot.ends[element]
            raws.append(text)
            names += [n for n in found if n not in names]
            urls |= links
    return ("; ".join(raws), names, "visible", where, urls) if names else None


def _read_byline(material: Material, element: int, sites: frozenset[str]) -> tuple[str, list[str], dict[str, str]]:
    """Return (text, names, URL by name) of an element; its links to authors' pages are the best evidence."""
    snapshot = material.snapshot
    text = _lines(snapshot, element)
    material.memo.setdefault("byline_texts", []).append(text[:_MAX_BYLINE])
    urls: dict[str, str] = {}
    linked: list[str] = []
    written = without_reviewers(text)
    for i in range(element, min(snapshot.ends[element], element + 60)):
        if snapshot.tags[i] == "a":
            href = snapshot.attribute(i, "href") or ""
            if _AUTHOR_LINK.search(href) or "author" in snapshot.sources[i]:
                label = clean(snapshot.text(i), _MAX_BYLINE) or ""
                for name in names_in(label, sites)[0]:
                    if name not in linked and name in written:
                        linked.append(name)
                    url = absolute_url(href, material.url)
                    if url:
                        urls.setdefault(name, url)
    if linked:
        return text, linked, urls
    if not text or len(text) > _MAX_BYLINE:
        return text, [], {}
    return text, names_in(text, sites)[0], {}


def _lines(snapshot: Snapshot, element: int) -> str:
    """Return the text of an element, one line for each text node: what markup parts, a byline must not join."""
    start, end = snapshot.text_starts[element], snapshot.text_ends[element]
    lines = (clean(text, _MAX_BYLINE) for text in snapshot.texts[start : min(end, start + 30)])
    return "\n".join(line for line in lines if line)


def _from_text(material: Material, sites: frozenset[str]) -> Iterator[Byline]:
    """Yield bylines from lines such as "By Jane Doe" around the headline or after the text, then names alone."""
    behind = material.head_after_headline
    before = tuple(b for b in material.head if b not in behind)
    zones = (("head", behind), ("head", before), ("tail", material.tail))
    for zone, blocks in zones:
        label = False
        for block in blocks:
            text = block.text
            names = _in_line(text, sites, labelled=label) if len(text) <= _MAX_BYLINE else []
            if names or (len(text) <= _MAX_BARE and (label or without_prefix(text)[1])):
                material.memo.setdefault("byline_texts", []).append(text)
            if names:
                yield text, names, "visible", f"byline in {zone}", {}
                break
            label = is_label(text)
    for zone, blocks in (("head", material.head_after_headline[:_BARE_BLOCKS]), ("tail", material.tail[:3])):
        for block in blocks:
            tag = material.snapshot.tags[block.element]
            if any(word in material.snapshot.sources[block.element].lower() for word in _NOT_BYLINE):
                continue
            names = names_in(block.text, sites)[0] if len(block.text) <= _MAX_BARE and tag not in _HEADINGS else []
            if len(names) == 1 and _alone(names[0]) and not is_organisation(names[0], sites):
                yield block.text, names, "visible", f"name in {zone}", {}
                break


def _alone(name: str) -> bool:
    """Whether a line of nothing else is a name beyond doubt: two to four capitalised words, not shouted."""
    words = name.split()
    return (
        len(words) in _PERSON_WORDS
        and is_full_name(name)
        and all((w[0].isupper() and not w.isupper()) or w.endswith(".") for w in words)
    )  # as people are called


def _in_line(text: str, sites: frozenset[str], *, labelled: bool) -> list[str]:
    """Return the names in a line that says that they wrote: by its first word, the line before it, or in its midst."""
    rest, prefixed = without_prefix(text)
    if prefixed or labelled:
        names, _ = names_in(rest, sites)
        if names and all(_like_person(n) for n in names):
            return names
    if len(text) <= _MAX_INNER:
        inner = _INNER.search(text)
        if inner and find_moments(text):
            names, _ = names_in(inner.group(1), sites)
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
