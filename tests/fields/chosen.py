"""A page's fields with a body that is found by tag alone, so that these tests know no classifier."""

from __future__ import annotations

import datetime as dt

from scraper.body.blocks.segment import segment
from scraper.body.story import Story
from scraper.fields.choose import choose_fields
from scraper.metadata.clues import read_clues
from scraper.model.body import Paragraph
from scraper.page.page import page_of

NOW = dt.datetime(2024, 5, 10, 12, 0, tzinfo=dt.UTC)
URL = "https://www.example.com/news/2024/town-bridge-opens"
TEXT = (
    "The new bridge over the river was opened on Thursday morning by the mayor, who had waited for it longer than anyone "
    "in the town. It took six years to build and will carry some nine thousand cars each day, the council said."
)


def story_of(page, credit_lines=()):
    blocks = segment(page.snapshot)
    kept = [page.snapshot.tags[b.element] == "p" and not page.snapshot.sources[b.element] for b in blocks]
    body = tuple(Paragraph(text=b.text) for b, keep in zip(blocks, kept, strict=True) if keep)
    return Story(
        body=body,
        extractor="model",
        confidence=0.9,
        page_type="article",
        segments=blocks,
        kept=kept,
        credit_lines=credit_lines,
    )


def choices_of(html, *, url=URL, now=NOW, credit_lines=()):
    page = page_of(html, url, now=now)
    return choose_fields(page, read_clues(page), story_of(page, credit_lines))
