"""What the memory of a site says about a page's blocks, and what the page leaves for that memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from scraper.body.classifier.layout import HEADINGS, class_name
from scraper.model.traces import PageTraces
from scraper.sites.fingerprints import (
    canonical_of,
    markup_key,
    page_identity,
    path_fingerprint,
    site_key,
    text_fingerprint,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.body.classifier.scored import Scored
    from scraper.body.decisions.outline import Kin, Outline
    from scraper.metadata.clues import Clues
    from scraper.model.evidence import BlockVerdict
    from scraper.page.page import Page
    from scraper.page.snapshot import Snapshot
    from scraper.sites.memories import SiteMemories
    from scraper.sites.memory import SiteMemory

__all__ = ["REPEATED", "Advice", "advice_of"]

REPEATED = "repeated on this site"
"""The verdict on a block that was dropped for this reason alone."""
_LONG = 40
"""Characters from which a repeated block is a sentence of the template; 71 of the 81 shorter ones that were kept are
headings and labels of articles ("Summary", "Pros")."""
_PLAUSIBLE = 0.15
"""Score below which no block is kept but on a page without any text: the memory need not be asked."""
_LIKELY = 0.5
_DOUBTFUL, _SURE = 0.8, 0.9
"""Scores up to which one and two other pages are enough to call a block repeated."""
_FEW_PAGES, _SOME_PAGES = 3, 12
"""Learned pages beyond which it takes one more: what came on one of eight other pages was a sentence of the text."""
_AT_THE_EDGE = 3
"""Other pages that it takes for a block that the classifier is sure of, before or after all text of the page's own."""
_MOST_DROPPED = 0.3
"""Share of the text that blocks seen on a few pages may take away; more of it is a version of the same article."""
_LEAST_LEFT = 200
"""Characters of a page's own text that must stay, else nothing is dropped."""
_DENSE = 0.5
_BODY_PAGES, _BODY_BLOCKS, _BODY_SHARE = 2, 8, 0.9
"""A markup path held the body where on two other pages at least it held eight blocks of prose, nine tenths kept."""
_LIFT = 0.2
"""How far a score on such a path moves towards 1: .38 becomes .5."""
_MANY_ALIKE = 3
_ALIKE = "the same text stands under {} other addresses of this site: an error page or a wall?"


@dataclass(frozen=True, slots=True)
class Advice:
    """What the site's memory makes of a page's scores."""

    scores: list[float]
    """The classifier's after the site has spoken."""
    repeated: frozenset[int]
    """Blocks that are dropped for standing on other pages, too."""
    site: str
    page: int
    texts: tuple[int, ...]
    """Fingerprint of each block; 0 for short ones that are no part of the article."""
    paths: tuple[int, ...]
    """The same of its markup path; 0 for what is no prose."""
    warnings: tuple[str, ...] = ()

    def applied(self, told: list[bool], kept: list[bool], outline: Outline) -> list[bool]:
        """Return which blocks are kept in the end.

        Args:
            told: what the scores of this advice make of the blocks.
            kept: the same without it; nothing is let in merely because little was left of the page.
            outline: of the page.

        """
        left = [
            say and i not in self.repeated and (before or self.scores[i] >= _LIKELY)
            for i, (say, before) in enumerate(zip(told, kept, strict=True))
        ]
        for i in range(len(left) - 1, -1, -1):
            if left[i]:
                if outline.codes[i] not in HEADINGS:
                    break
                left[i] = False
        return left

    def traces(self, scored: Scored, kept: Sequence[bool]) -> PageTraces:
        """Return what the page leaves for the memory of its site."""
        texts: dict[int, int] = {}
        for i, fingerprint in enumerate(self.texts):
            chars = scored.outline.chars[i] if kept[i] else 0
            if fingerprint:
                texts[fingerprint] = max(chars, texts.get(fingerprint, 0))
        paths = tuple((path, int(keep)) for path, keep in zip(self.paths, kept, strict=True) if path)
        return PageTraces(site=self.site, page=self.page, texts=tuple(texts.items()), paths=paths)

    def explained(self, verdicts: tuple[BlockVerdict, ...]) -> tuple[BlockVerdict, ...]:
        """Return the verdicts on all blocks with the reason where the site's memory was it."""
        return tuple(
            msgspec.structs.replace(verdict, reason=REPEATED) if i in self.repeated else verdict
            for i, verdict in enumerate(verdicts)
        )


