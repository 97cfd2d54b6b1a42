"""Pictures and embeds that stand in the flow of the kept text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import partial
from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.body.blocks.captions import caption_of
from scraper.body.blocks.embeds import EMBED_TAGS, embed_of
from scraper.body.blocks.placeholders import HOLDERS, is_placeholder, may_hold
from scraper.model.body import Embed, Figure
from scraper.model.url import registrable_domain
from scraper.page.links import absolute
from scraper.page.picture_boxes import gallery_behind
from scraper.page.pictures import IMAGE_TAGS, custom_pictures, picture_of

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock
    from scraper.page.snapshot import Snapshot

__all__ = ["media_of"]

_LIKELY = IMAGE_TAGS | EMBED_TAGS | HOLDERS
_PLAYERS = frozenset({"video", "audio"})
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|svg)(?:[?#]|$)", re.IGNORECASE)
_LEAD = 120
"""Elements before the first kept block among which its leading picture is looked for."""
_MAX_MEDIA = 300
"""Pictures and embeds of one article that are read."""
_MAX_AROUND_CHARS = 700
"""More dropped text than this around a picture is no caption, but a teaser or a sidebar."""
_DISTINCT_ALT = 20
"""Two pictures without captions or text between that share an alternative text longer than this are two crops."""
_MAX_AROUND = 400
"""Elements, and text nodes, that the markup of one picture or gallery may have; bounds the work."""
_LEVELS_BEHIND = 4
"""Elements around the last kept text in which a video or a post that ends the article stands."""
_MAX_GALLERY = 12
"""A branch without kept text that holds more pictures than this is a page of teasers, unless it is a figure."""


class _Branches:
    """Finds the branch of the page that an element stands in; made for one page and its kept blocks."""

    def __init__(self, snapshot: Snapshot, blocks: list[TextBlock]) -> None:
        self._snapshot = snapshot
        self._starts = [block.start for block in blocks]
        self._ends = [block.end for block in blocks]
        self._branch = -1
        self._shared = range(0)
        """The elements of the last branch: those that follow are often in it, too."""
        self._linked: dict[int, bool] = {}

    def of(self, element: int) -> int:
        """Return the outermost element around `element` without kept text, or -1 if that is more than a picture."""
        if self._snapshot.tags[element] == "blockquote":  # a quoted post: its own text may be kept
            return element
        if element not in self._shared:
            branch = self._outermost(element)
            inside = range(branch, self._snapshot.ends[branch]) if branch >= 0 else range(0)
            self._branch = branch if inside and _is_picture_sized(self._snapshot, inside) else -1
            self._shared = inside if branch < element else range(0)  # `element` itself may hold kept text
        return self._branch

    def is_parted(self, place: int, other: int) -> bool:
        """Whether kept text stands between two places, by text node; -1 is before all of it."""
        return place < 0 or bisect_right(self._ends, place) != bisect_right(self._ends, other)

    def is_linked(self, branch: int) -> bool:
        """Whether more than half of a branch's text are links."""
        if branch not in self._linked:
            self._linked[branch] = _is_linked(self._snapshot, branch)
        return self._linked[branch]

    def _outermost(self, element: int) -> int:
        parents = self._snapshot.parents
        branch = element
        while (parent := parents[branch]) >= 0 and not self._holds_kept_text(parent):
            branch = parent
        return branch if parent >= 0 else -1

    def _holds_kept_text(self, element: int) -> bool:
        at = bisect_right(self._ends, self._snapshot.text_starts[element])
        return at < len(self._starts) and self._starts[at] < self._snapshot.text_ends[element]


def media_of(snapshot: Snapshot, blocks: list[TextBlock], base_url: str | None) -> list[tuple[int, Figure | Embed]]:
    """Return (text node it stands before, block) for each picture and embed of the article, in document order.

    A picture belongs to the article when it stands between kept blocks, or just before the first one, and the branch of
    the page that holds it has no text but a caption's and leads to no other page.
    """
    tags = snapshot.tags
    first, last = blocks[0].element, blocks[-1].element
    begin = max(0, first - _LEAD)
    for i in range(first - 1, begin, -1):
        if tags[i] == "h1":
            begin = i
            break
    found: list[tuple[int, Figure | Embed]] = []
    seen: set[str] = set()
    alts: dict[str, int] = {}
    branches = _Branches(snapshot, blocks)
    end = snapshot.ends[last]
    media = _candidates(snapshot, blocks[-1].end, range(begin, end))
    media += gallery_behind(snapshot, first, last, partial(_images_between, snapshot))
    for element in media[:_MAX_MEDIA]:
        block = _medium(snapshot, element, branches, base_url)
        if block is None or block.url in seen:
            continue
        seen.add(block.url)
        place = snapshot.text_starts[element]
        words = (block.alt or "") if isinstance(block, Figure) and not (block.caption or block.credit) else ""
        if len(words) <= _DISTINCT_ALT or branches.is_parted(alts.get(words, -1), place):
            alts[words] = place
            found.append((place, block))
    for element in _behind(snapshot, blocks[-1]):
        embed = embed_of(snapshot, element, base_url)
        if embed is not None and embed.url not in seen and (embed.provider or tags[element] in _PLAYERS):
            seen.add(embed.url)
            found.append((snapshot.text_starts[element], embed))
    found.sort(key=itemgetter(0))  # a gallery behind the text may stand before an embed there, or behind it
    return found


