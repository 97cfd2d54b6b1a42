"""Body -> Markdown: CommonMark with GitHub's tables; text is escaped so that it never turns into markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.model.body import (
    Code,
    Embed,
    Figure,
    Heading,
    List,
    ListItem,
    LiveUpdate,
    Paragraph,
    Quote,
    Standfirst,
    Table,
)
from scraper.render.markdown_inline import escape, escape_line_start, inline, link_target, without_controls
from scraper.render.spans import cells_of, paragraphs_of, safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.model.body import Block, Span

__all__ = ["render_markdown"]

_BACKTICKS = re.compile("`+")
_FENCE = 3
_LINE_END = re.compile(r"\r\n?|\n")


def render_markdown(body: Iterable[Block]) -> str:
    """Return the body as Markdown, blocks parted by a blank line, without a line end after the last."""
    parts: list[str] = []
    previous: Block | None = None
    bullets = "-."
    for block in body:
        if isinstance(block, List):
            # Two lists in a row would be read as one if they used the same marks.
            bullets = "*)" if isinstance(previous, List) and bullets == "-." else "-."
            part = _list(block.items, bullets, block.start)
        else:
            part = _block(block)
        if part:
            parts.append(part)
            previous = block
    return "\n\n".join(parts)


def _block(block: Block) -> str:  # noqa: PLR0911  # one return a block type
    match block:
        case Paragraph() | Standfirst():
            return _paragraph(block.text, block.spans)
        case Heading():
            return _heading(block.text, block.spans, block.level)
        case Quote():
            return _quote(block)
        case Code():
            return _code(block.text)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Embed():
            return _embed(block)
        case LiveUpdate():
            return _heading(block.text, (), 3)
        case List():
            return _list(block.items, "-.", block.start)


def _paragraph(text: str, spans: tuple[Span, ...]) -> str:
    """Return a paragraph; its line breaks are hard ones."""
    lines = [line.strip() for line in inline(text, spans).split("\n")]
    return "\\\n".join(escape_line_start(line) for line in lines if line)


def _heading(text: str, spans: tuple[Span, ...], level: int) -> str:
    line = " ".join(inline(text.replace("\n", " "), spans).split())
    if not line:
        return ""
    line = re.sub(r"(#+)$", r"\\\1", line)
    return f"{'#' * min(max(level, 2), 6)} {line}"


def _quote(block: Quote) -> str:
    parts = [_paragraph(text, spans) for text, spans in paragraphs_of(block.text, block.spans)]
    return "\n>\n".join("\n".join(f"> {line}" for line in part.split("\n")) for part in parts if part)


def _list(items: tuple[ListItem, ...], bullets: str, start: int) -> str:
    """Return an item a line, nested ones indented to the text of the item above (CommonMark 0.31, 5.2)."""
    lines: list[str] = []
    indents: list[int] = []
    kinds: list[bool] = []
    numbers: list[int] = []
    for item in items:
        text = _paragraph(item.text, item.spans)
        if not text:
            continue
        depth = min(max(item.level, 0), len(numbers))
        del numbers[depth + 1 :], kinds[depth + 1 :], indents[depth:]
        if len(numbers) == depth:
            numbers.append(0 if lines else max(start, 0) - 1)
            kinds.append(item.ordered)
        elif kinds[depth] != item.ordered:
            numbers[depth] = 0
            kinds[depth] = item.ordered
        numbers[depth] += 1
        mark = f"{numbers[depth]}{bullets[1]} " if item.ordered else f"{bullets[0]} "
        before = " " * sum(indents)
        indents.append(len(mark))
        lines.append(before + mark + text.replace("\n", "\n" + before + " " * len(mark)))
    return "\n".join(lines)


def _code(text: str) -> str:
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(_FENCE, longest + 1)
    return f"{fence}\n{without_controls(_LINE_END.sub(chr(10), text))}\n{fence}"


def _table(table: Table) -> str:
    """Return a table; GitHub's tables need a heading row, so one without gets an empty one."""
    if not table.rows:
        return ""
    width = max(map(len, table.rows))
    rows = [[_cell(*cell) for cell in row] + [""] * (width - len(row)) for row in cells_of(table)]
    head, rest = (rows[0], rows[1:]) if table.header else ([""] * width, rows)
    lines = [head, ["---"] * width, *rest]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(text: str, spans: tuple[Span, ...]) -> str:
    words = inline(text, spans) if spans else escape(text)
    return " ".join(words.replace("|", "\\|").split())


def _figure(figure: Figure) -> str:
    url = safe_url(figure.url)
    if url is None:
        return ""
    picture = f"![{' '.join(escape(figure.alt or '').split())}]({link_target(url)})"
    words = " ".join(" ".join(filter(None, (figure.caption, f"({figure.credit})" if figure.credit else None))).split())
    return f"{picture}\\\n_{escape(words)}_" if words else picture


def _embed(embed: Embed) -> str:
    url = safe_url(embed.url)
    if url is None:
        return ""
    words = " ".join((": ".join(filter(None, (embed.provider, embed.title))) or url).split())
    return f"[{escape(words)}]({link_target(url)})"
