"""Our own HTTP/1.1 connections: odd answers mean what they mean to httpcore, and what is kept is fit for the next."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import httpcore
import pytest

from scraper.fetch.dialler import Dialler
from scraper.fetch.target import parse_target
from scraper.fetch.transport import Connections, _Pooled
from scraper.settings import FetchSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

OK = b"HTTP/1.1 200 OK\r\n"
WHOLE = OK + b"Content-Type: text/html\r\nContent-Length: 4\r\n\r\npage"
CHUNKS = OK + b"Transfer-Encoding: chunked\r\n\r\n"
KEPT_OPEN = {
    "whole": WHOLE,
    "chunked": CHUNKS + b"4\r\npage\r\n0\r\n\r\n",
    "chunk extensions and trailers": CHUNKS + b"4;a=b\r\npage\r\n0\r\nX: y\r\n\r\n",
    "empty": OK + b"Content-Length: 0\r\n\r\n",
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + WHOLE,
    "continue": b"HTTP/1.1 100 Continue\r\n\r\n" + WHOLE,
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "not modified": b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n",
    "asked to close": OK + b"Connection: close\r\nContent-Length: 4\r\n\r\npage",
    "of HTTP/1.0": b"HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\npage",
    "names in odd letters": OK + b"cOnTeNt-lEnGtH: 4\r\nX-\xe9: \xff\r\n\r\npage",
    "folded": OK + b"X: a\r\n b\r\nContent-Length: 4\r\n\r\npage",
    "the same length twice": OK + b"Content-Length: 4\r\nContent-Length: 4\r\n\r\npage",
    "two lengths": OK + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\npage",
    "a length that is none": OK + b"Content-Length: four\r\n\r\npage",
    "chunks of no size": CHUNKS + b"x\r\npage\r\n0\r\n\r\n",
    "another protocol": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nnoise",
    "no status": b"HTTP/1.1 OK\r\n\r\n",
    "a space in a name": OK + b"Content Length: 4\r\n\r\npage",
    "an endless head": OK + b"X: " + b"y" * 200_000,
    "an unknown framing": OK + b"Transfer-Encoding: gzip\r\n\r\npage",
}
CLOSED_AFTER = {
    "nothing": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "half a head": OK + b"Content-",
    "half a body": OK + b"Content-Length: 400\r\n\r\npage",
    "half a chunk": CHUNKS + b"40\r\npage",
    "until the end": OK + b"\r\npage",
    "until the end, of HTTP/1.0": b"HTTP/1.0 200 OK\r\n\r\npage",
    "whole": WHOLE,
}
ANSWERS = [(f"{name}, kept open", data, False) for name, data in KEPT_OPEN.items()]
ANSWERS += [(f"{name}, closed", data, True) for name, data in CLOSED_AFTER.items()]


class Server:
    """Answers every request with the same bytes."""

    def __init__(self, answer: bytes, *, closes: bool) -> None:
        self._answer = answer
        self._closes = closes
        self._talks: set[Any] = set()
        self.connections = 0
        self.heads: list[bytes] = []
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._talks.add(asyncio.current_task())
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                self.heads.append(await reader.readuntil(b"\r\n\r\n"))
                writer.write(self._answer)
                await writer.drain()
                if self._closes:
                    break
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[Server]:
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/a?b"
        async with server:
            yield self
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)


def our_own() -> Any:
    return Connections(FetchSettings(per_host=1), None, Dialler(allow_private=True))


class Httpcore:
    """The pool of httpcore in the place of ours."""

    def __init__(self) -> None:
        self._lane = _Pooled(httpcore.AsyncConnectionPool(network_backend=Dialler(allow_private=True)))
        self.get, self.aclose = self._lane.get, self._lane.aclose


async def asked(connections: Any, url: str) -> object:
    """Return status, headers and body, or what was raised."""
    try:
        async with asyncio.timeout(5):
            arrival = await connections.get(parse_target(url), [(b"Host", b"127.0.0.1")], 5)
            try:
                body = b"".join([chunk async for chunk in arrival.chunks()])
            finally:
                await arrival.aclose()
    except Exception as error:  # noqa: BLE001  # whatever it is, both are to raise it
        return type(error), str(error)
    return arrival.status, [tuple(pair) for pair in arrival.headers], body


async def twice(connections: Any, answer: bytes, *, closes: bool) -> tuple[Sequence[object], Sequence[bytes], int]:
    """Return what two requests give, what the server saw of them, and how many connections it took."""
    async with Server(answer, closes=closes).running() as server:
        found = [await asked(connections, server.url)]
        await asyncio.sleep(0.02)  # whether the server's goodbye or the next request is first would else be chance
        found.append(await asked(connections, server.url))
        await connections.aclose()
    return found, server.heads, server.connections


@pytest.mark.parametrize(("answer", "closes"), [each[1:] for each in ANSWERS], ids=[each[0] for each in ANSWERS])
def test_an_answer_means_what_it_means_to_httpcore(answer: bytes, closes: bool) -> None:
    ours = asyncio.run(twice(our_own(), answer, closes=closes))

    assert ours == asyncio.run(twice(Httpcore(), answer, closes=closes))


def test_what_follows_an_answer_is_not_taken_for_the_next_one() -> None:
    forged = OK + b"Content-Length: 6\r\n\r\nforged"

    found, _, connections = asyncio.run(twice(our_own(), WHOLE + forged, closes=False))

    assert ([answer[2] for answer in found], connections) == ([b"page", b"page"], 2)  # type: ignore[index]


def test_what_a_server_says_between_two_answers_costs_it_the_connection() -> None:
    async def run() -> tuple[object, int]:
        async with Server(WHOLE, closes=False).running() as server:
            connections = our_own()
            await asked(connections, server.url)
            lane = next(iter(connections._kept.values()))
            stream = lane._idle[0]._stream
            stream._received.data_received(b"HTTP/1.1 408 Request Timeout\r\n\r\n")
            found = await asked(connections, server.url)
            await connections.aclose()
        return found, server.connections

    found, dialled = asyncio.run(run())
    assert (found[2], dialled) == (b"page", 2)  # type: ignore[index]


def test_a_connection_idle_for_long_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.fetch.transport._KEEPALIVE_S", -1.0)

    assert asyncio.run(twice(our_own(), WHOLE, closes=False))[2] == 2


def test_an_answer_that_is_not_read_to_its_end_costs_the_connection() -> None:
    async def run() -> int:
        async with Server(CHUNKS + b"4\r\npage\r\n", closes=False).running() as server:
            connections = our_own()
            for _ in range(2):
                arrival = await connections.get(parse_target(server.url), [(b"Host", b"x")], 5)
                await arrival.aclose()
                await arrival.aclose()
            assert [lane.users for lane in connections._kept.values()] == [0]
            await connections.aclose()
        return server.connections

    assert asyncio.run(run()) == 2


def test_a_request_that_is_cancelled_leaves_no_connection_open() -> None:
    async def run() -> list[int]:
        async with Server(b"", closes=False).running() as server:
            connections = our_own()
            asking = asyncio.ensure_future(connections.get(parse_target(server.url), [(b"Host", b"x")], 5))
            while not server.heads:  # noqa: ASYNC110  # the server tells nobody
                await asyncio.sleep(0.01)
            asking.cancel()
            await asyncio.wait([asking])
            lane = next(iter(connections._kept.values()))
            left = [len(lane._open), len(lane._idle), lane.users]
            await connections.aclose()
        return left

    assert asyncio.run(run()) == [0, 0, 0]


def test_a_header_that_cannot_be_said_is_refused_before_it_is_sent() -> None:
    async def run() -> list[bytes]:
        async with Server(WHOLE, closes=False).running() as server:
            connections = our_own()
            with pytest.raises(httpcore.LocalProtocolError):
                await connections.get(parse_target(server.url), [(b"Host", b"x"), (b"A", b"b\r\nC: d")], 5)
            await connections.aclose()
        return server.heads

    assert asyncio.run(run()) == []
