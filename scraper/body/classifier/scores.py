"""Scores: how sure the classifier is of each block of a page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from scraper.body.classifier.claims import claims_of
from scraper.body.classifier.context import FirstStage, edge_columns, second_stage
from scraper.body.classifier.features import first_stage, title_block, token_columns, worth_a_look
from scraper.body.classifier.huge import MOST_BLOCKS, plain_scores
from scraper.body.classifier.layout import lay_out
from scraper.body.classifier.model import PLAUSIBLE, SETTLED, SURE, model_of, read_weights
from scraper.body.classifier.phrases import phrase_columns
from scraper.body.classifier.scored import Scored
from scraper.body.classifier.tokens import ClassWords
from scraper.body.decisions.outline import outline_of
from scraper.compiled import fastest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from scraper.body.blocks.segment import TextBlock
    from scraper.body.classifier.claims import Claims
    from scraper.body.classifier.layout import Layout
    from scraper.body.classifier.model import Model
    from scraper.body.decisions.outline import Outline
    from scraper.metadata.clues import Clues
    from scraper.page.snapshot import Snapshot

    Scorer: TypeAlias = Callable[[Snapshot, list[TextBlock], Claims], tuple[Outline, list[float]]]

__all__ = ["Described", "describe", "load_scorer", "score_blocks", "scorer_of"]

_lay_out = fastest(lay_out, "scores")


def score_blocks(snapshot: Snapshot, blocks: list[TextBlock], clues: Clues) -> Scored:
    """Return the blocks with their scores: the second stage's where a block is plausible, else the first's."""
    if len(blocks) > MOST_BLOCKS:
        return Scored(blocks, outline_of(_lay_out(snapshot, blocks), blocks), plain_scores(blocks))
    outline, scores = load_scorer()(snapshot, blocks, claims_of(clues))
    return Scored(blocks, outline, scores)


@cache
def load_scorer() -> Scorer:
    """Return the shipped classifier, read once a process.

    Raises:
        ValueError: the weights were trained with other features.

    """
    return fastest(scorer_of, "scores")(read_weights())


class Described(NamedTuple):
    """What the classifier sees of a page, and what it says."""

    layout: Layout
    wanted: list[int]
    """Blocks worth a look."""
    first_rows: list[list[float]]
    """Their rows of `FIRST_STAGE`."""
    asked: list[int]
    """Blocks that the second stage was asked about."""
    second_rows: list[list[float]]
    """Their rows of `SECOND_STAGE`."""
    scores: list[float]
    """0 to 1, of all blocks."""


def scorer_of(weights: dict[str, Any]) -> Scorer:
    """Return the classifier that `weights` describe; it returns (outline, scores from 0 to 1) of a page's blocks."""
    model = model_of(weights)

    def score(snapshot: Snapshot, blocks: list[TextBlock], claims: Claims) -> tuple[Outline, list[float]]:
        described = describe(model, snapshot, blocks, claims)
        return outline_of(described.layout, blocks), described.scores

    return score


def describe(model: Model, snapshot: Snapshot, blocks: list[TextBlock], claims: Claims) -> Described:
    """Return what the classifier sees of a page, and what it says."""
    layout = lay_out(snapshot, blocks)
    names = ClassWords(snapshot.sources)
    wanted = worth_a_look(layout, blocks)
    described = first_stage(snapshot, blocks, layout, title_block(layout, claims.titles), wanted)
    tokens = token_columns(blocks, layout, names, model.tokens, wanted)
    rows = [[*row, *columns] for row, columns in zip(described, tokens, strict=True)]
    first = [0.0] * len(blocks)
    scores = [0.0] * len(blocks)
    plausible: list[int] = []
    asked: list[int] = []
    near: list[list[float]] = []
    for i, score, row in zip(wanted, model.first(rows), rows, strict=True):
        first[i] = score
        if score > PLAUSIBLE:
            plausible.append(i)
            if score > SURE:
                scores[i] = max(score, SETTLED)
            else:
                asked.append(i)
                near.append(row)
    closer: list[list[float]] = []
    if asked:
        read = second_stage(snapshot, blocks, layout, claims, FirstStage(first, plausible, asked, near))
        edges = edge_columns(blocks, layout, names, model.edges, asked)
        worded = phrase_columns(layout, plausible, asked, model.phrases)
        closer = [[*a, *b, *c] for a, b, c in zip(read, edges, worded, strict=True)]
        for i, score in zip(asked, model.second(closer), strict=True):
            scores[i] = score
    return Described(layout, wanted, rows, asked, closer, scores)
