"""Which text is the caption of which picture."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from scraper.body.captions import credit_name
from scraper.fields.pictures import caption_of, credit_in

if TYPE_CHECKING:
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["MAX_CAPTION", "MAX_IMAGES", "captions_of", "in_figure", "picture_elements"]

MAX_IMAGES = 60
_MAX_LEVELS = 6
_MAX_NODES = 30
MAX_CAPTION = 600
"""Characters; what is longer beside a picture is a section."""
_MIN_TEASER = 12
_SHORT = 200
"""Characters of a paragraph that may be a caption in truth, whatever the body's model thought of it."""
_MIN_CAPTION = 15
_PHOTO_TABLE = 14
"""Elements of a table that is laid around one picture."""
_NEAR = 12
"""Elements between a picture and its caption."""
_CAPTION_WORDS = (
    "caption", "legend", "bildunter", "mediainfo", "img-text", "image-text", "media--lead", "didascalia", "pie-foto", "image-desc",
    "photo-desc", "courtesy", "photographer", "-credit", "_credit", "bildtext", "fotozeile", "epigrafe",
)  # fmt: skip
"""In classes, the vocabulary of publishing systems."""
_PAGE_HEAD = re.compile(r"head(?:er)?(?![a-z])|masthead|logo|navbar|topbar|banner", re.IGNORECASE)
"""In the attributes of the box at the top of every page of a site."""
_NOT_CAPTION = frozenset(
    {"img", "amp-img", "figure", "body", "html", "meta", "link", "picture", "article", "button", "input"}
)
_NO_BOX = frozenset({"body", "article", "main", "html", "header", "section", "table", "ul", "ol", "tr"})
Shown = tuple[str | None, str | None, bool]


def captions_of(material: Material, low: int, high: int) -> dict[int, Shown]:
    """Return (caption, credit, whether in a box of its own) by picture; a teaser of another article is left out."""
    snapshot = material.snapshot
    images = [i for i in picture_elements(material) if low <= i <= high][: 2 * MAX_IMAGES]
    if not images:
        return {}
    found = _stated_captions(material, images)
    kept = [block.element for block in material.kept if len(block.text) > _SHORT]
    headline = material.headlines.element
    for image in images:
        if image in found:
            continue
        box = _box(material, image, images, kept)
        if image < headline and (_PAGE_HEAD.search(snapshot.sources[box]) and not in_figure(snapshot, image)):
            continue
        if box == image or (snapshot.tags[box] != "a" and _is_teaser(snapshot, box)):
            continue
        caption, credit = caption_of(material, box)
        if credit or (caption and len(caption) >= _MIN_CAPTION):
            found[image] = (caption, credit, True)
    return found


def picture_elements(material: Material) -> list[int]:
    """Return the elements that show a picture, in document order."""
    places = material.clues.places
    # one without an address of its own is the wrapper of a plain <img>
    amp = [i for i in places.tag("amp-img") if "src=" in material.snapshot.sources[i]]
    return sorted([*places.tag("img"), *amp]) if amp else places.tag("img")


def _stated_captions(material: Material, images: list[int]) -> dict[int, Shown]:
    """Return the captions that call themselves so, each by the picture before it or around it."""
    snapshot = material.snapshot
    places = material.clues.places
    found: dict[int, Shown] = {}
    elements = dict.fromkeys(places.tag("figcaption"), True)
    for low, high in _around(images):
        for element in places.within(_CAPTION_WORDS, low, high):
            if snapshot.tags[element] not in _NOT_CAPTION:
                elements.setdefault(element, False)
    end = -1
    for element in sorted(elements):
        if element < end or not images[0] - _NEAR <= element <= images[-1] + _NEAR:
            continue
        nodes = snapshot.texts[snapshot.text_starts[element] : snapshot.text_ends[element]]
        if len(nodes) > _MAX_NODES or not any(n.strip() for n in nodes):
            continue
        image = _picture_of(snapshot, element, images)
        if image is None:
            continue
        end = snapshot.ends[element]
        caption, credit = caption_of(material, element)
        before = found.get(image, (None, None, True))
        if before[0] and not credit:
            credit = credit_name(credit_in(snapshot, element)) or None
        found[image] = (before[0] or caption, before[1] or credit, True)
    return found


