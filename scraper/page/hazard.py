"""A linear scan that refuses markup which would wedge the parser.

Lexbor cannot be interrupted, and some markup costs it quadratic time or memory (measured, one core):

- nesting: every start of a block walks up the open elements (10,000 nested <div>: 0.1 s; 100,000: 26 s);
- end tags that match nothing walk up the same way;
- attributes of one tag are compared with each other (10,000: 0.2 s; 100,000: more than 25 s);
- <option>s: 10,000 take 0.4 s, 100,000 more than 25 s;
- unclosed formatting is opened anew in every block: 2,000 times `<p><b x=N>`, 25 kB, become 2 million nodes and 700 MB.

Nearly all pages are let through by three counts (`tag_counts`); the others are walked tag by tag, with the open
elements kept as the parser would, and what the parser will do is added up.
"""

from __future__ import annotations

from scraper.compiled import fastest
from scraper.errors import TooComplex
from scraper.page.open_elements import danger
from scraper.page.tag_counts import is_harmless

__all__ = ["MAX_SIZE", "check"]

MAX_SIZE = 32_000_000
"""Bytes of UTF-8; the largest page of the benchmark sets has 2.2 million."""

_is_harmless = fastest(is_harmless, "source")
_danger = fastest(danger, "danger")


def check(html: bytes, *, url: str | None = None) -> None:
    """Return if `html`, in UTF-8, can be parsed in bounded time.

    Raises:
        TooComplex: size, nesting, attributes, options or formatting that would take the parser seconds.

    """
    if len(html) > MAX_SIZE:
        raise TooComplex(f"the page has {len(html):,} bytes, more than {MAX_SIZE:,}", url=url)
    if not _is_harmless(html):
        what = _danger(html)
        if what:
            raise TooComplex(f"the page has {what}: reading it would take too long", url=url)
