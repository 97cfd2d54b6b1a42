"""What a page appends to its article: the readers' comments, and further articles to scroll on to."""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

from scraper.body.labels import is_label

if TYPE_CHECKING:
    from scraper.body.outline import Outline
    from scraper.body.segment import TextBlock
    from scraper.page.snapshot import Snapshot

__all__ = ["comments_from", "in_other_articles"]

_LABEL_CHARS = 60
_BEFORE = 300
"""Characters of the article above its comments: right below the headline, a heading is a counter that leads to them."""
_LONG = 200
"""Characters of an article; a teaser has less."""
_SECTION_LONG = 600
"""The same where headings are of the second or third level, as those of sections are."""
_HEADS = frozenset({"h1", "h2", "h3"})
_SAYS = 0.8
"""Share of a heading's words that the page's title holds: it is the headline."""
_WORD = re.compile(r"\w+")


def comments_from(blocks: list[TextBlock], outline: Outline, kept: list[bool], headings: list[int]) -> int:
    """Return the block that heads the readers' comments, one of `headings`; without one, the number of blocks.

    Out of fold on 2,081 pages, nothing of what was kept below such a heading belonged (9 pages, 54,000 characters).
    """
    for i in headings:
        text = blocks[i].text
        if (
            len(text) <= _LABEL_CHARS
            and is_label(text, "comments")
            and sum(compress(outline.chars[:i], kept)) >= _BEFORE
        ):
            return i
    return len(blocks)


def in_other_articles(snapshot: Snapshot, blocks: list[TextBlock], kept: list[bool]) -> list[int]:
    """Return the kept blocks of further articles: each is an <article> behind the page's own, headed as that one is.

    The page's own is the one whose heading the page's title repeats. Sections may be <article>, too: they have no <h1>
    of their own, and where the headline is no <h1> either, the first one does not begin the text, or the others have
    another class. Out of fold on 2,081 pages, all that was dropped was rightly dropped (3 pages, 110,000 characters);
    20 with such sections keep them.
    """
    chars = _chars_by_article(snapshot, blocks, kept)
    if len(chars) < 2:  # noqa: PLR2004  # the page's own, and another one
        return []
    heads = {article: head for article in sorted(chars) if (head := _head_of(snapshot, article)) >= 0}
    title = _title_of(snapshot)
    headline = next((head for head in heads.values() if _says(snapshot.text(head), title)), None)
    if headline is None:
        return []
    own = max(article for article, head in heads.items() if head == headline)
    tag = snapshot.tags[headline]
    if tag != "h1" and (
        any(_says(snapshot.text(h1), title) for h1 in snapshot.elements("h1"))
        or any(keep and block.element < own for block, keep in zip(blocks, kept, strict=True))
    ):
        return []  # a section
    others = [
        range(article, snapshot.ends[article])
        for article, head in heads.items()
        if article >= snapshot.ends[own]
        and snapshot.tags[head] == tag
        and not _says(snapshot.text(head), title)
        and (
            chars[article] >= _LONG
            if tag == "h1"
            else chars[article] >= _SECTION_LONG
            and snapshot.attribute(article, "class") == snapshot.attribute(own, "class")
        )
    ]
    return [i for i, keep in enumerate(kept) if keep and any(blocks[i].element in other for other in others)]


def _chars_by_article(snapshot: Snapshot, blocks: list[TextBlock], kept: list[bool]) -> dict[int, int]:
    """Return how many kept characters each <article> holds itself, those of articles inside of it left out."""
    chars: dict[int, int] = {}
    around = {-1: -1}
    for block, keep in zip(blocks, kept, strict=True):
        if keep:
            path = []
            element = block.element
            while element not in around and snapshot.tags[element] != "article":
                path.append(element)
                element = snapshot.parents[element]
            article = around.get(element, element)
            around.update(dict.fromkeys(path, article))
            if article >= 0:
                chars[article] = chars.get(article, 0) + len(block.text)
    return chars


def _head_of(snapshot: Snapshot, article: int) -> int:
    """Return the first heading in an article; -1: none."""
    return next((i for i in range(article + 1, snapshot.ends[article]) if snapshot.tags[i] in _HEADS), -1)


def _title_of(snapshot: Snapshot) -> str:
    return snapshot.text(snapshot.tags.index("title")) if "title" in snapshot.tags else ""


def _says(heading: str, title: str) -> bool:
    """Whether a heading is what the page's title says."""
    words = set(_WORD.findall(heading.casefold()))
    told = set(_WORD.findall(title.casefold()))
    return bool(words) and len(words & told) >= _SAYS * len(words)
