"""Signals of a page's kind in its text: how much prose there is, where it stands, and what surrounds it."""

from __future__ import annotations

import re
from collections import Counter
from math import log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock
    from scraper.page.snapshot import Snapshot

__all__ = ["flow_of", "head_at", "occurrences", "said_by"]

_SHORT = 60
"""Characters; a shorter block is a label."""
_PROSE = 100
"""Characters; a block from here on, few of them linked, is prose."""
_LINKED = 0.3
_PROSE_READ = 40
"""Blocks of prose whose words are looked at."""
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_WEIGHT = 2
"""A character of Chinese, Japanese or Korean says as much as two or more Latin ones."""
_SAMPLE = 2_000
_HEADS = frozenset({"h2", "h3", "h4"})
_LABEL_WORDS = {
    "says_buy": "add to|in stock|shipping|buy now|quantity|sku|warenkorb|panier|carrito|reviews|compare|cart",
    "says_price": "$|€|£|¥",
    "says_thread": "repl|posted|joined|quote|member|thread|answer|vote|topic|likes|#",
    "says_sign": "get started|free trial|demo|contact|learn more|sign up|pricing|get a quote|schedule|our ",
    "says_docs": "on this page|edit|previous|next|version|example|copy|note|see also|install|helpful|overview",
    "says_years": "202|201|200| ago",
}
_LABELS = {name: tuple(words.split("|")) for name, words in _LABEL_WORDS.items()}
"""Fragments counted in the page's labels."""
_MARKUP = {
    "marks_author": ("author", "byline"),
    "marks_card": ("card", "teaser", "product", "tile", "listing", "thumb"),
}
"""Fragments counted in the attributes of the elements that hold text."""
_SPEECH = (
    (" we ", " our ", "We ", "Our "),
    (" you ", " your ", "You "),
    (" I ", "I’", "I'"),
    ("“", "„", "«", "»"),
    ('"',),
    (", ",),
)
"""Fragments counted in the prose: of itself, to its reader, in the first person, quotation marks, commas."""
_AROUND = {
    "in_body": (
        *("articlebody", "article-body", "article_body", "articlecontent", "article-content", "article_content"),
        *("articletext", "article-text", "article_text", "entry", "post-", "post_", "story", "blog"),
    ),
    "in_forum": ("topic", "thread", "message", "comment", "reply", "forum", "question", "answer"),
    "in_docs": ("documentation", "markdown", "wiki", "manual", "help", "reference"),
    "in_article": ("\narticle",),
}
"""Names of the elements around the most of the prose."""
_DOCS = re.compile(r"docs?[\s\"_-]")
"""One more of "in_docs"."""
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:jan|feb|m[aä]r|a[pv]r|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zé]* \d{1,2}\b|\bago\b|"
    r"\b\d\d:\d\d\b|\d{4}年"
)
_COUNTED = ("code", "button", "img", "time", "input", "form", "pre", "article")
"""Elements that are counted."""
_NEAR = (-4, 9)
"""Blocks around the <h1> among which a date is looked for."""
_NEAR_CHARS = 80


def flow_of(snapshot: Snapshot, segments: list[TextBlock]) -> dict[str, float]:
    """Return the signals; `segments` are all blocks of text of the page."""
    counts = Counter(snapshot.tags)
    texts = [block.text for block in segments]
    sizes = list(map(len, texts))
    labels = "\n".join([text for text, size in zip(texts, sizes, strict=True) if size < _SHORT]).lower()
    wide = _WIDE_WEIGHT if len(_WIDE.findall(labels[:_SAMPLE])) * 3 > len(labels[:_SAMPLE]) else 1
    prose = [b for b, n in zip(segments, sizes, strict=True) if n * wide >= _PROSE and b.link_chars < _LINKED * n]
    elements = [block.element for block in segments]
    owners = list(map(snapshot.tags.__getitem__, elements))
    around = map(snapshot.parents.__getitem__, elements)
    markup = "\n".join(map(snapshot.sources.__getitem__, [*elements, *around])).lower()
    return {
        **{f"n_{tag}": log1p(counts[tag]) for tag in _COUNTED},
        "elements": log1p(len(snapshot.tags)),
        "blocks": log1p(len(segments)),
        "headed": sum([tag in _HEADS for tag in owners]) / (len(segments) + 1),
        **_prose(snapshot, prose, wide, wide * sum(sizes)),
        **_words("\n".join([b.text for b in prose[:_PROSE_READ]])),
        **_head(segments, owners, prose),
        **_counted(labels, _LABELS),
        **_counted(markup, _MARKUP),
    }


