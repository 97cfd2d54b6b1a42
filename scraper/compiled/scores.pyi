from typing import Any

from scraper.body.scores import Scorer

def scorer_of(weights: dict[str, Any]) -> Scorer: ...
