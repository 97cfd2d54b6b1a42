"""Feeds read by this package, fastfeedparser and feedparser: what they find in odd feeds, and what it costs.

    pip install fastfeedparser feedparser
    python -m benchmarks.feeds

Prints, of the odd feeds in `fixtures/feeds`, how many are read right (the links; links and titles), which are not, and
the CPU of a feed of 20,000 items.
"""

from __future__ import annotations

import sys
import time
import warnings
from typing import TYPE_CHECKING

from scraper.discover.listing import everything
from scraper.discover.reading import read_listing
from tests.discover.documents import FIXTURES, response
from tests.discover.test_feeds import EXPECTED

if TYPE_CHECKING:
    from collections.abc import Callable

Read = list[tuple[str | None, str | None]]
ITEM = (
    "<item><title>Eels {n}</title><link>https://news.example/{n}</link><guid>https://news.example/{n}</guid>"
    "<pubDate>Mon, 02 Mar 2026 06:00:00 +0100</pubDate><description>What the clerk said of eel {n}.</description>"
    "<dc:creator>Ada Quill</dc:creator><category>eels</category></item>"
)
LARGE = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title>'
    + "".join(ITEM.format(n=n) for n in range(20_000))
    + "</channel></rss>"
)


def ours(body: bytes, url: str) -> Read:
    """Read a feed by this package."""
    return [(link.url, link.title) for link in read_listing(response(body, url), everything, 50_000).links]


def fast(body: bytes, _url: str) -> Read:
    """Read a feed by fastfeedparser."""
    import fastfeedparser  # noqa: PLC0415  # only where it is installed

    return [(entry.get("link"), entry.get("title")) for entry in fastfeedparser.parse(body).entries]


def universal(body: bytes, url: str) -> Read:
    """Read a feed by feedparser, which resolves relative links by the URL of the response."""
    import feedparser  # noqa: PLC0415  # only where it is installed

    found = feedparser.parse(body, response_headers={"content-location": url}).entries
    return [(entry.get("feedburner_origlink") or entry.get("link"), entry.get("title")) for entry in found]


def main() -> int:
    """Run; return the exit code."""
    warnings.simplefilter("ignore")
    for reader in (ours, fast, universal):
        try:
            show(reader)
        except ImportError as error:
            print(f"{reader.__name__}: {error}", file=sys.stderr)
    return 0


def show(reader: Callable[[bytes, str], Read]) -> None:
    """Print what a reader makes of everything."""
    wrong = []
    whole = 0
    for name, expected in EXPECTED:
        try:
            got = reader((FIXTURES / "feeds" / name).read_bytes(), f"https://news.example/{name}")
        except ImportError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever a reader raises is its result
            got = [(type(error).__name__, None)]
        whole += got == expected
        if [link for link, _ in got] != [link for link, _ in expected]:
            wrong.append(name)
    began = time.process_time()
    reader(LARGE.encode(), "https://news.example/feed.xml")
    took = time.process_time() - began
    right = len(EXPECTED) - len(wrong)
    print(f"{reader.__name__}: of {len(EXPECTED)} odd feeds, links right in {right}, titles too in {whole}; ", end="")
    print(f"20,000 items {took:.2f} s CPU; links wrong in: {', '.join(wrong) or 'none'}")


if __name__ == "__main__":
    sys.exit(main())
