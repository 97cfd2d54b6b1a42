"""A line of text with its spans as HTML: everything but our own few tags is escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.render.spans import runs_of, safe_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.model.body import Span

__all__ = ["LINE", "escape", "inline", "nested", "plain"]

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no HTML document may hold (HTML standard, 13.2.3.5)."""
_TAGS = {"emphasis": "em", "strong": "strong", "code": "code"}
LINE = re.compile(r"\r\n?|\n")
"""One line break."""


def escape(text: str) -> str:
    """Return text as it stands in a document, without the characters that none may hold."""
    if not text.isprintable():
        text = _CONTROLS.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def plain(text: str) -> str:
    """Return text without markup of its own; a line break becomes <br>."""
    escaped = escape(text)
    return LINE.sub("<br>", escaped) if "\n" in escaped or "\r" in escaped else escaped


def inline(text: str, spans: tuple[Span, ...]) -> str:
    """Return text with its spans; a line break becomes <br>."""
    if not spans:
        return plain(text)
    parts = _side_by_side(text, spans)
    return "".join(nested(text, spans) if parts is None else parts)


def _side_by_side(text: str, spans: tuple[Span, ...]) -> list[str] | None:
    """Return the pieces of a text whose spans follow one another: the common case; None for any other."""
    parts: list[str] = []
    at = 0
    for span in spans:
        start, end = span.start, span.end
        tag = _start_tag(span)
        if not at <= start < end <= len(text) or tag is None:
            return None
        parts += (plain(text[at:start]), tag, plain(text[start:end]), _end_tag(span))
        at = end
    parts.append(plain(text[at:]))
    return parts


def nested(text: str, spans: tuple[Span, ...], write: Callable[[str], str] = plain) -> list[str]:
    """Return the pieces of a text whose spans may stand inside one another, overlap, or hold no safe URL.

    `write`: what makes HTML of text without spans.
    """
    parts: list[str] = []
    open_now: tuple[Span, ...] = ()
    for run in runs_of(len(text), spans):
        around = run.around
        if around != open_now:
            same = 0
            while same < min(len(open_now), len(around)) and open_now[same] == around[same]:
                same += 1
            parts += [_end_tag(span) for span in reversed(open_now[same:])]
            parts += [_start_tag(span) or "" for span in around[same:]]
            open_now = around
        parts.append(write(text[run.start : run.end]))
    parts += [_end_tag(span) for span in reversed(open_now)]
    return parts


def _start_tag(span: Span) -> str | None:
    """Return the tag that begins a span; None for a link to nothing safe."""
    if span.kind != "link":
        return f"<{_TAGS[span.kind]}>"
    url = safe_url(span.url)
    return f'<a href="{escape(url)}">' if url else None


def _end_tag(span: Span) -> str:
    return "</a>" if span.kind == "link" else f"</{_TAGS[span.kind]}>"
