"""Text and its spans as Markdown inside one block (CommonMark 0.31, chapter 6)."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING

from scraper.model.body import Span
from scraper.render.spans import runs_of, safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["escape", "escape_line_start", "inline", "link_target", "without_controls"]

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SPECIAL = re.compile(r"[\\`*\[\]<~]|&(?=#?\w{1,40};)")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])|_(?=_)|(?<=_)_")
"""Between two letters an underscore is never markup, so that a name such as snake_case stays readable."""
_LINE_START = re.compile(r"(?:[#>|]|[-+=](?=[-+=:|\s]|$)|:(?=[-:|\s]*$))")
_NUMBER_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_MAX_SPANS = 500
"""Spans of one block that are marked; every one is compared with every other."""
_MARKS = {"strong": "**", "emphasis": "_"}


def inline(text: str, spans: Iterable[Span] = ()) -> str:
    """Return a block's text as inline Markdown; its line breaks stay.

    A span that the syntax cannot express where it stands (emphasis inside a word, say) loses its mark, never its text.
    """
    text, spans = _cleaned(_BLANKS.sub(" ", text), list(spans))
    kept = _expressible(text, spans)
    if not kept:
        return escape(text)
    marks = {span: _mark(text, span) for span in kept if span.kind in _MARKS}
    runs = runs_of(len(text), kept)
    parts: list[str] = []
    open_now: tuple[Span, ...] = ()
    for number, run in enumerate(runs):
        same = 0
        while same < min(len(open_now), len(run.around)) and open_now[same] == run.around[same]:
            same += 1
        parts += [_close(span, marks) for span in reversed(open_now[same:])]
        opening = [_open(span, marks) for span in run.around[same:]]
        if opening[:1] == ["["] and parts and parts[-1].endswith("!"):  # else "!" and a link make a picture
            parts[-1] = parts[-1][:-1] + "\\!"
        parts += opening
        piece = text[run.start : run.end]
        is_code = any(span.kind == "code" for span in run.around)
        parts.append(_code(piece) if is_code else escape(piece))
        open_now = run.around
        if number == len(runs) - 1:
            parts += [_close(span, marks) for span in reversed(open_now)]
    return "".join(parts)


def escape(text: str) -> str:
    """Return `text` with a backslash before everything that could begin or end markup inside a line."""
    escaped = _SPECIAL.sub(r"\\\g<0>", _CONTROLS.sub("", text))
    return _UNDERSCORE.sub(r"\\_", escaped) if "_" in escaped else escaped


def without_controls(text: str) -> str:
    """Return `text` without the control characters that no document may hold."""
    return _CONTROLS.sub("", text)


def escape_line_start(line: str) -> str:
    """Return a line of escaped text that cannot be read as a heading, list, quotation, rule or table row."""
    if _LINE_START.match(line):
        return "\\" + line
    return _NUMBER_START.sub(r"\1\\\2", line, count=1) if _NUMBER_START.match(line) else line


def link_target(url: str) -> str:
    """Return a URL as a link's destination; `url` holds neither spaces nor angle brackets (`links.absolute`)."""
    target = url.replace("&", "&amp;") if re.search(r"&#?\w{1,40};", url) else url
    return f"<{target}>" if "(" in target or ")" in target else target


_BLANKS = re.compile("[\t\x0b\x0c\r]")


def _cleaned(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Return the text without control characters, and its spans moved accordingly."""
    if not _CONTROLS.search(text):
        return text, spans
    places = [0, *accumulate(0 if _CONTROLS.match(char) else 1 for char in text)]
    last = len(text)
    moved = [
        Span(start=places[min(max(s.start, 0), last)], end=places[min(max(s.end, 0), last)], kind=s.kind, url=s.url)
        for s in spans
    ]
    return _CONTROLS.sub("", text), moved


def _expressible(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans that Markdown can express, their edges on words, one mark at a time at each place."""
    trimmed = []
    for span in spans[:_MAX_SPANS]:
        start, end = max(span.start, 0), min(span.end, len(text))
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end and (span.kind != "link" or safe_url(span.url)):
            trimmed.append(Span(start=start, end=end, kind=span.kind, url=span.url))
    links = _disjoint([s for s in trimmed if s.kind == "link"])
    codes = [c for c in _disjoint([s for s in trimmed if s.kind == "code"]) if not any(_cuts(c, a) for a in links)]
    codes = [c for c in codes if "\n" not in text[c.start : c.end] and not _touches_backtick(text, c)]
    kept = [*links, *codes]
    for kind in ("strong", "emphasis"):
        for mark in _disjoint([s for s in trimmed if s.kind == kind]):
            if all(not _cuts(mark, other) for other in kept) and _flanks(text, mark, kept) and _alone(mark, kept):
                kept.append(mark)
    return kept


def _disjoint(spans: list[Span]) -> list[Span]:
    """Return spans of one kind without those that overlap or touch an earlier one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not found or span.start > found[-1].end or (span.kind == "link" and span.start == found[-1].end):
            found.append(span)
    return found


def _cuts(span: Span, other: Span) -> bool:
    """Whether `span` crosses an edge of `other`, or lies inside code, where marks are text."""
    if span.end <= other.start or other.end <= span.start:
        return False
    if span.start <= other.start and other.end <= span.end:
        return False
    inside = other.start <= span.start and span.end <= other.end
    return not inside or other.kind == "code"


def _alone(mark: Span, kept: list[Span]) -> bool:
    """Whether no other mark of emphasis begins or ends where this one does: runs of `*` and `_` would mingle."""
    edges = {mark.start, mark.end}
    return all(s.kind in {"link", "code"} or not edges & {s.start, s.end} for s in kept)


def _touches_backtick(text: str, code: Span) -> bool:
    return text[code.start - 1 : code.start] == "`" or text[code.end : code.end + 1] == "`"


def _flanks(text: str, mark: Span, inner: list[Span]) -> bool:
    """Whether delimiters at a span's edges can open and close emphasis (CommonMark 0.31, 6.2).

    Each edge needs white space or punctuation outside, or a letter inside. Characters whose class differs between
    versions of the standard (symbols) count as whatever forbids.
    """
    first = any(s.start == mark.start for s in inner)  # then a bracket or a backtick follows the mark
    last = any(s.end == mark.end for s in inner)
    opens = _is_free(text[mark.start - 1 : mark.start]) or not (first or _may_be_punctuation(text[mark.start]))
    closes = _is_free(text[mark.end : mark.end + 1]) or not (last or _may_be_punctuation(text[mark.end - 1]))
    return opens and closes


def _mark(text: str, span: Span) -> str:
    """Return the delimiter of a span: "_" cannot stand inside a word."""
    whole = _is_free(text[span.start - 1 : span.start]) and _is_free(text[span.end : span.end + 1])
    return "*" if span.kind == "emphasis" and not whole else _MARKS[span.kind]


def _is_free(outside: str) -> bool:
    """Whether the character outside an edge is white space, punctuation for certain, or the end of the text."""
    return outside in {"", "\n"} or unicodedata.category(outside)[0] == "P" or unicodedata.category(outside) == "Zs"


def _may_be_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _code(text: str) -> str:
    """Return a code span; its fence is longer than any run of backticks inside."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{_CONTROLS.sub('', text)}{pad}{fence}"


def _open(span: Span, marks: dict[Span, str]) -> str:
    return "[" if span.kind == "link" else marks.get(span, "")


def _close(span: Span, marks: dict[Span, str]) -> str:
    return f"]({link_target(safe_url(span.url) or '')})" if span.kind == "link" else marks.get(span, "")
