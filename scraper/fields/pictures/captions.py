"""Which text is the caption of which picture."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scraper.body.blocks.captions import credit_name, is_credit_alone, split_credit
from scraper.fields.pictures.boxes import SOMEWHERE, PictureBoxes, figure_of
from scraper.fields.pictures.caption_lines import CaptionLines, credit_below
from scraper.fields.pictures.caption_words import tidied
from scraper.fields.pictures.pictures import caption_of, credit_in, spaced_text
from scraper.page.pictures import attributes_of_image, custom_pictures, largest_file

if TYPE_CHECKING:
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["MAX_IMAGES", "Captions", "Shown", "picture_elements"]

MAX_IMAGES = 60
_MAX_LEVELS = 6
_MAX_NODES = 30
_MIN_CAPTION = 15
_NEAR = 12
"""Elements between a picture and its caption."""
_TWIN = 3
"""Elements between a lazy picture and its form in <noscript>."""
_CAPTION_WORDS = (
    "caption", "legend", "bildunter", "mediainfo", "img-text", "image-text", "media--lead", "didascalia", "pie-foto", "image-desc",
    "photo-desc", "img-desc", "img_desc", "image_desc", "photo_desc", "imagemeta", "image-meta", "courtesy", "photographer",
    "-credit", "_credit", "photocred", "bildtext", "fotozeile", "epigrafe",
)  # fmt: skip
"""In classes, the vocabulary of publishing systems."""
_PAGE_HEAD = re.compile(r"head(?:er)?(?![a-z])|masthead|logo|navbar|topbar|banner", re.IGNORECASE)
"""In the attributes of the box at the top of every page of a site."""
_BOXES = frozenset({"div", "span", "section"})
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_NOT_CAPTION = frozenset(
    {"img", "amp-img", "figure", "body", "html", "meta", "link", "picture", "article", "button", "input"}
)


class Shown(NamedTuple):
    """What is written beside a picture."""

    caption: str | None = None
    credit: str | None = None
    stated: bool = False
    """Whether a <figcaption> has it."""
    foreign: bool = False
    """Whether the picture is of another article that the page links to."""
    promoted: bool = False
    """Whether it only stands in a module with a heading of its own: the lead picture may, too."""


class Captions:
    """What is written beside the pictures of a page; what is stated is read at once, the rest where it is asked for."""

    def __init__(self, material: Material, low: int, high: int) -> None:
        """Read the stated captions of the first pictures from `low` to `high`; nothing is known of the others."""
        self._material = material
        self._images = [i for i in picture_elements(material) if low <= i <= high][: 2 * MAX_IMAGES]
        self._known = frozenset(self._images)
        self.stated = _stated_captions(material, self._images_without_icons())
        """What calls itself a caption, by the picture, as it is written."""

    def _images_without_icons(self) -> list[int]:
        sources = self._material.snapshot.sources
        return [i for i in self._images if ".svg" not in sources[i] or not _is_icon(self._material, i)]

    def of(self, image: int) -> Shown:
        """Return what is written beside a picture; of a teaser of another article, no more than that it is one."""
        if image not in self._known:
            return Shown()
        box = self._boxes.of(image, self._single)
        if self._boxes.is_of_another_article(image, box):
            return Shown(foreign=True)
        stated = self.stated.get(image)
        if stated is None and self._boxes.is_promotion(image, box):
            return Shown(foreign=True, promoted=True)
        return _without_other_words(stated if stated is not None else self._beside(image, box))

    def _beside(self, image: int, box: int) -> Shown:
        """Return what is written in the box of a picture or right behind it, though nothing calls it a caption."""
        material = self._material
        snapshot = material.snapshot
        if image < material.headlines.element and (
            _PAGE_HEAD.search(snapshot.sources[box]) and figure_of(snapshot, image) < 0
        ):
            return Shown()
        if box != image and self._may_tell(image, box) and self._boxes.may_caption(image, box):
            caption, credit = caption_of(material, box)
            if credit or (caption and len(caption) >= _MIN_CAPTION):
                return Shown(caption, credit)
        return Shown(*self._lines.behind(image))

    def _may_tell(self, image: int, box: int) -> bool:
        """Whether a box has a text that may be of its picture.

        Around a lazy picture and its twin, only what says whose it is: the rest is standfirsts and bylines.
        """
        snapshot = self._material.snapshot
        nodes = snapshot.texts[snapshot.text_starts[box] : snapshot.text_ends[box]]
        if all([node.isspace() for node in nodes]):  # noqa: C419  # quicker
            return False
        alone = self._single is self._images or box == self._boxes.of(image, self._images)
        return alone or split_credit(spaced_text(snapshot, box))[1] is not None

    @cached_property
    def _single(self) -> list[int]:
        """The pictures without those that are one with another: twins and stand-ins."""
        return _without_stand_ins(self._material, _without_twins(self._material.snapshot, self._images))

    @cached_property
    def _boxes(self) -> PictureBoxes:
        return PictureBoxes(self._material)

    @cached_property
    def _lines(self) -> CaptionLines:
        return CaptionLines(self._material, self._images)


def _without_other_words(shown: Shown) -> Shown:
    caption, credit = tidied(shown.caption, shown.credit)
    return (
        shown._replace(caption=caption, credit=credit) if caption != shown.caption or credit != shown.credit else shown
    )


def _without_twins(snapshot: Snapshot, images: list[int]) -> list[int]:
    """Return the pictures without those in <noscript> that stand right behind another, lazy one: they are the same."""
    if "noscript" not in snapshot.tags:
        return images
    return [
        image
        for k, image in enumerate(images)
        if not (k and image - images[k - 1] <= _TWIN and snapshot.tags[snapshot.parents[image]] == "noscript")
    ]


def _without_stand_ins(material: Material, images: list[int]) -> list[int]:
    """Return the pictures without those that have no file and stand right before another, until that is loaded."""
    snapshot, base = material.snapshot, material.base or SOMEWHERE
    dropped = {
        image
        for image, following in pairwise(images)
        if following - image <= _TWIN
        and largest_file(snapshot, image, attributes_of_image(snapshot, image), base)[0] is None
    }
    return [image for image in images if image not in dropped] if dropped else images


def picture_elements(material: Material) -> list[int]:
    """Return the elements that show a picture, in document order."""
    if "picture elements" not in material.memo:
        places = material.clues.places
        # one without an address of its own is the wrapper of a plain <img>
        amp = [i for i in places.tag("amp-img") if "src=" in material.snapshot.sources[i]]
        others = [*amp, *custom_pictures(material.snapshot), *_drawn_by_scripts(material)]
        material.memo["picture elements"] = sorted([*places.tag("img"), *others]) if others else places.tag("img")
    elements: list[int] = material.memo["picture elements"]
    return elements


def _drawn_by_scripts(material: Material) -> list[int]:
    """Return the boxes in which a script shows the file that they name, as it would in an <img>."""
    snapshot = material.snapshot
    low, high = material.element_range
    return [
        i
        for i in material.clues.places.within(('data-src="',), low, high)
        if snapshot.tags[i] in _BOXES
        and "img" not in snapshot.tags[i + 1 : snapshot.ends[i]]
        and _IMAGE_FILE.search(snapshot.attribute(i, "data-src") or "")
    ]


def _stated_captions(material: Material, images: list[int]) -> dict[int, Shown]:
    """Return the captions that call themselves so, each by the picture before it or around it."""
    snapshot = material.snapshot
    places = material.clues.places
    found: dict[int, Shown] = {}
    if not images:
        return found
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
        shown = _joined(material, element, found.get(image, Shown()))
        if shown.caption and not shown.credit:
            credit = credit_below(snapshot, element) or _credit_beside(snapshot, image, element)
            shown = shown._replace(credit=credit)
        found[image] = shown
    return found


def _credit_beside(snapshot: Snapshot, image: int, caption: int) -> str | None:
    """Return what else a <figure> says beside its caption, if that is a credit and nothing else."""
    figure = figure_of(snapshot, image)
    if figure < 0:
        return None
    start, end = snapshot.text_starts[caption], snapshot.text_ends[caption]
    nodes = range(snapshot.text_starts[figure], snapshot.text_ends[figure])
    text = " ".join("".join([snapshot.texts[k] for k in nodes if not start <= k < end]).split())
    name = credit_name(text) if text else ""
    return name if name and is_credit_alone(name) else None


def _joined(material: Material, element: int, before: Shown) -> Shown:
    """Return what was written beside a picture before, with what another element has: a <figcaption> has the caption."""
    snapshot = material.snapshot
    caption, credit = caption_of(material, element)
    if snapshot.tags[element] == "figcaption" and not before.stated:
        return Shown(caption or before.caption, credit or before.credit, stated=True)
    if before.caption and not credit and not (caption and caption in before.caption):
        credit = credit_name(credit_in(snapshot, element)) or None
    return Shown(before.caption or caption, before.credit or credit, before.stated)


def _is_icon(material: Material, image: int) -> bool:
    """Whether a picture is drawn, such as the sign on a photograph that enlarges it: no caption speaks of it."""
    snapshot = material.snapshot
    url, _ = largest_file(snapshot, image, attributes_of_image(snapshot, image), material.base or SOMEWHERE)
    return url is not None and ".svg" in url


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
