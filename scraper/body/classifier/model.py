"""The learned classifier: two stages of gradient-boosted trees and their token tables, evaluated in plain Python.

The trees are turned into nested comparisons once a process and compiled: on 110 blocks and 60 trees that takes a
quarter of the time of walking arrays, and needs neither numpy (0.2 s to import) nor a learning library.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from scraper.body.classifier.context import SECOND_STAGE, EdgeTables
from scraper.body.classifier.features import FIRST_STAGE, TokenTables
from scraper.body.classifier.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["MODEL_PATH", "PLAUSIBLE", "SETTLED", "SURE", "Model", "model_of", "read_weights"]

MODEL_PATH = Path(__file__).with_name("weights.json")
PLAUSIBLE = 0.02
"""First-stage score above which a block is read closely: 44% of the blocks, .05% of the article's words are lost."""
SURE = 0.95
"""First-stage score above which the second stage is not asked: 59% of the plausible blocks, of which it would move
three rightly and three wrongly (out of fold, 1,110 pages)."""
SETTLED = 0.99
"""Score of the blocks that the second stage need not be asked about, at least: hardly one of them is dropped."""


@dataclass(frozen=True, slots=True)
class Model:
    """Both stages; each scoring function takes rows and returns scores from 0 to 1."""

    first: Callable[[Sequence[Sequence[float]]], list[float]]
    second: Callable[[Sequence[Sequence[float]]], list[float]]
    tokens: TokenTables
    edges: EdgeTables
    phrases: Phrases


def read_weights() -> dict[str, Any]:
    """Return the content of the shipped weights.

    Raises:
        ValueError: they were trained with other features.

    """
    weights: dict[str, Any] = msgspec.json.decode(MODEL_PATH.read_bytes())
    if weights["first_columns"] != list(FIRST_STAGE) or weights["second_columns"] != list(SECOND_STAGE):
        raise ValueError(f"{MODEL_PATH.name} was trained with other features; run python -m training.body --write")
    return weights


def model_of(weights: dict[str, Any]) -> Model:
    """Return the model that `weights` describe, compiled."""
    return Model(
        first=_compiled(weights["first"], len(FIRST_STAGE)),
        second=_compiled(weights["second"], len(SECOND_STAGE)),
        tokens=TokenTables(*weights["tokens"]),
        edges=EdgeTables(*weights["edges"]),
        phrases=Phrases(*weights["phrases"]),
    )


def _compiled(trees: list[Any], width: int) -> Callable[[Sequence[Sequence[float]]], list[float]]:
    names = ",".join(f"x{k}" for k in range(width))
    lines = ["def score(rows):", " out=[]", " for r in rows:", f"  {names},=map(float,r)", "  s=0.0"]
    for tree in trees:
        lines += _branch(tree, "  ")
    lines += ["  out.append(1.0/(1.0+exp(-s)) if -30.0<s<30.0 else float(s>0.0))", " return out"]
    space: dict[str, Any] = {"exp": exp}
    exec(compile("\n".join(lines), MODEL_PATH.name, "exec"), space)  # noqa: S102  # numbers of our own file only
    score: Callable[[Sequence[Sequence[float]]], list[float]] = space["score"]
    return score


def _branch(tree: Any, indent: str) -> list[str]:
    """Return the source of one tree; every part is formatted as a number, so that data cannot become code.

    The shorter side comes first: CPython compares two floats fast where the jump behind the comparison is short.
    """
    if not isinstance(tree, list):
        return [f"{indent}s+={float(tree)!r}"]
    feature, threshold, left, right = tree
    test = f"{indent}if x{int(feature)}%s{float(threshold)!r}:"
    low, high = _branch(left, indent + " "), _branch(right, indent + " ")
    if len(low) <= len(high):
        return [test % "<=", *low, f"{indent}else:", *high]
    return [test % ">", *high, f"{indent}else:", *low]
