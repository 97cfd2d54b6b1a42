"""Tables: rows of cells out of kept blocks, and which tables only lay a page out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.body.blocks.inline import shifted
from scraper.model.body import Table

if TYPE_CHECKING:
    from scraper.body.blocks.place import Place
    from scraper.body.blocks.segment import TextBlock
    from scraper.model.body import Span
    from scraper.page.snapshot import Snapshot

__all__ = ["is_data", "table_of"]

_CELLS = frozenset({"td", "th"})
_BOLD = frozenset({"strong", "b"})
_MAX_COLUMNS = 100
"""HTML allows colspan to 1,000; a wider row than this is an attack or a mistake. Text is never cut."""
_MAX_CELL_CHARS = 500
"""A cell that holds more is a column of prose: a page laid out with a table."""
_SHORT_CELL_CHARS = 200
"""All cells of a table with a single row of several cells stay below this; else the row is columns of a layout."""
_MANY_CELLS = 2
_LABEL_CHARS = 80
_LABELLED_ROWS = 3
"""So many rows of equal width, each under a short label on its left, are data whatever the other cells hold."""


def is_data(snapshot: Snapshot, blocks: list[TextBlock], places: list[Place]) -> bool:
    """Whether kept blocks of one innermost table are data: several cells a row, none of them holding prose.

    Args:
        snapshot: the page.
        blocks: the table's kept blocks in document order.
        places: the place of each.

    """
    table = places[0].table
    if snapshot.attribute(table, "role") == "presentation" or any(place.pre >= 0 for place in places):
        return False
    chars: dict[int, int] = {}
    pieces: dict[int, int] = {}
    cells: dict[int, set[int]] = {}
    for block, place in zip(blocks, places, strict=True):
        chars[place.cell] = chars.get(place.cell, 0) + len(block.text)
        pieces[place.cell] = pieces.get(place.cell, 0) + 1
        cells.setdefault(place.row, set()).add(place.cell)
    wide_rows = sum(len(row) >= _MANY_CELLS for row in cells.values())
    if not wide_rows or any(snapshot.tags[cell] == "th" for cell in chars):
        return wide_rows > 0
    if len(cells) >= _LABELLED_ROWS and wide_rows == len(cells) and _is_labelled(chars, cells):
        return True
    if any(
        n > _MAX_CELL_CHARS or (pieces[cell] > _MANY_CELLS and n > _MAX_CELL_CHARS // 2) for cell, n in chars.items()
    ):
        return False
    return wide_rows > 1 or (len(cells) > 1 and max(chars.values()) <= _SHORT_CELL_CHARS)


def _is_labelled(chars: dict[int, int], cells: dict[int, set[int]]) -> bool:
    """Whether the rows are of one width and begin with short cells."""
    return len({len(row) for row in cells.values()}) == 1 and all(
        chars[min(row)] <= _LABEL_CHARS for row in cells.values()
    )


def table_of(snapshot: Snapshot, blocks: list[TextBlock], places: list[Place], spans: list[tuple[Span, ...]]) -> Table:
    """Return the table of kept blocks; cells that were dropped or are empty stand as "", for the columns' sake.

    Arguments as for `is_data`, and the spans of each block. Rows and columns without any kept text are left out.
    """
    kept: dict[int, str] = {}
    row_of: dict[int, None] = {}
    inside: dict[int, tuple[Span, ...]] = {}
    for block, place, own in zip(blocks, places, spans, strict=True):
        text = block.text.replace("\n", " ")
        before = f"{kept[place.cell]} " if place.cell in kept else ""
        kept[place.cell] = before + text
        if own:
            inside[place.cell] = inside.get(place.cell, ()) + shifted(own, len(before))
        row_of[place.row] = None
    rows = _grid(snapshot, list(row_of), kept)
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    used = [column for column in range(width) if any(row[column] for row in rows)]
    final = tuple(tuple(row[column] for column in used) for row in rows)
    text = "\n".join(" | ".join(filter(None, row)) for row in final)
    header = _is_header(snapshot, next(iter(row_of)), kept) or _is_bold_header(snapshot, blocks, places)
    own_spans = _spans_in(text, kept, inside) if inside else ()
    if header:  # bold by itself
        first = len(text.partition("\n")[0])
        own_spans = tuple(span for span in own_spans if span.start >= first or span.kind != "strong")
    return Table(text=text, rows=final, header=header, spans=own_spans)


def _spans_in(text: str, cells: dict[int, str], inside: dict[int, tuple[Span, ...]]) -> tuple[Span, ...]:
    """Return the spans of the cells, each counted in its own text, counted in the table's text."""
    found: list[Span] = []
    at = 0
    for cell, words in cells.items():
        start = text.find(words, at)
        if start >= 0:
            found += shifted(inside.get(cell, ()), start)
            at = start + len(words)
    return tuple(found)


