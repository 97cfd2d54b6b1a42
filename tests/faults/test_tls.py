"""TLS: verified by default, let off for a named host only; and HTTP/2 under the same bounds as HTTP/1.1."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from scraper.errors import FetchError
from scraper.fetch.client import HttpFetcher
from scraper.model.response import Response
from scraper.settings import HostSettings
from tests.faults.h2_server import certified, speaking
from tests.faults.outcomes import quick, reason
from tests.faults.server import ARTICLE, page, serving

if TYPE_CHECKING:
    from pathlib import Path

    from scraper.fetch.target import Address

AUTHORITY = trustme.CA()
NAMES = ("news.example", "127.0.0.1")
LAX = HostSettings(verify_tls=False)


@pytest.fixture(autouse=True)
def _trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


async def loopback(_host: str) -> tuple[Address, ...]:
    return (ipaddress.ip_address("127.0.0.1"),)


def asked(port: int, *urls: str, resolve: Any = loopback, **settings: Any) -> list[Response | FetchError]:
    async def run() -> list[Response | FetchError]:
        fetcher = HttpFetcher(quick(robots=False, **settings), resolve=resolve)
        found: list[Response | FetchError] = []
        for url in urls or (f"https://news.example:{port}/a",):
            try:
                found.append(await fetcher.fetch(url))
            except FetchError as error:
                found.append(error)
        await fetcher.aclose()
        return found

    return asyncio.run(run())


def became(result: Response | FetchError) -> str:
    return result.reason if isinstance(result, FetchError) else str(result.status)


BAD = [("expired", "news.example"), ("good", "other.example"), ("stranger", "news.example")]


@pytest.mark.parametrize(("kind", "name"), [("good", "news.example"), *BAD])
def test_only_a_good_certificate_is_accepted(kind: str, name: str) -> None:
    with speaking(certified(AUTHORITY, kind, name)) as server:
        (result,) = asked(server.port)

    assert became(result) == ("200" if (kind, name) == ("good", "news.example") else "tls")


@pytest.mark.parametrize(("kind", "name"), BAD)
def test_a_named_host_is_let_off(kind: str, name: str) -> None:
    with speaking(certified(AUTHORITY, kind, name)) as server:
        (result,) = asked(server.port, hosts={"news.example": LAX})

    assert became(result) == "200"


@pytest.mark.parametrize("name", ["other.example", "*.news.example", "news.example:1"])
def test_another_host_is_not_let_off(name: str) -> None:
    with speaking(certified(AUTHORITY, "expired", "news.example")) as server:
        (result,) = asked(server.port, hosts={name: LAX})

    assert became(result) == "tls"


def test_a_host_is_not_let_off_by_one_before_it() -> None:
    with speaking(certified(AUTHORITY, "expired", *NAMES)) as server:
        urls = [f"https://{name}:{server.port}/" for name in ("lax.example", "news.example")]
        results = asked(0, *urls, hosts={"lax.example": LAX})

    assert list(map(became, results)) == ["200", "tls"]


def test_a_bad_certificate_is_not_asked_for_again() -> None:
    with speaking(certified(AUTHORITY, "expired", "127.0.0.1")) as server:
        reason(f"https://127.0.0.1:{server.port}/", quick(retries=2, robots=False))

    assert server.asked == []


def test_the_command_line_lets_a_host_off_and_says_so() -> None:
    with speaking(certified(AUTHORITY, "expired", "127.0.0.1")) as server:
        url = f"https://127.0.0.1:{server.port}/a"
        options = ["--allow-private", "--no-robots", "--insecure-host", "127.0.0.1", "-f", "txt"]
        done = subprocess.run(
            [sys.executable, "-m", "scraper", "get", url, "--keep-all", *options],
            capture_output=True,
            text=True,
            check=False,
        )

    assert (done.returncode, "127.0.0.1 are NOT verified" in done.stderr) == (0, True)


def h2_answers(*headers: tuple[str, str], body: bytes = b"", end: bool = True) -> Any:
    async def answer(connection: Any, stream: int, send: Any) -> None:
        connection.send_headers(stream, [(":status", "200"), ("content-type", "text/html"), *headers])
        for at in range(0, len(body), 16384):
            connection.send_data(stream, body[at : at + 16384])
        if end:
            connection.end_stream(stream)
        await send()

    return answer


@pytest.mark.parametrize(
    ("protocols", "http2", "spoken"),
    [(("h2", "http/1.1"), True, "h2"), (("http/1.1",), True, "http/1.1"), (("h2", "http/1.1"), False, "http/1.1")],
)
def test_http2_is_spoken_where_it_is_offered_and_asked_for(
    protocols: tuple[str, ...], http2: bool, spoken: str
) -> None:
    with speaking(certified(AUTHORITY, "good", *NAMES), protocols=protocols) as server:
        (result,) = asked(server.port, http2=http2)

    assert (server.asked, isinstance(result, Response) and result.body) == ([(spoken, "/a")], ARTICLE)


def test_an_http2_connection_is_used_again() -> None:
    with speaking(certified(AUTHORITY, "good", *NAMES)) as server:
        asked(0, *[f"https://news.example:{server.port}/{n}" for n in range(3)], http2=True)

    assert (server.connections, len(server.asked)) == (1, 3)


def test_http2_dials_through_the_gate() -> None:
    with speaking(certified(AUTHORITY, "good", *NAMES)) as server:
        (result,) = asked(server.port, http2=True, allow_private=False)

    assert (became(result), server.connections) == ("address", 0)


def test_http2_sends_no_secret_to_another_host() -> None:
    with speaking(certified(AUTHORITY, "good", "other.example")) as other:

        async def away(connection: Any, stream: int, send: Any) -> None:
            connection.send_headers(
                stream, [(":status", "302"), ("location", f"https://other.example:{other.port}/b")], end_stream=True
            )
            await send()

        with speaking(certified(AUTHORITY, "good", "news.example"), away) as server:
            asked(server.port, http2=True, headers={"X-Key": "secret"})

    assert (server.headers[0].get("x-key"), other.headers[0].get("x-key")) == ("secret", None)


def test_a_redirect_away_from_tls_is_told() -> None:
    with serving() as plain:
        there = plain.on("/b", page())

        async def away(connection: Any, stream: int, send: Any) -> None:
            connection.send_headers(stream, [(":status", "302"), ("location", there)], end_stream=True)
            await send()

        with speaking(certified(AUTHORITY, "good", *NAMES), away) as server:
            (result,) = asked(server.port, http2=True, headers={"X-Key": "secret"})

        assert (isinstance(result, Response) and result.problems, plain.asked("/b")[0].header("X-Key")) == (
            ("redirected from https to http",),
            None,
        )


async def never(_connection: Any, _stream: int, _send: Any) -> None:
    """Say nothing."""


async def drip(connection: Any, stream: int, send: Any) -> None:
    connection.send_headers(stream, [(":status", "200"), ("content-type", "text/html")])
    for _ in range(200):
        connection.send_data(stream, b"x")
        await send()
        await asyncio.sleep(0.02)


async def reset(connection: Any, stream: int, send: Any) -> None:
    connection.send_headers(stream, [(":status", "200"), ("content-type", "text/html")])
    connection.send_data(stream, ARTICLE[:200])
    connection.reset_stream(stream)
    await send()


async def go_away(connection: Any, _stream: int, send: Any) -> None:
    connection.close_connection()
    await send()


async def other_frames(connection: Any, _stream: int, send: Any) -> None:
    for _ in range(10_000):
        connection.ping(b"12345678")
        await send()
        await asyncio.sleep(0.002)


BOMB = gzip.compress(bytes(50_000_000))
FAULTS = {
    "silent": (never, {"timeout"}),
    "1 byte at a time": (drip, {"timeout"}),
    "nothing but pings": (other_frames, {"timeout"}),
    "reset in the body": (reset, {"incomplete", "protocol", "connect"}),
    "goodbye": (go_away, {"protocol", "connect"}),
    "a bomb": (h2_answers(("content-encoding", "gzip"), body=BOMB[:48_000]), {"too_large"}),
    "a length that is not kept": (h2_answers(("content-length", "99999"), body=ARTICLE), {"incomplete", "protocol"}),
    "an end in the middle of gzip": (
        h2_answers(("content-encoding", "gzip"), body=gzip.compress(ARTICLE)[:-9]),
        {"incomplete"},
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_over_http2_has_its_name_and_ends_in_time(name: str) -> None:
    answer, expected = FAULTS[name]
    started = time.monotonic()
    with speaking(certified(AUTHORITY, "good", *NAMES), answer) as server:
        (result,) = asked(server.port, http2=True, timeout_s=1, max_body_bytes=1_000_000)
    took = time.monotonic() - started

    assert (became(result) in expected, became(result), took < 1.6) == (True, became(result), True)
