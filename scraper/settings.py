"""Settings as frozen values, one group a stage; units stand in the names."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ExtractSettings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    """What `extract` and `explain` may be asked for."""

    keep_all: bool = False
    """Return a record even for a page that is no article."""
    html: bool = True
    """Fill `article_body_html`."""
    markdown: bool = False
    """Fill `article_body_markdown`."""
    blocks: bool = False
    """Fill `blocks`."""
    explain: bool = False
    """Keep the verdict on every block of the page, site furniture included."""
