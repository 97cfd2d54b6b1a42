"""The story of a page: segment, score, decide, type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.body.assemble import assemble
from scraper.body.segment import segment
from scraper.body.story import Story
from scraper.page.links import base_url_of

if TYPE_CHECKING:
    from scraper.metadata.clues import Clues
    from scraper.page.page import Page
    from scraper.settings import ExtractSettings

__all__ = ["find_story"]


def find_story(page: Page, clues: Clues, settings: ExtractSettings) -> Story:
    """Return the page's story; of a page without any, one with an empty body and a refusal."""
    blocks = segment(page.snapshot)
    tags = page.snapshot.tags
    kept = [
        tags[b.element] in {"p", "h2", "h3"} and b.link_chars * 2 < len(b.text) and len(b.text) > 25 for b in blocks
    ]
    body = assemble(page.snapshot, blocks, kept, base_url=base_url_of(page.snapshot, page.url))
    return Story(body=body, extractor="model", confidence=0.5, page_type="article", segments=blocks, kept=kept)
