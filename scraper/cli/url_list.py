"""Lists of URLs: one a line, '#' begins a comment line; or JSON lines with the key "url"."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

from scraper.errors import BadUrl, SettingsError
from scraper.model.failure import failure_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from scraper.model.failure import Failure

__all__ = ["count_urls", "readable_list", "urls_in"]

_SHOWN = 500
"""Characters of a line that is no URL in its failure."""
_WRAPPED = re.compile(r"<\s*(https?://[^<>\s]+)\s*>[,;]?|([\"'])\s*(https?://[^\"'\s]+)\s*\2[,;]?", re.IGNORECASE)
"""As RFC 3986, appendix C, sets URLs off from text; and as they stand in lists of programs."""
_HEAD = 512
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OTHERS = (
    ((b"<!doctype", b"<html"), "a page, not a list of URLs", "`scraper extract` reads pages"),
    ((b"<?xml", b"<rss", b"<feed", b"<urlset"), "XML, not a list of URLs", "`scraper discover` reads feeds"),
    ((b"\x1f\x8b", b"(\xb5/\xfd", b"PK\x03\x04"), "compressed", "unpack it first: zcat FILE | scraper batch -"),
)
"""How a file begins that somebody took for a list, what it is, what to do."""


def readable_list(stream: BinaryIO, name: str) -> BinaryIO:
    """Return the list in UTF-8, from where it stands: PowerShell and Notepad write UTF-16.

    Raises:
        SettingsError: a page, a feed or something compressed, not a list.

    """
    head = stream.peek(_HEAD)[:_HEAD] if isinstance(stream, io.BufferedReader) else b""
    if head.startswith(_UTF_16):
        return io.BytesIO(stream.read().decode("utf-16", "replace").encode("utf-8", "replace"))
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for starts, what, advice in _OTHERS:
        if begins.startswith(starts) or head.startswith(starts):
            raise SettingsError(f"{name}: {what}", advice=advice)
    return stream


def urls_in(lines: Iterable[bytes], refused: list[Failure]) -> Iterator[str]:
    """Yield the URLs of a list as its lines are read; a line that is neither goes to `refused`.

    What is not JSON is passed on as it stands, without brackets or quotes around a URL: the fetcher refuses what is no
    URL, and the line ends in a failure.
    """
    for number, line in enumerate(lines, 1):
        text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip()
        if not text or text.startswith("#"):
            continue
        if not text.startswith("{"):
            wrapped = _WRAPPED.fullmatch(text) if text[0] in "<\"'" else None
            yield (wrapped[1] or wrapped[3]) if wrapped else text
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
