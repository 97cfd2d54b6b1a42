"""Train the block classifier: python -m training.body [--sets PATH] [--write].

Prints figures by cross-validation grouped by site over all sets, then fits on all pages; --write stores the weights.
Two stages of gradient-boosted trees (LightGBM): the second reads the first one's out-of-fold scores. Token tables are
cross-fitted, so that no row sees weights made from its own site. Seeded; the same pages give the same file.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from scraper.body.classifier.claims import claims_of
from scraper.body.classifier.context import SECOND_STAGE, EdgeTables, FirstStage, edge_columns, second_stage
from scraper.body.classifier.features import (
    FIRST_STAGE,
    TokenTables,
    first_stage,
    title_block,
    token_columns,
    worth_a_look,
)
from scraper.body.classifier.layout import lay_out
from scraper.body.classifier.model import MODEL_PATH, PLAUSIBLE, SETTLED, SURE
from scraper.body.classifier.phrases import PHRASE_COLUMNS, Phrases, grams, phrase_columns
from scraper.body.classifier.scored import Scored
from scraper.body.classifier.tokens import ClassWords, edge_tokens, first_words
from scraper.body.decisions.outline import outline_of
from scraper.body.find import settle
from scraper.metadata.clues import read_clues
from training.pages import FOLDS, READ, SETS, annotated_pages, fold_of, read_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scraper.body.classifier.claims import Claims
    from scraper.body.classifier.layout import Layout
    from training.pages import Annotated

_PARAMETERS = {
    "objective": "binary", "learning_rate": 0.1, "num_leaves": 31, "min_data_in_leaf": 20, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5, "max_bin": 127, "seed": 1, "verbose": -1,
    "deterministic": True, "force_row_wise": True, "num_threads": 2,
}  # fmt: skip
FIRST_TREES = 70
SECOND_TREES = 110
_SET_WEIGHT = {"fundus-dev": 1.0, "news-dev": 1.2, "articles-dev": 1.0, "english-dev": 1.0, READ: 1.0}
_INNER = 4
_TOKEN_COLUMNS = 17
_TRAINED_COLUMNS = 11 + len(PHRASE_COLUMNS)
_TOKEN_SITES, _EDGE_SITES = 5, 5
"""Sites that a token must stand on: keeps the file below 1 MB, and a site's own words out of it."""
_PHRASE_SITES, _PHRASE_C, _HEAVIEST = 5, 0.7, 1.5
"""Sites that a word or pair must stand on, the inverse of the L1 penalty, and the most that one block may weigh."""
_EDGE_RATIO = 0.25
"""Plausible blocks outside the article for one inside it."""


@dataclass(slots=True)
class Row:
    """One page, ready for training."""

    source: Annotated
    layout: Layout
    claims: Claims
    fold: int
    first: np.ndarray[Any, Any]
    """First-stage columns of the blocks worth a look, without the token columns."""
    wanted: np.ndarray[Any, Any]
    names: ClassWords
    labels: np.ndarray[Any, Any]
    weights: np.ndarray[Any, Any]
    words: np.ndarray[Any, Any]
    tokens: list[tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], list[str]]]
    edges: list[set[str]]
    counts: list[tuple[Counter[str], Counter[str]]] = field(default_factory=list)


def rows_of(pages: Iterable[Annotated]) -> list[Row]:
    """Return the training rows of all pages."""
    rows = []
    for source in pages:
        snapshot = source.page.snapshot
        claims = claims_of(read_clues(source.page))
        names = ClassWords(snapshot.sources)
        layout = lay_out(snapshot, source.blocks)
        title = title_block(layout, claims.titles)
        wanted = worth_a_look(layout, source.blocks)
        first = first_stage(snapshot, source.blocks, layout, title, wanted)
        words = np.array([_words(block.text) for block in source.blocks], np.float32)
        labels = np.array(source.kept, np.int8)
        rows.append(
            Row(
                source,
                layout,
                claims,
                fold_of(source.site),
                np.array(first, np.float32).reshape(len(wanted), len(FIRST_STAGE) - _TOKEN_COLUMNS),
                np.array(wanted),
                names,
                labels,
                _weights(words, labels) * _SET_WEIGHT[source.set_name],
                words,
                _tokens(source, layout, names),
                [edge_tokens(lower) for lower in layout.lower],
            )
        )
    for row in rows:
        row.counts = _counts(row)
    return [row for row in rows if len(row.labels)]


