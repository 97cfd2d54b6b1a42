"""keywords, articleSection and breadcrumbs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scraper.fields.found import Found
from scraper.fields.topic_boxes import is_control, topics_in_box
from scraper.fields.values import absolute_url, clean, fold, strings
from scraper.model.article import Breadcrumb
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

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
_TAG_LINK = re.compile(
    r"href=\"[^\"]*[/?&](?:tags?|topics?|thema|themen|themenseite|schlagw\w*|stichw\w*|keywords?|sujets?|temas?|argoment\w*|temi|tema|emne|emner|tagg|etiquetas?|labels?|dossiers?|etiket|hashtags?|tagi|tematy|tag-?page|mot-cle|nyckelord|aihe|konu|tagy|stitky|teme|subject)[/=_-]"
    r"|class=\"[^\"]*(?<![a-z])(?:tag|topic|keyword)s?(?![a-z])",
)
_TAG_STEMS = (
    "tag", "topic", "thema", "themen", "schlagw", "stichw", "keyword", "sujet", "tema", "argoment", "temi", "emne", "etiquet",
    "label", "dossier", "etiket", "mot-cle", "nyckelord", "aihe", "konu", "stitky", "teme", "subject",
)  # fmt: skip
"""One of these is in each."""
_AROUND = 150
"""Elements before and after the article in which its list of topics can stand."""
_MAX_TAG = 60
_SLUG = 4
"""Words of an address in their order that are no list of keywords by chance."""
_PAIRS = "mrf:tags"
"""Has keywords on some sites, on others pairs for measuring: "webType:story"."""
_LIST = 2
"""Links that are a list."""
_NAME_WORDS = 3
"""Words of a name that a text links to the page of its topic."""
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


def _split(texts: list[str]) -> list[str]:
    parts: list[str] = []
    texts = [_LABELLED.sub("", t) for t in texts if not _RUBBISH.match(t)]
    for text in texts:
        parts += _SPLIT.split(text) if len(texts) == 1 or "," in text else [text]
    return [p for part in parts if (p := part.strip(" #\"'")) and len(p) <= _MAX_KEYWORD and not p.startswith("http")]


def _is_address(material: Material, stated: list[str]) -> bool:
    """Whether keywords are but the words of the page's address, which a system without keywords fills in."""
    if len(stated) < _SLUG:
        return False
    words = _WORD.findall((material.url or "").rstrip("/").rpartition("/")[2].lower())
    return [fold(word) for word in stated] == words[: len(stated)]


def _shown_topics(material: Material) -> list[str]:
    """Return the topics in the article's box of them; where that has none of the links to topics, the links."""
    box, links = topics_in_box(material), _tag_links(material)
    folded = {fold(text) for text in box}
    return box if box and (len(links) < _LIST or any(fold(text) in folded for text in links)) else links


def _tag_links(material: Material) -> list[str]:
    """Return the texts of the links to pages of tags or topics, in or right after the article."""
    snapshot = material.snapshot
    rel = [e for e in material.clues.places.mark('rel="tag') if snapshot.tags[e] == "a"]
    if rel:
        return [
            text
            for e in rel[:_MAX_KEYWORDS]
            if (text := (clean(snapshot.text(e), _MAX_KEYWORD) or "").lstrip("#")) and not is_control(text)
        ]
    low, high = material.element_range
    groups: dict[int, list[str]] = {}
    around = max(low - _AROUND, 0), min(high + _AROUND, len(snapshot.tags)) - 1
    for element in sorted(material.clues.places.within(_TAG_STEMS, *around)):
        if snapshot.tags[element] == "a" and _TAG_LINK.search(snapshot.sources[element].lower()):
            text = (clean(snapshot.text(element), _MAX_KEYWORD) or "").lstrip("#")
            box = _list_around(snapshot, element)
            if text and len(text) <= _MAX_TAG and not is_control(text) and not _in_prose(snapshot, element):
                groups.setdefault(box, []).append(text)
    # the last list: those before it are teasers or a trail of sections
    best = max(groups.items(), key=lambda item: (len(item[1]) > 1, item[0]), default=(0, []))
    return best[1]


def _list_around(snapshot: Snapshot, element: int) -> int:
    """Return the element that holds a link's list: the first ancestor that holds more than the link."""
    box = element
    for _ in range(5):
        parent = snapshot.parents[box]
        if parent < 0:
            break
        alone = snapshot.ends[parent] - parent <= snapshot.ends[element] - element + 4
        box = parent
        if not alone:
            break
    return box


def _in_prose(snapshot: Snapshot, link: int) -> bool:
    """Whether a link is some words of running text, and no name: its paragraph has more than a label beside its links."""
    words_of_link = snapshot.text(link).split()
    if len(words_of_link) <= _NAME_WORDS and words_of_link and not words_of_link[0][0].islower():
        return False
    box = link
    for _ in range(3):
        box = snapshot.parents[box]
        if box < 0 or snapshot.tags[box] == "p":
            break
    if box < 0 or snapshot.tags[box] != "p":
        return False
    words = sum(len(t) for t in snapshot.texts[snapshot.text_starts[box] : snapshot.text_ends[box]])
    links = (i for i in range(box, snapshot.ends[box]) if snapshot.tags[i] == "a")
    return words - sum(len(snapshot.text(i)) for i in links) > _MAX_TAG


def section(material: Material) -> Found:
    """Return the candidates for `articleSection`; each value is a tuple of strings."""
    candidates: list[Candidate] = []
    for node in material.articles[:3]:
        values = tuple(dict.fromkeys(s[:_MAX_KEYWORD] for s in strings(node.get("articleSection"))[:10]))
        if values:
            candidates.append(
                Candidate(value=values, raw=", ".join(values)[:500], source="jsonld", where="articleSection")
            )
    for name in _SECTION_META:
        if name not in material.clues.meta:
            continue
        values = tuple(dict.fromkeys(text for v in material.clues.meta[name][:5] if (text := clean(v, _MAX_KEYWORD))))
        if values:
            candidates.append(Candidate(value=values, raw=", ".join(values)[:500], source=f"meta:{name}", where=name))
    marked = [
        text
        for m in material.clues.microdata
        if m.name == "articlesection" and (text := clean(m.value or material.snapshot.text(m.element), _MAX_KEYWORD))
    ]
    if marked and not candidates:
        values = tuple(dict.fromkeys(marked[:5]))
        candidates.append(
            Candidate(value=values, raw=", ".join(values)[:500], source="microdata", where="articleSection")
        )
    crumbs = breadcrumbs(material).candidates
    if crumbs:
        headline = fold(material.headlines.candidates[0].value) if material.headlines.candidates else ""
        names = tuple(
            c.name for c in crumbs[0].value if fold(c.name) not in _HOME and not _is_headline(fold(c.name), headline)
        )
        names = tuple(n for n in names if fold(n) not in material.folded_sites)
        if names:
            candidates.append(
                Candidate(value=names[:5], raw=" > ".join(names)[:500], source=crumbs[0].source, where="breadcrumbs")
            )
    return Found(tuple(candidates))


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
