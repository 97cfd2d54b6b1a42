"""Turns, pauses, Crawl-delay and Retry-After, on a virtual clock."""

from __future__ import annotations

import random
from datetime import timedelta
from email.utils import format_datetime

import httpx
import pytest

from scraper.errors import FetchError, TooManyRequests
from scraper.fetch.politeness import retry_after_s
from tests.fetch.simulated import Web, crawl, plain
from tests.fetch.virtual_time import START

FIVE = [f"http://news.example/{n}" for n in range(5)]


def robots(text: str) -> httpx.Response:
    return httpx.Response(200, text=text)


def test_requests_to_a_host_are_a_delay_apart() -> None:
    web = Web()
    crawl(web, FIVE, delay_s=3)

    assert min(web.gaps()) >= 3


def test_ten_thousand_urls_are_asked_for_politely() -> None:
    chance = random.Random(7)  # noqa: S311  # a fixed crawl
    urls = [f"http://h{chance.randrange(400)}.example/{n}" for n in range(10_000)]
    web = Web(robots=lambda request: robots(f"User-agent: *\nCrawl-delay: {len(request.url.host) - 9}"))
    results = crawl(web, urls, delay_s=1.5, concurrency=50)
    too_close = [gap for host in web.asked for gap in web.gaps(host) if gap < max(1.5, len(host) - 9)]

    assert (len(results), too_close, web.most_busy) == (10_000, [], 1)


def test_no_more_requests_are_on_the_wire_than_allowed() -> None:
    web = Web()
    crawl(web, [f"http://h{n}.example/" for n in range(100)], concurrency=7)

    assert web.most_at_once == 7


@pytest.mark.parametrize("per_host", [1, 3])
def test_no_more_requests_are_at_a_host_than_allowed(per_host: int) -> None:
    web = Web(latency_s=1)
    crawl(web, [f"http://news.example/{n}" for n in range(20)], delay_s=0, per_host=per_host)

    assert web.most_busy == per_host


def test_a_slow_host_is_given_as_long_a_rest() -> None:
    web = Web(latency_s=4)
    crawl(web, FIVE, delay_s=1)

    assert min(web.gaps()) >= 8


@pytest.mark.parametrize(
    ("line", "gap"),
    [
        ("Crawl-delay: 5", 5),
        ("Crawl-delay: 0.5", 1),
        ("Crawl-delay: nan", 1),
        ("Crawl-delay: inf", 1),
        ("Crawl-delay: -5", 1),
        ("Crawl-delay: 1e308", 60),
        ("Crawl-delay: 86400", 60),
        ("Request-rate: 1/20s", 20),
    ],
)
def test_a_crawl_delay_is_obeyed_within_reason(line: str, gap: float) -> None:
    web = Web(robots=lambda _request: robots(f"User-agent: *\n{line}"))
    crawl(web, FIVE[:2], delay_s=1)

    assert gap <= web.gaps()[0] < gap + 1


def limited(value: str | None, status: int = 429, times: int = 1) -> Web:
    left = [times]

    def answer(request: httpx.Request) -> httpx.Response:
        if left[0]:
            left[0] -= 1
            return httpx.Response(status, headers=[] if value is None else [(b"retry-after", value.encode())])
        return plain(request)

    return Web(answer)


DATE = START + timedelta(seconds=30)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "least"),
    [
        ("20", 20),
        ("0", 0),
        (format_datetime(DATE, usegmt=True), 29),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
        ("-5", 1),
        ("soon", 1),
        ("\u0661\u0662", 1),
        ("1.5", 1),
        (None, 1),
    ],
)
def test_retry_after_is_waited_for(value: str | None, least: float, status: int) -> None:
    web = limited(value, status)
    crawl(web, FIVE[:1], delay_s=0.1, backoff_s=1)

    assert least <= web.gaps()[0] <= least + 1.1


def test_retry_after_holds_for_the_whole_host() -> None:
    web = limited("40")
    crawl(web, FIVE, delay_s=1)

    assert web.times()[1] >= 40


@pytest.mark.parametrize("value", ["3600", "1000000000", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_host_that_asks_for_too_long_is_left_alone(value: str) -> None:
    web = limited(value)
    results = crawl(web, FIVE, delay_s=1)

    assert (len(web.times()), {type(result) for result in results}) == (1, {TooManyRequests})


def test_backoff_doubles() -> None:
    web = Web(lambda _request: httpx.Response(500))
    crawl(web, FIVE[:1], delay_s=0, retries=3, backoff_s=2)

    assert [round(gap - web.latency_s) for gap in web.gaps()] == [2, 4, 8]


def test_retries_end_with_the_deadline() -> None:
    web = Web(lambda _request: httpx.Response(500))
    (error,) = crawl(web, FIVE[:1], delay_s=0, retries=50, backoff_s=2, timeout_s=10)

    assert (isinstance(error, FetchError) and error.attempts, web.times()[-1] <= 10) == (3, True)


def test_waiting_for_a_turn_does_not_count_for_the_deadline() -> None:
    results = crawl(Web(), [f"http://news.example/{n}" for n in range(50)], delay_s=5, timeout_s=10)

    assert not [result for result in results if isinstance(result, FetchError)]


@pytest.mark.parametrize("text", ["", " ", "x" * 10_000, "9" * 400, "1e5", "\u00b2", "12\u066b", "Sun, 99 Foo 2026"])
def test_a_retry_after_that_says_nothing_is_none(text: str) -> None:
    assert retry_after_s(text, START) is None


def test_a_run_over_many_hosts_forgets_the_idle_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.fetch.politeness._MOST_HOSTS", 50)
    monkeypatch.setattr("scraper.fetch.robots._MOST_KNOWN", 50)
    web = Web()
    crawl(web, [f"http://h{n % 200}.example/{n}" for n in range(600)], delay_s=2, in_turn=True)

    assert min(gap for host in web.asked for gap in web.gaps(host)) >= 2
