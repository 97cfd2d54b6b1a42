"""Finding: why a text is in the article or is not."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["Finding"]

Whereabouts = Literal["kept", "elsewhere", "dropped", "metadata", "hidden", "absent"]
_KEPT_FROM = 0.5
"""The classifier's threshold; lists, headings and strays go by more than their own score."""
_SHOWN = 300
"""Characters of a text in a message; who asks knows its words."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of `why`; `str()` says it in a few lines.

    >>> finding = why(html, "Get the Courier in your inbox")[0]
    >>> finding.whereabouts, finding.reason, finding.score < .5
    ('dropped', 'newsletter vocabulary', True)

    """

    whereabouts: Whereabouts
    """"kept": in the article's text; "elsewhere": in fields of the record, as a caption or a name; "dropped": nowhere;
    "metadata": in the text, though the page shows it nowhere; "hidden": in a script, an attribute or a comment alone;
    "absent": not in the page."""
    headline: str
    """The answer in one line."""
    text: str = ""
    """The block of the page that holds what was asked for."""
    reason: str = ""
    """The verdict's, as in `Extraction.blocks`."""
    meaning: str = ""
    """What that means, and what to do about it, in sentences."""
    score: float | None = None
    """0 to 1: how much the block looks like the article; mostly, from .5 on a block is kept."""
    place: str = ""
    """Tag and class, such as "p.article-text"; a place in the source for what is hidden."""

    def __str__(self) -> str:
        shown = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]} …"
        score = "" if self.score is None else f"score {self.score:.2f} of 1"
        if self.score is not None and (self.score >= _KEPT_FROM) == (self.whereabouts == "kept"):
            score += f", from {_KEPT_FROM:.2f} on a block is kept"
        facts = ", ".join(filter(None, (score, self.place and f"place {self.place}")))
        return "\n  ".join(filter(None, (self.headline, shown, self.meaning, facts)))
