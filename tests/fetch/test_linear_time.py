"""Whatever reads text that strangers wrote takes time in proportion to its length."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpcore
import pytest

from scraper.errors import ScraperError
from scraper.fetch.cookies import FetchCookies
from scraper.fetch.decoder import codings_of
from scraper.fetch.failures import fetch_error, type_error
from scraper.fetch.politeness import retry_after_s
from scraper.fetch.refresh import refresh_target
from scraper.fetch.robots import RobotsText, read_robots
from scraper.fetch.target import join_target, parse_target, shown_url

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = parse_target("http://a.example/")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
READERS: dict[str, Callable[[str], object]] = {
    "url": parse_target,
    "shown url": shown_url,
    "redirect": lambda text: join_target(HERE, text),
    "cookie": lambda text: FetchCookies().keep(HERE, [text, f"a=b{text}", f"a=b; {text}"]),
    "content-encoding": codings_of,
    "content-type": lambda text: type_error(text, "http://a.example/"),
    "retry-after": lambda text: retry_after_s(text, NOW),
    "meta refresh": lambda text: refresh_target(f"<meta http-equiv=refresh content='{text}".encode()),
    "robots.txt": lambda text: read_robots(RobotsText(200, text.encode()), "x", "http://a.example/"),
    "message": lambda text: fetch_error(httpcore.ConnectError(text), "http://a.example/"),
}
PIECES = ["a", "/", "//", "@", "//a@", ":", "%", ".", "0", " ", ";", "; max-age", "=", "+", "application/+", ",",
          "<meta ", "<!--", "\\", "*", "Disallow: /*a\n", "User-agent: a\n", "\u2028", "é"]  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_a_hostile_text_takes_little_time(reader: str) -> None:
    slow = []
    for piece in PIECES:
        text = piece * (300_000 // len(piece))
        started = time.process_time()
        with contextlib.suppress(ScraperError):
            READERS[reader](text)
        if time.process_time() - started > 1:
            slow.append(piece)

    assert slow == []
