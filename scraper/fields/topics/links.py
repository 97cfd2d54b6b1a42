"""Links to pages of topics and of sections, in or right beside the article; menus, teasers and tag clouds are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.site import site_of
from scraper.fields.topics.boxes import is_control
from scraper.fields.values import clean, host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = [
    "categories_in_footers",
    "category_links",
    "is_topic",
    "labels_of_section",
    "leads_to_topic",
    "links_with_stems",
    "text_of_link",
    "topic_links",
]

_ATTRIBUTE = re.compile(r'(href|class)="([^"]*)')
_TOPIC = re.compile(
    r"[/?&](?:tags?|topics?|thema|themen|themenseite|schlagw\w*|stichw\w*|keywords?|sujets?|temas?|argoment\w*|temi|tema|emne|emner|tagg|etiquetas?|labels?|dossiers?|etiket|hashtags?|tagi|tematy|tag-?page|mot-cle|nyckelord|aihe|konu|tagy|stitky|teme|subjects?)[/=_-]"
)
"""In an address."""
_TOPIC_CLASS = re.compile(r"(?<![a-z])(?:tag|topic|keyword)s?(?![a-z])")
_STEMS = (
    "tag", "topic", "thema", "themen", "schlagw", "stichw", "keyword", "sujet", "tema", "argoment", "temi", "emne", "etiquet",
    "label", "dossier", "etiket", "mot-cle", "nyckelord", "aihe", "konu", "stitky", "teme", "subject",
)  # fmt: skip
"""One of these is in each."""
_SECTION = re.compile(
    r'href="[^"]*(?:[/?&]|[a-z]_)(?:categor(?:y|ies|ias?|ie)|kategori\w*|rubri\w+|sections?)[/=_-]'
    r'|class="[^"]*(?<![a-z])(?:categor|rubri)|rel="[^"]*tag'
)
_SECTION_STEMS = ("categor", "kategor", "rubri", "section")
"""One of these, or of `_STEMS`, is in each."""
_CATEGORY = re.compile(r"rel=\"(?:[^\"]* )?category\b|/(?:category|categories|kategorie|categoria|categorie)/")
"""What WordPress makes of its categories, which are sections; its tags have rel="tag" alone."""
_CATEGORY_BOX = re.compile(r"taxonomy-category|entry-category")
"""Class of the categories where rel is "tag" for both: of block themes, and of Squarespace."""
_LABEL = re.compile(
    r"(?<![a-z])(?:categor(?:y|ies|ia|ie|ias)|kategori(?:en?)?|rubri[ckq]\w{0,3}|ressort|kicker|eyebrow|cat[-_]?links?"
    r"|(?:article|post|entry|story|content|news)[-_]{1,2}section|section[-_]{1,2}(?:name|label|title|link))(?![a-z])"
)
_LABEL_STEMS = ("categor", "kategor", "rubri", "ressort", "kicker", "eyebrow", "cat-link", "cat_link", "section")
"""One of these is in each."""
_NEAR = 60
"""Elements before the headline in which the label of its section stands."""
_WORDPRESS = "/wp-content/"
"""In the addresses of its scripts and pictures."""
_MAX_LABELS = 4
_MAX_BOX_TEXT = 80
"""Characters of an element that names sections and nothing else."""
_CLOUD = re.compile(r"tag-link-\d.*font-size|font-size.*tag-link-\d")
"""A link in WordPress's cloud of all tags: sized by how often a tag is used."""
_OTHER_SCHEME = re.compile(r"\s*(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""An address to mail to, a script."""
_MENU = re.compile(
    r"(?<![a-z])(?:nav|navi|navbar|navigation|global-?nav|sub-?nav|menu|menus|sub-?menu|navmenu|menubar|dropdown|"
    r"bread-?crumbs?|crumbs?)(?![a-z])"
)
"""Words of a site's own links in classes and ids."""
_WIDGET = re.compile(
    r"(?<![\w-])(?:sidebar|tag-?cloud|widget[ _](?:label|pagelist|tag_cloud|categories|nav_menu))(?![\w-])"
)
"""Boxes of Blogger and WordPress for the tags, pages and categories of the whole site."""
_LEVELS = 10
"""Up from a link, as far as the element that holds the article too."""
_AROUND = 150
"""Elements before and after the article in which its list of topics can stand."""
_MAX_TAG = 60
_MAX_LINKS = 100
_MAX_KEYWORD = 120
_NAME_WORDS = 3
"""Words of a name that a text links to the page of its topic."""
_ITEMS = frozenset({"li", "article"})


def topic_links(material: Material) -> list[str]:
    """Return the texts of the links to pages of tags or topics: those that say so by rel="tag", else by address."""
    snapshot, span = material.snapshot, material.element_range
    rel = [e for e in material.clues.places.mark('rel="tag') if snapshot.tags[e] == "a"]
    if rel:
        mine = [e for e in rel[:_MAX_LINKS] if not (_is_category(snapshot, e) or _is_of_site(snapshot, e, span))]
        return [text for e in mine if (text := text_of_link(snapshot, e))]
    low, high = span
    groups: dict[int, list[str]] = {}
    around = max(low - _AROUND, 0), min(high + _AROUND, len(snapshot.tags)) - 1
    for element in sorted(material.clues.places.within(_STEMS, *around)):
        if snapshot.tags[element] != "a" or not _names_topic(snapshot.sources[element].lower()):
            continue
        text = text_of_link(snapshot, element)
        if (
            text
            and len(text) <= _MAX_TAG
            and not (
                _leads_elsewhere(material, element)
                or _is_of_site(snapshot, element, span)
                or _is_in_menu(snapshot, element, span)
                or _in_prose(snapshot, element)
            )
        ):
            groups.setdefault(_list_around(snapshot, element), []).append(text)
    # the last list: those before it are teasers or a trail of sections
    best = max(groups.items(), key=lambda item: (len(item[1]) > 1, item[0]), default=(0, []))
    return best[1]


def category_links(material: Material) -> list[str]:
    """Return the texts of the article's links to the categories that it is filed under, as WordPress marks them."""
    snapshot, span = material.snapshot, material.element_range
    around = max(span[0] - _AROUND, 0), min(span[1] + _AROUND, len(snapshot.tags)) - 1
    mine = (
        text_of_link(snapshot, element)
        for element in sorted(material.clues.places.within(('rel="category', 'rel="tag'), *around))
        if snapshot.tags[element] == "a"
        and _is_category(snapshot, element)
        and not (_is_of_site(snapshot, element, span) or _is_in_menu(snapshot, element, span))
    )
    return [text for text in dict.fromkeys(mine) if text]


def labels_of_section(material: Material) -> list[str]:
    """Return the texts of the links by the headline in an element that calls itself a section, a rubric, a kicker."""
    snapshot, span, headline = material.snapshot, material.element_range, material.headlines.element
    low = max((headline if headline >= 0 else material.first_element) - _NEAR, 0)
    box = -1
    found: list[str] = []
    for element in sorted(material.clues.places.within(_LABEL_STEMS, low, material.first_element)):
        if found and element >= snapshot.ends[box]:
            break  # the first element that names any
        if element < headline < snapshot.ends[element] or len(snapshot.text(element)) > _MAX_BOX_TEXT:
            continue
        if not _LABEL.search(_names(snapshot, element)):
            continue
        links = [i for i in range(element, snapshot.ends[element]) if snapshot.tags[i] == "a"]
        if links and not any(
            _leads_elsewhere(material, i) or _does_something(snapshot, i) or _is_in_menu(snapshot, i, span)
            for i in links
        ):
            box = element if not found else box
            found += [text for i in links if (text := text_of_link(snapshot, i))]
    unique = list(dict.fromkeys(found))
    return unique if len(unique) <= _MAX_LABELS else []


def _does_something(snapshot: Snapshot, link: int) -> bool:
    return (snapshot.attribute(link, "href") or "#").startswith("#")


def categories_in_footers(material: Material) -> list[str]:
    """Return the texts of the links to categories, as WordPress marks them, in the article's own footer."""
    wordpress = _WORDPRESS in material.clues.places.attributes and b'rel="category' in material.page.source
    footers = material.footers if wordpress else None
    if footers is None:
        return []
    links = (i for i, source in enumerate(footers.sources) if footers.tags[i] == "a" and 'rel="category' in source)
    return list(dict.fromkeys(text for i in links if (text := text_of_link(footers, i))))[:_MAX_LABELS]


def links_with_stems(material: Material, low: int, high: int) -> list[int]:
    """Return the links from element `low` to `high` whose attributes have a stem of those to topics or sections."""
    tags = material.snapshot.tags
    named = material.clues.places.within((*_STEMS, *_SECTION_STEMS), low, high)
    return [element for element in sorted(named) if tags[element] == "a"]


def leads_to_topic(snapshot: Snapshot, link: int) -> bool:
    """Whether a link leads to the page of a topic or a section, wherever it stands."""
    source = snapshot.sources[link].lower()
    if "author" in source or "autor" in source:
        return False
    return _names_topic(source) or _SECTION.search(source) is not None


def _is_in_menu(snapshot: Snapshot, element: int, text: tuple[int, int]) -> bool:
    """Whether an element stands in a menu or a trail that holds no end of the article's text (its range of elements)."""
    return any(
        snapshot.tags[box] == "nav" or _MENU.search(_names(snapshot, box)) for box in _boxes(snapshot, element, text)
    )


def _boxes(snapshot: Snapshot, element: int, text: tuple[int, int]) -> Iterator[int]:
    """Yield the elements around one, innermost first, as far as they hold no end of the text: headlines may stand apart."""
    box = snapshot.parents[element]
    for _ in range(_LEVELS):
        if box < 0 or any(box <= end < snapshot.ends[box] for end in text):
            return
        yield box
        box = snapshot.parents[box]


def _names(snapshot: Snapshot, box: int) -> str:
    """Return the class and id of an element, in lower case."""
    return f"{snapshot.attribute(box, 'class') or ''} {snapshot.attribute(box, 'id') or ''}".lower()


def is_topic(tag: str) -> bool:
    """Whether a link's attributes, in lower case, say that it leads to the page of a topic."""
    return 'rel="tag' in tag or _names_topic(tag)


def _names_topic(tag: str) -> bool:
    """Whether a link's address or class, in lower case, is that of a topic."""
    return any(
        (_TOPIC if name == "href" else _TOPIC_CLASS).search(value) is not None
        for name, value in _ATTRIBUTE.findall(tag)
    )


def text_of_link(snapshot: Snapshot, element: int) -> str:
    """Return the text of a link without the number of articles behind it; "" for a control."""
    parts = [p for p in snapshot.texts[snapshot.text_starts[element] : snapshot.text_ends[element]] if p.strip()]
    whole = " ".join(parts[:-1]) if len(parts) > 1 and parts[-1].strip(" ()").isdecimal() else snapshot.text(element)
    text = (clean(whole, _MAX_KEYWORD) or "").lstrip("#/› ")
    return "" if is_control(text) else text


def _is_category(snapshot: Snapshot, link: int) -> bool:
    if _CATEGORY.search(snapshot.sources[link].lower()):
        return True
    return _CATEGORY_BOX.search(snapshot.attribute(snapshot.parents[link], "class") or "") is not None


def _leads_elsewhere(material: Material, link: int) -> bool:
    """Whether a link writes a mail, runs a script, or leads to an article or to another site."""
    source = material.snapshot.sources[link]
    address = material.snapshot.attribute(link, "href") or ""
    if _OTHER_SCHEME.match(address) or 'rel="bookmark' in source:  # HTML: a link to an article
        return True
    host, own = host_of(address), host_of(material.url)
    return bool(host and own) and site_of(_ascii(host)) != site_of(_ascii(own))


def _ascii(host: str) -> str:
    """Return a host as the name system has it (RFC 5890)."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _is_of_site(snapshot: Snapshot, link: int, text: tuple[int, int]) -> bool:
    """Whether a link stands in the cloud of all tags, a box of the site or the teaser of another article."""
    if _CLOUD.search(snapshot.sources[link]):
        return True
    return any(
        _WIDGET.search(_names(snapshot, box)) or (snapshot.tags[box] in _ITEMS and _has_other_link(snapshot, box))
        for box in _boxes(snapshot, link, text)
    )


def _has_other_link(snapshot: Snapshot, item: int) -> bool:
    """Whether an item holds a link that is to no topic: a teaser, where the item is not around the article."""
    links = [snapshot.sources[i] for i in range(item, snapshot.ends[item]) if snapshot.tags[i] == "a"]
    return any('rel="' not in source and not _names_topic(source.lower()) for source in links)


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
