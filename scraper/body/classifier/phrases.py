"""What the wording of a text says for or against its being part of an article: weights of words and pairs of words.

A logistic regression with an L1 penalty, which leaves some two thousand weights of forty-five thousand (decision 7).
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import fsum, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scraper.body.classifier.layout import Layout

__all__ = ["PHRASE_COLUMNS", "Phrases", "grams", "phrase_columns"]

PHRASE_COLUMNS = ("phrases", "phrases_before", "phrases_after")
_WORD = re.compile(r"\w+|[!?:]")
_CHARS = 800
"""Characters that are looked at from the beginning; more say nothing new."""
_MOST = 60
_OPENING = 9
_FIRST = 3
_LAST = 5
_SHORT = 25
"""Words; of a longer text only the pairs at its beginning count."""


class Phrases(NamedTuple):
    """Weights, one table for each way in which words can stand in a text; above 0 for the article."""

    anywhere: Mapping[str, float]
    first: Mapping[str, float]
    last: Mapping[str, float]
    opening: Mapping[str, float]
    pairs: Mapping[str, float]
    bias: float


def grams(lower: str) -> tuple[set[str], set[str], set[str], set[str], set[str]]:
    """Return what `Phrases` has tables for, in its order, of a text in lower case."""
    words = _WORD.findall(lower[:_CHARS])
    head = words[:_OPENING]
    short = len(words) <= _SHORT
    return (
        set(words[:_MOST]),
        set(words[:_FIRST]),
        set(words[-_LAST:]),
        {f"{one} {other}" for one, other in pairwise(head)},
        {f"{one} {other}" for one, other in pairwise(words)} if short else set(),
    )


def phrase_columns(
    layout: Layout, plausible: Sequence[int], asked: Sequence[int], phrases: Phrases
) -> list[tuple[float, float, float]]:
    """Return `PHRASE_COLUMNS` of each block asked about: its own score, and those of its plausible neighbours."""
    place = {i: k for k, i in enumerate(plausible)}
    known: dict[int, float] = {}

    def score(k: int) -> float:
        if not 0 <= k < len(plausible):
            return 0.0
        if k not in known:
            known[k] = _score(layout.lower[plausible[k]], phrases)
        return known[k]

    return [(score(place[i]), score(place[i] - 1), score(place[i] + 1)) for i in asked]


def _score(lower: str, phrases: Phrases) -> float:
    found = grams(lower)
    size = sum(map(len, found))
    weights = [table[gram] for table, mine in zip(phrases[:5], found, strict=True) for gram in mine if gram in table]
    return phrases.bias + fsum(weights) / sqrt(size) if size else phrases.bias  # exact: sets have no order
