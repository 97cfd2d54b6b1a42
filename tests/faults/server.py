"""A raw server on loopback that says exactly what it is told to, byte for byte, and notes what it was asked."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

__all__ = ["ARTICLE", "Connection", "HostileServer", "Route", "Seen", "hang_up", "head", "page", "redirect", "serving"]

_SENTENCE = "The harbour council of Tarnby voted on Tuesday to rebuild the old pier before the winter storms arrive."
ARTICLE = (
    "<!doctype html><html lang='en'><head><title>Pier to be rebuilt</title></head><body><article>"
    "<h1>Pier to be rebuilt</h1>"
    + "".join(f"<p>{_SENTENCE} Part {n} of the plan.</p>" for n in range(12))
    + "</article></body></html>"
).encode()


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    at: float
    path: str
    head: str
    connection: int

    def header(self, name: str) -> str | None:
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.strip().lower() == name.lower():
                return value.strip()
        return None


@dataclass
class Connection:
    """What a route may do with the client."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    number: int
    seen: list[Seen] = field(default_factory=list)

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def drip(self, data: bytes, every_s: float = 0.05) -> None:
        for byte in data:
            await self.send(bytes([byte]))
            await asyncio.sleep(every_s)

    async def silence(self) -> None:
        """Say nothing until the client goes."""
        with contextlib.suppress(ConnectionError):
            while await self.reader.read(65536):
                pass

    def reset(self) -> None:
        """End with RST instead of FIN."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Route = bytes | Callable[[Connection], Awaitable[None]]


class HostileServer:
    """Routes by path; everything else is a 404 that keeps the connection."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.seen: list[Seen] = []
        self.connections = 0
        self.open = 0
        self.most_open = 0
        self.port = 0
        self.writers: set[asyncio.StreamWriter] = set()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def on(self, path: str, route: Route) -> str:
        """Answer `path` with raw bytes (the connection closes after them) or by a function; returns the URL."""
        self.routes[path] = route
        return self.url(path)

    def asked(self, path: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.path == path]

    @property
    def pages(self) -> list[Seen]:
        """Requests for anything but robots.txt."""
        return [seen for seen in self.seen if seen.path != "/robots.txt"]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        self.writers.add(writer)
        connection = Connection(reader, writer, self.connections)
        try:
            while await self._answer(connection):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            self.open -= 1
            writer.close()

    async def _answer(self, connection: Connection) -> bool:
        head = (await connection.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split(" ", 2)[1]
        seen = Seen(time.monotonic(), path, head, connection.number)
        self.seen.append(seen)
        connection.seen.append(seen)
        route = self.routes.get(path)
        if route is None:
            await connection.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            return True
        if isinstance(route, bytes):
            await connection.send(route)
            return b"connection: keep-alive" in route[:2000].lower()
        await route(connection)
        return not connection.writer.is_closing()


async def hang_up(listener: asyncio.Server, writers: set[asyncio.StreamWriter]) -> None:
    """End a server with all that it serves: no socket stays open, whenever the clients came.

    A task that is cancelled before its first step never closes what it was given, Python 3.11 forgets a connection that
    was accepted when its server closes, and a transport closes its socket a turn of the loop after it was told to. So
    accepting ends first, then every step gets its turns: from accepting to serving a connection takes five.
    """
    for socket_ in listener.sockets:
        asyncio.get_running_loop().remove_reader(socket_.fileno())
    for _ in range(8):
        await asyncio.sleep(0)
    listener.close()
    for writer in writers:
        with contextlib.suppress(AttributeError):  # of TLS, where it was closed twice before (Python 3.11.2)
            writer.transport.abort()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for _ in range(3):
        await asyncio.sleep(0)


def head(status: str = "200 OK", *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode("latin-1")


def page(body: bytes = ARTICLE, *headers: str, status: str = "200 OK", kind: str | None = "text/html") -> bytes:
    """Return a whole response with a true Content-Length."""
    named = (f"Content-Type: {kind}",) if kind else ()
    return head(status, f"Content-Length: {len(body)}", *named, *headers) + body


def redirect(location: str | None, *headers: str, status: str = "302 Found", body: bytes = b"") -> bytes:
    named = (f"Location: {location}",) if location is not None else ()
    return head(status, f"Content-Length: {len(body)}", *named, *headers) + body


@contextlib.contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[HostileServer]:
    """Run a server in a thread."""
    server = HostileServer()
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def main() -> None:
        listener = await asyncio.start_server(server._serve, host, 0, limit=1 << 20)
        server.port = listener.sockets[0].getsockname()[1]
        ready.set()
        await ended.wait()
        await hang_up(listener, server.writers)

    ended = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(main(),), daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(30)
        loop.close()
