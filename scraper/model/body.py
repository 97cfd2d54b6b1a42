"""The body of an article as a tuple of typed blocks; text, Markdown and HTML are all rendered from these.

None can be part of a cycle, so the garbage collector need not look at them (`gc=False`).
"""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = [
    "Block",
    "Code",
    "Embed",
    "Figure",
    "Heading",
    "List",
    "ListItem",
    "LiveUpdate",
    "Paragraph",
    "Quote",
    "Span",
    "SpanKind",
    "Standfirst",
    "Table",
]

SpanKind = Literal["link", "emphasis", "strong", "code"]


class Span(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """A stretch of a block's text that carries a meaning of its own."""

    start: int
    """First character, counted in code points of the block's text."""
    end: int
    """One past the last character."""
    kind: SpanKind
    url: str | None = None
    """Absolute http(s) or mailto target, for links only."""


class _Block(msgspec.Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", gc=False):
    text: str
    """Plain text as it stands in `articleBody`."""


class Heading(_Block, frozen=True, kw_only=True, tag="heading"):
    """A section heading inside the article; never the headline."""

    level: int
    """2 to 6."""
    spans: tuple[Span, ...] = ()


class Paragraph(_Block, frozen=True, kw_only=True, tag="paragraph"):
    r"""A paragraph; a line break inside it is "\n"."""

    spans: tuple[Span, ...] = ()


class Standfirst(_Block, frozen=True, kw_only=True, tag="standfirst"):
    """The summary shown under the headline; the first block where there is one."""

    spans: tuple[Span, ...] = ()


class ListItem(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """One item of a list."""

    text: str
    level: int = 0
    """Nesting, 0 for the outermost list."""
    ordered: bool = False
    spans: tuple[Span, ...] = ()


class List(_Block, frozen=True, kw_only=True, tag="list"):
    """A list with its nested lists; `text` has a line "- item" for each item."""

    items: tuple[ListItem, ...]
    start: int = 1
    """Number of the first item of the outermost list, where that is ordered."""


class Quote(_Block, frozen=True, kw_only=True, tag="quote"):
    """A block quotation, or a quoted post."""

    spans: tuple[Span, ...] = ()


class Code(_Block, frozen=True, kw_only=True, tag="code"):
    """Preformatted text with its line breaks."""


class Table(_Block, frozen=True, kw_only=True, tag="table"):
    """A table of data; `text` has a line for each row, cells that are not empty joined by " | "."""

    rows: tuple[tuple[str, ...], ...]
    header: bool = False
    """Whether the first row holds the column headings."""
    spans: tuple[Span, ...] = ()
    """Counted in `text`; none reaches over its cell."""


class Figure(_Block, frozen=True, kw_only=True, tag="image"):
    """A picture in its place in the text; `text` is empty, for captions are no part of the body."""

    url: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None


class Embed(_Block, frozen=True, kw_only=True, tag="embed"):
    """A video, a post or another foreign object in its place in the text; `text` is empty."""

    url: str
    provider: str | None = None
    title: str | None = None


class LiveUpdate(_Block, frozen=True, kw_only=True, tag="liveUpdate"):
    """The head of one update of a live blog; its paragraphs follow as blocks of their own."""

    date_published: str | None = None


Block = Heading | Paragraph | Standfirst | List | Quote | Code | Table | Figure | Embed | LiveUpdate
