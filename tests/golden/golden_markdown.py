"""Markdown of the golden files as blocks that can be compared, whatever the renderer's taste in bullets and escapes."""

from __future__ import annotations

import re
from typing import NamedTuple

_BULLET = re.compile(r"^( *)(?:[-*+]|\d+[.)]) +")
_ORDERED = re.compile(r"^ *\d+[.)] ")
_OBJECT = re.compile(r"!\[.*|\[[^\]]*\]\([^)]*\)", re.DOTALL)
"""A picture with its caption, or a line that is nothing but a link: how the renderer writes figures and embeds."""
_FENCED = re.compile(r"(^```.*?^```[ ]*$)", re.DOTALL | re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_PLACEHOLDER = "\ue000"
"""First code point of a private area that stands for escaped characters while marks are read."""


class MarkdownBlock(NamedTuple):
    """One block: its kind in the record's words, its source in one canonical form, its plain text."""

    kind: str
    source: str
    text: str


def read_markdown(markdown: str) -> list[MarkdownBlock]:
    """Return the blocks of a document; pictures and embeds are left out, for they are no text."""
    blocks: list[MarkdownBlock] = []
    for part in _FENCED.split(markdown):
        if part.startswith("```"):
            code = part.split("\n", 1)[1].rsplit("\n", 1)[0]
            blocks.append(MarkdownBlock("code", code, code))
            continue
        pieces = re.split(r"\n[ \t]*\n", part.strip("\n"))
        blocks += [_block(p.strip("\n")) for p in pieces if p.strip() and not _OBJECT.fullmatch(p.strip())]
    return blocks


def plain(inline: str) -> str:
    """Return inline Markdown without its marks: link text stays, targets go."""
    text = _ESCAPE.sub(lambda m: chr(ord(_PLACEHOLDER) + ord(m[1])), inline)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text, flags=re.DOTALL)
    text = re.sub(r"\*(?=\S)(.+?)(?<=\S)\*", r"\1", text, flags=re.DOTALL)
    text = re.sub(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)", r"\1", text, flags=re.DOTALL)
    text = re.sub(r"`([^`]*)`", r"\1", text)
    text = re.sub(r"(?:\\| {2,})\n", "\n", text)
    return re.sub("[\ue000-\ue07f]", lambda m: chr(ord(m[0]) - ord(_PLACEHOLDER)), text)


def _canonical(inline: str) -> str:
    text = re.sub(r"(?:\\| {2,})\n", "\n", inline)
    text = re.sub(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)", r"*\1*", text, flags=re.DOTALL)
    return " ".join(_ESCAPE.sub(r"\1", text).split())


def _block(piece: str) -> MarkdownBlock:
    lines = piece.split("\n")
    if match := re.match(r"(#{1,6}) +(.*)", piece, re.DOTALL):
        return MarkdownBlock("heading", f"{match[1]} {_canonical(match[2])}", plain(match[2]))
    if all(line.lstrip().startswith(">") for line in lines):
        inside = "\n".join(re.sub(r"^ *> ?", "", line) for line in lines)
        return MarkdownBlock("quote", "> " + _canonical(inside), plain(inside))
    if all(line.strip().startswith("|") for line in lines):
        return _table(lines)
    if _BULLET.match(piece):
        return _list(lines)
    return MarkdownBlock("paragraph", _canonical(piece), plain(piece))


def _table(lines: list[str]) -> MarkdownBlock:
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in lines]
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    source = "\n".join(" | ".join(map(_canonical, row)) for row in rows)
    return MarkdownBlock("table", source, "\n".join(" | ".join(map(plain, row)) for row in rows))


def _list(lines: list[str]) -> MarkdownBlock:
    items: list[tuple[int, bool, str]] = []
    for line in lines:
        if match := _BULLET.match(line):
            items.append((len(match[1]), bool(_ORDERED.match(line)), line[match.end() :]))
        elif items:
            indent, ordered, text = items[-1]
            items[-1] = (indent, ordered, f"{text}\n{line.strip()}")
    indents = sorted({indent for indent, _, _ in items})
    source = "\n".join(f"{'  ' * indents.index(i)}{'1.' if o else '-'} {_canonical(t)}" for i, o, t in items)
    return MarkdownBlock("list", source, "\n".join(f"- {plain(text)}" for _, _, text in items))