def _candidates(snapshot: Snapshot, end_of_text: int, inside: range) -> list[int]:
    """Return the elements of `inside` that may be media; of those behind the last kept text, the pictures alone."""
    starts, tags, sources = snapshot.text_starts, snapshot.tags, snapshot.sources
    likely = list(compress(inside, map(_LIKELY.__contains__, tags[inside.start : inside.stop])))
    media = [i for i in likely if tags[i] not in HOLDERS]
    if len(media) < len(likely) and may_hold([sources[i] for i in likely if tags[i] in HOLDERS]):
        media = [i for i in likely if tags[i] not in HOLDERS or ("-" in (s := sources[i]) and is_placeholder(s))]
    if custom := [i for i in custom_pictures(snapshot) if i in inside]:
        media = sorted([*media, *custom])
    behind = bisect_left(media, end_of_text, key=starts.__getitem__)
    return media[:behind] + [i for i in media[behind:] if not _is_embed(tags[i])]


def _is_embed(tag: str) -> bool:
    return tag in EMBED_TAGS or tag in HOLDERS


def _behind(snapshot: Snapshot, last: TextBlock) -> list[int]:
    """Return the embeds that follow the last kept text at once, in the part of the page that holds it."""
    starts, ends, parents, tags = snapshot.text_starts, snapshot.ends, snapshot.parents, snapshot.tags
    around = last.element
    for _ in range(_LEVELS_BEHIND):
        parent = parents[around]
        if parent < 0 or tags[parent] in {"body", "html"}:
            break
        around = parent
    found: list[int] = []
    at = last.end
    element = bisect_left(starts, at, last.element, ends[around])
    while element < ends[around] and len(found) < _MAX_MEDIA:
        if any([not text.isspace() for text in snapshot.texts[at : starts[element]]]):  # noqa: C419  # quicker
            break
        at = max(at, starts[element])
        if tags[element] in EMBED_TAGS:
            found.append(element)
            at = snapshot.text_ends[element]
            element = ends[element]
        else:
            element += 1
    return found


def _images_between(snapshot: Snapshot, low: int, high: int) -> list[int]:
    return list(compress(range(low, high), map(IMAGE_TAGS.__contains__, snapshot.tags[low:high])))


def _medium(snapshot: Snapshot, element: int, branches: _Branches, base_url: str | None) -> Figure | Embed | None:
    branch = branches.of(element)
    if branch < 0:
        return None
    if _is_embed(snapshot.tags[element]):
        return embed_of(snapshot, element, base_url)
    in_figure = _is_in_figure(snapshot, element, branch)
    if not in_figure and (_leads_away(snapshot, element, branch, base_url) or branches.is_linked(branch)):
        return None
    picture = picture_of(snapshot, element, base_url)
    if picture is None:
        return None
    caption, credit = caption_of(snapshot, element, branch)
    return Figure(text="", url=picture.url, alt=picture.alt, caption=caption, credit=credit)


def _is_picture_sized(snapshot: Snapshot, inside: range) -> bool:
    """Whether the elements of a branch, and their text, are no more than a picture or a gallery has."""
    branch = inside.start
    texts = snapshot.texts[snapshot.text_starts[branch] : snapshot.text_ends[branch]]
    if len(texts) > _MAX_AROUND or len(inside) > _MAX_AROUND:
        return False
    if sum(map(len, texts)) > _MAX_AROUND_CHARS and sum(map(len, map(str.strip, texts))) > _MAX_AROUND_CHARS:
        return False
    tags = snapshot.tags[branch : inside.stop]
    return tags.count("img") <= _MAX_GALLERY or "figure" in tags


def _is_linked(snapshot: Snapshot, branch: int) -> bool:
    linked = sum([len(snapshot.text(i)) for i in range(branch, snapshot.ends[branch]) if snapshot.tags[i] == "a"])
    return linked * 2 > len(snapshot.text(branch)) > 0


def _leads_away(snapshot: Snapshot, element: int, branch: int, base_url: str | None) -> bool:
    """Whether the picture links to another page of this site: a teaser."""
    tags, parents = snapshot.tags, snapshot.parents
    at = element
    while at >= branch:
        if tags[at] == "a":
            target = absolute(base_url, snapshot.attribute(at, "href"))
            page = (base_url or "").partition("#")[0]
            if (
                target
                and not _IMAGE_FILE.search(target)
                and target.partition("#")[0] != page
                and _is_near(target, page)
            ):
                return True
        at = parents[at]
    return False


def _is_near(target: str, page: str) -> bool:
    """Whether a link stays on the site of a page; elsewhere is a shop that sells what is seen, or its source."""
    origin = page[: page.find("/", len("https://")) + 1]
    if origin and target.startswith(origin):
        return True
    host, here = urlsplit(target).hostname or "", urlsplit(page).hostname or ""
    return not here or registrable_domain(host) == registrable_domain(here)


def _is_in_figure(snapshot: Snapshot, element: int, branch: int) -> bool:
    at = element
    while at >= branch:
        if snapshot.tags[at] == "figure":
            return True
        at = snapshot.parents[at]
    return False
