"""keywords, articleSection and breadcrumbs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scraper.fields.found import Found
from scraper.fields.topics.boxes import topics_in_box
from scraper.fields.topics.links import category_links, topic_links
from scraper.fields.topics.navigation import topics_in_navigation
from scraper.fields.values import absolute_url, clean, fold, host_of, strings
from scraper.model.article import Breadcrumb
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material

__all__ = ["breadcrumbs", "keywords", "section"]

_MAX_KEYWORDS = 100
_MAX_KEYWORD = 120
_MAX_CRUMBS = 12
_SPLIT = re.compile(r"[,;،、|]")
_KEYWORD_META = (
    "news_keywords", "article:tag", "og:article:tag", "keywords", "parsely-tags", "sailthru.tags", "cxenseparse:tags", "tags",
    "article:tags", "dc.subject", "dcterms.subject", "mrf:tags", "og:tags",
)  # fmt: skip
_FULLER = 2.5
"""Times as many keywords; a longer list has phrases for search engines."""
_PLAIN = frozenset({"keywords", "news_keywords"})
_SLUG = 4
"""Words of an address in their order that are no list of keywords by chance."""
_PAIRS = "mrf:tags"
"""Has keywords on some sites, on others pairs for measuring: "webType:story"."""
_LIST = 2
"""Links that are a list."""
_RUBBISH = re.compile(
    r"^(?:[0-9a-f]{8}-[0-9a-f-]{20,}|\d{5,}|(?:nlp|section|wp|sys|iptc)[ _-]?[\w ]*:.*)$", re.IGNORECASE
)
_LABELLED = re.compile(
    r"^(?:category|tag|topic|keyword|sections?|organization|person|place)s?\s?[:/]\s?", re.IGNORECASE
)
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
_JOINED = 3
"""Parts between commas that are a list, no name with a comma in it: "Arts, Culture and Media"."""
_MAX_SECTION = 40
_TRAIL_WORDS = ("crumb", "ruta", "path")
"""In the class or id of trails of sections."""
_TRAIL_NAMES = frozenset({"crumb", "crumbs", "ruta", "path", "pathway"})
_TRAIL_TAGS = frozenset({"div", "ol", "ul", "p", "section", "span"})
_MAX_TRAIL = 40
"""Elements of a trail."""
_ROOT_SLASHES = range(1, 4)
"""Slashes in the address of a home page: "/" to "https://example.org/"."""
_WORD = re.compile(r"[a-z]+")
_HOME = frozenset("portada home startseite start accueil inicio início homepage hjem hem etusivu главная головна ana sayfa anasayfa beranda trang chủ 首页 ホーム トップ 홈 الرئيسية خانه होम בית".split())  # fmt: skip


def keywords(material: Material) -> Found:
    """Return the candidates for `keywords`; each value is a tuple of strings."""
    candidates: list[Candidate] = []
    problems: list[str] = []
    for values, source, where in _keyword_lists(material):
        if candidates and source == "visible":
            break
        folded = {fold(v): v for v in reversed(values)}
        unique = [
            v
            for key, v in reversed(folded.items())
            if key and key not in material.folded_sites and not _RUBBISH.match(v)
        ]
        if len(unique) > _MAX_KEYWORDS:
            problems.append(f"{len(unique)} keywords ({source}): the first {_MAX_KEYWORDS} are kept")
        if unique:
            kept = tuple(unique[:_MAX_KEYWORDS])
            candidates.append(Candidate(value=kept, raw=", ".join(values)[:500], source=source, where=where))
    if len(candidates) > 1:
        candidates.insert(0, candidates.pop(_fullest(candidates)))
    return Found(tuple(candidates), tuple(problems))


def _fullest(candidates: list[Candidate]) -> int:
    """Return which list to take for the first one: one that has all of its keywords and a few more, or has it in parts."""
    first = {fold(k) for k in candidates[0].value}
    whole = next(iter(first)) if len(first) == 1 else ""
    for k, other in enumerate(candidates[1:], 1):
        others = {fold(keyword) for keyword in other.value}
        if other.source == "visible":
            continue
        if (
            whole
            and len(others) > 1
            and sum(map(len, others)) + len(others) - 1 == len(whole)
            and all(o in whole for o in others)
        ):
            return k
        if first < others and other.where in _PLAIN and len(others) <= _FULLER * len(first):
            return k
    return 0


def _keyword_lists(material: Material) -> Iterator[tuple[list[str], str, str]]:
    for node in material.articles[:3]:
        stated = _split(strings(node.get("keywords")))
        if not _is_address(material, stated):
            yield stated, "jsonld", "keywords"
    for name in _KEYWORD_META:
        values = material.clues.meta.get(name, ())
        if values:
            stated = _split([text for v in values[:500] if (text := clean(v))])
            paired = name == _PAIRS and any(":" in text for text in stated)
            if not paired and not _is_address(material, stated):
                yield stated, f"meta:{name}", name
    yield [], "visible", ""
    yield _shown_topics(material), "visible", "links to topics"
    yield topics_in_navigation(material), "visible", "links to topics in a navigation"


def _split(texts: list[str]) -> list[str]:
    parts: list[str] = []
    texts = [_LABELLED.sub("", t) for t in texts if not _RUBBISH.match(t)]
    for text in texts:
        parts += _SPLIT.split(text) if len(texts) == 1 or "," in text else [text]
    return [
        p
        for part in parts
        if (p := _LABELLED.sub("", part.strip(" #\"'"))) and len(p) <= _MAX_KEYWORD and not p.startswith("http")
    ]


def _is_address(material: Material, stated: list[str]) -> bool:
    """Whether keywords are but the words of the page's address, which a system without keywords fills in."""
    if len(stated) < _SLUG:
        return False
    words = _WORD.findall((material.url or "").rstrip("/").rpartition("/")[2].lower())
    return [fold(word) for word in stated] == words[: len(stated)]


