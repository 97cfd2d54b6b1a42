"""What programs get wrong on their first day is answered with a sentence, not with an error from deep inside."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

import scraper
from scraper import AsyncScraper, FetchSettings, Response, Scraper, ScraperError, extract
from scraper.errors import SettingsError
from tests.cli.pages import PAGE

URL = "https://news.example.com/bridge"


class Shelf:
    """A fetcher that has one page for every URL."""

    async def fetch(self, url: str) -> Response:
        return Response(requested_url=url, url=url, status=200, body=PAGE.encode())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (None, "html must be str or bytes, not NoneType"),
        (Path("page.html"), r"html must be str or bytes, not PosixPath; pass its \.read_bytes\(\)"),
        (Response(requested_url=URL, url=URL, status=200), r"not Response; pass its \.body"),
    ],
    ids=["nothing", "path", "response"],
)
def test_what_is_no_page_is_named(given: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        extract(given)  # type: ignore[arg-type]


def test_url_that_is_no_text_is_named() -> None:
    with pytest.raises(TypeError, match="url must be str, not PosixPath"):
        extract(PAGE, url=Path("page.html"))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_any_kind_of_bytes_is_a_page(kind: Callable[[bytes], bytes]) -> None:
    assert extract(kind(PAGE.encode())) == extract(PAGE.encode())


def test_iter_takes_no_single_url() -> None:
    with Scraper(fetcher=Shelf()) as one, pytest.raises(TypeError, match="iter takes several URLs"):
        next(one.iter(URL))


def test_iter_takes_no_single_url_in_a_loop_either() -> None:
    async def first() -> None:
        async with AsyncScraper(fetcher=Shelf()) as one:
            await anext(aiter(one.iter(URL)))

    with pytest.raises(TypeError, match="iter takes several URLs"):
        asyncio.run(first())


def test_scraper_takes_no_url() -> None:
    with pytest.raises(TypeError, match="not str; a URL goes to get"):
        Scraper(URL)  # type: ignore[arg-type]


def test_number_given_as_text_is_named() -> None:
    with pytest.raises(SettingsError, match=r"timeout_s must be a number of at least .*, not '5'"):
        FetchSettings(timeout_s="5")  # type: ignore[arg-type]


def test_public_names_are_listed_before_they_are_loaded() -> None:
    assert set(scraper.__all__) <= set(dir(scraper))


def _in_child(work: Callable[[], str]) -> str:
    """Return what `work` says in a forked process; "" where it hangs."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        os.write(writes, work().encode())
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as said:
        text = said.read()
    os.waitpid(child, 0)
    return text


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_scraper_in_use_before_a_fork_says_so_and_does_not_hang() -> None:
    def work() -> str:
        try:
            one.get(URL)
        except ScraperError as error:
            one.close()
            return f"{error.reason}: {error}"
        return "an article"

    with Scraper(fetcher=Shelf()) as one:
        one.get(URL)
        said = _in_child(work)
    assert said == "forked: a Scraper that was in use before the process was forked (make one in each process)"


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_scraper_first_used_after_a_fork_works() -> None:
    one = Scraper(fetcher=Shelf())
    assert _in_child(lambda: one.get(URL).headline or "") == extract(PAGE).headline
