"""Settings of single hosts: pace, headers, robots, and the little that outlives a run."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from scraper.errors import SettingsError, TooManyRequests
from scraper.fetch.client import HttpFetcher
from scraper.fetch.politeness import Hold
from scraper.settings import FetchSettings, HostSettings
from tests.faults.outcomes import fetched, quick
from tests.faults.server import HostileServer, page, redirect, serving
from tests.fetch.simulated import Web, crawl, plain
from tests.fetch.virtual_time import START, run_virtually, virtual_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

EXACT, ABOVE, BELOW = HostSettings(delay_s=1), HostSettings(delay_s=2), HostSettings(delay_s=3)


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with serving() as running:
        yield running


@pytest.mark.parametrize(
    ("host", "port", "delay_s"),
    [
        ("a.example", 443, 1),
        ("a.example", 8443, 9),
        ("b.a.example", 443, 2),
        ("c.b.a.example", 80, 2),
        ("d.c.example", 80, None),
        ("example", 80, None),
        ("::1", 80, 3),
        ("nota.example", 80, None),
    ],
)
def test_the_most_exact_entry_counts(host: str, port: int, delay_s: float | None) -> None:
    settings = FetchSettings(
        hosts={"a.example": EXACT, "a.example:8443": HostSettings(delay_s=9), "*.a.example": ABOVE, "[::1]": BELOW}
    )

    assert settings.at(host, port).delay_s == delay_s


@pytest.mark.parametrize(
    "host", ["A.example", "https://a.example", "a.example/", "", "*", "a b", "a.example:x", "*.*.x"]
)
def test_what_is_no_host_is_refused(host: str) -> None:
    with pytest.raises(SettingsError, match="not a host"):
        FetchSettings(hosts={host: EXACT})


def test_a_host_has_its_own_delay() -> None:
    web = Web(latency_s=0)
    urls = [f"http://{host}.example/{n}" for host in ("slow", "fast") for n in range(3)]
    crawl(web, urls, delay_s=1, robots=False, hosts={"slow.example": HostSettings(delay_s=7)})

    assert (web.gaps("slow.example"), web.gaps("fast.example")) == ([7, 7], [1, 1])


def test_a_longer_crawl_delay_wins_over_a_hosts_own() -> None:
    web = Web(robots=lambda _r: httpx.Response(200, content=b"User-agent: *\nCrawl-delay: 5"), latency_s=0)
    crawl(web, [f"http://news.example/{n}" for n in range(3)], hosts={"news.example": HostSettings(delay_s=2)})

    assert web.gaps() == [5, 5]


def test_robots_txt_may_be_ignored_at_one_host() -> None:
    web = Web(robots=lambda _r: httpx.Response(200, content=b"User-agent: *\nDisallow: /"))
    results = crawl(
        web, ["http://mine.example/", "http://news.example/"], hosts={"mine.example": HostSettings(robots=False)}
    )

    assert [getattr(result, "reason", "200") for result in results] == ["200", "robots"]


def test_a_hosts_own_headers_reach_it_and_win(server: HostileServer) -> None:
    host = HostSettings(headers={"x-key": "its own", "X-More": "1"})
    fetched(server.on("/a", page()), quick(headers={"X-Key": "for all"}, hosts={f"127.0.0.1:{server.port}": host}))

    seen = server.asked("/a")[0]
    assert (seen.header("X-Key"), seen.header("X-More")) == ("its own", "1")


def test_a_hosts_own_headers_reach_no_other_host(server: HostileServer) -> None:
    with serving() as other:
        hosts = {f"127.0.0.1:{server.port}": HostSettings(headers={"X-Key": "secret"})}
        fetched(server.on("/a", redirect(other.on("/b", page()))), quick(hosts=hosts))

        assert other.asked("/b")[0].header("X-Key") is None


def test_a_hosts_own_headers_are_not_sent_where_another_host_leads(server: HostileServer) -> None:
    with serving() as other:
        hosts = {f"127.0.0.1:{other.port}": HostSettings(headers={"X-Key": "secret"})}
        fetched(server.on("/a", redirect(other.on("/b", page()))), quick(hosts=hosts))

        assert other.asked("/b")[0].header("X-Key") is None


def test_a_hosts_own_headers_are_not_shown() -> None:
    assert "secret" not in repr(FetchSettings(hosts={"a.example": HostSettings(headers={"X-Key": "secret"})}))


def busy(**headers: str) -> Any:
    return lambda _request: httpx.Response(429, headers=headers)


def run_with(web: Web, urls: list[str], holds: tuple[Hold, ...] = (), **settings: Any) -> tuple[list[str], Any]:
    """Return what became of each URL, in turn, and the holds that are left."""

    async def run() -> tuple[list[str], Any]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(web.handle)) as client:
            given: dict[str, Any] = {"robots": False, "retries": 0} | settings
            fetcher = HttpFetcher(FetchSettings(**given), client=client, clock=virtual_clock())
            fetcher.resume(holds)
            became = []
            for url in urls:
                try:
                    became.append(str((await fetcher.fetch(url)).status))
                except TooManyRequests as error:
                    became.append(error.reason)
            return became, fetcher.holds()

    return run_virtually(run())


def test_a_hold_outlives_the_run() -> None:
    _, holds = run_with(Web(busy(**{"retry-after": "600"}), latency_s=0), ["http://news.example/"])

    assert holds == (Hold(host="news.example", until=START + timedelta(seconds=600)),)


def test_a_hold_of_an_earlier_run_is_kept() -> None:
    web = Web()
    became, _ = run_with(web, ["http://news.example/"], (Hold(host="news.example", until=START + timedelta(hours=1)),))

    assert (became, web.asked["news.example"]) == (["http_429"], [])


def test_a_short_hold_of_an_earlier_run_is_waited_for() -> None:
    web = Web()
    run_with(web, ["http://news.example/"], (Hold(host="news.example", until=START + timedelta(seconds=30)),))

    assert web.times() == [30]


@pytest.mark.parametrize("until", [START - timedelta(days=1), START])
def test_a_hold_that_is_over_is_none(until: Any) -> None:
    web = Web()
    run_with(web, ["http://news.example/"], (Hold(host="news.example", until=until),))

    assert web.times() == [0]


def test_no_hold_lasts_longer_than_a_day() -> None:
    far = Hold(host="news.example", until=START + timedelta(days=3650), strikes=10**9)
    _, holds = run_with(Web(), [], (far,))

    assert holds == (Hold(host="news.example", until=START + timedelta(days=1), strikes=16),)


def test_a_hold_is_a_plain_value() -> None:
    hold = Hold(host="news.example:8080", until=START, strikes=2)

    assert msgspec.json.decode(msgspec.json.encode(hold), type=Hold) == hold


def test_a_429_that_says_nothing_slows_the_whole_host_down() -> None:
    web = Web(busy(), latency_s=0)
    run_with(web, [f"http://news.example/{n}" for n in range(5)], delay_s=0, backoff_s=1)

    assert web.gaps() == [1, 2, 4, 8]


def test_a_host_that_says_429_again_and_again_is_left_alone() -> None:
    web = Web(busy(), latency_s=0)
    became, holds = run_with(web, [f"http://news.example/{n}" for n in range(12)], delay_s=0, backoff_s=1)

    assert (became.count("http_429"), len(web.times()), holds[0].strikes) == (12, 7, 7)


def test_an_answer_ends_the_strikes() -> None:
    answers = iter([429, 429, 200, 429, 429])
    web = Web(lambda _r: _status(next(answers)), latency_s=0)
    run_with(web, [f"http://news.example/{n}" for n in range(5)], delay_s=0, backoff_s=1)

    assert web.gaps() == [1, 2, 0, 1]


def _status(status: int) -> httpx.Response:
    return plain(httpx.Request("GET", "http://news.example/")) if status == 200 else httpx.Response(status)


def test_other_hosts_go_on_meanwhile() -> None:
    web = Web(lambda request: _status(429 if request.url.host == "busy.example" else 200), latency_s=0)
    became, _ = run_with(web, ["http://busy.example/", "http://news.example/"], delay_s=0)

    assert became == ["http_429", "200"]


def test_http2_without_its_extra_is_refused_before_any_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.fetch.transport.find_spec", lambda _name: None)

    with pytest.raises(SettingsError, match=r"article-scraper\[http2\]"):
        HttpFetcher(FetchSettings(http2=True))
