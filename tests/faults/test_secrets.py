"""Group X of the fault matrix, secrets: what is meant for one origin reaches no other, nor any record or message."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import httpx
import pytest

from scraper.errors import SettingsError
from scraper.model.article import Article
from scraper.scraping import AsyncScraper
from scraper.settings import ExtractSettings, FetchSettings
from tests.faults.outcomes import outcome, quick
from tests.faults.server import ARTICLE, Connection, HostileServer, Seen, page, redirect, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "hush-hush"
HEADERS = {
    "Authorization": f"Bearer {SECRET}",
    "Cookie": f"session={SECRET}",
    "X-Api-Key": SECRET,
    "Proxy-Authorization": f"Basic {SECRET}",
    "Referer": f"http://{SECRET}.example/",
}


@pytest.fixture
def other() -> Iterator[HostileServer]:
    with serving() as running:
        yield running


def leaks(seen: list[Seen]) -> list[str]:
    return [request.head for request in seen if SECRET in request.head]


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_reaches_the_origin_asked_for(server: HostileServer, name: str) -> None:
    outcome(server.on("/a", page()), quick(headers={name: HEADERS[name]}))

    assert SECRET in (server.asked("/a")[0].header(name) or "")


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_stays_on_the_way_within_its_origin(server: HostileServer, name: str) -> None:
    server.on("/b", page())
    outcome(server.on("/a", redirect("/b")), quick(headers={name: HEADERS[name]}))

    assert SECRET in (server.asked("/b")[0].header(name) or "")


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_is_dropped_for_another_port(server: HostileServer, other: HostileServer, name: str) -> None:
    result = outcome(server.on("/a", redirect(other.on("/b", page()))), quick(headers={name: HEADERS[name]}))

    assert (isinstance(result, Article), leaks(other.seen)) == (True, [])


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_is_dropped_for_another_host(server: HostileServer, name: str) -> None:
    server.on("/b", page())
    outcome(server.on("/a", redirect(f"http://localhost:{server.port}/b")), quick(headers={name: HEADERS[name]}))

    assert leaks(server.asked("/b")) == []


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_does_not_come_back(server: HostileServer, other: HostileServer, name: str) -> None:
    server.on("/c", page())
    other.on("/b", redirect(server.url("/c")))
    outcome(server.on("/a", redirect(other.url("/b"))), quick(headers={name: HEADERS[name]}))

    assert leaks(server.asked("/c")) == []


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_is_not_sent_for_robots_txt(server: HostileServer, name: str) -> None:
    outcome(server.on("/a", page()), quick(headers={name: HEADERS[name]}))

    assert leaks(server.asked("/robots.txt")) == []


def test_a_cookie_of_a_site_does_not_cross_ports(server: HostileServer, other: HostileServer) -> None:
    first = redirect(other.on("/b", page()), f"Set-Cookie: a={SECRET}; Domain=127.0.0.1; Path=/")
    outcome(server.on("/a", first))

    assert leaks(other.seen) == []


def test_the_cookie_file_goes_where_its_domain_says(server: HostileServer, tmp_path: Path) -> None:
    jar = tmp_path / "cookies.txt"
    jar.write_text(
        "# Netscape HTTP Cookie File\n"
        "127.0.0.1\tFALSE\t/\tFALSE\t0\tmine\tyes\n"
        f"other.example\tFALSE\t/\tFALSE\t0\ttheirs\t{SECRET}\n"
    )
    outcome(server.on("/a", page()), quick(cookie_file=str(jar)))

    assert server.asked("/a")[0].header("cookie") == "mine=yes"


def test_the_cookie_file_does_not_cross_ports(server: HostileServer, other: HostileServer, tmp_path: Path) -> None:
    jar = tmp_path / "cookies.txt"
    jar.write_text(f"# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tmine\t{SECRET}\n")
    outcome(server.on("/a", redirect(other.on("/b", page()))), quick(cookie_file=str(jar)))

    assert (len(leaks(server.asked("/a"))), leaks(other.seen)) == (1, [])


@pytest.mark.parametrize("content", [None, "not cookies", b"\xff\xfe\x00"])
def test_a_cookie_file_that_is_none_is_named(tmp_path: Path, content: str | bytes | None) -> None:
    path = tmp_path / "jar"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SettingsError, match="jar"):
        outcome("http://127.0.0.1:9/", quick(cookie_file=str(path)))


def test_credentials_in_a_url_are_sent_to_its_origin_only(server: HostileServer, other: HostileServer) -> None:
    server.on("/a", redirect(other.on("/b", page())))
    url = server.url("/a").replace("//", f"//me:{SECRET}@")

    async def run() -> object:
        async with AsyncScraper(quick(), ExtractSettings(keep_all=True)) as scraper:
            return await anext(scraper.iter([url]))

    asyncio.run(run())
    sent = server.asked("/a")[0].header("authorization") or ""

    assert (sent.startswith("Basic "), other.asked("/b")[0].header("authorization")) == (True, None)


@pytest.mark.parametrize("broken", [False, True])
def test_credentials_in_a_url_are_in_no_record_and_no_log(
    server: HostileServer, broken: bool, caplog: pytest.LogCaptureFixture
) -> None:

    caplog.set_level(logging.DEBUG, "scraper")
    if not broken:
        server.on("/a", page())
    url = server.url("/a").replace("//", f"//me:{SECRET}@")

    async def run() -> str:
        async with AsyncScraper(quick(), ExtractSettings(keep_all=True)) as scraper:
            return (await anext(scraper.iter([url]))).to_json()

    assert SECRET not in asyncio.run(run()) + caplog.text


def test_credentials_in_a_redirect_are_neither_used_nor_kept(server: HostileServer) -> None:
    server.on("/b", page())
    result = outcome(server.on("/a", redirect(f"http://me:{SECRET}@127.0.0.1:{server.port}/b")))

    assert (result.url, leaks(server.seen)) == (server.url("/b"), [])


@pytest.mark.parametrize(
    "headers",
    [
        {"X-A": "b\r\nX-Evil: 1"},
        {"X-A": "b\nc"},
        {"X-A\r\nX-Evil": "1"},
        {"X A": "b"},
        {"": "b"},
        {"X-A": "b\0"},
        {"X-A": "\u2028"},
        {"Host": "evil.example"},
        {"Content-Length": "5"},
        {"Transfer-Encoding": "chunked"},
    ],
)
def test_a_header_that_would_break_the_request_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        FetchSettings(headers=headers)


@pytest.mark.parametrize("agent", ["a\r\nb", "a\nX-Evil: 1"])
def test_a_user_agent_with_a_line_break_is_refused(agent: str) -> None:
    with pytest.raises(SettingsError):
        FetchSettings(user_agent=agent)


@pytest.mark.parametrize("path", ["/a\r\nX-Evil: 1", "/a\nb", "/a\x00b", "/a b\tc"])
def test_a_url_with_a_line_break_sends_nothing(server: HostileServer, path: str) -> None:
    outcome_url = server.url(path)

    async def run() -> object:
        async with AsyncScraper(quick()) as scraper:
            return await anext(scraper.iter([outcome_url]))

    asyncio.run(run())

    assert server.seen == []


def test_settings_do_not_show_secrets() -> None:
    shown = repr(FetchSettings(headers={"X-Api-Key": SECRET}, proxy=f"http://me:{SECRET}@proxy.example:3128"))

    assert SECRET not in shown


def test_the_headers_of_a_users_client_stay_at_the_origin(server: HostileServer, other: HostileServer) -> None:

    server.on("/a", redirect(other.on("/b", page())))

    async def run() -> None:
        async with (
            httpx.AsyncClient(
                headers={"X-Api-Key": SECRET}, cookies={"session": SECRET}, auth=("me", SECRET), trust_env=False
            ) as client,
            AsyncScraper(quick(), ExtractSettings(keep_all=True), client=client) as scraper,
        ):
            await scraper.get(server.url("/a"))

    asyncio.run(run())
    sent = server.asked("/a")[0]

    assert (len(leaks([sent])), sent.header("authorization") is not None, leaks(other.seen)) == (1, True, [])


async def keep(connection: Connection) -> None:
    await connection.send(page(ARTICLE))


def test_the_environment_names_no_proxy_and_no_netrc(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login me password {SECRET}\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    result = outcome(server.on("/a", keep))

    assert (isinstance(result, Article), server.asked("/a")[0].header("authorization")) == (True, None)
