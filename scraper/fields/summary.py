"""alternativeHeadline (the standfirst or subtitle that readers see) and description (what the page tells machines)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import partial
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from scraper.fields.bylines.authors import bylines
from scraper.fields.bylines.datelines import begins_with_dateline
from scraper.fields.bylines.given_names import begins_with_given_name
from scraper.fields.bylines.names import is_picture_credit, says_who_wrote
from scraper.fields.bylines.persons import looks_like_person
from scraper.fields.dates.date_text import find_moments
from scraper.fields.found import Found
from scraper.fields.values import clean, fold, strings
from scraper.model.body import Figure, Paragraph, Standfirst
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
    "excerpt", "tagline", "subtitulo", "copete", "sumario", "sapo", "accroche", "manchet", "perex", "description", "leadtext", "lead", "intro",
    "spot",
)  # fmt: skip
"""Words in classes for the summary under a headline, in the vocabulary of publishing systems of many countries."""
_NEAR = 4
"""Blocks behind the headline among which standfirst and byline stand."""
_SENTENCE, _MAX_SENTENCE, _LINE = 30, 400, 90
_STOPS = (".", "!", "?", "…", "。", ".”", ".»", '."')
_START = 40
"""Characters of a line that are compared first."""
_COMPARED = 80
"""Folded characters of a description and of the line that may show it, which are compared."""
_LEADING = 4
"""Blocks of the text among which a summary can stand."""
_MARGIN = 2
_WHOLE = 5
"""Letters up to which a word must stand alone: "lead" is no part of "leaderboard"."""
_LETTERS = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
_BEGIN = attrgetter("start")
_LIST = re.compile(r"\s*(?:,|&|\b(?:and|und|et|y|e|og|och)\b)\s*")
_TITLE_OF_BOX = re.compile(
    r"(?:summary|abstract|description|excerpt|intro)(?:[a-z]*[-_]+)+(?:title|heading|label)(?![a-z])"
)
_is_no_summary = finder(
    "related", "recommend", "comment", "newsletter", "image", "photo", "caption", "author", "card", "list", "leader", "download",
    "meta", "header-nav", "menu", "disclosure", "disclaimer", "affiliate",
)  # fmt: skip
"""In the attributes of other boxes under a headline."""
_is_note = finder("disclosure", "disclaimer", "affiliate")
"""In the attributes of a note on advertising, which stands where a summary does."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_SECTION = 120
"""Characters up to which a heading can be that of a section."""
_MAX_AROUND_HEADLINE = 40
"""Characters beside the headline in what only repeats it: "5 thoughts on ..."."""
_MAX_AROUND_DATE = 25
"""Characters beside the date in a line of a date, and of a place or a name."""
_HALF = 0.5
"""Share of the text from which an element holds it."""
_ITEM = 40
"""Characters of the items of a summary in points; those of a list of facts are shorter."""
_BOLD = range(40, _MAX_STANDFIRST)
"""Characters of a first paragraph in bold that is the summary."""


def description(material: Material) -> Found:
    """Return the candidates for `description`: the publisher's summary."""
    if "description" not in material.memo:
        material.memo["description"] = _descriptions(material)
    found: Found = material.memo["description"]
    return found


def _descriptions(material: Material) -> Found:
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
    candidates = [c for c in _candidates(material) if _may_be_summary(c.value, headline)]
    candidates = candidates or list(_before_byline(material)) or list(_bold_opening(material))
    return Found(tuple(c for c in candidates if _may_be_summary(c.value, headline)))


def _may_be_summary(text: str, headline: str) -> bool:
    """Whether a text is no repeated headline, no line with a date, no beginning of the story."""
    if len(text) < _MIN_STANDFIRST or begins_with_dateline(text):
        return False
    folded = fold(text) if len(text) <= len(headline) + _MAX_AROUND_HEADLINE * 2 else ""
    repeats = folded == headline or (
        len(headline) > _MIN_STANDFIRST and headline in folded and len(folded) - len(headline) <= _MAX_AROUND_HEADLINE
    )
    return not (folded and repeats) and not _is_of_head(text)


def _is_of_head(text: str) -> bool:
    """Whether a line is a byline, a picture's, or has dates and little else: "3 May 2024 - Halford"."""
    if len(text) > _LINE:
        return False
    if says_who_wrote(text) or is_picture_credit(text):
        return True
    people = _LIST.split(text)
    if all(map(looks_like_person, people)) and any(map(begins_with_given_name, people)):
        return True
    moments = find_moments(text) if _DIGIT.search(text) else []
    around = len(text) - sum(moment.end - moment.start for moment in moments)
    opens = bool(moments) and moments[0].start <= 1 and not text.endswith(_STOPS)
    return bool(moments) and (opens or around <= _MAX_AROUND_DATE)


def _candidates(material: Material) -> Iterator[Candidate]:
    for block in material.story.body[:2]:
        if isinstance(block, Standfirst) and not _is_other(material, block.text):
            yield _shown(block.text, "body")
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
        if _TITLE_OF_BOX.search(names):
            continue
        text = _text_of(material, element)
        if text and len(text) <= _MAX_STANDFIRST:
            yield _shown(text, f"class {word}")


def _shown(text: str, where: str) -> Candidate:
    return Candidate(value=text, raw=text[:500], source="visible", where=where)


def _is_other(material: Material, text: str) -> bool:
    """Whether the block that stands for the summary in the body is a note on advertising, or the heading of a section."""
    element = next((block.element for block in material.kept[:2] if block.text == text), -1)
    if element < 0:
        return False
    return _is_of_section(material, element, text) or _is_note(material.snapshot.sources[element].lower())