def _words(text: str) -> int:
    return len(text.split()) if " " in text else max(1, len(text) // 2)


def _weights(words: np.ndarray[Any, Any], labels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Weight of each block: its share of the article (F1), and a part for being a block at all (exactness)."""
    total = max(float(words[labels == 1].sum()), 30.0)
    weights: np.ndarray[Any, Any] = 0.3 * 60 * np.minimum(words, 200) / total + 0.7 * 0.03 * np.minimum(words + 3, 20)
    return weights


def _tokens(
    source: Annotated, layout: Layout, names: ClassWords
) -> list[tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], list[str]]]:
    parents = source.page.snapshot.parents
    far: dict[int, frozenset[str]] = {-1: frozenset()}
    for e in layout.touched:
        far[e] = far[parents[e]].union(names.of(e))
    found = []
    for i, block in enumerate(source.blocks):
        p = parents[block.element]
        g = parents[p] if p >= 0 else -1
        beyond = far[parents[g]] if g >= 0 else frozenset()
        own, parent, grandparent = (frozenset(names.of(e)) for e in (block.element, p, g))
        found.append((own, parent, grandparent, beyond, first_words(layout.lower[i])))
    return found


def _counts(row: Row) -> list[tuple[Counter[str], Counter[str]]]:
    """Return for each token column how many blocks of the page hold a token: (article, the rest)."""
    found = []
    for column in range(5):
        good: Counter[str] = Counter()
        bad: Counter[str] = Counter()
        for label, tokens in zip(row.labels, row.tokens, strict=True):
            (good if label else bad).update(set(tokens[column]))
        found.append((good, bad))
    return found


def token_tables(rows: list[Row]) -> TokenTables:
    """Return the log-odds of class words and text words, of those that occur on enough sites."""
    tables = []
    for column in range(5):
        good: dict[str, float] = defaultdict(float)
        bad: dict[str, float] = defaultdict(float)
        sites: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            yes = max(1, int(row.labels.sum()))
            no = max(1, len(row.labels) - yes)
            for total, mine, of in ((good, row.counts[column][0], yes), (bad, row.counts[column][1], no)):
                for token, count in mine.items():
                    total[token] += count / of
                    sites[token].add(row.source.site)
        tables.append(
            {
                token: round(log((good[token] + 0.06) / (bad[token] + 0.06)), 2)
                for token, found in sorted(sites.items())
                if len(found) >= _TOKEN_SITES
            }
        )
    return TokenTables(*tables)


def _edge_counts(row: Row, scores: np.ndarray[Any, Any]) -> list[tuple[Counter[str], Counter[str]]]:
    """Return the same for the edge columns, of the blocks that the first stage finds plausible, at most 3 a token."""
    likely = np.nonzero(scores > 0.15)[0]
    found = []
    for column in range(4):
        here: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        for i in likely:
            here[row.labels[i]].update(row.edges[i] if column == 3 else row.tokens[i][column])
        found.append(here)
    return found


def edge_tables(rows: list[Row], counts: dict[int, list[tuple[Counter[str], Counter[str]]]]) -> EdgeTables:
    """Return the log-odds of tokens against the article, among blocks that the first stage finds plausible."""
    tables = []
    for column in range(4):
        good: dict[str, int] = defaultdict(int)
        bad: dict[str, int] = defaultdict(int)
        sites: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            for total, mine in zip((bad, good), counts[id(row)][column], strict=True):
                for token, count in mine.items():
                    total[token] += min(count, 3)
                    sites[token].add(row.source.site)
        weights = {
            token: round(log((bad[token] + 2 * _EDGE_RATIO) / (_EDGE_RATIO * (good[token] + 2))), 2)
            for token, found in sorted(sites.items())
            if len(found) >= _EDGE_SITES
        }
        tables.append({token: weight for token, weight in weights.items() if abs(weight) >= 0.2})
    return EdgeTables(*tables)


def phrases_of(rows: list[Row], scores: dict[int, Any]) -> Phrases:
    """Return the weights of words and pairs of words, learned from the plausible blocks of all rows."""
    sites: dict[str, set[str]] = defaultdict(set)
    texts: list[tuple[set[str], ...]] = []
    labels, weights = [], []
    for row in rows:
        for i in np.nonzero(scores[id(row)] > PLAUSIBLE)[0]:
            found = grams(row.layout.lower[i])
            texts.append(tuple({f"{kind}{gram}" for gram in some} for kind, some in enumerate(found)))
            labels.append(row.labels[i])
            weights.append(min(row.weights[i], _HEAVIEST))
            for some in texts[-1]:
                for gram in some:
                    sites[gram].add(row.source.site)
    names = sorted(gram for gram, found in sites.items() if len(found) >= _PHRASE_SITES)
    number = {gram: k for k, gram in enumerate(names)}
    columns, ends, values = [], [0], []
    for found in texts:
        known = sorted(number[gram] for some in found for gram in some if gram in number)
        columns += known
        values += [1 / max(1, sum(map(len, found))) ** 0.5] * len(known)
        ends.append(len(columns))
    matrix = csr_matrix((values, columns, ends), shape=(len(texts), len(names)))
    model = LogisticRegression(l1_ratio=1, C=_PHRASE_C, solver="liblinear", max_iter=60, tol=1e-3, random_state=0)
    model.fit(matrix, labels, sample_weight=np.array(weights) / np.mean(weights))
    tables: list[dict[str, float]] = [{} for _ in Phrases._fields[:-1]]
    for gram, weight in zip(names, model.coef_[0], strict=True):
        if round(weight, 2):
            tables[int(gram[0])][gram[1:]] = round(float(weight), 2)
    return Phrases(*tables, round(float(model.intercept_[0]), 3))


def _worded(row: Row, phrases: Phrases, scores: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    plausible = [int(i) for i in np.nonzero(scores > PLAUSIBLE)[0]]
    made = phrase_columns(row.layout, plausible, plausible, phrases)
    return np.array(made, np.float32).reshape(len(plausible), len(PHRASE_COLUMNS))


def crossfit(
    rows: list[Row], salt: str, tables_of: Callable[[list[Row]], Any], columns_of: Callable[[Row, Any], Any]
) -> tuple[dict[int, np.ndarray[Any, Any]], Any]:
    """Return columns of each row made from tables that never saw its site, and the tables made from all."""
    columns = {}
    for inner in range(_INNER):
        held = [row for row in rows if fold_of(row.source.site, salt, _INNER) == inner]
        tables = tables_of([row for row in rows if fold_of(row.source.site, salt, _INNER) != inner])
        for row in held:
            columns[id(row)] = columns_of(row, tables)
    return columns, tables_of(rows)


def _first_tokens(row: Row, tables: TokenTables) -> np.ndarray[Any, Any]:
    made = token_columns(row.source.blocks, row.layout, row.names, tables, row.wanted.tolist())
    return np.array(made, np.float32).reshape(len(row.wanted), _TOKEN_COLUMNS)


def _edges(row: Row, tables: EdgeTables) -> np.ndarray[Any, Any]:
    every = list(range(len(row.labels)))
    return np.array(edge_columns(row.source.blocks, row.layout, row.names, tables, every), np.float32)


def _fit(xs: list[Any], rows: list[Row], masks: list[Any], trees: int) -> lightgbm.Booster:
    data = lightgbm.Dataset(
        np.vstack(xs),
        np.concatenate([row.labels[mask] for row, mask in zip(rows, masks, strict=True)]),
        weight=np.concatenate([row.weights[mask] for row, mask in zip(rows, masks, strict=True)]),
    )
    return lightgbm.train(_PARAMETERS, data, trees)


@dataclass(slots=True)
class Fitted:
    """One stage: its trees, its tables, and what it says of pages that it never saw."""

    booster: Any
    tables: Any
    held_out: dict[int, np.ndarray[Any, Any]]


def _stage_one(rows: list[Row], held: list[Row]) -> Fitted:
    columns, tables = crossfit(rows, "x", token_tables, _first_tokens)
    masks = [row.wanted for row in rows]
    booster = _fit([np.hstack([row.first, columns[id(row)]]) for row in rows], rows, masks, FIRST_TREES)
    scores = {}
    for row in held:
        scores[id(row)] = np.zeros(len(row.labels))
        if len(row.wanted):
            scores[id(row)][row.wanted] = booster.predict(np.hstack([row.first, _first_tokens(row, tables)]))
    return Fitted(booster, tables, scores)


def _second_rows(row: Row, scores: np.ndarray[Any, Any], tokens: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    plausible = [int(i) for i in np.nonzero(scores > PLAUSIBLE)[0]]
    first = np.hstack([row.first, tokens])[scores[row.wanted] > PLAUSIBLE].tolist()
    stage = FirstStage(scores.tolist(), plausible, plausible, first)
    made = second_stage(row.source.page.snapshot, row.source.blocks, row.layout, row.claims, stage)
    return np.array(made, np.float32).reshape(len(plausible), len(SECOND_STAGE) - _TRAINED_COLUMNS)


def _stage_two(rows: list[Row], held: list[Row], scores: dict[int, Any], base: dict[int, Any]) -> Fitted:
    counts = {id(row): _edge_counts(row, scores[id(row)]) for row in rows}
    columns, tables = crossfit(rows, "z", lambda some: edge_tables(some, counts), _edges)
    worded, phrases = crossfit(
        rows, "p", lambda some: phrases_of(some, scores), lambda row, made: _worded(row, made, scores[id(row)])
    )
    masks = [scores[id(row)] > PLAUSIBLE for row in rows]
    xs = [
        np.hstack([base[id(row)], columns[id(row)][mask], worded[id(row)]])
        for row, mask in zip(rows, masks, strict=True)
    ]
    booster = _fit(xs, rows, masks, SECOND_TREES)
    found = {}
    for row in held:
        mask = scores[id(row)] > PLAUSIBLE
        out = np.zeros(len(row.labels))
        if mask.any():
            trained = [_edges(row, tables)[mask], _worded(row, phrases, scores[id(row)])]
            out[mask] = booster.predict(np.hstack([base[id(row)], *trained]))
        found[id(row)] = out
    return Fitted(booster, (tables, phrases), found)


def cross_validate(rows: list[Row]) -> tuple[dict[int, Any], dict[int, Any], dict[int, Any]]:
    """Return first-stage scores, second-stage base columns and second-stage scores, all out of fold."""
    scores: dict[int, Any] = {}
    base: dict[int, Any] = {}
    final: dict[int, Any] = {}
    for fold in range(FOLDS):
        train, held = _split(rows, fold)
        stage = _stage_one(train, held)
        scores |= stage.held_out
        for row in held:
            base[id(row)] = _second_rows(row, scores[id(row)], _first_tokens(row, stage.tables))
    for fold in range(FOLDS):
        train, held = _split(rows, fold)
        final |= _stage_two(train, held, scores, base).held_out
    return scores, base, final


def _split(rows: list[Row], fold: int) -> tuple[list[Row], list[Row]]:
    return [row for row in rows if row.fold != fold], [row for row in rows if row.fold == fold]


def report(rows: list[Row], scores: dict[int, Any], scorer: Any, keep: Callable[[Row, Any], list[bool]]) -> None:
    """Print the figures of each set for blocks kept by `keep`."""
    for name in (*SETS, READ):
        grams, exact, failed = [], [], 0
        for row in rows:
            if row.source.set_name != name:
                continue
            kept = keep(row, scores[id(row)])
            text = "\n\n".join(block.text for block, yes in zip(row.source.blocks, kept, strict=True) if yes)
            gold = row.source.body
            grams.append(scorer.overlap(scorer.shingles(text), scorer.shingles(gold)))
            exact.append(scorer.words(text, lower=False) == scorer.words(gold, lower=False))
            failed += scorer.word_prf(text, gold)[2] < 0.5  # the benchmark's limit
        precision = statistics.mean([tp / (tp + fp) for tp, fp, _ in grams if tp + fp] or [0.0])
        recall = statistics.mean(tp / (tp + fn) for tp, _, fn in grams if tp + fn)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name:13} shingle F1 {f1:.4f}  exact {statistics.mean(exact):.3f}  word F1 < .5: {failed}")


def _scored(row: Row, first: np.ndarray[Any, Any], final: np.ndarray[Any, Any]) -> Scored:
    """Return the scores as the shipped code combines them: what the first stage is sure of is settled."""
    combined = np.where(first > SURE, np.maximum(first, SETTLED), final)
    return Scored(row.source.blocks, outline_of(row.layout, row.source.blocks), [float(score) for score in combined])


def _nested(tree: dict[str, Any]) -> Any:
    if "leaf_value" in tree:
        return round(tree["leaf_value"], 4)
    threshold = float(f"{tree['threshold']:.6g}")
    return [tree["split_feature"], threshold, _nested(tree["left_child"]), _nested(tree["right_child"])]


def _trees(booster: Any) -> list[Any]:
    return [_nested(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def write(rows: list[Row], scores: dict[int, Any], base: dict[int, Any], path: Path) -> None:
    """Fit both stages on all pages and store them."""
    first = _stage_one(rows, [])
    second = _stage_two(rows, [], scores, base)
    edges, phrases = second.tables
    content = {
        "trained_on": dict(sorted(Counter(row.source.set_name for row in rows).items())),
        "first_columns": list(FIRST_STAGE),
        "second_columns": list(SECOND_STAGE),
        "first": _trees(first.booster),
        "second": _trees(second.booster),
        "tokens": [
            first.tables.own,
            first.tables.parent,
            first.tables.grandparent,
            first.tables.far,
            first.tables.text,
        ],
        "edges": [edges.own, edges.parent, edges.grandparent, edges.text],
        "phrases": list(phrases),
    }
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size // 1024} KiB")


def main() -> None:
    """Cross-validate, and store the weights with --write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--sets", type=Path, default=Path(os.environ.get("SCRAPER_BENCHMARK", "../shared/benchmark/sets"))
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, str(options.sets.parent))
    import score  # type: ignore[import-not-found]  # noqa: PLC0415  # the benchmark's own scorer

    start = time.time()
    rows = rows_of([*annotated_pages(options.sets), *read_pages(options.sets)])
    print(f"{len(rows)} pages, {sum(len(row.labels) for row in rows)} blocks, {time.time() - start:.0f} s")
    scores, base, final = cross_validate(rows)
    print("first stage, out of fold")
    report(rows, scores, score, lambda _, found: [bool(p > 0.5) for p in found])
    print("both stages, out of fold")
    report(rows, final, score, lambda _, found: [bool(p > 0.5) for p in found])
    print("both stages with the shipped decisions, out of fold")
    report(rows, final, score, lambda row, found: settle(row.source.page, _scored(row, scores[id(row)], found))[0])
    print(f"{time.time() - start:.0f} s")
    if options.write:
        write(rows, scores, base, MODEL_PATH)


if __name__ == "__main__":
    main()
