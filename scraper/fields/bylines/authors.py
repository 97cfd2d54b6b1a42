"""authors: the people, or the desk, that a page credits; agencies go to `agency`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scraper.fields.bylines.alone import names_in_lines
from scraper.fields.bylines.behind_text import names_behind_text, signatures
from scraper.fields.bylines.byline import MAX_BYLINE, Byline
from scraper.fields.bylines.given_names import begins_with_given_name
from scraper.fields.bylines.labelled import bylines_in_lines, bylines_left_out
from scraper.fields.bylines.names import (
    is_affiliation,
    is_full_name,
    is_helper,
    is_house,
    is_office,
    is_organisation,
    is_role,
    says_who_wrote,
    starts_with_helper,
)
from scraper.fields.bylines.organisations import is_of_organisation
from scraper.fields.bylines.pages import stated_page, with_pages
from scraper.fields.bylines.persons import is_sentence
from scraper.fields.bylines.visible import around, bylines_by_class, bylines_by_link, only_author
from scraper.fields.found import Found
from scraper.fields.topics.links import leads_to_topic, links_with_stems
from scraper.fields.values import clean, fold, type_names
from scraper.model.article import Person
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.metadata.microdata import Marked

__all__ = ["authors", "bylines"]

_META = (
    "author", "article:author", "article:author_name", "article:byline", "byl", "byline", "parsely-author", "sailthru.author",
    "cxenseparse:author", "dc.creator", "dcterms.creator", "dc.contributor", "bt:author", "articleauthor",
    "og:article:author", "og:author", "mrf:authors", "rbauthors", "dcsext.author", "author_name", "authors", "creator",
    "lp.article:author", "vr:author", "nrkauthor", "twitter:data1", "rnews:author", "dable:author",
)  # fmt: skip
_REVERSED = frozenset({"dc.creator", "dcterms.creator", "citation_author", "dc.contributor"})
"""Library conventions: "Doe, Jane"."""
_NOT_ARTICLE = ("comment", "review", "usercomment", "imageobject", "photograph")
"""Items whose author is not the article's."""
_CONJUNCTION = re.compile(r" (?:&|\+|and|und|et|y|e|og|och|en) ")
_ADDED = re.compile(r"[@(,;]")
"""What the name of a site has beside it."""
_DESKS = frozenset({"red"})
"""How a house signs what its desk wrote: "red."."""
_MAX_NAME = 80
_AGREEING = 3
"""Statements that outdo the marks around an article."""
_FOOTER_LINK = re.compile(r'rel="author')
_FOOTER_AUTHOR = re.compile(r'class="[^"]*(?<![a-z])(?:author|byline)(?![a-z])|itemprop="author')
_OF_LINK = re.compile(r"(?:more |all )?(?:articles|posts|stories) (?:by|from) ")
"""Of a link, in lower case."""
_UNLABELLED = ("name in", "name before", "part of")
"""Places of names that nothing calls authors."""
_MAX_TOGETHER = 6
"""Authors of one article; a longer list in the head is a list of other articles."""


def authors(material: Material) -> Found:
    """Return the candidates for `authors`; each value is a tuple of Person."""
    sites = material.folded_sites
    candidates: list[Candidate] = []
    for raw, names, source, where, urls in bylines(material):
        if source == "visible":
            if starts_with_helper(raw):
                continue  # who reviewed or edited is no author, even where no other is named
            names = _as_names(names, sites)  # noqa: PLW2901  # the rest
        if source == "visible" and names and not says_who_wrote(raw):
            persons = [name for name in names if not _is_topic(material, name)]
            # a list of them behind the text is of teasers
            names = persons if persons == names or not where.endswith("in tail") else []  # noqa: PLW2901  # the rest
        people = _people(names, urls, material, listed=source == "jsonld" and ("; " in raw or len(names) == 1))
        if people:
            candidates.append(Candidate(value=people, raw=raw[:500], source=source, where=where))
    if candidates and _is_of_agency(material, candidates):
        candidates = []
    elif not candidates:
        candidates = _in_footers(material)
    candidates.sort(key=lambda candidate: _rank(candidate, sites))
    if candidates:
        candidates.insert(0, candidates.pop(_most_complete(candidates)))
        candidates.insert(0, candidates.pop(_as_readers_see(candidates)))
        first = candidates[0]
        people = with_pages(first.value, bylines(material), sites)
        candidates[0] = Candidate(value=people, raw=first.raw, source=first.source, where=first.where)
    return Found(tuple(candidates))