def _around(images: list[int]) -> list[tuple[int, int]]:
    """Return the spans of elements around pictures, those that meet joined: captions stand nowhere else."""
    spans: list[tuple[int, int]] = []
    for image in images:
        low, high = max(image - _NEAR, 0), image + _NEAR
        if spans and low <= spans[-1][1]:
            spans[-1] = (spans[-1][0], high)
        else:
            spans.append((low, high))
    return spans


def _picture_of(snapshot: Snapshot, element: int, images: list[int]) -> int | None:
    """Return the picture that a caption belongs to: inside it, in the same <figure>, or the nearest one before it."""
    k = bisect_left(images, element)
    if k < len(images) and images[k] < snapshot.ends[element]:
        return images[k]
    box = snapshot.parents[element]
    for _ in range(_MAX_LEVELS):
        if box < 0 or snapshot.tags[box] in {"body", "article", "main"}:
            break
        if snapshot.tags[box] == "figure":
            inside = [i for i in images[bisect_left(images, box) :][:10] if i < snapshot.ends[box]]
            before = [i for i in inside if i < element]
            return before[-1] if before else next(iter(inside), None)
        box = snapshot.parents[box]
    if k > 0 and element - images[k - 1] <= _NEAR:
        return images[k - 1]
    if k < len(images) and images[k] - snapshot.ends[element] <= 3:  # noqa: PLR2004  # a caption above its picture
        return images[k]
    return None


def _box(material: Material, image: int, images: list[int], kept: list[int]) -> int:
    """Return the outermost element around a picture that holds nothing else but its caption."""
    snapshot = material.snapshot
    headline = material.headlines.element
    box = image
    around = snapshot.parents[image]
    for _ in range(_MAX_LEVELS):
        end = snapshot.ends[around] if around >= 0 else 0
        if around < 0 or (snapshot.tags[around] in _NO_BOX and not _is_photo_table(snapshot, around)):
            break
        figure = snapshot.tags[around] in {"figure", "picture", "noscript"}
        if bisect_left(images, end) - bisect_left(images, around) > 1 and not figure:
            break
        nodes = snapshot.texts[snapshot.text_starts[around] : snapshot.text_ends[around]]
        if len(nodes) > _MAX_NODES or sum(map(len, nodes)) > MAX_CAPTION * 2 or around <= headline < end:
            break
        if not figure and bisect_left(kept, around) != bisect_left(kept, end):
            break
        box = around
        if snapshot.tags[around] == "table":
            break
        around = snapshot.parents[around]
    return box


def in_figure(snapshot: Snapshot, image: int) -> bool:
    """Whether a picture stands in a <figure>."""
    around = snapshot.parents[image]
    for _ in range(_MAX_LEVELS):
        if around < 0 or snapshot.tags[around] == "figure":
            return around >= 0
        around = snapshot.parents[around]
    return False


def _is_photo_table(snapshot: Snapshot, around: int) -> bool:
    """Whether an element is of a table that holds a picture and its caption, as pages did before they had figures."""
    return snapshot.tags[around] in {"tr", "table"} and snapshot.ends[around] - around <= _PHOTO_TABLE


def _is_teaser(snapshot: Snapshot, box: int) -> bool:
    """Whether a box is a link to another article: most of its text is a link."""
    total = sum(len(t.strip()) for t in snapshot.texts[snapshot.text_starts[box] : snapshot.text_ends[box]])
    linked = 0
    at = box + 1
    while at < snapshot.ends[box]:
        if snapshot.tags[at] == "a":
            linked += sum(len(t.strip()) for t in snapshot.texts[snapshot.text_starts[at] : snapshot.text_ends[at]])
            at = snapshot.ends[at]
        else:
            at += 1
    return total > _MIN_TEASER and linked * 5 > total * 4
