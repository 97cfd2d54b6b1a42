"""Text for a terminal: pages must not be able to move the cursor, hide words or forge lines."""

from __future__ import annotations

import re

__all__ = ["escape_controls", "one_line"]

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""C0 but tab and line feed, DEL, C1 (ECMA-48), line separators and bidirectional controls (Unicode TR 9, section 2)."""
_LINE_ENDS = re.compile(r"[\t\n]+")


def escape_controls(text: str) -> str:
    r"""Return `text` with control and bidirectional characters written as "\u001b"; JSON stays the same JSON."""
    return _CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def one_line(text: str) -> str:
    """Return `text` fit for a single line of a log."""
    return escape_controls(_LINE_ENDS.sub(" ", text))
