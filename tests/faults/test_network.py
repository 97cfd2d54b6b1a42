"""Group N of the fault matrix: servers that are slow, silent, gone or rude; every fetch ends in its time."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import ssl
import subprocess
import threading
import time
from typing import TYPE_CHECKING

import pytest

from scraper.errors import FetchError
from scraper.fetch.client import HttpFetcher
from scraper.model.article import Article
from scraper.model.failure import Failure
from scraper.scraping import Scraper
from scraper.settings import ExtractSettings
from tests.faults.outcomes import outcome, outcomes, quick, reason
from tests.faults.server import ARTICLE, Connection, HostileServer, head, page, serving

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from scraper.fetch.target import Address

DEADLINE = 0.4


async def silent(connection: Connection) -> None:
    await connection.silence()


async def slow_body(connection: Connection) -> None:
    await connection.send(head("200 OK", "Content-Type: text/html", "Content-Length: 5000"))
    await connection.drip(ARTICLE)


async def slow_head(connection: Connection) -> None:
    await connection.drip(page())


async def endless_head(connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await connection.send(b"X-A: b\r\n")
        await asyncio.sleep(0.01)


async def endless_hints(connection: Connection) -> None:
    while True:
        await connection.send(head("103 Early Hints", "Link: </a>"))
        await asyncio.sleep(0.005)


async def slow_chunks(connection: Connection) -> None:
    await connection.send(head("200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked"))
    while True:
        await connection.send(b"1\r\nx\r\n")
        await asyncio.sleep(0.02)


async def slow_redirects(connection: Connection) -> None:
    await asyncio.sleep(0.1)
    await connection.send(head("302 Found", f"Location: {connection.seen[-1].path}x", "Content-Length: 0"))


async def silent_gzip(connection: Connection) -> None:
    await connection.send(head("200 OK", "Content-Type: text/html", "Content-Encoding: gzip"))
    await connection.send(b"\x1f\x8b\x08\0\0\0\0\0\0\xff")
    while True:  # empty stored blocks: a stream that grows and says nothing
        await connection.send(b"\0\0\0\xff\xff")
        await asyncio.sleep(0.02)


SLOW: dict[str, Callable[[Connection], Awaitable[None]]] = {
    "silent": silent,
    "1 byte of body at a time": slow_body,
    "1 byte of head at a time": slow_head,
    "endless head": endless_head,
    "endless 103": endless_hints,
    "endless chunks": slow_chunks,
    "slow redirects": slow_redirects,
    "a gzip body that never comes": silent_gzip,
}


@pytest.mark.parametrize("name", SLOW)
def test_a_slow_server_ends_at_the_deadline(server: HostileServer, name: str) -> None:
    for n in range(12):
        server.on("/a" + "x" * n, SLOW[name])
    started = time.monotonic()
    what = reason(server.url("/a"), quick(timeout_s=DEADLINE, retries=2))

    assert (what, time.monotonic() - started < DEADLINE + 0.5) == ("timeout", True)


@pytest.mark.parametrize("name", SLOW)
def test_a_slow_robots_txt_ends_at_the_deadline(server: HostileServer, name: str) -> None:
    server.on("/robots.txt", SLOW[name])
    for n in range(12):
        server.on("/robots.txt" + "x" * n, SLOW[name])
    started = time.monotonic()
    what = reason(server.on("/a", page()), quick(timeout_s=DEADLINE))

    expected = "article" if name == "slow redirects" else "timeout"  # more than five of them: RFC 9309 lets us in
    assert (what in {expected, "timeout"}, time.monotonic() - started < DEADLINE + 0.5) == (True, True)


def test_a_resolver_that_hangs_ends_at_the_deadline() -> None:
    async def hang(_host: str) -> tuple[Address, ...]:
        await asyncio.sleep(60)
        return ()

    async def run() -> FetchError:
        fetcher = HttpFetcher(quick(timeout_s=5, connect_timeout_s=0.2), resolve=hang)
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch("http://slow.example/")
        return caught.value

    started = time.monotonic()

    assert (asyncio.run(run()).reason, time.monotonic() - started < 3) == ("timeout", True)


def test_the_time_out_says_how_much_had_come(server: HostileServer) -> None:
    failure = outcome(server.on("/a", slow_body), quick(timeout_s=DEADLINE))

    assert isinstance(failure, Failure) and "bytes had arrived" in failure.message


def test_an_endless_body_stops_at_the_cap(server: HostileServer) -> None:
    async def endless(connection: Connection) -> None:
        await connection.send(head("200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked"))
        while True:
            await connection.send(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    assert reason(server.on("/a", endless), quick(max_body_bytes=1_000_000)) == "too_large"


def test_a_refused_connection_is_asked_again_and_named() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        failure = outcome(f"http://127.0.0.1:{unused.getsockname()[1]}/", quick(retries=2))

    assert isinstance(failure, Failure) and (failure.reason, failure.attempt, failure.retryable) == ("connect", 3, True)


def test_an_unknown_host_is_not_asked_again() -> None:
    failure = outcome("http://no-such-host.invalid/", quick(retries=2))

    assert isinstance(failure, Failure) and (failure.reason, failure.attempt) == ("dns", 1)


def test_a_resolver_that_fails_for_now_is_asked_again() -> None:
    asked = 0

    async def later(_host: str) -> tuple[Address, ...]:
        nonlocal asked
        asked += 1
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    async def run() -> FetchError:
        with pytest.raises(FetchError) as caught:
            await HttpFetcher(quick(retries=2), resolve=later).fetch("http://later.example/")
        return caught.value

    assert (asyncio.run(run()).reason, asked) == ("dns", 3)


def test_a_connection_that_never_opens_ends_at_its_own_deadline() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)  # socket's signature
            filler.connect_ex(full.getsockname())
        started = time.monotonic()
        what = reason(f"http://127.0.0.1:{full.getsockname()[1]}/", quick(timeout_s=5, connect_timeout_s=0.3))
        for filler in fillers:
            filler.close()

    assert (what, time.monotonic() - started < 3) == ("timeout", True)


async def rude(connection: Connection) -> None:
    connection.reset()


async def gone(connection: Connection) -> None:
    connection.writer.close()


async def cut_by_reset(connection: Connection) -> None:
    await connection.send(head("200 OK", "Content-Type: text/html", "Content-Length: 99999") + ARTICLE)
    await asyncio.sleep(0.05)
    connection.reset()


@pytest.mark.parametrize(("route", "expected"), [(rude, "connect"), (gone, "protocol"), (cut_by_reset, "incomplete")])
def test_a_broken_connection_is_named(server: HostileServer, route: object, expected: str) -> None:
    assert reason(server.on("/a", route)) in {expected, "connect"}  # type: ignore[arg-type]


@pytest.mark.parametrize("route", [rude, gone, cut_by_reset])
def test_a_broken_connection_is_tried_again(
    server: HostileServer, route: Callable[[Connection], Awaitable[None]]
) -> None:
    first = True

    async def once(connection: Connection) -> None:
        nonlocal first
        if first:
            first = False
            await route(connection)
        else:
            await connection.send(page(ARTICLE, "Connection: close"))
            connection.writer.close()

    assert isinstance(outcome(server.on("/a", once), quick(retries=1)), Article)


def test_a_dead_ipv6_address_falls_back_to_ipv4(server: HostileServer) -> None:
    async def both(_host: str) -> tuple[Address, ...]:
        return ipaddress.ip_address("::1"), ipaddress.ip_address("127.0.0.1")

    async def run() -> int:
        fetcher = HttpFetcher(quick(), resolve=both)
        response = await fetcher.fetch(f"http://both.example:{server.port}/a")
        await fetcher.aclose()
        return response.status

    server.on("/a", page())

    assert asyncio.run(run()) == 200


def test_one_host_that_hangs_does_not_hold_up_the_others(server: HostileServer) -> None:
    with serving() as stuck:
        urls = [stuck.on(f"/{n}", silent) for n in range(20)] + [server.on(f"/{n}", page()) for n in range(30)]
        started = time.monotonic()
        good: list[float] = []
        with Scraper(quick(timeout_s=30, concurrency=4), ExtractSettings(keep_all=True)) as scraper:
            for result in scraper.iter(urls):
                assert isinstance(result, Article)
                good.append(time.monotonic() - started)
                if len(good) == 30:
                    break

    assert good[-1] < 3


def test_the_run_deadline_leaves_no_url_without_a_result(server: HostileServer) -> None:
    urls = [server.on(f"/{n}", silent if n > 3 else page()) for n in range(60)]
    started = time.monotonic()
    results = outcomes(urls, quick(run_deadline_s=1.5, timeout_s=30))
    late = [r for r in results if isinstance(r, Failure) and r.reason == "run_deadline"]

    assert (len(late), time.monotonic() - started < 6) == (56, True)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a self-signed certificate for news.example, in one file."""
    folder = tmp_path_factory.mktemp("tls")
    made, signed = folder / "both.pem", folder / "cert.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.example"
    names = ["-addext", "subjectAltName=DNS:news.example", "-keyout", str(made), "-out", str(signed)]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    made.write_bytes(made.read_bytes() + signed.read_bytes())
    return made


