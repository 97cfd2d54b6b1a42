"""A linear scan that refuses markup which would wedge the parser.

Lexbor cannot be interrupted, and some markup costs it quadratic time or memory (measured, one core):

- nesting: every start of a block walks up the open elements (10,000 nested <div>: 0.1 s; 100,000: 26 s);
- end tags that match nothing walk up the same way;
- attributes of one tag are compared with each other (10,000: 0.2 s; 100,000: more than 25 s);
- <option>s: 10,000 take 0.4 s, 100,000 more than 25 s;
- unclosed formatting is opened anew in every block: 2,000 times `<p><b x=N>`, 25 kB, become 2 million nodes and 700 MB.

Nearly all pages are let through by three counts (0.1 ms a page); the others are walked tag by tag, with the open
elements kept as the parser would, and what the parser will do is added up.
"""

from __future__ import annotations

import re

from scraper.compiled import fastest
from scraper.errors import TooComplex
from scraper.page.open_elements import MAX_ATTRIBUTES, danger

__all__ = ["MAX_SIZE", "check"]

MAX_SIZE = 32_000_000
"""Bytes of UTF-8; the largest page of the benchmark sets has 2.2 million."""

_FEW_TAGS = 3_000
"""Up to this many "<" nothing is quadratic enough to matter (formatting: 390 MB); the median page has 1,800."""
_MANY_TAGS = 12_000
"""Above this every page is walked: nesting and options can only now cost more than 0.5 s. One page in 1,000 is."""
_MUCH_FORMATTING = 1_200_000
"""Formatting elements with attributes times tags, from which the page is walked: at worst so many nodes, 430 MB."""
_WINDOW = 60_000
"""Bytes: a tag with very many attributes holds such a stretch without any "</"."""

_FORMATTED = re.compile(
    rb"<(?=[bcefinstuBCEFINSTU])(?:[bius]|tt|em|big|font|code|nobr|small|strike|strong)[\s/]", re.IGNORECASE
)
"""Their first letters once more, in both cases: a look at one character spares most tags the names."""

_danger = fastest(danger, "danger")


def check(html: bytes, *, url: str | None = None) -> None:
    """Return if `html`, in UTF-8, can be parsed in bounded time.

    Raises:
        TooComplex: size, nesting, attributes, options or formatting that would take the parser seconds.

    """
    if len(html) > MAX_SIZE:
        raise TooComplex(f"the page has {len(html):,} bytes, more than {MAX_SIZE:,}", url=url)
    tags = html.count(b"<")
    if (
        tags > _MANY_TAGS
        or (tags > _FEW_TAGS and len(_FORMATTED.findall(html)) * tags > _MUCH_FORMATTING)
        or _separators(html) > MAX_ATTRIBUTES
    ):  # cheapest first
        what = _danger(html)
        if what:
            raise TooComplex(f"the page has {what}: reading it would take too long", url=url)


def _separators(html: bytes) -> int:
    """Return how many bytes may separate attributes in long stretches without any end tag, scripts apart.

    A page made for the purpose can fake scripts and end tags in attribute values; it then takes a worker its deadline.
    """
    found = seen = 0
    inside = False
    for at in range(0, len(html) - _WINDOW, _WINDOW):
        if html.find(b"</", at, at + _WINDOW) >= 0:
            continue
        start = end = -1
        if html.rfind(b"<s", seen, at + 10) >= 0:
            start = max(html.rfind(b"<script", seen, at + 10), html.rfind(b"<style", seen, at + 10))
        if seen < at - _WINDOW:  # else nothing has ended since: the stretch before was such a one, too
            end = max(html.rfind(b"</script", seen, at), html.rfind(b"</style", seen, at))
        inside = start > end or (inside and end < 0)
        seen = at
        if not inside:
            stretch = html[at : at + _WINDOW]
            found += len(stretch) - len(stretch.translate(None, b" \t\n\f\r/\"'"))
    return found
