"""keywords: topics of the article, as machines are told them or readers see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.found import Found
from scraper.fields.topics.boxes import topics_in_box
from scraper.fields.topics.links import topic_links
from scraper.fields.topics.navigation import topics_in_navigation
from scraper.fields.topics.sections import section
from scraper.fields.values import clean, fold, strings
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material

__all__ = ["keywords"]

_MAX_KEYWORDS = 100
_MAX_KEYWORD = 120
_SPLIT = re.compile(r"[,;،、|]")
_KEYWORD_META = (
    "news_keywords", "article:tag", "og:article:tag", "keywords", "parsely-tags", "sailthru.tags", "cxenseparse:tags", "tags",
    "article:tags", "dc.subject", "dcterms.subject", "mrf:tags", "og:tags",
)  # fmt: skip
_OWN_META = frozenset({"keywords", "news_keywords"})
"""Names that many sites fill with the same words on each page."""
_MANY = 4
"""Keywords of which some are told of in every article that has them for its own."""
_TOLD, _TOLD_IN_PART = 0.13, 0.3
"""Share of keywords that the article has, and of those of which it has a word; below both they are the site's: so are 17
of 18 such lists on half of the pages of eight sets."""
_WHOLE_SITE = frozenset("""
news nachrichten aktuell aktuelles aktuelle neuigkeiten schlagzeilen headlines politik wirtschaft sport sports kultur inland ausland
panorama regional lokales wetter video videos audio fotos bilder magazin zeitung online reportage bericht hintergrund information
informationen politics business world culture entertainment lifestyle technology weather opinion newspaper breaking latest
actualité actualités économie politique culture monde météo noticias actualidad política economía deportes cultura mundo
notícias economia esportes notizie cronaca politica attualità nieuws economie wiadomości polityka gospodarka новости политика
экономика спорт культура общество ニュース 政治 社会 経済 スポーツ 芸能 新聞 新闻 体育 财经
""".split())  # fmt: skip
"""Names of sections, which a list of the site's keywords is full of."""
_MOSTLY = 0.5
_FEW = 2
"""Keywords that may be but the section's name."""
_FULLER = 2.5
"""Times as many keywords; a longer list has phrases for search engines."""
_PLAIN = frozenset({"keywords", "news_keywords"})
_WORD = re.compile(r"[a-z]+")
_SLUG = 4
"""Words of an address in their order that are no list of keywords by chance."""
_PAIRS = "mrf:tags"
"""Has keywords on some sites, on others pairs for measuring: "webType:story"."""
_SHORT = 3
"""Letters of a word that stands in any text."""
_LIST = 2
"""Links that are a list."""
_RUBBISH = re.compile(
    r"^(?:[0-9a-f]{8}-[0-9a-f-]{20,}|\d{5,}|\[[A-Z _]+\]"
    r"|(?:nlp|section|wp|sys|iptc|locale|template|[\w-]*type|(?:content|article|page|post|video)[ _-]?id)[ _-]?[\w ]*:.*"
    r"|[\w-]+:\s?(?:true|false|\d+)|[\w-]+:[\w-]+:[\w:/-]+|(?:adunit|ad_unit|dfp|gam|ece|cat|k\d)_[\w-]+)$",
    re.IGNORECASE,
)
"""Ids, placeholders, and what systems note for themselves: "type: story", "lite:true", "adunit_top"."""
_ID = re.compile(
    r"^(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])\w{18,24}$|^[A-Za-z]*[a-z][A-Z]\w*:\s?\S"
    r"|^(?:[a-z\d]+|[A-Z\d]{2,})_\w+$|^[_/@]"
)
"""An id of a content service, small letters, capitals and digits mixed; a variable and its value, "displayType: list"; a
name as programs have them, "type_review", "HEALTH_SOCIAL", "_noshow"; a path, an account."""
_SIGNS = re.compile(r"[\d:_\[/@]")
"""One of these is in each."""
_LABELLED = re.compile(
    r"^(?:category|tag|topic|keyword|sections?|organization|person|place)s?\s?[:/]\s?", re.IGNORECASE
)


def keywords(material: Material) -> Found:
    """Return the candidates for `keywords`; each value is a tuple of strings."""
    candidates: list[Candidate] = []
    problems: list[str] = []
    for values, source, where in _keyword_lists(material):
        if candidates and source == "visible" and not _are_sections(material, candidates[0].value):
            break
        folded = {fold(v): v for v in reversed(values)}
        unique = [
            v for key, v in reversed(folded.items()) if key and key not in material.folded_sites and not _is_rubbish(v)
        ]
        if not candidates and where in _OWN_META and source != "jsonld" and _are_of_site(material, unique):
            continue
        if len(unique) > _MAX_KEYWORDS:
            problems.append(f"{len(unique)} keywords ({source}): the first {_MAX_KEYWORDS} are kept")
        if (
            candidates
            and source == "visible"
            and not {fold(v) for v in unique} > {fold(v) for v in candidates[0].value}
        ):
            continue
        if unique:
            kept = tuple(unique[:_MAX_KEYWORDS])
            candidates.append(Candidate(value=kept, raw=", ".join(values)[:500], source=source, where=where))
    if len(candidates) > 1:
        shown = len(candidates) - 1 if candidates[-1].source == "visible" else _fullest(candidates)
        candidates.insert(0, candidates.pop(shown))
    return Found(tuple(candidates), tuple(problems))


def _are_sections(material: Material, words: tuple[str, ...]) -> bool:
    """Whether keywords are but names of the article's sections: what readers see says more."""
    if len(words) > _FEW:
        return False
    sections = section(material).candidates[:1]
    return bool(sections) and {fold(word) for word in words} <= {fold(name) for name in sections[0].value}


def _are_of_site(material: Material, words: list[str]) -> bool:
    """Whether keywords are the same on every page of the site: hardly one is told of, or most are names of sections."""
    if len(words) < _MANY:
        return False
    small = [word.lower() for word in words]
    if len(words) > _MANY and sum(word in _WHOLE_SITE for word in small) > _MOSTLY * len(words):
        return True
    headline = material.headlines.candidates[0].value if material.headlines.candidates else ""
    opening = "\n".join([headline, *material.opening[:2]]).lower()
    enough = _TOLD * len(words)
    if sum(word in opening for word in small) >= enough:
        return False
    text = "\n".join([opening, *[block.text for block in material.kept]]).lower()
    if sum(word in text for word in small) >= enough:
        return False
    parts = sum(
        any(part in text for part in word.split() if len(part) > _SHORT or not part.isascii()) for word in small
    )
    return parts < _TOLD_IN_PART * len(words)


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
    texts = [_without_label(t) for t in texts if not _is_rubbish(t)]
    for text in texts:
        parts += _SPLIT.split(text) if len(texts) == 1 or "," in text else [text]
    return [
        p
        for part in parts
        if (p := _without_label(part.strip(" #\"'"))) and len(p) <= _MAX_KEYWORD and not p.startswith("http")
    ]


def _without_label(word: str) -> str:
    return _LABELLED.sub("", word) if ":" in word or "/" in word else word


def _is_rubbish(word: str) -> bool:
    """Whether a keyword is an id, a placeholder or a note; a look at its characters spares most words the patterns."""
    if word.isalpha() or not _SIGNS.search(word):
        return False
    return _RUBBISH.match(word) is not None or _ID.match(word) is not None


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
