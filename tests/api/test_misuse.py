"""What programs get wrong on their first day is answered with a sentence, not with an error from deep inside."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

import scraper
from scraper import Article, AsyncScraper, FetchSettings, Response, Scraper, ScraperError, extract
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


def _bs4() -> object:
    return pytest.importorskip("bs4").BeautifulSoup(PAGE, "html.parser")


def _lxml() -> object:
    import lxml.html

    return lxml.html.fromstring(PAGE)


@pytest.mark.parametrize(
    ("made", "message"),
    [(_bs4, r"not BeautifulSoup; pass str\(\.\.\.\) of it"), (_lxml, r"not HtmlElement; pass lxml\.html\.tostring")],
)
def test_parsed_page_is_named_with_the_way_back(made: Callable[[], object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        extract(made())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("https://news.example.com/bridge", "a URL, not the page at it"),
        ("saved/bridge.html", "the name of a file, not the page in it"),
    ],
)
def test_address_in_place_of_a_page_is_told(given: str, said: str) -> None:
    with pytest.raises(ScraperError, match=said):
        extract(given)


def test_settings_of_another_kind_are_named() -> None:
    with pytest.raises(TypeError, match="settings must be ExtractSettings, not dict; single settings are arguments"):
        extract(PAGE, settings={"keep_all": True})  # type: ignore[arg-type]


def test_time_that_is_none_is_named() -> None:
    with pytest.raises(TypeError, match="now must be a datetime, not str"):
        extract(PAGE, now="2026-01-01")  # type: ignore[arg-type]


def test_time_without_a_zone_is_local() -> None:
    naive = datetime(2031, 5, 2, 12)  # noqa: DTZ001  # what it is about
    assert extract(PAGE, now=naive) == extract(PAGE, now=naive.astimezone())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"extract": FetchSettings()}, "extract must be ExtractSettings, not FetchSettings"),
        ({"workers": 2}, r"workers must be WorkerSettings\(count=\.\.\.\), not int"),
        ({"memories": None}, "memories must be SiteMemories, not NoneType"),
        ({"rules": "rules"}, r"rules must be what read_rules\(folder\) returns, not str"),
        ({"fetcher": pytest}, "fetcher must have `async def fetch"),
    ],
    ids=["extract", "workers", "memories", "rules", "fetcher"],
)
def test_argument_of_another_kind_is_named_at_once(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Scraper(**arguments)  # type: ignore[arg-type]


def test_fetcher_that_does_not_wait_is_named() -> None:
    class Plain:
        def fetch(self, url: str) -> Response:
            return Response(requested_url=url, url=url, status=200)

    with Scraper(fetcher=Plain()) as one, pytest.raises(TypeError, match="Plain needs `async def fetch"):  # type: ignore[arg-type]
        one.get(URL)


def test_fetcher_that_returns_a_text_is_named() -> None:
    class Text:
        async def fetch(self, _url: str) -> str:
            return PAGE

    with Scraper(fetcher=Text()) as one, pytest.raises(TypeError, match="Text must return a Response, not str"):  # type: ignore[arg-type]
        one.get(URL)


def test_source_that_is_no_url_is_named() -> None:
    with Scraper(fetcher=Shelf()) as one, pytest.raises(TypeError, match="discover takes one URL, not NoneType"):
        next(one.discover(None))  # type: ignore[arg-type]


def test_header_that_is_no_text_is_named() -> None:
    with pytest.raises(SettingsError, match="the header 'User-Agent' must be a text, not int"):
        FetchSettings(user_agent=3)  # type: ignore[arg-type]


def test_record_that_is_no_text_is_named() -> None:
    with pytest.raises(TypeError, match="from_json takes a line of JSON, not dict"):
        Article.from_json({})  # type: ignore[arg-type]


def test_scraper_in_a_pickle_is_told() -> None:
    with pytest.raises(TypeError, match="cannot be pickled; make one in each process"):
        pickle.dumps(Scraper())


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