def _shown_topics(material: Material) -> list[str]:
    """Return the topics in the article's box of them; where that has none of the links to topics, the links."""
    box, links = topics_in_box(material), topic_links(material)
    folded = {fold(text) for text in box}
    return box if box and (len(links) < _LIST or any(fold(text) in folded for text in links)) else links


def section(material: Material) -> Found:
    """Return the candidates for `articleSection`; each value is a tuple of strings."""
    candidates: list[Candidate] = []
    for names, source, where in _section_lists(material):
        if candidates and source == "microdata":
            continue
        values = tuple(dict.fromkeys(names))
        if values:
            raw = (" > " if where == "breadcrumbs" else ", ").join(values)
            candidates.append(Candidate(value=values, raw=raw[:500], source=source, where=where))
    filed = () if candidates else tuple(t for t in category_links(material)[:5] if fold(t) not in _UNFILED)
    if filed:
        candidates.append(
            Candidate(value=filed, raw=", ".join(filed)[:500], source="visible", where="links to categories")
        )
    return Found(tuple(candidates))


def _section_lists(material: Material) -> Iterator[tuple[list[str], str, str]]:
    for node in material.articles[:3]:
        stated = _sections(strings(node.get("articleSection"))[:10])
        yield [name[:_MAX_KEYWORD] for name in stated], "jsonld", "articleSection"
    for key in _SECTION_META:
        if key in material.clues.meta:
            found = [text for v in material.clues.meta[key][:5] if (text := clean(v, _MAX_KEYWORD))]
            yield found, f"meta:{key}", key
    marked = [
        text
        for m in material.clues.microdata
        if m.name == "articlesection" and (text := clean(m.value or material.snapshot.text(m.element), _MAX_KEYWORD))
    ]
    yield marked[:5], "microdata", "articleSection"
    for crumbs in breadcrumbs(material).candidates[:1]:
        yield _sections_of_trail(material, crumbs.value), crumbs.source, "breadcrumbs"


def _sections_of_trail(material: Material, crumbs: tuple[Breadcrumb, ...]) -> list[str]:
    """Return the names of a trail but for those of the home page and the article."""
    headline = fold(material.headlines.candidates[0].value) if material.headlines.candidates else ""
    host = host_of(material.url)
    names = [c.name for c in crumbs if fold(c.name) not in _HOME and not _is_headline(fold(c.name), headline)]
    return [n for n in names if fold(n) not in material.folded_sites and n.lower().removeprefix("www.") != host][:5]


