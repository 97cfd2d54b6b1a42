"""Where the CPU time of an extraction goes: a clock around each step, time inside another step counted there only."""

from __future__ import annotations

import importlib
import time
from collections import defaultdict
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["STAGES", "timed_stages"]

STAGES = {
    "page": ("scraper.page.page:decode", "scraper.page.page:check", "scraper.page.page:snapshot_of"),
    "metadata": ("scraper.extraction:read_clues",),
    "segment": ("scraper.body.find:segment",),
    "score": ("scraper.body.find:score_blocks",),
    "decide": ("scraper.body.find:settle", "scraper.body.find:standfirst_of"),
    "second opinion": ("scraper.body.find:opinion",),
    "assemble": ("scraper.body.find:assemble", "scraper.body.find:render_text"),
    "page type": ("scraper.body.kinds.page_type:PageKinds.verdict",),
    "fields": ("scraper.extraction:choose_fields",),
    "record": ("scraper.extraction:build_article",),
}
"""Stage -> the functions that make it, by the module that calls them; a method by its class."""


@contextmanager
def timed_stages() -> Iterator[dict[str, float]]:
    """Yield the seconds of CPU by stage, counted while the context lasts.

    Raises:
        AttributeError: a function has got another name: correct STAGES.

    """
    spent: dict[str, float] = defaultdict(float)
    stack: list[tuple[str, float]] = []
    originals = []
    for stage, places in STAGES.items():
        for place in places:
            module_name, _, path = place.partition(":")
            outer, _, name = path.rpartition(".")
            holder: Any = importlib.import_module(module_name)
            holder = getattr(holder, outer) if outer else holder
            original = getattr(holder, name)
            originals.append((holder, name, original))
            setattr(holder, name, _clocked(original, stage, spent, stack))
    try:
        yield spent
    finally:
        for holder, name, original in originals:
            setattr(holder, name, original)


def _clocked(
    function: Callable[..., Any], stage: str, spent: dict[str, float], stack: list[tuple[str, float]]
) -> Callable[..., Any]:
    @wraps(function)
    def run(*values: Any, **named: Any) -> Any:
        now = time.process_time()
        if stack:
            outer, since = stack[-1]
            spent[outer] += now - since
        stack.append((stage, now))
        try:
            return function(*values, **named)
        finally:
            now = time.process_time()
            _, since = stack.pop()
            spent[stage] += now - since
            if stack:
                stack[-1] = (stack[-1][0], now)

    return run
