"""alternativeHeadline (the standfirst or subtitle that readers see) and description (what the page tells machines)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.bylines.authors import bylines
from scraper.fields.bylines.datelines import begins_with_dateline
from scraper.fields.bylines.names import says_who_wrote
from scraper.fields.dates.date_text import find_moments
from scraper.fields.found import Found
from scraper.fields.values import clean, fold, strings
from scraper.model.body import Paragraph, Standfirst
from scraper.model.evidence import Candidate
from scraper.page.words import finder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.body.blocks.segment import TextBlock
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["alternative_headline", "description"]

_MAX_STANDFIRST = 1_200
_MIN_STANDFIRST = 15
_MAX_BETWEEN = 150
"""Elements behind the headline that are looked at."""
_NO_SUMMARY = frozenset({"meta", "link", "img", "a", "body", "article", "main", "figure", "figcaption", "button"})
_WORDS = (
    "standfirst", "subtitle", "sub-title", "sub_title", "subhead", "sub-head", "sub_head", "subline", "strapline", "deck", "dek", "lede",
    "chapeau", "sottotitolo", "entradilla", "bajada", "ingress", "vorspann", "untertitel", "summary", "abstract", "teaser",
    "excerpt", "tagline", "subtitulo", "copete", "sumario", "sapo", "accroche", "manchet", "perex", "description", "lead", "intro",
    "spot",
)  # fmt: skip
"""Words in classes for the summary under a headline, in the vocabulary of publishing systems of many countries."""
_NEAR = 4
"""Blocks behind the headline among which standfirst and byline stand."""
_SENTENCE, _MAX_SENTENCE, _LINE = 30, 400, 90
_STOPS = (".", "!", "?", "…", "。", ".”", ".»", '."')
_START = 40
"""Characters of a line that are compared first."""
_LEADING = 4
"""Blocks of the text among which a summary can stand."""
_MARGIN = 2
_WHOLE = 5
"""Letters up to which a word must stand alone: "lead" is no part of "leaderboard"."""
_LETTERS = re.compile(r"[a-z]+")
_is_no_summary = finder(
    "related", "recommend", "comment", "newsletter", "image", "photo", "caption", "author", "card", "list", "leader", "download",
    "meta", "header-nav", "menu",
)  # fmt: skip
"""In the attributes of other boxes under a headline."""


def description(material: Material) -> Found:
    """Return the candidates for `description`: the publisher's summary."""
    candidates: list[Candidate] = []
    for node in material.articles[:3]:
        candidates += [
            Candidate(value=text, raw=text[:500], source="jsonld", where="description")
            for text in strings(node.get("description"))[:1]
        ]
    for name in ("description", "og:description", "twitter:description", "dc.description", "dcterms.description", "sailthru.description", "abstract"):  # fmt: skip
        for raw in material.clues.meta.get(name, ())[:1]:
            value = clean(raw)
            if value:
                source = "og" if name.startswith("og:") else f"meta:{name}"
                candidates.append(Candidate(value=value, raw=raw[:500], source=source, where=name))
    return Found(tuple(candidates))


def alternative_headline(material: Material) -> Found:
    """Return the candidates for `alternativeHeadline`, as shown first."""
    headline = fold(material.headlines.candidates[0].value) if material.headlines.candidates else ""
    candidates = [
        c
        for c in _candidates(material)
        if fold(c.value) != headline and len(c.value) >= _MIN_STANDFIRST and not begins_with_dateline(c.value)
    ]
    return Found(tuple(candidates or _before_byline(material)))


def _candidates(material: Material) -> Iterator[Candidate]:
    for block in material.story.body[:2]:
        if isinstance(block, Standfirst):
            yield Candidate(value=block.text, raw=block.text[:500], source="visible", where="body")
    yield from _by_class(material)
    for node in material.articles[:3]:
        for key in ("alternativeHeadline", "alternateName", "abstract"):
            for text in strings(node.get(key))[:1]:
                yield Candidate(value=text, raw=text[:500], source="jsonld", where=key)
    yield from _shown_description(material)


