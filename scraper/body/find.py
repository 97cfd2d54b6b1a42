"""The story of a page: segment, score, decide, assemble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.body.blocks.assemble import assemble
from scraper.body.blocks.segment import segment
from scraper.body.classifier.scores import score_blocks
from scraper.body.decisions.appended import drop_appended
from scraper.body.decisions.decide import UNSURE, VOTED, confidence_of, decide, moved_by, standfirst_of, verdicts_of
from scraper.body.decisions.headline_line import drop_headline
from scraper.body.decisions.picture_lines import drop_picture_lines, picture_lines
from scraper.body.kinds.page_type import PageKinds
from scraper.body.kinds.page_walls import drop_banner
from scraper.body.opinions.by_json_ld import rescued_body
from scraper.body.opinions.by_rule import CONFIDENCE, ruling_of
from scraper.body.opinions.by_site import advice_of
from scraper.body.opinions.by_trafilatura import opinion
from scraper.body.story import Story
from scraper.page.links import base_url_of
from scraper.render.text import render_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.body.classifier.scored import Scored
    from scraper.body.opinions.by_rule import Ruling
    from scraper.body.opinions.by_site import Advice
    from scraper.metadata.clues import Clues
    from scraper.model.evidence import BlockVerdict
    from scraper.page.page import Page
    from scraper.settings import ExtractSettings
    from scraper.sites.memories import SiteMemories
    from scraper.sites.memory import SiteMemory
    from scraper.sites.selected import Selected

__all__ = ["find_story", "settle"]

_RESCUED = 0.5
"""Confidence of a body that the page does not show."""
_LITTLE = 300
"""Characters; a page that shows less may hold its article in JSON-LD."""


def find_story(
    page: Page,
    clues: Clues,
    settings: ExtractSettings,
    memory: SiteMemory | SiteMemories | None = None,
    selected: Selected | None = None,
) -> Story:
    """Return the page's story; of a page without any, one with an empty body and a refusal.

    With the memory of the page's site, what the site repeats is dropped, and the story carries traces to learn from.
    What a site rule selected wins over all else, unless it is too little.
    """
    snapshot = page.snapshot
    blocks = segment(snapshot)
    if not blocks:
        if rescued := rescued_body(clues, 0):
            return Story(body=rescued, extractor="json_ld", confidence=_RESCUED, page_type="article")
        return Story(
            body=(), extractor="model", confidence=0.0, page_type="empty", refusal="the page shows no text at all"
        )
    scored = score_blocks(snapshot, blocks, clues)
    advice = advice_of(page, clues, scored, memory) if memory is not None else None
    ruling = ruling_of(selected, blocks) if selected else None
    kinds = PageKinds(snapshot, clues, blocks, page.url)
    kept, confidence, extractor = _kept(page, kinds, scored, advice, ruling)
    standfirst = standfirst_of(scored.outline, kept)
    body = assemble(snapshot, blocks, kept, base_url=base_url_of(snapshot, page.url), standfirst=standfirst)
    text = render_text(body)
    if len(text) < _LITTLE and extractor != "rule" and (rescued := rescued_body(clues, len(text))):
        body, extractor, text = rescued, "json_ld", render_text(rescued)
    kind = kinds.verdict(kept, text)
    refused = kind.refused and extractor != "rule"
    verdicts = verdicts_of(snapshot, blocks, scored.outline, scored.scores, kept) if settings.explain else ()
    return Story(
        body=body,
        extractor=extractor,
        confidence=round(confidence, 3),
        page_type="article" if kind.refused and not refused else kind.page_type,
        truncated=kind.truncated,
        refusal=kind.reason if refused else None,
        segments=blocks,
        kept=kept,
        picture_lines=picture_lines(snapshot, blocks, scored.outline, scored.scores, kept),
        verdicts=_explained(verdicts, advice, ruling),
        traces=advice.traces(scored, kept) if advice else None,
        rule=ruling.name if ruling and not ruling.warnings else None,
        warnings=(ruling.warnings if ruling else ()) + (advice.warnings if advice else ()),
    )


def _kept(
    page: Page, kinds: PageKinds, scored: Scored, advice: Advice | None, ruling: Ruling | None
) -> tuple[list[bool], float, str]:
    """Return (which blocks are kept, confidence, extractor): the rule's word, else the classifier's and the site's."""
    if ruling and ruling.kept is not None:
        return ruling.kept, CONFIDENCE, "rule"
    kept, confidence, extractor = settle(page, scored, advice, lambda kept: _is_refused(kinds, scored, kept))
    drop_banner(page.snapshot, scored.blocks, kept)
    return ruling.applied(kept) if ruling else kept, confidence, extractor


def _explained(
    verdicts: tuple[BlockVerdict, ...], advice: Advice | None, ruling: Ruling | None
) -> tuple[BlockVerdict, ...]:
    """Return the verdicts with the reasons that lie outside the page."""
    if advice and verdicts:
        verdicts = advice.explained(verdicts)
    return ruling.explained(verdicts) if ruling and verdicts else verdicts


def settle(
    page: Page,
    scored: Scored,
    advice: Advice | None = None,
    is_refused: Callable[[list[bool]], bool] | None = None,
) -> tuple[list[bool], float, str]:
    """Return (which blocks are kept, confidence, extractor); unsure, a second opinion has a vote.

    None is asked about a page that `is_refused`: of the pages of wcxb-dev that leave us unsure, nine in ten are none.
    The memory of the site speaks last: whether a second opinion is asked is not left to it.
    """
    blocks, outline, scores = scored.blocks, scored.outline, scored.scores
    kept = decide(blocks, outline, scores)
    confidence = confidence_of(outline, scores, kept)
    other = None
    if confidence < UNSURE and not (is_refused and is_refused(kept)):
        other = opinion(page.source, elements=len(page.snapshot.tags), depth=outline.depth)
        if other:
            kept = decide(blocks, outline, moved_by(other, blocks, scores), VOTED)
    if advice is not None and advice.scores != scores:
        told = (
            decide(blocks, outline, moved_by(other, blocks, advice.scores), VOTED)
            if other
            else decide(blocks, outline, advice.scores)
        )
        kept = advice.applied(told, kept, outline)
        confidence = confidence if other else confidence_of(outline, advice.scores, kept)
    drop_headline(page.snapshot, blocks, kept)
    drop_picture_lines(page.snapshot, blocks, outline, kept)
    drop_appended(page.snapshot, blocks, outline, kept)
    return kept, confidence, "model+trafilatura" if other else "model"


def _is_refused(kinds: PageKinds, scored: Scored, kept: list[bool]) -> bool:
    """Whether the page is no article, whatever its body is."""
    text = "\n\n".join([block.text for block, keep in zip(scored.blocks, kept, strict=True) if keep])
    return kinds.verdict(kept, text).refused
