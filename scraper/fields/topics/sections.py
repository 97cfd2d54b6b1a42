"""articleSection: what the house files the article under."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.found import Found
from scraper.fields.topics.boxes import leads_back
from scraper.fields.topics.links import categories_in_footers, category_links, labels_of_section
from scraper.fields.topics.trails import HOME, breadcrumbs, is_root
from scraper.fields.values import clean, fold, host_of, strings
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.model.article import Breadcrumb

__all__ = ["section"]

_MAX_SECTION_NAME = 120
_SECTION_META = (
    "article:section", "og:article:section", "section", "parsely-section", "cxenseparse:section", "article:category", "category",
    "lp.section", "dc.type.section", "mrf:sections",
)  # fmt: skip
_UNFILED = frozenset(
    {
        "uncategorized",
        "uncategorised",
        "unkategorisiert",
        "allgemein",
        "sin categoria",
        "non classe",
        "senza categoria",
        "blog",
    }
)
"""What WordPress calls the category of what has none, and what themes file everything under."""
_KINDS = frozenset(
    {
        "article",
        "articles",
        "post",
        "news article",
        "newsarticle",
        "blog post",
        "blogpost",
        "blogposting",
        "page",
        "story",
    }
)
"""What a text is, no section."""
_MIN_START = 30
"""Letters of a headline that begin no section's name by chance."""
_JOINED = 3
"""Parts between commas that are a list, no name with a comma in it: "Arts, Culture and Media"."""
_MAX_SECTION = 40
_MAX_NAME = 80
"""Characters; of 4,457 pages, what is longer is a teaser, a definition or the life of the author."""


def section(material: Material) -> Found:
    """Return the candidates for `articleSection`; each value is a tuple of strings."""
    if "section" not in material.memo:
        material.memo["section"] = _find(material)
    found: Found = material.memo["section"]
    return found


def _find(material: Material) -> Found:
    candidates: list[Candidate] = []
    for names, source, where in _section_lists(material):
        if candidates and source == "microdata":
            continue
        values = tuple(dict.fromkeys(_telling(material, names)))
        if values:
            raw = (" > " if where == "breadcrumbs" else ", ").join(values)
            candidates.append(Candidate(value=values, raw=raw[:500], source=source, where=where))
    if len(candidates) > 1 and _is_step(candidates[0], candidates[-1]):
        candidates.insert(0, candidates.pop())
    if not candidates:
        for read, where in _SHOWN:
            filed = tuple(name for name in _telling(material, read(material)[:5]) if fold(name) not in _UNFILED)
            if filed:
                candidates.append(Candidate(value=filed, raw=", ".join(filed)[:500], source="visible", where=where))
                break
    return Found(tuple(candidates))


_SHOWN = (
    (category_links, "links to categories"),
    (labels_of_section, "label by the headline"),
    (categories_in_footers, "links to categories in a footer"),
)
"""Where readers see it, where machines are told nothing."""


def _telling(material: Material, names: list[str]) -> list[str]:
    """Return the names without those of kinds of text and of the site; without a catch-all or "Home" beside others.

    Nor is a whole sentence, an address or a link back a name.
    """
    names = [n for n in names if len(n) <= _MAX_NAME and "://" not in n and not leads_back(n)]
    kept = [n for n in names if (f := fold(n)) not in _KINDS and f not in material.folded_sites]
    return [name for name in kept if (f := fold(name)) not in _UNFILED and f not in HOME] or kept


def _is_step(stated: Candidate, trail: Candidate) -> bool:
    """Whether one section is stated, and a trail goes on behind it: the trail says more."""
    if trail.where != "breadcrumbs" or len(stated.value) != 1:
        return False
    return fold(stated.value[0]) in [fold(name) for name in trail.value[:-1]]


def _section_lists(material: Material) -> Iterator[tuple[list[str], str, str]]:
    for node in material.articles[:3]:
        stated = _sections(strings(node.get("articleSection"))[:10])
        yield [name[:_MAX_SECTION_NAME] for name in stated], "jsonld", "articleSection"
    for key in _SECTION_META:
        if key in material.clues.meta:
            found = [text for v in material.clues.meta[key][:5] if (text := clean(v, _MAX_SECTION_NAME))]
            yield found, f"meta:{key}", key
    marked = [
        text
        for m in material.clues.microdata
        if m.name == "articlesection"
        and (text := clean(m.value or material.snapshot.text(m.element), _MAX_SECTION_NAME))
    ]
    yield marked[:5], "microdata", "articleSection"
    for crumbs in breadcrumbs(material).candidates[:1]:
        yield _sections_of_trail(material, crumbs.value), crumbs.source, "breadcrumbs"


def _sections_of_trail(material: Material, crumbs: tuple[Breadcrumb, ...]) -> list[str]:
    """Return the names of a trail but for those of the home page and the article."""
    if crumbs and (is_root(crumbs[0].url) or fold(crumbs[0].name) in HOME):
        crumbs = crumbs[1:]
    if crumbs and _is_article(material, crumbs[-1], alone=len(crumbs) == 1):
        crumbs = crumbs[:-1]
    host = host_of(material.url)
    names = [c.name for c in crumbs if fold(c.name) not in HOME]
    return [n for n in names if fold(n) not in material.folded_sites and n.lower().removeprefix("www.") != host][:5]


def _is_article(material: Material, crumb: Breadcrumb, *, alone: bool) -> bool:
    """Whether the last step of a trail is the article, under whatever name.

    A step that leads to the page itself may still have the section's name: some themes give it the wrong address.
    """
    name = fold(crumb.name)
    if material.headlines.candidates and name == fold(material.headlines.candidates[0].value):
        return True
    path = _path_of(crumb.url) if crumb.url and material.url else ""
    own = bool(path) and path == _path_of(material.url or "")
    if len(name) <= _MIN_START and not own and path:
        return False
    titles = [fold(c.value) for c in material.headlines.candidates[:3]] + [fold(material.clues.title)]
    if any(title and (name == title or (len(name) > _MIN_START and name[:_MIN_START] in title)) for title in titles):
        return True
    if not own:
        return not path and alone and len(crumb.name) > _MAX_SECTION
    words = name.split()
    said = {*fold(path.rpartition("/")[2]).split(), *(word for title in titles for word in title.split())}
    return 2 * sum(word in said for word in words) >= len(words)


def _path_of(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].rstrip("/").partition("://")[2].removeprefix("www.")


def _sections(stated: list[str]) -> list[str]:
    """Return the sections stated; a list that a publishing system has made one text of is parted again."""
    if len(stated) != 1:
        return stated
    parts = [part for p in stated[0].split(",") if (part := p.strip())]
    joined = len(parts) >= _JOINED or re.search(r",\S", stated[0])
    return parts if len(parts) > 1 and joined and max(map(len, parts)) <= _MAX_SECTION else stated