def _is_of_agency(material: Material, candidates: list[Candidate]) -> bool:
    """Whether JSON-LD names but an agency as the author, and only the head or the creator the site itself."""
    for candidate in candidates:
        weak = candidate.where == "creator" or candidate.source.startswith("meta:")
        if not weak or not all(is_house(person.name, material.folded_sites) for person in candidate.value):
            return False
    told = [raw for raw, names, source, where, _ in bylines(material) if source == "jsonld" and where == "author"]
    return any(agencies and not names for names, agencies in map(material.names_in, told))


def _as_names(names: list[str], sites: frozenset[str]) -> list[str]:
    """Return what has the form of names of what readers see: no sentences, no affiliations beside persons."""
    names = [n for n in names if is_organisation(n, sites) or not is_sentence(n)]
    persons = any(is_full_name(name) and not is_organisation(name, sites) for name in names)
    return [name for name in names if not (persons and is_affiliation(name))]


def _is_topic(material: Material, name: str) -> bool:
    """Whether the article's head links to a topic or a section of this name, or to one that it would be read from."""
    folded = fold(name)
    words = folded.split()
    for topic, element in _links_in_head(material):
        whole = fold(topic)
        if (
            all(word in whole for word in words)  # as in every name that is read from the topic
            and leads_to_topic(material.snapshot, element)
            and (folded == whole or folded in map(fold, material.names_in(topic)[0]))
        ):
            return True
    return False


def _links_in_head(material: Material) -> list[tuple[str, int]]:
    """Return the texts of those links of the article's head that may lead to a topic or a section, and the links."""
    if "links in head" not in material.memo:
        low = material.head[0].element if material.head else 0
        links = links_with_stems(material, low, material.first_element)
        texts = [(clean(material.snapshot.text(link), _MAX_NAME) or "", link) for link in links]
        material.memo["links in head"] = [(text, link) for text, link in texts if len(text) < _MAX_NAME]
    found: list[tuple[str, int]] = material.memo["links in head"]
    return found


def _in_footers(material: Material) -> list[Candidate]:
    """Return the author that the article's footer names in an element that calls itself so."""
    footers = material.footers
    if footers is None:
        return []
    for pattern in (_FOOTER_LINK, _FOOTER_AUTHOR):
        for i, source in enumerate(footers.sources):
            if source and footers.tags[i] != "footer" and pattern.search(source):
                text = clean(footers.text(i), MAX_BYLINE) or ""
                people = _people(material.names_in(text)[0], {}, material, listed=False)
                if people:
                    return [Candidate(value=people, raw=text, source="visible", where="author in footer")]
    return []


def _people(names: list[str], urls: dict[str, str], material: Material, *, listed: bool) -> tuple[Person, ...]:
    """Return the authors of one byline; beside a person, a job is none, nor the paper unless it is `listed` so."""
    sites = material.folded_sites
    people = [
        Person(name=n, url=urls.get(n), type="Organization" if _is_organisation(material, n) else "Person")
        for n in names
    ]
    others = [p for p in people if not is_role(p.name) and (listed or not is_house(p.name, sites))]
    return tuple(others if any(_is_person(p) for p in others) else people)


def _is_organisation(material: Material, name: str) -> bool:
    """Whether an author is an organisation, by the name and by what JSON-LD calls it where the name leaves room for it."""
    if name.lower() in _DESKS or is_office(name) or is_of_organisation(name, material.folded_sites):
        return True
    types: set[str] = material.memo.get("types of authors", {}).get(name, set())
    return types == {"organization"} and not begins_with_given_name(name)


def _is_person(person: Person) -> bool:
    return person.type == "Person" and is_full_name(person.name)


