"""The box around a picture: what belongs to it, and whether it is of another article or a portrait."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from scraper.body.blocks.captions import has_labelled_credit
from scraper.fields.pictures.pictures import is_credit, picture_key, same_keys, spaced_text
from scraper.fields.values import host_of
from scraper.model.url import registrable_domain
from scraper.page.links import absolute
from scraper.page.picture_boxes import link_around
from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["MAX_CAPTION", "SOMEWHERE", "PictureBoxes", "figure_of", "leads_to_file"]

SOMEWHERE = "https://somewhere.invalid/"
"""Base of relative addresses where none is known (RFC 2606, 2): the pictures count, their addresses are not told."""
MAX_CAPTION = 600
"""Characters; what is longer beside a picture is a section."""
_MAX_LEVELS = 6
_MAX_NODES = 30
_MIN_TEASER = 12
"""Characters of a link that can be the headline of another article."""
_HEADLINE = 25
"""Characters of a link that is one, and not the name of a gallery or "All pictures of the day"."""
_SHORT = 200
"""Characters of a paragraph that may be a caption in truth, whatever the body's model thought of it."""
_PHOTO_TABLE = 14
"""Elements of a table that is laid around one picture."""
_BESIDE = 20
"""Elements from a picture without a text of its own to the link that has the same target."""
_NO_BOX = frozenset({"body", "article", "main", "html", "header", "section", "table", "ul", "ol", "tr"})
_TABLE = frozenset({"table", "tbody", "tr"})
_LAID = re.compile(r'style="[^"]*float:|align="?(?:left|right)|class="[^"]*(?:pic|photo|foto|bild)', re.IGNORECASE)
"""In the attributes of a box that the text flows around, or that says what it holds."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTROLS = frozenset({"button", "input", "form", "select", "textarea", "label", "time"})
_WORD = re.compile(r"[^\W_]")
_WORDS = re.compile(r"[a-z0-9]+")
_MAX_TEXTS = 3
"""Text nodes of a caption: itself, a label, a credit. What has more is a module of the page."""
_FIGURES = frozenset({"figure", "picture", "noscript"})
_IS_FRONT = re.compile(r"^https?://[^/?#]+/?(?:#|$)")
_NAME = 8
"""Characters of a name that two addresses do not share by chance."""
_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|svg|jfif|pdf)(?:[?#&/]|$)", re.IGNORECASE)
_shows_pictures = finder(
    "attachment", "image", "photo", "picture", "foto", "bild", "galer", "galler", "slideshow", "diaporama", "mediathek",
    "multimedia", "/media/", "lightbox",
)  # fmt: skip
"""In the address of a page that shows a picture or a gallery."""


class PictureBoxes:
    """Finds the box of each picture; made for one page."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._page = _page_of(material).partition("#")[0]
        self._host = host_of(self._page)
        kept = material.kept
        self._kept = [block.element for block in kept]
        self._long = [block.element for block in kept if len(block.text) > _SHORT]
        self._targets: dict[int, tuple[str, bool]] = {}
        self._pages: dict[tuple[int, int], bool] = {}
        self._starts = [block.start for block in kept]
        self._ends = [block.end for block in kept]

    @cached_property
    def _domain(self) -> str:
        return registrable_domain(self._host)

    def of(self, image: int, images: list[int]) -> int:
        """Return the outermost element around a picture that holds nothing else, of `images` too, but its caption."""
        snapshot = self._material.snapshot
        headline = self._material.headlines.element
        box = image
        around = snapshot.parents[image]
        for _ in range(_MAX_LEVELS):
            if around < 0:
                break
            tag, end = snapshot.tags[around], snapshot.ends[around]
            if tag in _NO_BOX and not _is_photo_table(snapshot, around):
                break
            figure = tag in _FIGURES
            if bisect_left(images, end) - bisect_left(images, around) > 1 and not figure:
                break
            nodes = snapshot.texts[snapshot.text_starts[around] : snapshot.text_ends[around]]
            if len(nodes) > _MAX_NODES or sum(map(len, nodes)) > MAX_CAPTION * 2 or around <= headline < end:
                break
            story = not figure and bisect_left(self._kept, around) != bisect_left(self._kept, end)
            if story and not self._is_laid_around(around):
                break
            box = around
            if tag == "table":
                break
            around = snapshot.parents[around]
        return box

    def is_of_another_article(self, image: int, box: int) -> bool:
        """Whether a picture belongs to a link to another page of the site: a teaser.

        Most of the text in its box is that link, or the box has no text, and a link with the same target, which the
        body left out, stands beside it.
        """
        snapshot = self._material.snapshot
        around = link_around(snapshot, image)
        figure = figure_of(snapshot, image)
        if figure >= 0 and _chars(snapshot, figure):
            if around < 0:
                return False
            box = min(figure, around)
        elif around >= 0 and (self._leads_home(around) or self._is_card(around, image)):
            return True
        total = _chars(snapshot, box)
        if total == 0:
            return around >= 0 and self._has_headline_beside(around, box) and self._leads_away(around, image)
        if total < _MIN_TEASER:
            return False
        if 0 <= around <= box and self._leads_away(around, image):
            return True
        linked = 0
        end = -1
        for i in range(box, snapshot.ends[box]):
            if snapshot.tags[i] == "a" and i >= end and (inside := _chars(snapshot, i)) and self._leads_away(i, image):
                linked += inside
                end = snapshot.ends[i]
        return linked >= _MIN_TEASER and linked * 2 > total

    def _is_card(self, link: int, image: int) -> bool:
        """Whether a link holds a picture and words that the body left out, or such a link to the same page stands beside it.

        Words beside a link to another site may be a button of a shop that sells what is seen.
        """
        snapshot = self._material.snapshot
        if _chars(snapshot, link) >= _MIN_TEASER and not self._is_kept(link):
            return self._leads_to_page(link, image) and not has_labelled_credit(spaced_text(snapshot, link))
        return self._leads_away(link, image) and self._has_headline_beside(link, image)

    def _leads_home(self, link: int) -> bool:
        """Whether a link leads to the front page of this site: around a picture, that is the logo."""
        target, here = self._target(link)
        return here and _IS_FRONT.match(target) is not None

    def _target(self, link: int) -> tuple[str, bool]:
        """Return the address to which a link leads, "" for none, and whether that is on this site."""
        if link not in self._targets:
            snapshot = self._material.snapshot
            url = absolute(self._material.base or self._page, snapshot.attribute(link, "href")) or ""
            host = host_of(url)
            here = bool(url) and (host == self._host or registrable_domain(host) == self._domain)
            self._targets[link] = (url, here)
        return self._targets[link]

    def _is_laid_around(self, around: int) -> bool:
        """Whether an element is laid around a picture and what is written below it, even if the body kept that."""
        snapshot = self._material.snapshot
        if bisect_left(self._long, snapshot.ends[around]) > bisect_left(self._long, around):
            return False
        if snapshot.tags[around] in _TABLE:
            table = around
            while table >= 0 and snapshot.tags[table] != "table":
                table = snapshot.parents[table]
            return snapshot.ends[table] - table <= _PHOTO_TABLE
        if snapshot.tags[around] == "div":
            return _LAID.search(snapshot.sources[around]) is not None
        return snapshot.tags[around] == "p" and has_labelled_credit(spaced_text(snapshot, around))

    def may_caption(self, image: int, box: int) -> bool:
        """Whether the text in the box of a picture can be its caption, though nothing calls it so.

        Not the heads of modules, forms, bylines with their time, prices and offers: those have headings, controls,
        many short texts, or are mostly links. A credit may be a link to the photographer.
        """
        snapshot = self._material.snapshot
        tags = snapshot.tags[box : snapshot.ends[box]]
        if not _CONTROLS.isdisjoint(tags):
            return False
        nodes = snapshot.texts[snapshot.text_starts[box] : snapshot.text_ends[box]]
        if sum([_WORD.search(node) is not None for node in nodes]) > _MAX_TEXTS:
            return False
        if has_labelled_credit(spaced_text(snapshot, box)):
            return True
        if not _HEADINGS.isdisjoint(tags):
            return False
        if "a" not in tags or figure_of(snapshot, image) >= 0:
            return True
        links = [i for i in range(box, snapshot.ends[box]) if snapshot.tags[i] == "a" and snapshot.attribute(i, "href")]
        linked = sum([_chars(snapshot, i) for i in links])
        return linked * 4 <= _chars(snapshot, box) or any(is_credit(snapshot, i) for i in links)

    def is_promotion(self, image: int, box: int) -> bool:
        """Whether a picture stands under or over a heading of its own that the body left out: a module of the site."""
        snapshot = self._material.snapshot
        tags = snapshot.tags[box : snapshot.ends[box]]
        if (
            _HEADINGS.isdisjoint(tags)
            or figure_of(snapshot, image) >= 0
            or has_labelled_credit(spaced_text(snapshot, box))
        ):
            return False
        return all(
            self._leads_away(i, image)
            for i in range(box, snapshot.ends[box])
            if snapshot.tags[i] == "a" and (snapshot.attribute(i, "href") or "").startswith("http")
        )

    def _leads_away(self, link: int, image: int) -> bool:
        """Whether a link leads to another page of this site that is not one of the picture's own."""
        return self._target(link)[1] and self._leads_to_page(link, image)

    def _leads_to_page(self, link: int, image: int) -> bool:
        """Whether a link leads to another page, of whatever site, that is not one of the picture's own."""
        if (link, image) not in self._pages:
            self._pages[link, image] = self._is_page(link, image)
        return self._pages[link, image]

    def _is_page(self, link: int, image: int) -> bool:
        target, _ = self._target(link)
        if not target or target.partition("#")[0] == self._page or _FILE.search(target):
            return False
        if _shows_pictures(target.partition("://")[2].partition("/")[2]) and not self._has_headline_beside(
            link, image, _HEADLINE
        ):
            return False
        source = self._material.snapshot.sources[image]
        name = target.rstrip("/").rpartition("/")[2]
        if len(name) >= _NAME and name in source and not _is_folder(name, source):
            return False
        shown = self._material.snapshot.attribute(image, "src")
        if not shown or not _shares_a_word(name, shown):
            return True
        return not same_keys(picture_key(target.rstrip("/")), picture_key(shown))

    def _has_headline_beside(self, link: int, box: int, least: int = _MIN_TEASER) -> bool:
        """Whether text that the body left out links to the same page, right before or behind a box."""
        snapshot = self._material.snapshot
        href = snapshot.attribute(link, "href")
        low, high = max(box - _BESIDE, 0), min(snapshot.ends[box] + _BESIDE, len(snapshot.tags))
        for other in range(low, high):
            same = snapshot.tags[other] == "a" and other != link and snapshot.attribute(other, "href") == href
            if same and _chars(snapshot, other) >= least:
                return not self._is_kept(other)
        return False

    def _is_kept(self, element: int) -> bool:
        """Whether the body kept the text of an element."""
        snapshot = self._material.snapshot
        at = bisect_right(self._ends, snapshot.text_starts[element])
        return at < len(self._starts) and self._starts[at] < snapshot.text_ends[element]