def _by_class(material: Material) -> Iterator[Candidate]:
    """Yield elements between the headline and the text whose class says that they are the summary."""
    snapshot = material.snapshot
    at = material.headlines.element
    if at < 0:
        return
    start = snapshot.ends[at]
    stop = min(material.first_element + 1, start + _MAX_BETWEEN, len(snapshot.tags))
    named = material.clues.places.within(_WORDS, start, stop - 1) if stop > start else {}
    for element in sorted(named):
        word = named[element]
        if snapshot.tags[element] in _NO_SUMMARY:
            continue
        names = " ".join(
            snapshot.attribute(element, name) or "" for name in ("class", "itemprop", "id", "data-testid")
        ).lower()
        if word not in names or _is_no_summary(names) or (len(word) <= _WHOLE and word not in _LETTERS.findall(names)):
            continue
        text = clean(snapshot.text(element), _MAX_STANDFIRST + 1)
        if text and len(text) <= _MAX_STANDFIRST:
            yield Candidate(value=text, raw=text[:500], source="visible", where=f"class {word}")


def _before_byline(material: Material) -> Iterator[Candidate]:
    """Yield the sentence between the headline and the line with byline or date."""
    first, *behind = material.head_after_headline[:_NEAR] or (None,)
    if first is None or not _SENTENCE <= len(first.text) <= _MAX_SENTENCE or not first.text.endswith(_STOPS):
        return
    if first.element > material.snapshot.ends[material.headlines.element] and first.text not in material.opening:
        return
    for block in behind:
        line = block.text[:_LINE]
        if len(block.text) <= _LINE and (find_moments(line) or says_who_wrote(line) or _names_author(material, block)):
            yield Candidate(
                value=first.text, raw=first.text[:500], source="visible", where="between headline and byline"
            )
            return


def _names_author(material: Material, block: TextBlock) -> bool:
    """Whether a line is the name of a known author, with little else."""
    return any(name in block.text for _, names, *_ in bylines(material)[:3] for name in names)


def _is_paragraph(material: Material, block: TextBlock) -> bool:
    """Whether a block is a paragraph of the text like the one below it: systems without a summary state the first one.

    Of 402 descriptions that pages show under the headline, 262 were such; a summary of the same form is emphasised.
    """
    below = False
    for kept in material.kept[:_LEADING]:
        if below:
            same = _form(material.snapshot, kept) == _form(material.snapshot, block)
            return same and not _is_emphasised(material, block)
        below = kept.text == block.text
    return False


def _form(snapshot: Snapshot, block: TextBlock) -> tuple[str, str | None, int]:
    """Return tag, class and parent."""
    element = block.element
    return snapshot.tags[element], snapshot.attribute(element, "class"), snapshot.parents[element]


def _is_emphasised(material: Material, block: TextBlock) -> bool:
    """Whether all of a block is in bold or italics."""
    return any(
        span.end - span.start >= len(block.text) - _MARGIN and span.kind in {"strong", "emphasis"}
        for paragraph in material.story.body[:_LEADING]
        if isinstance(paragraph, Paragraph) and paragraph.text == block.text
        for span in paragraph.spans
    )


def _shown_description(material: Material) -> Iterator[Candidate]:
    """Yield the description for machines where the page shows it as a line of its own under the headline."""
    stated = {fold(c.value)[:80] for c in description(material).candidates}
    snapshot = material.snapshot
    for block in material.head_after_headline[:10]:
        start = fold(block.text[:_START])[:_START]
        if (
            len(block.text) > _MIN_STANDFIRST
            and any(text.startswith(start) for text in stated)  # else the whole of it need not be folded
            and fold(block.text)[:80] in stated
            and snapshot.tags[block.element] in {"h2", "h3", "h4", "div", "span", "p", "header", "section", "strong"}
            and not _is_paragraph(material, block)
        ):
            yield Candidate(
                value=block.text, raw=block.text[:500], source="visible", where="description under the headline"
            )
            return
    for block in material.head_after_headline[:2]:
        if snapshot.tags[block.element] == "h2" and len(block.text) > 2 * _MIN_STANDFIRST:
            yield Candidate(value=block.text, raw=block.text[:500], source="visible", where="h2 under the headline")
            return
