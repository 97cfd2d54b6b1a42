"""Choices and story -> the record."""

from __future__ import annotations

from datetime import UTC
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from scraper.fields.fingerprint import count_and_simhash, text_hash
from scraper.fields.pictures.in_body import with_pictures_of
from scraper.model.article import Article, Metadata
from scraper.model.url import article_id
from scraper.render.html import render_html
from scraper.render.markdown import render_markdown
from scraper.render.text import render_text
from scraper.version import __version__

if TYPE_CHECKING:
    from scraper.body.story import Story
    from scraper.model.evidence import Choice
    from scraper.page.page import Page
    from scraper.settings import ExtractSettings

__all__ = ["build_article", "with_warning"]

_MAX_WARNINGS = 30
_MAX_WARNING = 300


def build_article(page: Page, story: Story, choices: dict[str, Choice], settings: ExtractSettings) -> Article:
    """Return the record of a page."""
    values: dict[str, Any] = {_snake(name): choice.winner.value for name, choice in choices.items() if choice.winner}
    for name in ("datePublished", "dateModified"):
        winner = choices[name].winner if name in choices else None
        if winner:
            values[f"{_snake(name)}_raw"] = winner.raw
    body = with_pictures_of(story.body, choices.get("images"))
    text = render_text(body)
    words, fingerprint = count_and_simhash(text)
    warnings = [*page.doubts, *story.warnings]
    warnings += [problem for choice in choices.values() for problem in choice.problems]
    return Article(
        **values,
        id=article_id(values.get("canonical_url") or page.url, values.get("headline"), text),
        url=page.url,
        requested_url=page.requested_url,
        article_body=text,
        article_body_html=(render_html(body) or None) if settings.html else None,
        article_body_markdown=(render_markdown(body) or None) if settings.markdown else None,
        blocks=body if settings.blocks else None,
        word_count=words,
        metadata=Metadata(
            fetched_at=page.fetched_at.astimezone(UTC).isoformat().replace("+00:00", "Z") if page.fetched_at else None,
            http_status=page.status,
            content_type=page.content_type,
            encoding=page.encoding,
            extractor=story.extractor,
            extractor_version=__version__,
            page_type=story.page_type,
            confidence=story.confidence,
            truncated=story.truncated,
            text_hash=text_hash(text) if text else None,
            simhash=fingerprint,
            sources={name: choice.winner.source for name, choice in choices.items() if choice.winner},
            warnings=tuple(w[:_MAX_WARNING] for w in warnings[:_MAX_WARNINGS]),
            rule=story.rule,
        ),
    )


def with_warning(article: Article, warning: str) -> Article:
    """Return the record with one more warning."""
    warnings = (*article.metadata.warnings, warning[:_MAX_WARNING])[:_MAX_WARNINGS]
    return msgspec.structs.replace(article, metadata=msgspec.structs.replace(article.metadata, warnings=warnings))


@cache
def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name)