@contextlib.contextmanager
def tls_server(certificate: Path) -> Iterator[int]:
    """Answer one request with the article; gives the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for _ in range(2):
                try:
                    peer, _ = listener.accept()
                    with context.wrap_socket(peer, server_side=True) as stream:
                        while b"\r\n\r\n" not in stream.recv(65536):
                            pass
                        stream.sendall(page())
                except OSError:
                    continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(2)


def test_a_certificate_of_nobody_is_refused(certificate: Path) -> None:
    with tls_server(certificate) as port:
        assert reason(f"https://127.0.0.1:{port}/", quick(retries=2)) == "tls"


async def here(_host: str) -> tuple[Address, ...]:
    return (ipaddress.ip_address("127.0.0.1"),)


@pytest.mark.parametrize(("host", "expected"), [("news.example", "200"), ("other.example", "tls")])
def test_a_certificate_counts_for_its_own_name(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, host: str, expected: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    async def run(port: int) -> str:
        fetcher = HttpFetcher(quick(robots=False), resolve=here)
        try:
            return str((await fetcher.fetch(f"https://{host}:{port}/")).status)
        except FetchError as error:
            return error.reason
        finally:
            await fetcher.aclose()

    with tls_server(certificate) as port:
        assert asyncio.run(run(port)) == expected


@pytest.mark.parametrize(("answer", "expected"), [(b"HTTP/1.1 400 Bad Request\r\n\r\n", "tls"), (b"", "timeout")])
def test_what_is_no_tls_is_named(answer: bytes, expected: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.sendall(answer)
                while peer.recv(4096):
                    pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        what = reason(f"https://127.0.0.1:{listener.getsockname()[1]}/", quick(connect_timeout_s=0.3))
        thread.join(2)

    assert what == expected


async def refuse_tunnel(connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")


def test_a_proxy_that_refuses_is_named_without_its_password(server: HostileServer) -> None:
    server.on("page.example:443", refuse_tunnel)
    failure = outcome("https://page.example/", quick(proxy=f"http://me:hush@127.0.0.1:{server.port}"))

    assert isinstance(failure, Failure) and (failure.reason, "hush" in failure.message) == ("proxy", False)


def test_a_proxy_is_used(server: HostileServer) -> None:
    server.on("http://page.example/a", page())
    article = outcome("http://page.example/a", quick(proxy=f"http://127.0.0.1:{server.port}"))

    assert isinstance(article, Article)


def test_idle_connections_to_many_hosts_are_closed(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.fetch.transport._MOST_ORIGINS", 5)
    server.on("/a", page(ARTICLE, "Connection: keep-alive"))

    async def run() -> int:
        fetcher = HttpFetcher(quick(concurrency=1), resolve=here)
        for n in range(30):
            await fetcher.fetch(f"http://h{n}.example:{server.port}/a")
        await asyncio.sleep(0.05)
        still_open = server.open
        await fetcher.aclose()
        return still_open

    assert asyncio.run(run()) <= 6
