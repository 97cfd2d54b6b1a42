"""Body -> plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.model.body import Block

__all__ = ["render_text"]


def render_text(body: Iterable[Block]) -> str:
    """Return the blocks' texts joined by a blank line; blocks without text (figures, embeds) leave no trace."""
    return "\n\n".join(block.text for block in body if block.text)
