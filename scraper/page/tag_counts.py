"""Counts over the bytes of a page that show, before it is parsed, that parsing it takes no long time."""

from __future__ import annotations

import re

from scraper.page.open_elements import MAX_ATTRIBUTES

__all__ = ["is_harmless"]

_FEW_TAGS = 3_000
"""Up to this many "<" nothing is quadratic enough to matter (formatting: 390 MB); the median page has 1,800."""
_MANY_TAGS = 12_000
"""Above this every page is walked: nesting and options can only now cost more than 0.5 s. One page in 1,000 is."""
_MUCH_FORMATTING = 1_200_000
"""Formatting elements with attributes times tags, from which the page is walked: at worst so many nodes, 430 MB."""
_WINDOW = 60_000
"""Bytes: a tag with very many attributes holds such a stretch without any "</"."""
_SEPARATORS = b" \t\n\f\r/\"'"

_FORMATTING = b"b i u s tt em big font code nobr small strike strong"
_FORMATTED = re.compile(rb"<(?=[bcefinstuBCEFINSTU])(?:%s)[\s/]" % b"|".join(_FORMATTING.split()), re.IGNORECASE)
"""Their first letters once more, in both cases: a look at one character spares most tags the names."""


def is_harmless(html: bytes) -> bool:
    """Whether three counts show that a page in UTF-8 can be parsed in bounded time; nearly all pages are."""
    tags = html.count(b"<")
    return (
        tags <= _MANY_TAGS
        and (tags <= _FEW_TAGS or len(_FORMATTED.findall(html)) * tags <= _MUCH_FORMATTING)
        and _separators(html) <= MAX_ATTRIBUTES
    )  # cheapest first


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
            found += len(stretch) - len(stretch.translate(None, _SEPARATORS))
    return found