def _grid(snapshot: Snapshot, rows: list[int], kept: dict[int, str]) -> list[list[str]]:
    """Return the kept cells of each row at their columns, as colspan and rowspan place them."""
    tags, ends, parents = snapshot.tags, snapshot.ends, snapshot.parents
    grid = []
    below: dict[int, int] = {}
    for row in rows:
        line: list[str] = []
        cell = row + 1
        while cell < ends[row]:
            if parents[cell] == row and tags[cell] in _CELLS:
                while below.get(len(line), 0) and len(line) < _MAX_COLUMNS:
                    below[len(line)] -= 1
                    line.append("")
                _place(snapshot, cell, kept.get(cell, ""), line, below)
                cell = ends[cell]
            else:
                cell += 1
        grid.append(line)
    return grid


def _place(snapshot: Snapshot, cell: int, text: str, line: list[str], below: dict[int, int]) -> None:
    columns = rows = 1
    if "span" in snapshot.sources[cell]:
        columns = _number(snapshot.attribute(cell, "colspan"))
        rows = _number(snapshot.attribute(cell, "rowspan"))
    if len(line) >= _MAX_COLUMNS:
        if text:
            line[-1] = f"{line[-1]} {text}".strip()
        return
    columns = min(columns, _MAX_COLUMNS - len(line))
    if rows > 1:
        for column in range(len(line), len(line) + columns):
            below[column] = rows - 1
    line.append(text)
    line.extend([""] * (columns - 1))


def _number(text: str | None) -> int:
    """Return a span attribute's value; 1 for none and for nonsense, as HTML asks."""
    text = (text or "").strip()[:5]
    return max(1, int(text)) if text.isascii() and text.isdigit() else 1


def _is_header(snapshot: Snapshot, row: int, kept: dict[int, str]) -> bool:
    """Whether a row names the columns: it stands in <thead>, or has only <th> among its kept cells."""
    parent = snapshot.parents[row] if row >= 0 else -1
    if parent >= 0 and snapshot.tags[parent] == "thead":
        return True
    inside = [cell for cell in kept if snapshot.parents[cell] == row]
    return len(inside) > 1 and all(snapshot.tags[cell] == "th" for cell in inside)


def _is_bold_header(snapshot: Snapshot, blocks: list[TextBlock], places: list[Place]) -> bool:
    """Whether the first row has several cells, all of them bold, and the second one not."""
    bold: dict[int, list[bool]] = {}
    cells: dict[int, set[int]] = {}
    for block, place in zip(blocks, places, strict=True):
        if place.row not in bold and len(bold) == _MANY_CELLS:
            break
        bold.setdefault(place.row, []).append(_is_bold(snapshot, block, place))
        cells.setdefault(place.row, set()).add(place.cell)
    first, *others = bold
    return len(cells[first]) >= _MANY_CELLS and all(bold[first]) and bool(others) and not all(bold[others[0]])


def _is_bold(snapshot: Snapshot, block: TextBlock, place: Place) -> bool:
    """Whether all text of a block stands in <strong> or <b> within its cell."""
    tags, parents = snapshot.tags, snapshot.parents
    for element in set(snapshot.text_parents[block.start : block.end]):
        at = element
        while at > place.cell and tags[at] not in _BOLD:
            at = parents[at]
        if at <= place.cell:
            return False
    return True
