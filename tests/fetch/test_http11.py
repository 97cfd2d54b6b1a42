"""Our connections of HTTP/1.1: the same as httpcore's, whatever comes, but for what is left over."""

from __future__ import annotations

import asyncio
import contextlib
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import httpcore
import pytest

from scraper.fetch.http11 import Http11Pool
from scraper.fetch.target import Target, parse_target
from scraper.fetch.transport import _HttpcorePool
from tests.fetch.test_stream import connected

if TYPE_CHECKING:
    from scraper.fetch.stream import SocketStream

HEADERS = [(b"Host", b"news.example"), (b"User-Agent", b"tests")]
BODY = b"<p>the tide mill</p>"
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + BODY
ANSWERS = {
    "length": GOOD,
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n" + BODY + b"\r\n0\r\n\r\n",
    "trailers": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n" + BODY + b"\r\n0\r\nx: y\r\n\r\n",
    "until the end": b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
    "no body": b"HTTP/1.1 204 No Content\r\n\r\n",
    "redirect": b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + GOOD,
    "switching": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n" + BODY,
    "closing": b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 20\r\n\r\n" + BODY,
    "letters of names": b"HTTP/1.1 200 OK\r\ncontent-LENGTH: 20\r\nX-a: 1\r\nx-A: 2\r\n\r\n" + BODY,
    "bytes in a value": b"HTTP/1.1 200 OK\r\nX-A: \xe4\xff\r\nContent-Length: 20\r\n\r\n" + BODY,
    "no reason": b"HTTP/1.1 200\r\nContent-Length: 20\r\n\r\n" + BODY,
    "bare line feeds": b"HTTP/1.1 200 OK\nContent-Length: 20\n\n" + BODY,
    "nothing": b"",
    "a part of the head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "a part of the body": b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + BODY,
    "a part of a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + BODY,
    "no last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n" + BODY + b"\r\n",
    "a chunk size that is none": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxx\r\n" + BODY,
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\nContent-Length: 21\r\n\r\n" + BODY,
    "a length below 0": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + BODY,
    "an unknown transfer coding": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n" + BODY,
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "another version": b"HTTP/2.0 200 OK\r\n\r\n",
    "a head without an end": b"HTTP/1.1 200 OK\r\n" + b"X-A: %s\r\n" % (b"a" * 1000) * 200,
    "a space in a name": b"HTTP/1.1 200 OK\r\nX A: 1\r\n\r\n" + BODY,
}


async def answer(data: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(data)
    await writer.drain()


class Backend(httpcore.AsyncNetworkBackend):
    """Gives the connection that is there."""

    def __init__(self, stream: SocketStream) -> None:
        self._stream = stream

    async def connect_tcp(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        return self._stream


def of_ours(stream: SocketStream) -> Http11Pool:
    async def dial(_target: Target, _timeout_s: float) -> SocketStream:
        return stream

    return Http11Pool(dial, most_idle=1, idle_s=15.0)


def of_httpcore(stream: SocketStream) -> _HttpcorePool:
    return _HttpcorePool(httpcore.AsyncConnectionPool(network_backend=Backend(stream)))


async def asked(pool: Http11Pool | _HttpcorePool) -> list[object]:
    """Return all that a caller learns."""
    learned: list[object] = []
    try:
        arrival = await pool.get(parse_target("http://news.example/a?b"), HEADERS, 5.0)
        learned += [arrival.status, list(arrival.headers)]
        body = b""
        try:
            async for chunk in arrival.chunks():
                body += chunk
        finally:
            learned.append(body)
            await arrival.aclose()
    except Exception as error:  # noqa: BLE001  # which one is the question
        learned += [type(error), str(error)]
    return learned


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_means_what_it_means_to_httpcore(name: str) -> None:
    async def run(kind: Any) -> list[object]:
        async with connected(partial(answer, ANSWERS[name])) as stream, asyncio.timeout(5):
            return await asked(kind(stream))

    assert asyncio.run(run(of_ours)) == asyncio.run(run(of_httpcore))


def test_a_request_reads_as_httpcores() -> None:
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(GOOD)

    async def run(kind: Any) -> None:
        async with connected(listen) as stream:
            await asked(kind(stream))

    asyncio.run(run(of_ours))
    asyncio.run(run(of_httpcore))

    assert heard[0] == heard[1]


async def serving_twice(first: bytes, *, wait_s: float = 0.0, idle_s: float = 15.0) -> tuple[list[object], int]:
    """Return the second answer, and how many connections were opened; each serves `first`, then GOOD ones."""
    opened = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        said = first if opened == 1 else GOOD
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(said)
            said = GOOD

    async with contextlib.AsyncExitStack() as stack:

        async def dial(_target: Target, _timeout_s: float) -> SocketStream:
            return await stack.enter_async_context(connected(quiet))

        async def quiet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(asyncio.IncompleteReadError):
                await serve(reader, writer)

        pool = Http11Pool(dial, most_idle=1, idle_s=idle_s)
        await asked(pool)
        await asyncio.sleep(wait_s)
        second = await asked(pool)
        await pool.aclose()
        return second, opened


OLD = b"HTTP/1.0 200 OK\r\nContent-Length: 20\r\n\r\n" + BODY
FORGED = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"


@pytest.mark.parametrize(
    ("first", "connections"),
    [(GOOD, 1), (ANSWERS["closing"], 2), (OLD, 2), (GOOD + FORGED, 2), (GOOD + b"\r\n", 2)],
    ids=["kept", "closing", "of HTTP/1.0", "followed by a forged answer", "followed by a line"],
)
def test_a_connection_serves_again_unless_something_speaks_against_it(first: bytes, connections: int) -> None:
    second, opened = asyncio.run(serving_twice(first))

    assert (second[0], second[2], opened) == (200, BODY, connections)


def test_an_old_connection_is_not_used_again() -> None:
    second, opened = asyncio.run(serving_twice(GOOD, wait_s=0.02, idle_s=0.01))

    assert (second[0], opened) == (200, 2)


def test_a_body_that_nobody_reads_ends_the_connection() -> None:
    async def run() -> float:
        async with connected(partial(answer, GOOD)) as stream:
            pool = of_ours(stream)
            arrival = await pool.get(parse_target("http://news.example/"), HEADERS, 5.0)
            started = time.monotonic()
            await arrival.aclose()
            assert stream._transport.is_closing()
            return time.monotonic() - started

    assert asyncio.run(run()) < 1
