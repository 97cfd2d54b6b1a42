"""The story of a page: segment, score, decide, assemble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.body.assemble import assemble
from scraper.body.claims import claims_of
from scraper.body.context import edge_columns, second_stage
from scraper.body.decide import confidence_of, decide, standfirst_of, verdicts_of
from scraper.body.features import first_stage, title_block
from scraper.body.huge import MOST_BLOCKS, plain_scores
from scraper.body.layout import lay_out
from scraper.body.model import PLAUSIBLE, load_model
from scraper.body.segment import segment
from scraper.body.story import Story
from scraper.page.links import base_url_of

if TYPE_CHECKING:
    from scraper.body.layout import Layout
    from scraper.body.model import Model
    from scraper.body.segment import TextBlock
    from scraper.metadata.clues import Clues
    from scraper.page.page import Page
    from scraper.page.snapshot import Snapshot
    from scraper.settings import ExtractSettings

__all__ = ["find_story", "score_blocks"]


@dataclass(frozen=True, slots=True)
class Scored:
    """Blocks with the classifier's final scores."""

    blocks: list[TextBlock]
    layout: Layout
    scores: list[float]


def find_story(page: Page, clues: Clues, settings: ExtractSettings) -> Story:
    """Return the page's story; of a page without any, one with an empty body and a refusal."""
    snapshot = page.snapshot
    blocks = segment(snapshot)
    if not blocks:
        return Story(
            body=(), extractor="model", confidence=0.0, page_type="empty", refusal="the page shows no text at all"
        )
    scored = score_blocks(snapshot, blocks, clues, load_model())
    kept = decide(blocks, scored.layout, scored.scores)
    standfirst = standfirst_of(snapshot, blocks, scored.layout, kept)
    body = assemble(snapshot, blocks, kept, base_url=base_url_of(snapshot, page.url), standfirst=standfirst)
    return Story(
        body=body,
        extractor="model",
        confidence=round(confidence_of(scored.layout, scored.scores, kept), 3),
        page_type="article",
        segments=blocks,
        kept=kept,
        verdicts=verdicts_of(snapshot, blocks, scored.layout, scored.scores, kept) if settings.explain else (),
    )


def score_blocks(snapshot: Snapshot, blocks: list[TextBlock], clues: Clues, model: Model) -> Scored:
    """Return the blocks with their scores: the second stage's where a block is plausible, else the first's."""
    claims = claims_of(clues)
    layout = lay_out(snapshot, blocks)
    if len(blocks) > MOST_BLOCKS:
        return Scored(blocks, layout, plain_scores(blocks))
    rows = first_stage(snapshot, blocks, layout, model.tokens, title_block(layout, claims.titles))
    first = model.first(rows)
    plausible = [i for i, score in enumerate(first) if score > PLAUSIBLE]
    scores = [0.0] * len(blocks)
    if plausible:
        near = second_stage(snapshot, blocks, layout, claims, (first, rows), plausible)
        edges = edge_columns(snapshot, blocks, layout, model.edges, plausible)
        final = model.second([[*row, *edge] for row, edge in zip(near, edges, strict=True)])
        for i, score in zip(plausible, final, strict=True):
            scores[i] = score
    return Scored(blocks, layout, scores)
