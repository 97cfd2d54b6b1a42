"""Train the page-type model and write its weights.

    python -m training.page_type SETS [--out scraper/body/kinds/page_type_weights.json]

SETS is the folder of the benchmark sets. Two models of gradient-boosted trees over the signals of `page_signals`:
"article" against the rest, and the kind of what is no article. Prints cross-validation in five folds grouped by domain;
re-runs to the same file (fixed seed, one thread).

A copy of every page without its URL is learnt at a lower weight, so that a file without `--url` is not taken for a home
page. Pages of the sets without page types, nearly all of them articles and many of them old, are learnt at half weight
as a first model sees them, unless that one is in doubt.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import lightgbm
import numpy as np

from scraper.body.blocks.segment import segment
from scraper.body.kinds.page_signals import address_signals, signals_of
from scraper.metadata.clues import read_clues
from scraper.page.page import page_of

SETS = ("wcxb-dev", "fundus-dev", "news-dev", "articles-dev")
SETS_WITHOUT_TYPES = ("dates-dev", "segments-dev")
KINDS = {
    "collection": "listing",
    "listing": "listing",
    "forum": "forum",
    "product": "product",
    "documentation": "documentation",
    "service": "other",
}
KIND_NAMES = ("listing", "forum", "product", "documentation", "other")
FOLDS = 5
WEIGHT_WITHOUT_URL = 0.35
WEIGHT_WITHOUT_TYPE = 0.5
ARTICLE_FROM, OTHER_UNDER = 0.1, 0.05
"""What the first model says of a page without a type for it to be learnt as an article, or as something else."""
SHARED: dict[str, Any] = {
    "learning_rate": 0.06,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 2,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "seed": 0,
}
ARTICLE: dict[str, Any] = {"objective": "binary", "num_leaves": 12, "min_data_in_leaf": 15, **SHARED}
ARTICLE_ROUNDS = 180
RISES = frozenset(
    [
        *("og_article", "ld_article", "path_year", "date_near", "body_post", "prose_top_chars", "prose_chars"),
        *("path_news", "in_body", "marks_author"),
    ]
)
FALLS = frozenset(
    [
        *("body_forum", "body_shop", "body_docs", "path_forum", "path_shop", "path_docs", "in_forum", "host_forum"),
        *("host_docs", "ld_product", "og_product", "says_price", "says_buy", "n_code"),
    ]
)
"""Signals that can only speak for an article, or only against it: the model may not learn the opposite from noise."""
KIND: dict[str, Any] = {"objective": "multiclass", "num_class": 5, "num_leaves": 5, "min_data_in_leaf": 10, **SHARED}
KIND_ROUNDS = 50
TWO_PART_SUFFIXES = {"co", "com", "org", "gov", "ac", "net", "edu"}


def read_pages(sets: Path, names: tuple[str, ...], seen: set[str]) -> list[dict[str, Any]]:
    """Return set, domain, page type and signals (with and without URL) of every page not in `seen`, which grows."""
    rows = []
    for name in names:
        for line in (sets / name / "pages.jsonl").open(encoding="utf-8"):
            page = json.loads(line)
            if page["id"] in seen:
                continue
            seen.add(page["id"])
            url = page.get("url")
            opened = page_of(gzip.decompress((sets / name / "html" / f"{page['id']}.html.gz").read_bytes()), url)
            clues = read_clues(opened)
            blocks = segment(opened.snapshot)
            rows.append(
                {
                    "set": name,
                    "domain": domain_of(url, page["id"]),
                    "type": page.get("page_type", "article"),
                    "signals": (signals := signals_of(opened.snapshot, clues, blocks, url)),
                    "without": {**signals, **address_signals("")},
                }
            )
    return rows


def domain_of(url: str | None, page_id: str) -> str:
    """Return the registrable domain, near enough for grouping."""
    labels = (urlsplit(url or "").hostname or page_id).split(".")
    size = 3 if len(labels) > 2 and labels[-2] in TWO_PART_SUFFIXES else 2
    return ".".join(labels[-size:])


def fold_of(domain: str) -> int:
    """Return the fold of a domain, the same on every machine."""
    return int(hashlib.sha256(domain.encode()).hexdigest(), 16) % FOLDS


class Table(NamedTuple):
    """Signals of some pages, one page a row."""

    names: list[str]
    with_url: Any
    without: Any
    labels: Any
    folds: Any

    def some(self, chosen: Any) -> Table:
        """Return the rows that are chosen."""
        return Table(self.names, self.with_url[chosen], self.without[chosen], self.labels[chosen], self.folds[chosen])


def table_of(rows: list[dict[str, Any]], names: list[str]) -> Table:
    """Return the signals of pages as arrays."""
    return Table(
        names,
        np.array([[row["signals"][name] for name in names] for row in rows]),
        np.array([[row["without"][name] for name in names] for row in rows]),
        np.array([row["type"] == "article" for row in rows]).astype(int),
        np.array([fold_of(row["domain"]) for row in rows]),
    )


def fit_article(pages: Table, more: Table) -> lightgbm.Booster:
    """Return the model of article against the rest; `more` are pages without a type."""
    first = fit_weighted(pages.names, *weighted(pages, 1.0))
    score = first.predict(more.with_url)
    articles = more.some(score > ARTICLE_FROM)._replace(labels=np.ones((score > ARTICLE_FROM).sum()))
    others = more.some(score < OTHER_UNDER)._replace(labels=np.zeros((score < OTHER_UNDER).sum()))
    parts = [weighted(pages, 1.0), weighted(articles, WEIGHT_WITHOUT_TYPE), weighted(others, WEIGHT_WITHOUT_TYPE)]
    features, labels, weights = zip(*parts, strict=True)
    return fit_weighted(pages.names, np.vstack(features), np.concatenate(labels), np.concatenate(weights))


def weighted(pages: Table, weight: float) -> tuple[Any, Any, Any]:
    """Return (features, labels, weights) of pages with and without their URLs."""
    count = len(pages.labels)
    weights = np.concatenate([np.full(count, weight), np.full(count, weight * WEIGHT_WITHOUT_URL)])
    return np.vstack([pages.with_url, pages.without]), np.concatenate([pages.labels, pages.labels]), weights


def fit_weighted(names: list[str], features: Any, labels: Any, weights: Any) -> lightgbm.Booster:
    """Return trees whose direction is fixed for the signals that can only speak for one side."""
    directions = [(name in RISES) - (name in FALLS) for name in names]
    parameters = {**ARTICLE, "monotone_constraints": directions, "monotone_constraints_method": "advanced"}
    return lightgbm.train(parameters, lightgbm.Dataset(features, labels, weight=weights), ARTICLE_ROUNDS)


def fit_kind(features: Any, kinds: Any) -> lightgbm.Booster:
    """Return the model of the kind of what is no article."""
    return lightgbm.train(KIND, lightgbm.Dataset(features, kinds), KIND_ROUNDS)


def tree_of(node: dict[str, Any]) -> Any:
    """Return a tree as nested lists [signal, threshold, left, right]; a number is a leaf."""
    if "leaf_value" in node:
        return round(node["leaf_value"], 4)
    threshold = float(f"{node['threshold']:.5g}")
    return [node["split_feature"], threshold, tree_of(node["left_child"]), tree_of(node["right_child"])]


def trees_of(model: lightgbm.Booster) -> list[Any]:
    """Return all trees of a model."""
    return [tree_of(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]


def cross_validate(rows: list[dict[str, Any]], pages: Table, more: Table) -> None:
    """Print what the models do on domains that they have not seen."""
    sets = np.array([row["set"] for row in rows])
    kinds = kinds_of(rows)
    found, found_without = np.zeros(len(rows)), np.zeros(len(rows))
    found_more = np.zeros(len(more.labels))
    found_kinds = np.full(len(rows), -1)
    for fold in range(FOLDS):
        train, test = pages.folds != fold, pages.folds == fold
        model = fit_article(pages.some(train), more.some(more.folds != fold))
        found[test], found_without[test] = model.predict(pages.with_url[test]), model.predict(pages.without[test])
        found_more[more.folds == fold] = model.predict(more.with_url[more.folds == fold])
        some = train & (kinds >= 0)
        found_kinds[test] = fit_kind(pages.with_url[some], kinds[some]).predict(pages.with_url[test]).argmax(axis=1)
    declared = np.array([declares_article(row["signals"]) for row in rows])
    found[declared] = found_without[declared] = 1.0
    mixed = sets == "wcxb-dev"
    labels = pages.labels
    for label, score in (("with URL", found), ("without", found_without)):
        for limit in (0.25, 0.4, 0.5, 0.55):
            accuracy = ((score > limit) == labels)[mixed].mean()
            lost = (score <= limit)[mixed & (labels == 1)].mean()
            passed = (score > limit)[mixed & (labels == 0)].mean()
            news = {name: f"{(score <= limit)[sets == name].mean():.3f}" for name in SETS[1:]}
            print(
                f"{label:8} limit {limit:.2f}: accuracy {accuracy:.4f}, refused {lost:.3f}, passed {passed:.3f}, {news}"
            )
    for limit in (0.25, 0.5):
        print(f"pages without a type under {limit}: {(found_more <= limit).mean():.3f}")
    rest = kinds >= 0
    print(f"kind of the rest: accuracy {(found_kinds == kinds)[rest].mean():.3f}")
    for number, name in enumerate(KIND_NAMES):
        print(f"  {name}: {(found_kinds == kinds)[kinds == number].mean():.3f} of {(kinds == number).sum()}")


def declares_article(signals: dict[str, float]) -> bool:
    """Whether `page_type` decides without the model: declared twice over, with a body of 1,100 characters or more."""
    return bool(signals["og_article"] and signals["ld_article"] and signals["prose_chars"] > np.log1p(1_100))


def kinds_of(rows: list[dict[str, Any]]) -> Any:
    """Return the number of each page's kind; -1 for an article."""
    return np.array([KIND_NAMES.index(KINDS[row["type"]]) if row["type"] in KINDS else -1 for row in rows])


def main() -> None:
    """Cross-validate, train on everything, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("--out", type=Path, default=Path("scraper/body/kinds/page_type_weights.json"))
    arguments = parser.parse_args()
    seen: set[str] = set()
    rows = read_pages(arguments.sets, SETS, seen)
    names = list(rows[0]["signals"])
    pages = table_of(rows, names)
    more = table_of(read_pages(arguments.sets, SETS_WITHOUT_TYPES, seen), names)
    cross_validate(rows, pages, more)
    kinds = kinds_of(rows)
    kind_trees = trees_of(fit_kind(pages.with_url[kinds >= 0], kinds[kinds >= 0]))
    weights = {
        "signals": names,
        "article": trees_of(fit_article(pages, more)),
        "kinds": {name: kind_trees[number :: len(KIND_NAMES)] for number, name in enumerate(KIND_NAMES)},
    }
    arguments.out.write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(rows)} pages, {len(names)} signals, {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