def _is_of_section(material: Material, element: int, text: str) -> bool:
    """Whether a heading is short, no sentence, and has others of its form on the page: of sections, of teasers."""
    tag = material.snapshot.tags[element]
    if tag not in _HEADINGS or len(text) > _SECTION or text.endswith("."):
        return False
    own = material.snapshot.attribute(element, "class")
    others = material.clues.places.tag(tag) if own else [block.element for block in material.kept]
    return any(
        other != element and material.snapshot.tags[other] == tag and material.snapshot.attribute(other, "class") == own
        for other in others
    )


def _text_of(material: Material, element: int) -> str | None:
    """Return the text of an element that calls itself the summary, its lines parted by blanks; None: it holds the story."""
    snapshot = material.snapshot
    text = clean(snapshot.text(element), _MAX_STANDFIRST + 1)
    segments = material.story.segments
    low = bisect_left(segments, snapshot.text_starts[element], key=_BEGIN)
    inside = segments[low : bisect_left(segments, snapshot.text_ends[element], lo=low, key=_BEGIN)]
    if not text or len(inside) <= 1:
        return text
    size = sum(len(block.text) for block in inside)
    title = inside[0].text
    listed = snapshot.tags[inside[0].element] == "li" and size >= _ITEM * len(inside)
    if len(title) <= _LINE and not title.endswith(_STOPS) and not listed:
        return None  # the title of a box, a fact
    if size >= _HALF * sum(len(block.text) for block in material.kept):
        return None
    return " ".join(block.text for block in inside if not _is_of_head(block.text))


def _bold_opening(material: Material) -> Iterator[Candidate]:
    """Yield the first paragraph where it is all in bold, and the next one is not."""
    lines = [block for block in material.story.body[:_LEADING] if not isinstance(block, Figure)]
    first, second = (*lines[:2], None, None)[:2]
    if isinstance(first, Paragraph) and isinstance(second, Paragraph) and len(first.text) in _BOLD:
        whole = [span.kind for span in first.spans if span.end - span.start >= len(first.text) - _MARGIN]
        if "strong" in whole and not any(span.kind == "strong" and span.start == 0 for span in second.spans):
            yield _shown(first.text, "first paragraph in bold")


def _before_byline(material: Material) -> Iterator[Candidate]:
    """Yield the sentences between the headline and the line with byline or date."""
    lines = material.head_after_headline[: _NEAR + 1]
    if not lines or not _SENTENCE <= len(lines[0].text) <= _MAX_SENTENCE or not lines[0].text.endswith(_STOPS):
        return
    if lines[0].element > material.snapshot.ends[material.headlines.element] and lines[0].text not in material.opening:
        return
    for k, block in enumerate(lines[1:], 1):
        line = block.text[:_LINE]
        if len(block.text) <= _LINE and (find_moments(line) or says_who_wrote(line) or _names_author(material, block)):
            text = " ".join(b.text for b in takewhile(partial(_is_like, material, lines[0]), lines[:k]))
            yield _shown(text if len(text) <= _MAX_STANDFIRST else lines[0].text, "between headline and byline")
            return


def _is_like(material: Material, first: TextBlock, block: TextBlock) -> bool:
    """Whether a line goes on with what the first one began: a sentence of the same form."""
    return block.text.endswith((*_STOPS, ":")) and _form(material.snapshot, block) == _form(material.snapshot, first)


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
    stated = {_start_of(c.value) for c in description(material).candidates}
    snapshot = material.snapshot
    for block in material.head_after_headline[:10]:
        start = fold(block.text[:_START])[:_START]
        if (
            len(block.text) > _MIN_STANDFIRST
            and any(text.startswith(start) for text in stated)  # else the whole of it need not be folded
            and _start_of(block.text) in stated
            and snapshot.tags[block.element] in {"h2", "h3", "h4", "div", "span", "p", "header", "section", "strong"}
            and not _is_paragraph(material, block)
        ):
            yield Candidate(
                value=block.text, raw=block.text[:500], source="visible", where="description under the headline"
            )
            return
    yield from _headings_below(material)


def _start_of(text: str) -> str:
    """Return how a text begins, folded; hardly ever is more than the start of it signs that fold away."""
    start = fold(text[: 2 * _COMPARED])
    return (start if len(start) > _COMPARED else fold(text))[:_COMPARED]


def _headings_below(material: Material) -> Iterator[Candidate]:
    """Yield the heading right under the headline that is of no section: the date follows, or it is long."""
    lines = material.head_after_headline[:3]
    tags = material.snapshot.tags
    for k, block in enumerate(lines[:2]):
        tag = tags[block.element]
        if tag not in _HEADINGS or _is_of_section(material, block.element, block.text):
            continue
        below = lines[k + 1].text if k + 1 < len(lines) else ""
        dated = k == 0 and len(below) < _LINE and bool(_DIGIT.search(below)) and bool(find_moments(below))
        named = says_who_wrote(block.text) or looks_like_person(block.text)
        if not named and (dated or (tag == "h2" and len(block.text) > 2 * _MIN_STANDFIRST)):
            yield _shown(block.text, f"{tag} under the headline")
            return
    at = bisect_left(material.story.segments, material.snapshot.text_ends[material.headlines.element], key=_BEGIN)
    first = next(iter(material.story.segments[at : at + 1]), None)
    if first and tags[first.element] == "h2" and _SECTION < len(first.text) <= _MAX_STANDFIRST and first not in lines:
        yield _shown(first.text, "h2 under the headline")
