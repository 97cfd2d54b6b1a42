"""Is it an article at all? A verdict on the kind of page, from the page alone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Any

from scraper.body.kinds.page_signals import ARTICLE_TYPE, signals_of
from scraper.body.kinds.page_walls import paywall_of, wall_of
from scraper.compiled import fastest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scraper.body.blocks.segment import TextBlock
    from scraper.metadata.clues import Clues
    from scraper.model.article import PageType
    from scraper.page.snapshot import Snapshot

__all__ = ["PageKinds", "Verdict", "page_type", "sum_of"]

_ARTICLE = 0.55
"""From here on a page is called an article: .93 accuracy on mixed pages, cross-validated by domain."""
_REFUSED = 0.25
"""Below this a page is refused: none of 545 news articles, 2% of the articles among mixed pages, 80% of the others."""
_SURE_CHARS = 1_100
"""Of a body; a page of so much text that declares itself an article twice over is one: 475 of 478 in training."""
_SURE = 0.99
_BORROWED = 2
"""Times the visible text; a longer body was found in the page's JSON-LD, by those who know that it is an article."""
_LIVE = re.compile(r"\"@type\"\s*:\s*\[?\s*\"(?:https?://schema\.org/)?LiveBlogPosting\"")
_LIVE_URL = re.compile(
    r"live-?(?:blog|ticker|updates?)|/live/|newsblog|newsticker|minute-?by-?minute|en-direct|minuto-a-minuto"
)
_LIVE_TIMES = 5
"""Updates, at the least, of a live blog that only its URL declares."""
_BARE_TAGS, _BARE_LINKS, _BARE_CHARS, _BARE_SHARE = 40, 3, 150, 0.8
"""Elements beside two a block, links, characters, and share of the page's text; of 1,476 mixed pages one is so bare and
no article: a forum's post."""
_AGAINST = (
    *("body_shop", "body_forum", "body_docs", "body_list", "path_shop", "path_forum", "path_docs", "path_list"),
    *("ld_product", "ld_forum", "ld_list", "og_product", "host_docs", "host_forum", "in_forum", "n_code", "says_price"),
    "says_buy",
)
"""Signals of other kinds of pages."""
_NAMES: dict[PageType, str] = {
    "listing": "a list of other pages",
    "forum": "a forum thread",
    "product": "a product page",
    "documentation": "documentation",
    "other": "a page about a service or an organisation",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is."""

    page_type: PageType
    confidence: float
    """0 to 1, that `page_type` is right."""
    truncated: bool
    """The page shows only the beginning of its article."""
    reason: str
    """In words, for the one who asks why."""
    refused: bool
    """Whether the page should be refused: sure enough that it is no article."""


def page_type(
    snapshot: Snapshot,
    clues: Clues,
    segments: list[TextBlock],
    kept: list[bool],
    text: str,
    url: str | None,
) -> Verdict:
    """Return the kind of a page.

    Args:
        snapshot: the page.
        clues: what it says of itself.
        segments: its blocks of text.
        kept: for each of them, whether it belongs to the body.
        text: the body's text.
        url: the page's address, if known.

    """
    return PageKinds(snapshot, clues, segments, url).verdict(kept, text)


_BARE = Verdict(
    "article", _ARTICLE, truncated=False, reason="nothing but a text, and nothing says that it is none", refused=False
)


class PageKinds:
    """Tells the kind of one page; asked about several bodies of it, it reads the rest of the page once."""

    def __init__(self, snapshot: Snapshot, clues: Clues, segments: list[TextBlock], url: str | None) -> None:
        self._snapshot, self._clues, self._segments, self._url = snapshot, clues, segments, url

    @cached_property
    def _signals(self) -> dict[str, float]:
        return signals_of(self._snapshot, self._clues, self._segments, self._url)

    def verdict(self, kept: list[bool], text: str) -> Verdict:
        """Return the kind of the page, if its body is `text`, made of the blocks that are `kept`."""
        snapshot, clues, segments = self._snapshot, self._clues, self._segments
        wall = wall_of(snapshot, clues, segments, kept, text)
        if wall is not None:
            return Verdict(wall.page_type, wall.confidence, truncated=False, reason=wall.reason, refused=True)
        if len(text) > _BORROWED * sum([len(block.text) for block in segments]):
            return Verdict(
                "article", 0.9, truncated=False, reason="its text stands beside the visible page", refused=False
            )
        if _is_live(snapshot, self._url):
            return Verdict("live_blog", 0.9, truncated=False, reason="declares itself a live blog", refused=not text)
        paywall = paywall_of(snapshot, clues, segments, kept, text)
        declared = _declaration(snapshot, clues) if len(text) >= _SURE_CHARS else None
        if declared is None:
            verdict = _by_model(self._signals, paywall, has_text=bool(text.strip()))
            return _BARE if verdict.page_type in _NAMES and self._is_bare(text) else verdict
        if paywall is None:
            return Verdict("article", _SURE, truncated=False, reason=declared, refused=False)
        return Verdict("paywall_stub", _SURE, truncated=True, reason=paywall, refused=False)

    def _is_bare(self, text: str) -> bool:
        """Whether a page is its text and nothing else, as a page for printing is: the trees know none like it.

        A list has links, a shop has prices, a forum says so somewhere.
        """
        tags = self._snapshot.tags
        if len(text) < _BARE_CHARS or len(tags) > _BARE_TAGS + 2 * len(self._segments) or tags.count("a") > _BARE_LINKS:
            return False
        shown = sum([len(block.text) for block in self._segments])
        at_home = self._url is not None and not self._signals["path_depth"]
        return len(text) >= _BARE_SHARE * shown and not at_home and not any(map(self._signals.__getitem__, _AGAINST))


def _by_model(signals: dict[str, float], paywall: str | None, *, has_text: bool) -> Verdict:
    """Return the verdict of the trees; `paywall` says why the text is only a beginning, if it is."""
    model = _model()
    values = [signals[name] for name in model.signals]
    article = 1 / (1 + exp(-model.article(values)))
    if paywall is not None and (article >= _REFUSED or signals["og_article"] or signals["ld_article"]):
        return Verdict("paywall_stub", max(article, 0.5), truncated=True, reason=paywall, refused=False)
    if article < _ARTICLE:
        kind: PageType = max(model.kinds, key=lambda name: model.kinds[name](values))
        reason = f"reads as {_NAMES[kind]}, not as an article ({article:.0%} likely)"
        return Verdict(kind, 1 - article, truncated=False, reason=reason, refused=article < _REFUSED)
    if not has_text:
        return Verdict("empty", article, truncated=False, reason="no text of an article was found", refused=True)
    return Verdict("article", article, truncated=False, reason=f"reads as an article ({article:.2f})", refused=False)


def _declaration(snapshot: Snapshot, clues: Clues) -> str | None:
    """Return what a page declares if both its OpenGraph type and its JSON-LD say that it is an article."""
    if "article" not in clues.meta.get("og:type", ("",))[0].lower():
        return None
    found = next((match[0] for script in snapshot.json_ld if (match := ARTICLE_TYPE.search(script))), None)
    return f"declares itself an article: {found}" if found else None


def _is_live(snapshot: Snapshot, url: str | None) -> bool:
    if any(_LIVE.search(script) for script in snapshot.json_ld):
        return True
    return bool(url and _LIVE_URL.search(url.lower())) and snapshot.tags.count("time") >= _LIVE_TIMES


def sum_of(trees: list[Any], width: int) -> Callable[[list[float]], float]:
    """Return the function that adds up the leaves which `width` values reach, a leaf a tree.

    A tree is [column, threshold, left, right] or the number of a leaf.

    Raises:
        ValueError: a tree asks for a value that is not there.

    """
    if not all(0 <= column < width for tree in trees for column in _columns(tree)):
        raise ValueError(f"a tree asks for more than {width} values")

    def tree_sum(values: list[float]) -> float:
        total = 0.0
        for tree in trees:
            node = tree
            while type(node) is list:
                signal, threshold, below, above = node
                node = below if values[signal] <= threshold else above
            total += node
        return total

    return tree_sum


def _columns(tree: Any) -> Iterator[int]:
    if type(tree) is list:
        yield tree[0]
        yield from _columns(tree[2])
        yield from _columns(tree[3])


@dataclass(frozen=True, slots=True)
class _Model:
    """What `training/page_type.py` wrote."""

    signals: list[str]
    article: Callable[[list[float]], float]
    kinds: dict[PageType, Callable[[list[float]], float]]


@cache
def _model() -> _Model:
    text = files("scraper.body.kinds").joinpath("page_type_weights.json").read_text(encoding="utf-8")
    weights: dict[str, Any] = json.loads(text)
    width = len(weights["signals"])
    kinds = {kind: _sum_of(trees, width) for kind, trees in weights["kinds"].items()}
    return _Model(weights["signals"], _sum_of(weights["article"], width), kinds)


_sum_of = fastest(sum_of, "page_type")
