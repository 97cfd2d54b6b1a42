"""liveUpdates and isLiveBlog."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scraper.fields.dates.date_text import read_moment
from scraper.fields.found import Found
from scraper.fields.values import absolute_url, clean, strings, type_names
from scraper.model.article import LiveBlogUpdate
from scraper.model.body import Heading, LiveUpdate, Paragraph
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from scraper.fields.material import Material

__all__ = ["is_live_blog", "live_updates"]

_MAX_UPDATES = 500
_MAX_BODY = 50_000
_TIME = re.compile(r"\d[:.h]\d{2}(?!\d)")
_TIME_LINE = 40
"""Characters of a line that says when."""
_HEADLINE = 120
_NO_HEADLINE = (".", ":", ";", ",", "…")


def is_live_blog(material: Material) -> Found:
    """Return the candidate for `isLiveBlog`: true or nothing, for no page says that it is none."""
    for node in material.articles[:3]:
        if "liveblogposting" in type_names(node):
            return Found((Candidate(value=True, raw="LiveBlogPosting", source="jsonld", where="@type"),))
    if material.story.page_type == "live_blog":
        return Found((Candidate(value=True, raw="live_blog", source="text", where="page type"),))
    return Found()


def live_updates(material: Material) -> Found:
    """Return the candidates for `liveUpdates`, newest first."""
    candidates: list[Candidate] = []
    for node in material.articles[:3]:
        updates = node.get("liveBlogUpdate")
        found = [
            u
            for item in (updates if isinstance(updates, list) else [updates])[:_MAX_UPDATES]
            if (u := _update(material, item))
        ]
        if found:
            ordered = tuple(sorted(found, key=_instant, reverse=True))
            candidates.append(
                Candidate(value=ordered, raw=f"{len(ordered)} updates", source="jsonld", where="liveBlogUpdate")
            )
    shown = _shown(material)
    if shown:
        candidates.append(Candidate(value=shown, raw=f"{len(shown)} updates", source="visible", where="body"))
    return Found(tuple(candidates))


def _instant(update: LiveBlogUpdate) -> float:
    moment = read_moment(update.date_published) if update.date_published else None
    return moment.as_datetime().timestamp() if moment else 0.0


def _update(material: Material, item: Any) -> LiveBlogUpdate | None:
    if not isinstance(item, dict):
        return None
    moment = read_moment(item.get("datePublished"))
    headline = next(iter(strings(item.get("headline"))), None)
    body = clean(item.get("articleBody"), _MAX_BODY) or ""
    if not headline and not body:
        return None
    return LiveBlogUpdate(
        headline=headline,
        date_published=moment.iso if moment else None,
        article_body=body,
        url=absolute_url(item.get("url"), material.base),
    )


def _shown(material: Material) -> tuple[LiveBlogUpdate, ...]:
    """Return the updates that the body has as blocks: a LiveUpdate heads each."""
    updates: list[LiveBlogUpdate] = []
    head: LiveUpdate | None = None
    headline: str | None = None
    texts: list[str] = []

    def close() -> None:
        if head is not None:
            own, rest = (headline, texts) if headline else _headed(texts)
            updates.append(
                LiveBlogUpdate(
                    headline=own or head.text or None,
                    date_published=head.date_published,
                    article_body="\n\n".join(rest),
                )
            )

    for block in material.story.body:
        if isinstance(block, LiveUpdate):
            close()
            head, headline, texts = block, None, []
        elif head is not None:
            if isinstance(block, Heading) and headline is None and not texts:
                headline = block.text
            elif isinstance(block, Paragraph) or block.text:
                texts.append(block.text)
    close()
    return tuple(updates)


def _headed(texts: list[str]) -> tuple[str | None, list[str]]:
    """Return (headline, the other texts) of an update without an element of a heading; the line of its time is neither."""
    if texts and len(texts[0]) <= _TIME_LINE and _TIME.search(texts[0]):
        texts = texts[1:]
    if len(texts) > 1 and len(texts[0]) <= _HEADLINE and "\n" not in texts[0] and not texts[0].endswith(_NO_HEADLINE):
        return texts[0], texts[1:]
    return None, texts
