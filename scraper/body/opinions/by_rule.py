"""The body as a site rule selects it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.body.blocks.segment import TextBlock
    from scraper.model.evidence import BlockVerdict
    from scraper.sites.selected import Selected

__all__ = ["CONFIDENCE", "Ruling", "ruling_of"]

CONFIDENCE = 0.99
"""Of a body that a person's rule selected."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule makes of a page's blocks."""

    name: str
    kept: list[bool] | None
    """Which blocks are the body; None: that is left to the classifier."""
    dropped: frozenset[int]
    """Blocks that stand in what the rule drops."""
    warnings: tuple[str, ...] = ()

    def applied(self, kept: list[bool]) -> list[bool]:
        """Return which blocks are kept, given what the classifier keeps."""
        if self.kept is not None:
            return self.kept
        return [keep and i not in self.dropped for i, keep in enumerate(kept)]

    def explained(self, verdicts: tuple[BlockVerdict, ...]) -> tuple[BlockVerdict, ...]:
        """Return the verdicts with the rule as the reason, where it was."""
        return tuple(
            verdict if (reason := self._reason(i)) is None else msgspec.structs.replace(verdict, reason=reason)
            for i, verdict in enumerate(verdicts)
        )

    def _reason(self, i: int) -> str | None:
        if i in self.dropped:
            return f"dropped by the rule {self.name}"
        if self.kept is None:
            return None
        return f"selected by the rule {self.name}" if self.kept[i] else f"outside what the rule {self.name} selects"


def ruling_of(selected: Selected, blocks: Sequence[TextBlock]) -> Ruling:
    """Return what a rule makes of a page's blocks; of a rule that yields too little, a warning and nothing else."""
    rule = selected.rule
    dropped = frozenset(i for i, block in enumerate(blocks) if _within(selected.drop, block))
    if not rule.content:
        return Ruling(rule.name, None, dropped)
    kept = [i not in dropped and _within(selected.content, block) for i, block in enumerate(blocks)]
    chars = sum(len(block.text) for block, keep in zip(blocks, kept, strict=True) if keep)
    if chars < rule.min_chars:
        warning = f"rule_stale: {rule.name}: its content holds {chars} characters, fewer than {rule.min_chars}"
        return Ruling(rule.name, None, frozenset(), (warning,))
    return Ruling(rule.name, kept, dropped)


def _within(ranges: tuple[tuple[int, int], ...], block: TextBlock) -> bool:
    """Whether all text of a block stands inside one of the ranges."""
    at = bisect_right(ranges, (block.start, 1 << 62)) - 1
    return at >= 0 and ranges[at][0] <= block.start and block.end <= ranges[at][1]
