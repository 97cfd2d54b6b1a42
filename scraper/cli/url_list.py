"""Lists of URLs: one a line, '#' begins a comment line; or JSON lines with the key "url"."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scraper.errors import BadUrl
from scraper.model.failure import failure_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scraper.model.failure import Failure

__all__ = ["count_urls", "urls_in"]

_SHOWN = 500
"""Characters of a line that is no URL in its failure."""


def urls_in(lines: Iterable[bytes], refused: list[Failure]) -> Iterator[str]:
    """Yield the URLs of a list as its lines are read; a line that is neither goes to `refused`.

    What is not JSON is passed on as it stands: the fetcher refuses what is no URL, and the line ends in a failure.
    """
    for number, line in enumerate(lines, 1):
        text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip()
        if not text or text.startswith("#"):
            continue
        if not text.startswith("{"):
            yield text
            continue
        url = _url_of(text)
        if url is None:
            error = BadUrl(f'line {number}: JSON without a "url"', advice='write {"url": "https://..."}')
            refused.append(failure_of(error, text[:_SHOWN]))
        else:
            yield url


def count_urls(lines: Iterable[bytes]) -> int:
    """Return how many results a list will have: its lines that are neither empty nor comments."""
    return sum(1 for line in lines if (text := line.strip()) and not text.startswith(b"#"))


def _url_of(text: str) -> str | None:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    url = record.get("url")
    return url.strip() if isinstance(url, str) and url.strip() else None