def _shares_a_word(name: str, shown: str) -> bool:
    """Whether a page's name and a picture's address have a word or a number in common."""
    shown = shown.lower()
    return not name.isascii() or any([word in shown for word in _WORDS.findall(name.lower())])  # noqa: C419  # quicker


def _is_folder(name: str, source: str) -> bool:
    """Whether a picture's attributes hold an address below `name`: a page's name, to which the picture is attached."""
    below = source.partition(f"{name}/")[2][:1]
    return below.isalnum()


def leads_to_file(href: str) -> bool:
    """Whether a link opens a file, such as the picture in full size."""
    return _FILE.search(href) is not None


def _page_of(material: Material) -> str:
    """Return where the page stands, else where it says that it stands."""
    if host_of(material.url):
        return str(material.url)
    clues = material.clues
    told = (*clues.links.get("canonical", ())[:1], *clues.meta.get("og:url", ())[:1])
    return next((url for url in told if host_of(url)), material.url or SOMEWHERE)


def figure_of(snapshot: Snapshot, image: int) -> int:
    """Return the <figure> that a picture stands in, or -1."""
    around = snapshot.parents[image]
    for _ in range(_MAX_LEVELS):
        if around < 0 or snapshot.tags[around] == "figure":
            return around
        around = snapshot.parents[around]
    return -1


def _chars(snapshot: Snapshot, element: int) -> int:
    nodes = snapshot.texts[snapshot.text_starts[element] : snapshot.text_ends[element]]
    return sum(map(len, map(str.strip, nodes)))


def _is_photo_table(snapshot: Snapshot, around: int) -> bool:
    """Whether an element is of a table that holds a picture and its caption, as pages did before they had figures."""
    return snapshot.tags[around] in {"tr", "table"} and snapshot.ends[around] - around <= _PHOTO_TABLE
