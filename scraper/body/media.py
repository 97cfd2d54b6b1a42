"""Pictures and embeds that stand in the flow of the kept text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from scraper.body.captions import caption_of
from scraper.body.embeds import EMBED_TAGS, embed_of
from scraper.model.body import Embed, Figure
from scraper.page.links import absolute
from scraper.page.pictures import IMAGE_TAGS, picture_of

if TYPE_CHECKING:
    from scraper.body.segment import TextBlock
    from scraper.page.snapshot import Snapshot

__all__ = ["media_of"]

_MEDIA = IMAGE_TAGS | EMBED_TAGS
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|svg)(?:[?#]|$)", re.IGNORECASE)
_LEAD = 120
"""Elements before the first kept block among which its leading picture is looked for."""
_MAX_MEDIA = 300
"""Pictures and embeds of one article that are read."""
_MAX_AROUND_CHARS = 700
"""More dropped text than this around a picture is no caption, but a teaser or a sidebar."""
_DISTINCT_ALT = 20
"""Two pictures with the same alternative text longer than this are one, in two crops."""
_MAX_AROUND = 400
"""Elements, and text nodes, that the markup of one picture or gallery may have; bounds the work."""
_MAX_GALLERY = 12
"""A branch without kept text that holds more pictures than this is a page of teasers, unless it is a figure."""


class _Flow:
    """The stretches of kept text, to ask whether an element holds any."""

    def __init__(self, blocks: list[TextBlock]) -> None:
        self.starts = [block.start for block in blocks]
        self.ends = [block.end for block in blocks]

    def touches(self, start: int, end: int) -> bool:
        at = bisect_right(self.ends, start)
        return at < len(self.starts) and self.starts[at] < end


def media_of(snapshot: Snapshot, blocks: list[TextBlock], base_url: str | None) -> list[tuple[int, Figure | Embed]]:
    """Return (text node it stands before, block) for each picture and embed of the article, in document order.

    A picture belongs to the article when it stands between kept blocks, or just before the first one, and the branch of
    the page that holds it has no text but a caption's and leads to no other page.
    """
    tags = snapshot.tags
    first, last = blocks[0].element, blocks[-1].element
    flow = _Flow(blocks)
    begin = max(0, first - _LEAD)
    for i in range(first - 1, begin, -1):
        if tags[i] == "h1":
            begin = i
            break
    found: list[tuple[int, Figure | Embed]] = []
    seen: set[str] = set()
    media = [i for i in range(begin, snapshot.ends[last]) if tags[i] in _MEDIA]
    for element in media[:_MAX_MEDIA]:
        block = _medium(snapshot, element, flow, base_url)
        if block is None or block.url in seen:
            continue
        seen.add(block.url)
        words = (block.alt or "") if isinstance(block, Figure) else ""
        if len(words) <= _DISTINCT_ALT or words not in seen:
            seen.add(words)
            found.append((snapshot.text_starts[element], block))
    return found


def _medium(snapshot: Snapshot, element: int, flow: _Flow, base_url: str | None) -> Figure | Embed | None:
    branch = _branch(snapshot, element, flow)
    if branch < 0:
        return None
    if snapshot.tags[element] in EMBED_TAGS:
        return embed_of(snapshot, element, base_url)
    if _leads_away(snapshot, element, branch, base_url):
        return None
    picture = picture_of(snapshot, element, base_url)
    if picture is None:
        return None
    caption, credit = caption_of(snapshot, element, branch)
    return Figure(text="", url=picture.url, alt=picture.alt, caption=caption, credit=credit)


def _branch(snapshot: Snapshot, element: int, flow: _Flow) -> int:
    """Return the outermost element around `element` without kept text, or -1 if that is more than a picture."""
    parents, starts, ends = snapshot.parents, snapshot.text_starts, snapshot.text_ends
    if snapshot.tags[element] == "blockquote":  # a quoted post: its own text may be kept
        return element
    branch = element
    while (parent := parents[branch]) >= 0 and not flow.touches(starts[parent], ends[parent]):
        branch = parent
    if parent < 0:
        return -1
    texts = snapshot.texts[starts[branch] : ends[branch]]
    if len(texts) > _MAX_AROUND or snapshot.ends[branch] - branch > _MAX_AROUND:
        return -1
    if sum(map(len, texts)) > _MAX_AROUND_CHARS and sum(len(t.strip()) for t in texts) > _MAX_AROUND_CHARS:
        return -1
    inside = snapshot.tags[branch : snapshot.ends[branch]]
    if inside.count("img") > _MAX_GALLERY and "figure" not in inside:
        return -1
    return branch


def _leads_away(snapshot: Snapshot, element: int, branch: int, base_url: str | None) -> bool:
    """Whether the picture, or text beside it in a branch without any figure, links to another page: a teaser."""
    tags, parents = snapshot.tags, snapshot.parents
    at = element
    in_figure = False
    while at >= branch:
        if tags[at] == "figure":
            in_figure = True
        elif tags[at] == "a":
            target = absolute(base_url, snapshot.attribute(at, "href"))
            page = (base_url or "").partition("#")[0]
            if target and not _IMAGE_FILE.search(target) and target.partition("#")[0] != page:
                return True
        at = parents[at]
    if in_figure:
        return False
    linked = sum(len(snapshot.text(i)) for i in range(branch, snapshot.ends[branch]) if tags[i] == "a")
    return linked * 2 > len(snapshot.text(branch)) > 0