def advice_of(page: Page, clues: Clues, scored: Scored, memory: SiteMemory | SiteMemories) -> Advice:
    """Return what is known of the page's site, applied to its scores; never the loss of the whole article."""
    canonical = next(iter((*clues.links.get("canonical", ()), *clues.meta.get("og:url", ()))), None)
    site = site_key(page.url or canonical_of(None, canonical))
    texts = tuple(_texts(scored))
    identity = page_identity(page.url, canonical)
    if identity is None:
        identity = path_fingerprint(tuple(map(str, texts)))
    paths = tuple(_paths(page.snapshot, scored))
    known = memory.of(site)
    body = [(f, scored.outline.chars[i] if scored.scores[i] >= _LIKELY else 0) for i, f in enumerate(texts)]
    versions = known.versions(identity, body)
    repeated = _repeated(scored, texts, known, versions, _own_words(clues))
    scores = [0.0 if i in repeated else score for i, score in enumerate(scored.scores)]
    needed = _BODY_PAGES + bool(versions)
    for i, score in enumerate(scores):
        if _PLAUSIBLE < score < 1 and paths[i] and known.held_body(paths[i], needed, _BODY_BLOCKS, _BODY_SHARE):
            scores[i] = score + _LIFT * (1 - score)
    alike = known.addresses(versions, identity)
    warnings = (_ALIKE.format(alike),) if alike >= _MANY_ALIKE else ()
    return Advice(scores, repeated, site, identity, texts, paths, warnings)


def _texts(scored: Scored) -> list[int]:
    outline = scored.outline
    keys: dict[Kin, str] = {}
    found = []
    for block, kin, density, score in zip(scored.blocks, outline.kin, outline.link_density, scored.scores, strict=True):
        if score < _LIKELY and len(block.text) < _LONG:
            found.append(0)
            continue
        if kin not in keys:
            keys[kin] = markup_key(kin)
        found.append(text_fingerprint(block.text, keys[kin], linked=density >= _DENSE))
    return found


def _paths(snapshot: Snapshot, scored: Scored) -> list[int]:
    parents = snapshot.parents
    known: dict[tuple[Kin, int], int] = {}
    found = []
    for block, kin, good in zip(scored.blocks, scored.outline.kin, scored.outline.good, strict=True):
        if not good:
            found.append(0)
            continue
        parent = parents[block.element]
        around = parents[parent] if parent >= 0 else -1
        if (kin, around) not in known:
            known[kin, around] = path_fingerprint(_steps(snapshot, kin, around))
        found.append(known[kin, around])
    return found


def _steps(snapshot: Snapshot, kin: Kin, around: int) -> tuple[str, ...]:
    """Return the markup path of a block of a kind: its element, the parent, then `around` and the one around that."""
    tag, own, parent_tag, parent_class = kin
    steps = [f"{tag}.{own}"]
    if parent_tag:
        steps.append(f"{parent_tag}.{parent_class}")
    while around >= 0 and len(steps) < 4:  # noqa: PLR2004  # as many as `path_fingerprint` reads
        steps.append(f"{snapshot.tags[around]}.{class_name(snapshot.sources[around])}")
        around = snapshot.parents[around]
    return tuple(steps)


def _own_words(clues: Clues) -> frozenset[str]:
    """Return the summaries that the page gives of itself: a standfirst is repeated in teasers of other pages."""
    names = ("description", "og:description", "twitter:description")
    return frozenset(" ".join(text.split()).casefold() for name in names for text in clues.meta.get(name, ()))


def _repeated(
    scored: Scored, texts: tuple[int, ...], known: SiteMemory, versions: frozenset[int], own: frozenset[str]
) -> frozenset[int]:
    """Return the blocks that stand on other pages of the site, where enough speaks for the template."""
    if not known.learned_pages:
        return frozenset()
    scores, chars, blocks = scored.scores, scored.outline.chars, scored.blocks
    seen = {
        i: known.sightings(texts[i], versions)
        for i, block in enumerate(blocks)
        if scores[i] >= _PLAUSIBLE and len(block.text) >= _LONG and block.text.casefold() not in own
    }
    seen = {i: pages for i, pages in seen.items() if pages}
    if not seen:
        return frozenset()
    unique = [i for i, score in enumerate(scores) if score >= _LIKELY and i not in seen and scored.outline.good[i]]
    first, last = (unique[0], unique[-1]) if unique else (len(blocks), -1)
    standing = {i for i, pages in seen.items() if known.is_standing(pages)}
    passing = {
        i
        for i, pages in seen.items()
        if i not in standing and len(pages) >= _needed(scores[i], known.learned_pages, at_edge=not first < i < last)
    }
    likely = [i for i, score in enumerate(scores) if score >= _LIKELY]
    total = sum(chars[i] for i in likely)
    if sum(chars[i] for i in passing if scores[i] >= _LIKELY) > _MOST_DROPPED * total:
        passing = set()
    gone = standing | passing
    left = sum(chars[i] for i in likely if i not in gone)
    return frozenset(gone) if left >= min(_LEAST_LEFT, total) else frozenset()


def _needed(score: float, learned: int, *, at_edge: bool) -> int:
    """Return the other pages that it takes to call a block repeated; more than can be for one inside the text."""
    if score < _DOUBTFUL:
        return 1 + (learned > _FEW_PAGES) + (learned > _SOME_PAGES)
    if score < _SURE:
        return 2 + (learned > _SOME_PAGES)
    return _AT_THE_EDGE if at_edge else 1 << 30
