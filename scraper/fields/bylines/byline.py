"""Byline: what one place of a page says of its authors."""

from __future__ import annotations

from scraper.body.labels import opening_of
from scraper.page.words import finder

__all__ = ["HEADINGS", "MAX_BARE", "MAX_BYLINE", "Byline", "is_no_byline", "is_of_others"]

Byline = tuple[str, list[str], str, str, dict[str, str]]
"""(raw, names, source, where, URL by name)."""
MAX_BYLINE = 200
"""Characters of a byline; longer texts tell of the author."""
MAX_BARE = 40
"""Characters of a line that is a name or little more."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
is_no_byline = finder(
    "comment", "related", "teaser", "bio-", "-bio", "_bio", "biograph", "avatar", "photo", "image", "img", "caption", "social",
    "follow", "newsletter", "figure", "sidebar", "widget", "description", "more-from", "readmore", "popular", "recirc",
    "recommend", "-card", "_card", " card", "list-item", "thumb", "reply",
)  # fmt: skip
"""In the attributes of elements about authors that are no bylines."""
_OTHERS = frozenset({"related", "comments"})
"""Categories of `body.vocabulary`."""


def is_of_others(heading: str) -> bool:
    """Whether a heading is of other articles or of comments: "Related articles"."""
    said = opening_of(heading)
    return said is not None and said.name in _OTHERS
