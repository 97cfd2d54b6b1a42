"""Which lines of a text without markup are the article: the decisions of the HTML extractor, on lines.

A page saved as text keeps its lines and blank lines only. The story is the stretch in which prose outweighs labels;
inside it, lines that give themselves away (share labels, captions, pointers to other articles) are dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from scraper.body.labels import category_of
from scraper.body.text_lines import END, SPACELESS

if TYPE_CHECKING:
    from scraper.body.text_lines import Line
    from scraper.body.vocabulary import Category

__all__ = ["Role", "Sorted", "sort_lines"]

Role = Literal["body", "heading", "headline", "byline", "date", "caption", "credit", "label", "repeated", "outside"]

_SOFT_END = re.compile(r"[.!?…。！？؟।:;,，：；\"'”“’»«」』)\]]$")
_WORD = re.compile(r"\w+")

_PROSE = 80
"""Characters from which a line with an end is prose; characters of CJK and the like count double."""
_SHORT = 40
_STOP_WORD = 3
"""Characters of words that say nothing about what a text is about."""
_HEADING = 100
_REPEATED = 40
_LABEL_SIZE = 160
_LARGEST_BLOCK, _NEAR = 10, 4
"""Lines of a newsletter box; they have up to 160 characters each."""
_BLOCKS = frozenset({"invitation", "newsletter", "comments", "legal", "follow", "subscription", "author"})
"""Categories that come as blocks of several lines, of which not each gives itself away."""


_LABEL_WEIGHT = -1.0
_LABEL_WEIGHTS = {
    "comments": -6.0,
    "legal": -3.0,
    "newsletter": -2.0,
    "invitation": -2.0,
    "author": -2.0,
    "share": -0.7,
    "advertising": -0.3,
    "media": -0.3,
}
"""By category: what follows a comments label is hardly ever the article, what follows an advertisement often is."""
_ROLE_WEIGHTS: dict[str, float] = {"date": -1.0, "byline": -1.0, "caption": -0.3, "credit": -1.0}
_SHORT_WEIGHT, _MIDDLE_WEIGHT = -1.0, -0.3
_MOST_FOR_LENGTH = 3.0
"""Long paragraphs are rarer outside articles; gained .02 on the dumps of one set, .01 on two."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """What was decided about every line."""

    roles: tuple[Role, ...]
    reasons: tuple[str, ...]
    scores: tuple[float, ...]
    headline: int | None
    """The line that is the headline."""


def sort_lines(lines: list[Line], hints: dict[int, Role]) -> Sorted:
    """Return what each line is.

    Args:
        lines: as `lines_of` gives them.
        hints: what is known about lines: "byline", "date", "caption" or "credit".

    """
    categories = [category_of(line.text) for line in lines]
    reasons = [category.reason if category else "" for category in categories]
    roles: list[Role] = ["label" if category else "outside" for category in categories]
    for i, role in hints.items():
        if not (role == "byline" and categories[i]):
            roles[i], reasons[i] = role, role
    _widen(lines, roles, reasons, categories)
    scores = [
        _prose(line) if role == "outside" else _weight_of(role, category)
        for line, role, category in zip(lines, roles, categories, strict=True)
    ]
    first, end = _stretch(scores)
    headline = _headline(lines, roles, scores, first, end)
    _mark_body(lines, roles, reasons, scores, (first, end))
    if headline is not None:
        for i in _repetitions(lines, headline):
            roles[i], reasons[i] = "headline", "headline"
    _mark_repetitions(lines, roles, reasons)
    _mark_headings(lines, roles, reasons, (first, end))
    return Sorted(tuple(roles), tuple(reasons), tuple(scores), headline)


def _widen(lines: list[Line], roles: list[Role], reasons: list[str], categories: list[Category | None]) -> None:
    """Mark short lines among the labels of one block: the sentences of a newsletter box, the items of a menu."""
    blocks = [i for i, category in enumerate(categories) if category and category.name in _BLOCKS]
    for i, j in pairwise(blocks):
        near = j - i <= _NEAR and categories[i] == categories[j]
        if near and all(_size(lines[k].text) < _LABEL_SIZE for k in range(i, j)):
            for k in range(i + 1, j):
                roles[k], reasons[k] = "label", reasons[i]
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].group == lines[start].group:
            end += 1
        marked = [i for i in blocks if start <= i < end]
        rest = [i for i in range(start, end) if roles[i] == "outside"]
        small = end - start <= _LARGEST_BLOCK and all(_size(lines[i].text) < _LABEL_SIZE for i in range(start, end))
        prose = sum(_size(lines[i].text) >= _PROSE and bool(END.search(lines[i].text)) for i in rest)
        if marked and small and len(marked) * 3 >= end - start and prose * 2 <= len(marked):
            for i in rest:
                roles[i], reasons[i] = "label", reasons[marked[0]]
        start = end


def _size(text: str) -> int:
    """Return the length of a text as it would be in an alphabetic script."""
    return len(text) if text.isascii() else len(text) + len(SPACELESS.findall(text))


def _weight_of(role: Role, category: Category | None) -> float:
    """Return how much a line that is no prose speaks against a story around it."""
    if category is not None:
        return _LABEL_WEIGHTS.get(category.name, _LABEL_WEIGHT)
    return _ROLE_WEIGHTS.get(role, _LABEL_WEIGHT)


def _prose(line: Line) -> float:
    """Return how much a line looks like part of a story: above 0 for prose, below for labels, links and menus."""
    text, size = line.text, _size(line.text)
    if END.search(text):
        score = 1.5 if size >= _SHORT else 0.6
        if size >= _PROSE:
            score = 3.0 + min(_MOST_FOR_LENGTH, (size - _PROSE) / 150)
    elif size >= 2 * _PROSE:
        score = 1.5
    elif _SOFT_END.search(text):
        score = 0.8 if size >= _PROSE else 0.2
    else:
        score = _MIDDLE_WEIGHT if size >= _PROSE else _SHORT_WEIGHT
    if line.bullet:
        score = max(score, 0.4 if size >= _SHORT else 0.1)
    if line.quoted or line.level > 1:
        score = max(score, 0.6)
    return score


def _stretch(scores: list[float]) -> tuple[int, int]:
    """Return the stretch of lines with the largest sum (Kadane); (0, 0) where nothing is prose."""
    best = total = 0.0
    found = (0, 0)
    start = 0
    for i, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, i
        total += score
        if total > best:
            best, found = total, (start, i + 1)
    return found


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _words(folded: str) -> list[str]:
    """Return the words of a folded text; pairs of characters where a script has no spaces."""
    words = []
    for word in folded.split():
        if SPACELESS.match(word):
            words += [a + b for a, b in pairwise(word)]
        elif len(word) > _STOP_WORD:
            words.append(word)
    return words


def _repetitions(lines: list[Line], headline: int) -> list[int]:
    """Return the lines that say the headline, with or without the name of the site after it."""
    wanted = _fold(lines[headline].text)
    found = []
    for i, line in enumerate(lines):
        folded = _fold(line.text)
        rest = folded[len(wanted) :]
        if folded == wanted or (folded.startswith(wanted + " ") and len(rest) <= _SHORT and not END.search(line.text)):
            found.append(i)
    return found


def _headline(lines: list[Line], roles: list[Role], scores: list[float], first: int, end: int) -> int | None:
    """Return the line that most looks like the headline: at the top, doubled, with words of the story, above it."""
    if end <= first:
        return None
    counts: dict[str, int] = {}
    for line in lines:
        key = _fold(line.text)
        counts[key] = counts.get(key, 0) + 1
    story = set(_words(_fold(" ".join(line.text for line in lines[first : min(end, first + 8)]))))
    best, best_score = None, 0.0
    top = next((i for i, role in enumerate(roles) if role == "outside"), 0)
    for i in range(min(first + 4, end)):
        score = _like_headline(lines[i], roles[i], counts, story)
        if i == top:
            score += 1.2 if len(lines) < 200 else 0.4  # noqa: PLR2004  # a whole page begins with its menu
        if i >= first:
            score -= 4 if scores[i] > 1 else 1
        if lines[i].level == 1:
            score += 4
        score += 0.7 * any(role in {"date", "byline"} for role in roles[i + 1 : i + 5])
        score -= 0.06 * max(0, first - i)
        if score > best_score:
            best, best_score = i, score
    return best


def _like_headline(line: Line, role: Role, counts: dict[str, int], story: set[str]) -> float:
    size = _size(line.text)
    if role != "outside" or not 12 <= size <= 250 or line.bullet:  # noqa: PLR2004  # shorter and longer ones are rare
        return -9.0
    folded = _fold(line.text)
    words = _words(folded)
    shared = sum(word in story for word in words) / max(1, len(words))
    score = 1.0 * (25 <= size <= 160) + 0.5 * (len(words) >= 4) + 1.5 * shared  # noqa: PLR2004  # usual headlines
    score += 1.5 * (counts[folded] == 2)  # noqa: PLR2004  # in <title> or a teaser, and above the story
    return score - 0.8 * line.text.endswith((".", ":", "。"))


def _mark_body(
    lines: list[Line], roles: list[Role], reasons: list[str], scores: list[float], stretch: tuple[int, int]
) -> None:
    """Give the role "body" to prose inside the stretch, and reasons to the rest."""
    first, end = stretch
    for i, role in enumerate(roles):
        if role != "outside":
            continue
        if not first <= i < end:
            reasons[i] = "outside the article"
        elif lines[i].level > 1:
            roles[i], reasons[i] = "heading", "heading"
        elif scores[i] > 0 or (lines[i].bullet and _in_list(lines, i)):
            roles[i], reasons[i] = "body", "prose"
        else:
            reasons[i] = "no sentence"


def _in_list(lines: list[Line], i: int) -> bool:
    near = (j for j in (i - 1, i + 1) if 0 <= j < len(lines))
    return any(lines[j].bullet for j in near)


def _mark_repetitions(lines: list[Line], roles: list[Role], reasons: list[str]) -> None:
    seen: set[str] = set()
    for i, line in enumerate(lines):
        if roles[i] == "body" and _size(line.text) >= _REPEATED:
            key = _fold(line.text)
            if key in seen:
                roles[i], reasons[i] = "repeated", "repeated text"
            seen.add(key)


def _mark_headings(lines: list[Line], roles: list[Role], reasons: list[str], stretch: tuple[int, int]) -> None:
    """Mark single short lines between paragraphs as section headings; several in a row are links."""
    first, end = stretch
    for i in range(first + 1, end - 1):
        if roles[i] != "outside" or lines[i].bullet:
            continue
        alone = roles[i - 1] == "body" and roles[i + 1] == "body"
        follows_prose = _size(lines[i + 1].text) >= _PROSE or bool(lines[i + 1].bullet)
        if alone and follows_prose and _size(lines[i].text) <= _HEADING:
            roles[i], reasons[i] = "heading", "heading"
