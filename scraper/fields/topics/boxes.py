"""Boxes that call themselves the article's topics: "article-tags", "tagsBox", "Article / Tags"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.values import clean

if TYPE_CHECKING:
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["is_control", "leads_back", "topics_in_box"]

_STEMS = (
    "tags",
    "taglist",
    "tag-list",
    "tag_list",
    "topics",
    "keywords",
    "schlagw",
    "stichw",
    "themen",
    "tagi",
    "etiquetas",
)
"""One of these is in the attributes of each."""
_NAME = re.compile(
    r"(?<![a-z])(?:(?:article|post|entry|story|content|news|detail)s?)?[-_ /]{0,3}"
    r"(?:tags|taglist|tag[-_]list|topics|keywords|schlagw[oö]rte?r?|stichw[oö]rte?r?|themen|tagi|etiquetas)"
    r"(?:[-_ ]?(?:list|box|container|links|wrap|wrapper|cloud|bar|area|section|items|group|component|block))?(?![a-z])"
)
"""In lower case: camels lose their humps."""
_ATTRIBUTE = re.compile(r'\s(?:class|id|data-[\w-]+)(?:="([^"]*)")?|\s(data-[\w-]+)')
_BOXES = frozenset({"div", "ul", "ol", "section", "p", "nav", "aside", "footer", "span", "dl"})
_MAX_BOX = 90
"""Elements."""
_AROUND = 150
"""Elements behind the article's last paragraph."""
_BEFORE = 5
_MAX_TAG = 60
_LONG_TAG = 45
_MAX_WORDS = 5
"""A link that is longer is the headline of another article."""
_COUNT = 3
"""Digits of the number of comments."""
_MAX_TAGS = 25
"""More are the topics of the site."""
_BACK = ("←", "«", "‹", "<", "back to ", "zurück", "retour ", "volver ", "terug ", "tilbage ", "tillbaka ", "voltar ")
"""What begins a link back, in lower case."""
_LEADS_BACK = re.compile(
    r"[←‹<]|«(?![^»]*»)|(?:back|zurück|retour|volver|terug|tilbage|tillbaka|voltar)"
    r"(?: (?:to |zu[rm]? |à |au |a |al |naar |til |till |para )?(?:the |la |el |het |o )?"
    r"(?:blog|home(?:page)?|news|overview|top|list|search|results|start(?:seite)?|übersicht|accueil|liste|inicio|início))?$",
    re.IGNORECASE,
)
"""What a link back is called; "Back to School" is a section."""
_CONTROLS = frozenset(
    "alle themen|themen bearbeiten|all topics|all tags|more topics|more|mehr|mehr themen|weitere themen|view all|see all|show more"
    "|show all|voir plus|plus|ver más|ver mais|vedi tutti|meer|tags|topics|themen|edit|follow|folgen|share|teilen".split(
        "|"
    )
)
"""Links beside topics that are none, in lower case."""


def topics_in_box(material: Material) -> list[str]:
    """Return the texts of the links in the box of the article's topics: the first behind the text, or the last in it."""
    snapshot = material.snapshot
    high = material.element_range[1]
    low = material.first_element
    inside: list[str] = []
    end = -1
    for element in sorted(material.clues.places.within(_STEMS, low, min(high + _AROUND, len(snapshot.tags) - 1))):
        if element < end or not _is_box(snapshot, element):
            continue
        end = snapshot.ends[element]
        topics = _links(snapshot, element)
        if topics and element >= high - _BEFORE:
            return topics
        inside = topics or inside
    return inside


def leads_back(text: str) -> bool:
    """Whether the text of a link says that it leads back to where readers came from: "‹ Zurück", "< Back to blog"."""
    return _LEADS_BACK.match(text) is not None


def is_control(text: str) -> bool:
    """Whether a link beside topics leads to all of them, or does something."""
    bare = text.lower().strip(" .…»›>+")
    return bare in _CONTROLS or bare.startswith((*_BACK, "alle themen", "zum themen"))


def _is_box(snapshot: Snapshot, element: int) -> bool:
    if snapshot.tags[element] not in _BOXES or snapshot.ends[element] - element > _MAX_BOX:
        return False
    source = snapshot.sources[element].lower()
    return any(
        _NAME.search(f"{match[1] or ''} {match[2] or match[0].partition('=')[0]}")
        for match in _ATTRIBUTE.finditer(source)
    )


def _links(snapshot: Snapshot, box: int) -> list[str]:
    """Return the texts of a box's links; none where it has more text than a label beside them."""
    found: list[str] = []
    linked = 0
    for i in range(box, snapshot.ends[box]):
        if snapshot.tags[i] != "a":
            continue
        text = (clean(snapshot.text(i), _MAX_TAG + 1) or "").lstrip("#").strip(' ,;|"')
        linked += len(text)
        if text and not (text.isdecimal() and len(text) <= _COUNT) and not is_control(text):
            found.append(text)
    short = [text for text in found if len(text) <= _LONG_TAG and len(text.split()) <= _MAX_WORDS]
    named = len(short) == len(found) <= _MAX_TAGS and 2 * linked >= len(snapshot.text(box))
    return found if named else []
