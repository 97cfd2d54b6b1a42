"""robots.txt by RFC 9309."""

from __future__ import annotations

import httpx
import pytest

from scraper.errors import FetchError, RobotsDisallowed
from scraper.fetch.robots import RobotsText, product_token, read_robots
from scraper.model.response import Response
from tests.fetch.simulated import Web, crawl

AGENT = "article-scraper"
URL = "http://news.example/a/page.html"


def verdict(*answers: httpx.Response, url: str = URL, **settings: object) -> str:
    """Return "allowed" or the reason of the refusal, given the answers to requests for robots.txt."""
    left = list(answers)
    web = Web(robots=lambda _request: left.pop(0) if len(left) > 1 else left[0])
    (result,) = crawl(web, [url], delay_s=0, **settings)
    return "allowed" if isinstance(result, Response) else result.reason


def text(content: str | bytes, **headers: str) -> httpx.Response:
    return httpx.Response(200, content=content, headers=headers)


@pytest.mark.parametrize(
    ("status", "expected"),
    [(code, "allowed") for code in (204, 400, 401, 403, 404, 410, 418, 429, 451)]
    + [(code, "robots") for code in (500, 502, 503, 504, 599, 999)],
)
def test_the_status_decides(status: int, expected: str) -> None:
    assert verdict(httpx.Response(status)) == expected


def test_a_server_error_is_asked_again() -> None:
    assert verdict(httpx.Response(503), text("User-agent: *\nAllow: /")) == "allowed"


def test_an_unreadable_robots_txt_may_be_better_later() -> None:
    (error,) = crawl(Web(robots=lambda _request: httpx.Response(500)), [URL])

    assert isinstance(error, RobotsDisallowed) and error.retryable


@pytest.mark.parametrize("error", [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.RemoteProtocolError("x")])
def test_a_host_that_cannot_be_reached_is_not_fetched(error: Exception) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise error

    web = Web(robots=fail)
    (result,) = crawl(web, [URL])

    assert (isinstance(result, FetchError), web.times()) == (True, [])


def test_five_redirects_are_followed() -> None:
    hops = [httpx.Response(301, headers={"location": f"http://r{n}.example/robots.txt"}) for n in range(5)]

    assert verdict(*hops, text("User-agent: *\nDisallow: /")) == "robots"


def test_six_redirects_mean_there_is_none() -> None:
    hops = [httpx.Response(301, headers={"location": f"http://r{n}.example/robots.txt"}) for n in range(6)]

    assert verdict(*hops, text("User-agent: *\nDisallow: /")) == "allowed"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("User-agent: *\nDisallow: /", "robots"),
        ("User-agent: *\nDisallow:", "allowed"),
        ("User-agent: *\nDisallow: /a/", "robots"),
        ("User-agent: *\nDisallow: /b/", "allowed"),
        ("User-agent: *\nDisallow: /a/\nAllow: /a/page", "allowed"),
        ("User-agent: *\nAllow: /a/\nDisallow: /a/page", "robots"),
        ("User-agent: *\nDisallow: /a/page.html\nAllow: /a/page.html", "allowed"),
        ("User-agent: *\nDisallow: /*.html$", "robots"),
        ("User-agent: *\nDisallow: /*.htm$", "allowed"),
        ("User-agent: *\nDisallow: /%61/page.html", "robots"),
        ("User-agent: article-scraper\nDisallow: /\n\nUser-agent: *\nAllow: /", "robots"),
        ("USER-AGENT: ARTICLE-SCRAPER\nDISALLOW: /", "robots"),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Article-Scraper\nAllow: /", "allowed"),
        ("User-agent: scraper\nDisallow: /", "allowed"),
        ("User-agent: other\nUser-agent: article-scraper\nDisallow: /", "robots"),
        ("\ufeffUser-agent: *\nDisallow: /", "robots"),
        ("User-agent: *\r\nDisallow: /", "robots"),
        ("User-agent: *\rDisallow: /", "robots"),
        ("User-agent: *\nDisallow: /\0", "robots"),
        ("# all\nUser-agent: * # everybody\nDisallow: / # everything", "robots"),
        ("Disallow: /", "allowed"),
        ("<!doctype html><html><body>Not found</body></html>", "allowed"),
        ("", "allowed"),
    ],
)
def test_the_rules_decide(rules: str, expected: str) -> None:
    assert verdict(text(rules)) == expected


def test_rules_in_utf_16_are_read() -> None:
    assert verdict(text("User-agent: *\nDisallow: /".encode("utf-16"))) == "robots"


def test_the_first_500_kib_count() -> None:
    filler = "# filler\n" * 60_000

    assert verdict(text(f"User-agent: *\nDisallow: /a/\n{filler}Allow: /a/page")) == "robots"


def test_it_may_be_ignored() -> None:
    assert verdict(text("User-agent: *\nDisallow: /"), robots=False) == "allowed"


def test_every_origin_is_asked_once() -> None:
    web = Web()
    crawl(web, [f"http://h{n % 3}.example/{n}" for n in range(30)], delay_s=0)

    assert sum(path == "/robots.txt" for asked in web.asked.values() for _, path in asked) == 3


def test_it_is_asked_again_after_a_day() -> None:
    web = Web()
    crawl(web, [f"http://news.example/{n}" for n in range(5)], delay_s=40_000, in_turn=True)

    assert sum(path == "/robots.txt" for _, path in web.asked["news.example"]) == 2


def test_a_redirect_into_a_disallowed_place_is_not_followed() -> None:
    web = Web(
        answer=lambda _request: httpx.Response(302, headers={"location": "/private"}),
        robots=lambda _request: text("User-agent: *\nDisallow: /private"),
    )
    (error,) = crawl(web, [URL], delay_s=0)

    assert (isinstance(error, RobotsDisallowed), len(web.times())) == (True, 1)


def test_the_page_may_follow_robots_txt_at_once() -> None:
    web = Web(latency_s=0.1)
    crawl(web, [URL], delay_s=10)

    assert web.times()[0] < 1


@pytest.mark.parametrize(
    ("agent", "token"),
    [
        ("article-scraper/0.1 (+https://x.example)", "article-scraper"),
        ("Mozilla/5.0 (compatible; TidyBot/2.1; +https://x.example)", "TidyBot"),
        ("MyBot", "MyBot"),
        ("", "article-scraper"),
    ],
)
def test_the_token_is_taken_from_the_user_agent(agent: str, token: str) -> None:
    assert product_token(agent) == token


@pytest.mark.parametrize("body", [b"\xff" * 1000, bytes(range(256)) * 8, b"User-agent: *\nDisallow: " + b"*a" * 1000])
def test_any_bytes_are_read(body: bytes) -> None:
    assert read_robots(RobotsText(200, body), AGENT, URL).refusal is None