def _rank(candidate: Candidate, sites: frozenset[str]) -> float:
    """Return how far back a byline stands: with a person in it first, without one next, names without any label last."""
    if candidate.where.startswith(_UNLABELLED):
        sure = candidate.where == "name in head" and begins_with_given_name(candidate.value[0].name)
        return 0.8 if candidate.where == "name in tail" else 0.9 if sure else 2
    if starts_with_helper(candidate.raw):
        return 1.5
    if _OF_LINK.match(candidate.raw.lower()):
        return 2.5
    if any(_is_person(person) and not is_house(person.name, sites) for person in candidate.value):
        return 0.5 if candidate.where.endswith("in tail") else 0
    return 1


def _most_complete(candidates: list[Candidate]) -> int:
    """Return which candidate to take for the first one.

    A line of the head that names more people than machines are told of; and of marks that name several, among them
    people of teasers and boxes, the statement that names only some of them.
    """
    first = candidates[0]
    names = {person.name for person in first.value}
    for k, other in enumerate(candidates[1:], 1):
        others = {person.name for person in other.value}
        more = [person for person in other.value if person.name not in names]
        if (
            other.where == "byline in head"
            and names < others
            and len(others) <= _MAX_TOGETHER
            and all(_is_person(person) for person in more)
        ):
            return k
        if _is_stuck(names, other):
            return k
        listed = first.source == "microdata" and len(names) >= _AGREEING and names.isdisjoint(others)
        if (
            first.source in {"microdata", "visible"}
            and (others < names or listed)
            and any(_is_person(p) for p in other.value)
        ):
            again = [c for c in candidates[k:] if {person.name for person in c.value} == others]
            if (
                len({c.source.partition(":")[0] for c in again if not c.where.startswith(_UNLABELLED)}) > 1
                or len({c.where for c in again}) >= _AGREEING
            ):
                return k
    return 0


def _as_readers_see(candidates: list[Candidate]) -> int:
    """Return which candidate to take for the first one: of two bylines without a name in common, the one that says "By".

    What machines are told is then who typed it in. See decision 41.
    """
    first = candidates[0]
    if first.source == "visible" and first.where.startswith(("byline in head", "author in head")) and _says_by(first):
        return 0
    names = [fold(person.name) for person in first.value]
    shown = [c for c in candidates if c.source == "visible" and not c.where.endswith("in tail")]
    if first.source != "visible" and any(_share(names, c) for c in shown):
        return 0
    for k, other in enumerate(candidates[1:], 1):
        if (
            other.source == "visible"
            and other.where.endswith(" in head")
            and not _share(names, other)
            and _says_by(other)
        ):
            return k
    return 0


def _is_stuck(names: set[str], stated: Candidate) -> bool:
    """Whether one of the names is what machines are told, with the next word of the page stuck to it."""
    told = [person.name for person in stated.value if is_full_name(person.name)] if stated.source != "visible" else []
    return any(
        name != other and name.startswith(other) and name[len(other)].isalpha() for name in names for other in told
    )


def _share(names: list[str], candidate: Candidate) -> bool:
    """Whether a candidate has one of the names, be it with the next word of the page stuck to it."""
    others = [fold(person.name) for person in candidate.value]
    return any(a.startswith(b) or b.startswith(a) for a in names for b in others)


def _says_by(candidate: Candidate) -> bool:
    """Whether a byline, not a list of several, begins with a label of authors and names nobody whose form is in doubt."""
    if candidate.raw.count("; ") >= _AGREEING - 1:
        return False
    return says_who_wrote(candidate.raw) and all(
        person.type == "Organization" or (is_full_name(person.name) and person.name[0].isupper())
        for person in candidate.value
    )


def bylines(material: Material) -> list[Byline]:
    """Return what the page says of its authors, most trusted first."""
    if "bylines" not in material.memo:
        material.memo["bylines"] = _find_bylines(material)
    found: list[Byline] = material.memo["bylines"]
    return found


def _find_bylines(material: Material) -> list[Byline]:
    """Return all bylines; names that nothing calls authors are looked for where no person is named."""
    found = [
        *_from_meta(material, ("citation_author",)),
        *_from_json_ld(material),
        *_from_microdata(material),
        *bylines_by_class(material),
        *_from_meta(material, _META),
    ]
    if not any(names for _, names, *_ in found):
        found += bylines_by_link(material)
    found += bylines_in_lines(material)
    if not any(is_full_name(name) for _, names, *_ in found for name in names):
        alone = list(names_in_lines(material))
        found += alone or names_behind_text(material)
        found += bylines_left_out(material)
        found += signatures(material)
    if not any(names for _, names, *_ in found):
        found += only_author(material)
    return found