def _sections(stated: list[str]) -> list[str]:
    """Return the sections stated; a list that a publishing system has made one text of is parted again."""
    if len(stated) != 1:
        return stated
    parts = [part for p in stated[0].split(",") if (part := p.strip())]
    joined = len(parts) >= _JOINED or re.search(r",\S", stated[0])
    return parts if len(parts) > 1 and joined and max(map(len, parts)) <= _MAX_SECTION else stated


def _is_headline(name: str, headline: str) -> bool:
    return bool(headline) and (name == headline or (len(name) > 30 and headline.startswith(name[:30])))  # noqa: PLR2004  # cut by the theme


def breadcrumbs(material: Material) -> Found:
    """Return the candidates for `breadcrumbs`; each value is a tuple of Breadcrumb."""
    if "breadcrumbs" not in material.memo:
        material.memo["breadcrumbs"] = _trails(material)
    found: Found = material.memo["breadcrumbs"]
    return found


def _trails(material: Material) -> Found:
    candidates: list[Candidate] = []
    for node, types in material.typed:
        if "breadcrumblist" in types:
            crumbs = _from_list(material, node.get("itemListElement"))
            if crumbs:
                raw = " > ".join(c.name for c in crumbs)
                candidates.append(Candidate(value=crumbs, raw=raw[:500], source="jsonld", where="BreadcrumbList"))
    visible = [
        Breadcrumb(name=name[:_MAX_KEYWORD], url=absolute_url(href, material.base))
        for text, href in material.snapshot.breadcrumbs[:_MAX_CRUMBS]
        if (name := clean(text))
    ]
    if visible:
        raw = " > ".join(c.name for c in visible)
        candidates.append(Candidate(value=tuple(visible), raw=raw[:500], source="visible", where="nav"))
    else:
        shown = _shown_trail(material)
        if shown:
            raw = " > ".join(c.name for c in shown)
            candidates.append(Candidate(value=shown, raw=raw[:500], source="visible", where="trail"))
    candidates.sort(key=lambda c: -len(c.value) if c.source == "jsonld" else 1)
    return Found(tuple(candidates))


def _shown_trail(material: Material) -> tuple[Breadcrumb, ...]:
    """Return the links of an element outside of <nav> that calls itself a trail and stands before the text."""
    snapshot = material.snapshot
    for element in sorted(material.clues.places.within(_TRAIL_WORDS, 0, material.first_element)):
        if snapshot.tags[element] not in _TRAIL_TAGS or snapshot.ends[element] - element > _MAX_TRAIL:
            continue
        names = _WORD.findall(
            f"{snapshot.attribute(element, 'class') or ''} {snapshot.attribute(element, 'id') or ''}".lower()
        )
        if not any(name in _TRAIL_NAMES or "breadcrumb" in name for name in names):
            continue
        links = [i for i in range(element, snapshot.ends[element]) if snapshot.tags[i] == "a"][:_MAX_CRUMBS]
        crumbs = tuple(
            Breadcrumb(name=name[:_MAX_KEYWORD], url=absolute_url(snapshot.attribute(i, "href"), material.base))
            for i in links
            if (name := clean(snapshot.text(i)))
        )
        if len(crumbs) > 1 and (snapshot.attribute(links[0], "href") or "").count("/") in _ROOT_SLASHES:
            return crumbs
    return ()


def _from_list(material: Material, value: Any) -> tuple[Breadcrumb, ...]:
    items = value if isinstance(value, list) else [value]
    crumbs: list[tuple[int, Breadcrumb]] = []
    for number, item in enumerate(items[:_MAX_CRUMBS]):
        if not isinstance(item, dict):
            continue
        target = item.get("item")
        name = next(iter(strings(item.get("name")) or (strings(target) if isinstance(target, dict) else [])), None)
        address = (target.get("@id") or target.get("url")) if isinstance(target, dict) else target
        if name:
            position = item.get("position")
            if isinstance(position, str) and position.isdecimal():
                position = int(position[:6])
            order = position if isinstance(position, int) else number
            crumbs.append((order, Breadcrumb(name=name[:_MAX_KEYWORD], url=absolute_url(address, material.base))))
    return tuple(crumb for _, crumb in sorted(crumbs, key=lambda c: c[0]))
