from typing import Any

from scraper.body.blocks.segment import TextBlock
from scraper.body.classifier.claims import Claims
from scraper.body.classifier.layout import Layout
from scraper.body.classifier.scores import Scorer
from scraper.page.snapshot import Snapshot

def scorer_of(weights: dict[str, Any]) -> Scorer: ...
def lay_out(snapshot: Snapshot, blocks: list[TextBlock]) -> Layout: ...
def describe(
    weights: dict[str, Any], snapshot: Snapshot, blocks: list[TextBlock], claims: Claims
) -> tuple[Layout, list[int], list[list[float]], list[int], list[list[float]], list[float]]: ...
