"""Verdicts in the order of the page: those on <nav> and <footer> come apart from the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.body.blocks.segment import segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.model.evidence import BlockVerdict
    from scraper.page.page import Page

__all__ = ["in_page_order"]

_FURNITURE = "inside <"
_AHEAD = 40
"""How far the next equal text is looked for: taking <nav> out may have joined the texts beside it."""


def in_page_order(page: Page, verdicts: Sequence[BlockVerdict]) -> list[BlockVerdict]:
    """Return the verdicts of an extraction, each once, those on furniture moved to where it stands on the page."""
    main = [verdict for verdict in verdicts if not verdict.reason.startswith(_FURNITURE)]
    apart = [verdict for verdict in verdicts if verdict.reason.startswith(_FURNITURE)]
    if page.whole is None or not apart:
        return list(verdicts)
    found: list[BlockVerdict] = []
    at = 0
    waiting = 0
    for block in segment(page.whole):
        if waiting < len(apart) and apart[waiting].text == block.text and not _next_is(main, at, block.text):
            found.append(apart[waiting])
            waiting += 1
            continue
        for ahead in range(at, min(at + _AHEAD, len(main))):
            if main[ahead].text == block.text:
                found += main[at : ahead + 1]
                at = ahead + 1
                break
    return found + main[at:] + apart[waiting:]


def _next_is(main: list[BlockVerdict], at: int, text: str) -> bool:
    return at < len(main) and main[at].text == text
