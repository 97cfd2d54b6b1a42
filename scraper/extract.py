"""From a page to an extraction: reads like a table of contents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from scraper.body.find import find_story
from scraper.fields.choose import choose_fields
from scraper.metadata.clues import read_clues
from scraper.model.article import Article, Metadata
from scraper.model.extraction import Extraction
from scraper.model.url import article_id
from scraper.render.html import render_html
from scraper.render.markdown import render_markdown
from scraper.render.text import render_text
from scraper.settings import ExtractSettings

if TYPE_CHECKING:
    from scraper.body.story import Story
    from scraper.model.evidence import Choice
    from scraper.page.page import Page

__all__ = ["article_of", "extract_page"]

_DEFAULT = ExtractSettings()


def extract_page(page: Page, settings: ExtractSettings = _DEFAULT) -> Extraction:
    """Return the article of a page with its evidence; a pure function of its arguments."""
    clues = read_clues(page)
    story = find_story(page, clues, settings)
    choices = choose_fields(page, clues, story)
    return Extraction(
        article=article_of(page, story, choices, settings),
        evidence=choices,
        problems=page.problems + clues.problems,
        blocks=story.verdicts,
        refusal=story.refusal,
    )


def article_of(page: Page, story: Story, choices: dict[str, Choice], settings: ExtractSettings) -> Article:
    """Return the record of decisions that were made, from a page or from plain text."""
    values: dict[str, Any] = {_snake(name): choice.winner.value for name, choice in choices.items() if choice.winner}
    text = render_text(story.body)
    return Article(
        **values,
        id=article_id(values.get("canonical_url") or page.url, values.get("headline"), text),
        url=page.url,
        requested_url=page.requested_url,
        article_body=text,
        article_body_html=render_html(story.body) if settings.html else None,
        article_body_markdown=render_markdown(story.body) if settings.markdown else None,
        blocks=story.body if settings.blocks else None,
        metadata=Metadata(
            extractor=story.extractor,
            extractor_version="0.1.0",
            page_type=story.page_type,
            confidence=story.confidence,
            text_hash=hashlib.sha256(text.encode()).hexdigest()[:16],
        ),
    )


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name)