def _from_json_ld(material: Material) -> Iterator[Byline]:
    for node in material.articles[:3]:
        for key in ("author", "creator"):
            names: list[str] = []
            urls: dict[str, str] = {}
            raws: list[str] = []
            for item in _items(node.get(key)):
                person = material.resolve(item)
                raw = person.get("name") if isinstance(person, dict) else person
                for text in (clean(r, MAX_BYLINE * 3) for r in _items(raw)):
                    if not text or text.startswith("http"):
                        continue
                    raws.append(text)
                    found = _named(material, person, text)
                    if isinstance(person, dict):
                        _keep_types(material, person, found)
                    names += [n for n in found if n not in names]
                    if len(found) == 1 and (url := stated_page(material, item)):
                        urls[found[0]] = url
            if raws:
                yield "; ".join(raws), names, "jsonld", key, urls


def _keep_types(material: Material, node: dict[str, Any], names: list[str]) -> None:
    """Note what JSON-LD says that the bearers of names are."""
    known: dict[str, set[str]] = material.memo.setdefault("types of authors", {})
    for name in names:
        known.setdefault(name, set()).update({"person", "organization"}.intersection(type_names(node)))


def _named(material: Material, person: Any, text: str) -> list[str]:
    """Return the names in what JSON-LD calls an author; the name of an organisation is one, whatever it holds."""
    if isinstance(person, dict) and "organization" in type_names(person) and _CONJUNCTION.search(text):
        agencies = material.names_in(text)[1]
        return [] if agencies else [text[:_MAX_NAME]]
    return material.names_in(text)[0]


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value[:30]
    return [value] if value else []


def _from_microdata(material: Material) -> Iterator[Byline]:
    marks = [m for m in material.clues.microdata if m.name == "author" and not m.item.startswith(_NOT_ARTICLE)]
    first = material.first_element
    early = [m for m in marks if m.element <= first]
    if early or marks:
        yield from _from_marks(material, early or marks)


def _from_marks(material: Material, marks: list[Marked]) -> Iterator[Byline]:
    snapshot = material.snapshot
    names: list[str] = []
    raws: list[str] = []
    for mark in marks:
        if len(marks) > 1 and is_helper(*around(snapshot, mark.element)):
            continue
        text = mark.value
        if text is None:
            inner = [
                m
                for m in material.clues.microdata
                if m.name == "name" and mark.element < m.element < snapshot.ends[mark.element]
            ]
            text = " , ".join(
                filter(None, ((m.value or snapshot.text(m.element))[:MAX_BYLINE] for m in inner))
            ) or material.lines_of(mark.element)
        text = text[:MAX_BYLINE]
        if text and not text.startswith("http") and "(image" not in text.lower():
            raws.append(text)
            names += [n for n in material.names_in(text)[0] if n not in names]
    if names:
        yield "; ".join(raws), names, "microdata", "author", {}


def _from_meta(material: Material, keys: tuple[str, ...]) -> Iterator[Byline]:
    meta = material.clues.meta
    for key in keys:
        if key not in meta:
            continue
        names: list[str] = []
        raws: list[str] = []
        for content in meta[key][:20]:
            text = clean(content, MAX_BYLINE * 3)
            if not text or text.startswith(("http", "@", "/")) or "(image" in text.lower():
                continue
            if key in _REVERSED and text.count(",") == 1:
                last, _, first = text.partition(",")
                text = f"{first.strip()} {last.strip()}" if len(first.split()) <= 3 and len(last.split()) <= 2 else text  # noqa: PLR2004  # names, not lists
            raws.append(text)
            whole = fold(text) in material.folded_sites and not _ADDED.search(text)
            found = [text] if whole else material.names_in(text)[0]
            names += [n for n in found if n not in names]
        if key == "twitter:data1" and not all(is_full_name(n) for n in names):
            continue
        if names:
            yield "; ".join(raws), names, f"meta:{key}", key, {}
