"""Weights for the links of front pages: a logistic regression over `scraper.discover.link_features`.

    python -m training.links [--write]

Labels were made by reading: `training/link_labels.json` holds, for links of benchmark pages, whether they lead to an
article, by a hash of the page's and the link's URL keys. "train" and "test" share no site. Prints grouped
cross-validation on "train" and the figures on "test", which was used for nothing else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from benchmarks.sets import find_sets, pages_of
from scraper.discover.front_page import candidates_of
from scraper.discover.link_features import features_of
from scraper.errors import ScraperError
from scraper.model.url import registrable_domain, url_key
from scraper.page.links import base_url_of
from scraper.page.page import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SETS = ("fundus-dev", "news-dev", "articles-dev", "fields-dev", "wcxb-dev")
LABELS = Path(__file__).with_name("link_labels.json")
WEIGHTS = Path(__file__).parents[1] / "scraper" / "discover" / "link_weights.json"
RIDGE = 4.0
"""Chosen by the log loss of the cross-validation among .5, 1, 2, 4."""
FOLDS = 5

Row = tuple[set[str], int, str, str]
"""Features, label, site, part."""


def main() -> None:
    """Train, measure, and write where asked to."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true", help="write the weights")
    chosen = options.parse_args()
    rows = list(labelled())
    train = [row for row in rows if row[3] == "train"]
    sites = sorted({row[2] for row in train})
    scores: list[float] = []
    truth: list[int] = []
    for fold in range(FOLDS):
        out = set(sites[fold::FOLDS])
        weights = fit([row for row in train if row[2] not in out])
        left = [row for row in train if row[2] in out]
        scores += [score(weights, row[0]) for row in left]
        truth += [row[1] for row in left]
    show("train, 5 folds by site", scores, truth)
    weights = fit(train)
    for part in ("test", "test: any link", "test: links with words"):
        some = [row for row in rows if row[3].startswith(part)]
        show(part, [score(weights, row[0]) for row in some], [row[1] for row in some])
    if chosen.write:
        text = json.dumps({name: round(weight, 2) for name, weight in sorted(weights.items())}, indent=0)
        WEIGHTS.write_text(text + "\n", encoding="utf-8")


def labelled() -> Iterator[Row]:
    """Yield the labelled links of the sets' pages."""
    sets = find_sets()
    if sets is None:
        raise SystemExit("no benchmark sets: name their folder in SCRAPER_BENCHMARK")
    labels: dict[str, list[Any]] = json.loads(LABELS.read_text(encoding="utf-8"))
    pages = {key.partition("-")[0] for key in labels}
    for name in SETS:
        for page in pages_of(sets / name):
            if not page.url or page_hash(page.url) not in pages:
                continue
            try:
                whole = page_of(page.source, page.url, whole=True).whole
            except ScraperError:
                continue
            site = registrable_domain(urlsplit(page.url).hostname or "")
            links = candidates_of(whole, page.url, base_url_of(whole, page.url) or page.url) if whole else []
            for link, features in zip(links, features_of(links, page.url), strict=True):
                label = labels.get(f"{page_hash(page.url)}-{page_hash(link.url)}")
                if label:
                    yield features, label[0], site, label[1]


def page_hash(url: str) -> str:
    """Return 12 hex digits that stand for a URL."""
    return hashlib.sha256(url_key(url).encode()).hexdigest()[:12]


def fit(rows: list[Row]) -> dict[str, float]:
    """Return the weights of each feature, and of "" for the intercept: Newton's method on the penalised likelihood."""
    names = ["", *sorted({name for row in rows for name in row[0]})]
    place = {name: at for at, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    x[:, 0] = 1
    for at, row in enumerate(rows):
        x[at, [place[name] for name in row[0]]] = 1
    y = np.array([row[1] for row in rows])
    ridge = np.full(len(names), RIDGE)
    ridge[0] = 1e-6
    beta = np.zeros(len(names))
    for _ in range(15):
        p = 1 / (1 + np.exp(-x @ beta))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        beta -= np.linalg.solve(hessian, x.T @ (p - y) + ridge * beta)
    return dict(zip(names, beta.tolist(), strict=True))


def score(weights: dict[str, float], features: set[str]) -> float:
    """Return the probability of an article."""
    return float(1 / (1 + np.exp(-weights[""] - sum(weights.get(name, 0.0) for name in features))))


def show(name: str, scores: list[float], truth: list[int]) -> None:
    """Print precision and recall."""
    said = [one >= 0.5 for one in scores]
    right = sum(a and b for a, b in zip(said, truth, strict=True))
    print(
        f"{name}: {len(truth)} links, {sum(truth)} to articles, "
        f"precision {right / max(1, sum(said)):.3f}, recall {right / max(1, sum(truth)):.3f}"
    )


if __name__ == "__main__":
    main()
