"""Sockets of our own: what httpcore is told of them, and how much they hold."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
import subprocess
import sys
from typing import TYPE_CHECKING

import httpcore
import httpx
import pytest

from scraper.fetch.stream import SocketStream, connect
from scraper.fetch.transport import tls_context

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def connected(talk: Talk) -> AsyncIterator[SocketStream]:
    """Give a connection to a server that talks."""

    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await talk(reader, writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        over.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    stream = await connect("127.0.0.1", server.sockets[0].getsockname()[1], 5, None, None)
    try:
        yield stream
    finally:
        await stream.aclose()
        await over.wait()
        server.close()
        await server.wait_closed()


async def silence(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  # what the stream holds tells nobody
            await asyncio.sleep(0.01)


def test_a_read_gives_no_more_than_was_asked_for() -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"x" * 1000)
        await writer.drain()

    async def run() -> list[int]:
        async with connected(talk) as stream:
            sizes = []
            while data := await stream.read(300):
                sizes.append(len(data))
            return sizes

    assert asyncio.run(run()) == [300, 300, 300, 100]


def test_what_nobody_reads_stays_outside() -> None:
    sent = 0

    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.transport.set_write_buffer_limits(0)
        while True:
            writer.write(b"x" * 100_000)
            await writer.drain()
            sent += 100_000

    async def run() -> int:
        async with connected(talk) as stream:
            before = -1
            while sent != before:  # until the server can write no more
                before = sent
                await asyncio.sleep(0.3)
            return sum(map(len, stream._received.waiting))

    assert asyncio.run(run()) <= 2 * 262_144


def test_after_a_pause_everything_arrives() -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(bytes(5_000_000))
        await writer.drain()

    async def run() -> int:
        async with connected(talk) as stream:
            await until(lambda: sum(map(len, stream._received.waiting)) > 262_144)
            total = 0
            while data := await stream.read(65_536):
                total += len(data)
            return total

    assert asyncio.run(run()) == 5_000_000


def test_a_broken_connection_is_a_read_error() -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        linger = b"\1\0\0\0\0\0\0\0"  # on, 0 s: closing sends a reset
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    async def run() -> None:
        async with connected(talk) as stream:
            await stream.read(100)

    with pytest.raises(httpcore.ReadError):
        asyncio.run(run())


def test_a_read_has_its_own_timeout() -> None:
    async def run() -> None:
        async with connected(silence) as stream:
            await stream.read(100, timeout=0.05)

    with pytest.raises(httpcore.ReadTimeout):
        asyncio.run(run())


def test_a_closed_connection_takes_nothing() -> None:
    async def run() -> None:
        async with connected(silence) as stream:
            await stream.aclose()
            await stream.write(b"GET")

    with pytest.raises(httpcore.WriteError):
        asyncio.run(run())


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 408 Request Timeout\r\n\r\n"])
def test_an_idle_connection_that_the_server_ends_or_speaks_on_is_known(said: bytes) -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)

    async def run() -> None:
        async with connected(talk) as stream:
            await until(lambda: stream.get_extra_info("is_readable"))

    asyncio.run(run())


def test_an_idle_connection_that_lives_is_known() -> None:
    async def run() -> bool:
        async with connected(silence) as stream:
            await asyncio.sleep(0.05)
            return bool(stream.get_extra_info("is_readable"))

    assert asyncio.run(run()) is False


def test_nobody_at_a_port_is_a_connect_error() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(httpcore.ConnectError):
            asyncio.run(connect("127.0.0.1", free.getsockname()[1], 5, None, None))


def test_a_handshake_that_does_not_come_ends_in_time() -> None:
    async def run() -> None:
        async with connected(silence) as stream:
            await stream.start_tls(tls_context(verify=False), "news.example", timeout=0.1)

    with pytest.raises(httpcore.ConnectTimeout):
        asyncio.run(run())


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_server_without_tls_is_a_connect_error(answer: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(answer)

    async def run() -> None:
        async with connected(talk) as stream:
            await stream.start_tls(tls_context(verify=False), "news.example", timeout=5)

    with pytest.raises(httpcore.ConnectError):
        asyncio.run(run())


def facts(context: ssl.SSLContext) -> tuple[object, ...]:
    found = context.verify_mode, context.check_hostname, context.minimum_version, context.options, context.verify_flags
    return (*found, context.cert_store_stats(), sorted(cipher["name"] for cipher in context.get_ciphers()))


@pytest.mark.parametrize("verify", [True, False])
def test_certificates_are_checked_as_httpx_does(monkeypatch: pytest.MonkeyPatch, verify: bool) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)

    assert facts(tls_context(verify=verify)) == facts(httpx.create_ssl_context(verify=verify))


def test_neither_httpx_nor_certificates_are_loaded_for_plain_http() -> None:
    """Importing httpx, and reading the certificates of all authorities, cost .1 s of CPU."""
    program = (
        "import asyncio, ssl, sys\n"
        "def refuse(*_, **__): raise AssertionError('certificates were read')\n"
        "ssl.create_default_context = refuse\n"
        "from scraper import FetchSettings\n"
        "from scraper.fetch.client import HttpFetcher\n"
        "async def run():\n"
        "    fetcher = HttpFetcher(FetchSettings(allow_private=True, retries=0))\n"
        "    try:\n"
        "        await fetcher.fetch('http://127.0.0.1:9/')\n"
        "    except Exception as error:\n"
        "        print(error.reason, 'httpx' in sys.modules)\n"
        "    await fetcher.aclose()\n"
        "asyncio.run(run())\n"
    )
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)  # noqa: PLW1510  # its output is what is checked

    assert done.stdout.strip() == "connect False", done.stderr