def _counted(text: str, words: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """Return for each name how often its words stand in the text, as a logarithm."""
    return dict(zip(words, map(log1p, occurrences(text, tuple(words.values()))), strict=True))


def occurrences(text: str, groups: tuple[tuple[str, ...], ...]) -> list[int]:
    """Return for each group of words, 64 in all at most, how often one of them stands in the text."""
    return [sum(map(text.count, words)) for words in groups]


def _prose(snapshot: Snapshot, prose: list[TextBlock], wide: int, chars: int) -> dict[str, float]:
    """Return how much prose there is and where it stands."""
    parents = snapshot.parents
    holders: dict[int, int] = {}
    for block in prose:
        holder = parents[block.element]
        holders[holder] = holders.get(holder, 0) + wide * len(block.text)
    prose_chars = sum(holders.values())
    top = max(holders, key=lambda holder: holders[holder], default=-1)
    top_chars = holders.get(top, 0)
    chain = []
    while top > 0:
        chain.append(snapshot.tags[top] + snapshot.sources[top])
        top = parents[top]
    names = "\n" + "\n".join(chain).lower()
    count = len(prose) + 1
    tags = Counter([snapshot.tags[block.element] for block in prose])
    return {
        "prose_blocks": log1p(len(prose)),
        "prose_chars": log1p(prose_chars),
        "prose_share": prose_chars / (chars + 1),
        "prose_mean": log1p(prose_chars / count),
        "prose_top": top_chars / (prose_chars + 1),
        "prose_top_chars": log1p(top_chars),
        "prose_in_p": tags["p"] / count,
        "prose_in_li": (tags["li"] + tags["td"]) / count,
        "holders": len(holders) / count,
        "articles": log1p(len(_articles(snapshot, holders))),
        **said_by(names),
    }


def said_by(names: str) -> dict[str, float]:
    """Return what the names of the elements around the prose, in lower case, say of it."""
    found = {signal: float(any([word in names for word in words])) for signal, words in _AROUND.items()}  # noqa: C419  # quicker
    if "doc" in names and _DOCS.search(names):
        found["in_docs"] = 1.0
    return found


def _articles(snapshot: Snapshot, elements: dict[int, int]) -> set[int]:
    """Return the <article> elements that hold prose."""
    tags, parents = snapshot.tags, snapshot.parents
    if "article" not in tags:
        return set()
    known: dict[int, int] = {}
    for element in elements:
        path = []
        at = element
        while at >= 0 and at not in known and tags[at] != "article":
            path.append(at)
            at = parents[at]
        known.update(dict.fromkeys(path, known.get(at, at)))
    return {article for article in known.values() if article >= 0}


def _words(text: str) -> dict[str, float]:
    """Return how the prose speaks: to its reader, of itself, with quotations."""
    per = 1000 / (len(text) + 500)
    ours, yours, mine, quotes, straight, commas = occurrences(text, _SPEECH)
    return {
        "ours": per * ours,
        "yours": per * yours,
        "mine": per * mine,
        "quotes": log1p(quotes + straight / 2),
        "commas": 100 * commas / (len(text) + 100),
    }


def _head(segments: list[TextBlock], owners: list[str], prose: list[TextBlock]) -> dict[str, float]:
    """Return what stands around the <h1>, or before the first prose where there is none."""
    h1 = owners.index("h1") if "h1" in owners else -1
    return head_at(segments, h1, segments.index(prose[0]) if prose else len(segments))


def head_at(segments: list[TextBlock], h1: int, first: int) -> dict[str, float]:
    """Return what stands around the block of the <h1>, or, where it is -1, before the first prose."""
    at = h1 if h1 >= 0 else first - 4
    near = [b.text for b in segments[max(0, at + _NEAR[0]) : max(0, at + _NEAR[1])] if len(b.text) < _NEAR_CHARS]
    return {
        "date_near": float(bool(_DATE.search("\n".join(near).lower()))),
        "h1_words": float(len(segments[h1].text.split())) if h1 >= 0 else 0.0,
    }
