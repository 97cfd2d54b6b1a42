"""Text without markup -> lines: wrapped paragraphs joined, the marks of lists, quotes and headings read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from scraper.body.blocks.segment import clean_text

__all__ = ["END", "SPACELESS", "Line", "lines_of"]

END = re.compile(r"[.!?…。！？؟।։።][\"'”“’»«›‹」』)\]]*$")
"""How a sentence ends."""
SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Characters of scripts without spaces between words, and of Hangul, which writes a word in few characters."""
_WRAPPED = range(40, 101)
"""Characters of a line of text wrapped by a program: mail wraps at 72, terminals at 80, old pages at up to 100."""
_BULLET = re.compile(r"^(?:[-*•‣▪●○◦·–]|\d{1,2}[.)])\s+(?=\S)")
_NUMBER = re.compile(r"^(\d{1,2})[.)]\s")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_QUOTE = re.compile(r"^>\s?")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_RULE = re.compile(r"^[\s\-=_*~#·•.|+—–]{3,}$")
_MARKED = 5_000
"""Characters of a line up to which Markdown's marks are looked for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one paragraph that had been wrapped."""

    text: str
    group: int
    """Lines without a blank line between them share a number."""
    bullet: Literal["", "-", "1"] = ""
    level: int = 0
    """Of a Markdown heading, 1 to 6."""
    quoted: bool = False
    row: int = 0
    """Its line number in the file, from 0."""
    number: int = 0
    """Of an item of a numbered list."""


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text, cleaned; wrapped paragraphs are joined, blank lines and rules left out."""
    lines: list[Line] = []
    for group, rows in enumerate(_groups(text)):
        for row, raw in _unwrapped(rows):
            line = _read(raw, group, row)
            if line.text and not _RULE.match(line.text):
                lines.append(line)
    return [_unnumbered(lines, i) for i in range(len(lines))]


def _unnumbered(lines: list[Line], i: int) -> Line:
    """Return a line, its number given back where no list counts on: "14. February" is no item."""
    line = lines[i]
    if not line.number or any(
        abs(other.number - line.number) == 1 for other in lines[max(0, i - 2) : i + 3] if other.number
    ):
        return line
    return replace(line, text=f"{line.number}. {line.text}", bullet="", number=0)


def _groups(text: str) -> list[list[tuple[int, str]]]:
    """Return stretches of rows between blank ones, each row with its number."""
    groups: list[list[tuple[int, str]]] = [[]]
    for number, row in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if row.strip():
            groups[-1].append((number, row))
        elif groups[-1]:
            groups.append([])
    return [rows for rows in groups if rows]


def _unwrapped(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Join the rows of a group that are one paragraph broken into lines of about one length."""
    joined: list[tuple[int, str]] = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and not _starts_item(rows[end][1]):
            end += 1
        piece = rows[start:end]
        if _is_wrapped([row.strip() for _, row in piece]):
            joined.append((piece[0][0], _join([row.strip() for _, row in piece])))
        else:
            joined += piece
        start = end
    return joined


def _starts_item(row: str) -> bool:
    return bool(_BULLET.match(row.strip()) or _MARKDOWN_HEADING.match(row.strip()))


def _is_wrapped(rows: list[str]) -> bool:
    """Whether rows break inside sentences at about one width: each next word would not have fitted."""
    if len(rows) < 2:  # noqa: PLR2004  # one row is never wrapped
        return False
    widths = [len(row) for row in rows]
    width = max(widths)
    if width not in _WRAPPED or widths[-1] > width:
        return False
    full = sum(len(row) + 1 + len(after.split(" ", 1)[0]) > width - 3 for row, after in pairwise(rows))
    inside = sum(not END.search(row) for row in rows[:-1])
    return full >= 0.8 * (len(rows) - 1) and inside * 2 >= len(rows) - 1


def _join(rows: list[str]) -> str:
    text = rows[0]
    for row in rows[1:]:
        text += row if SPACELESS.match(row) and SPACELESS.match(text[-1]) else " " + row
    return text


def _read(raw: str, group: int, row: int) -> Line:
    text = clean_text(raw)
    if len(text) > _MARKED:
        return Line(text, group, row=row)
    heading = _MARKDOWN_HEADING.match(text)
    if heading:
        return Line(_EMPHASIS.sub(r"\2", heading[2]), group, level=len(heading[1]), row=row)
    quoted = bool(_QUOTE.match(text))
    if quoted:
        text = _QUOTE.sub("", text)
    bullet: Literal["", "-", "1"] = ""
    number = 0
    if _BULLET.match(text) and not _RULE.match(text):
        counted = _NUMBER.match(text)
        bullet, number = ("1", int(counted[1])) if counted else ("-", 0)
        if bullet == "-" and text[0] in "–·" and END.search(text):
            bullet = ""  # a dash opens direct speech in many languages
        else:
            text = _BULLET.sub("", text, count=1)
    if "**" in text or "__" in text:
        text = _EMPHASIS.sub(r"\2", text)
    return Line(text, group, bullet=bullet, quoted=quoted, row=row, number=number)
