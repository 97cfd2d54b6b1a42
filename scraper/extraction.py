"""From a page to an extraction: reads like a table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.body.find import find_story
from scraper.body.furniture import furniture_verdicts
from scraper.body.kinds.refusals import refusal_of
from scraper.fields.by_rule import published_day, with_rule
from scraper.fields.choose import choose_fields
from scraper.fields.pagination import names_its_pages, next_page
from scraper.fields.record import build_article, with_warning
from scraper.metadata.clues import read_clues
from scraper.model.extraction import Extraction
from scraper.model.response import RENDERED
from scraper.settings import ExtractSettings
from scraper.sites.selected import select

if TYPE_CHECKING:
    from scraper.page.page import Page
    from scraper.sites.memories import SiteMemories
    from scraper.sites.memory import SiteMemory
    from scraper.sites.registry import SiteRules

__all__ = ["extract_page"]

_DEFAULT = ExtractSettings()


def extract_page(
    page: Page,
    settings: ExtractSettings = _DEFAULT,
    *,
    memory: SiteMemory | SiteMemories | None = None,
    rules: SiteRules | None = None,
) -> Extraction:
    """Return the article of a page with its evidence; a pure function of its arguments.

    Args:
        page: to read.
        settings: what to ask for.
        memory: of the page's site: what the site repeats is dropped, and the extraction has traces to learn from.
        rules: what a user knows about sites; the most specific one for the page goes before all else.

    """
    clues = read_clues(page)
    rule = rules.for_page(page.url, published_day(page, clues)) if rules else None
    selected = select(page, rule) if rule else None
    story = find_story(page, clues, settings, memory if settings.site_memory != "off" else None, selected)
    choices = choose_fields(page, clues, story)
    if selected:
        choices = with_rule(choices, selected, page)
    field_problems = tuple(problem for choice in choices.values() for problem in choice.problems)
    article = build_article(page, story, choices, settings)
    more = next_page(page, article.canonical_url)
    if more and (page.archived or names_its_pages(page.url)):
        article = with_warning(article, f"more pages: {more}")
    if page.archived:
        article = with_warning(article, page.archived)
    if RENDERED in page.problems:
        article = with_warning(article, RENDERED)
    return Extraction(
        article=article,
        evidence=choices,
        problems=page.problems + clues.problems + field_problems + story.warnings,
        blocks=story.verdicts + furniture_verdicts(page),
        refusal=story.refusal and refusal_of(story.refusal, story.page_type, page),
        next_page=None if page.archived else more,  # which stands on the live web
        traces=story.traces,
    )
