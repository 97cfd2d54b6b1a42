"""TLS on loopback: certificates of an authority of the test's own, and a server that speaks HTTP/2 by frames."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import trustme

from tests.faults.server import ARTICLE, hang_up, page

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Spoken", "certified", "speaking"]

CERTIFICATES = {
    "good": {},
    "expired": {
        "not_after": datetime.now(UTC) - timedelta(days=1),
        "not_before": datetime.now(UTC) - timedelta(days=9),
    },
}


def certified(authority: trustme.CA, kind: str, *names: str) -> ssl.SSLContext:
    """Return what a server shows: "good", "expired", or "stranger", which another authority has signed."""
    signer = trustme.CA() if kind == "stranger" else authority
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    signer.issue_cert(*names, **CERTIFICATES.get(kind, {})).configure_cert(context)
    return context


@dataclass
class Spoken:
    """A running server and what it was asked, by which protocol."""

    port: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    connections: int = 0


Answer = "Callable[[h2.connection.H2Connection, int], Any]"


@contextlib.contextmanager
def speaking(
    context: ssl.SSLContext, answer: Any = None, protocols: tuple[str, ...] = ("h2", "http/1.1")
) -> Iterator[Spoken]:
    """Serve the article by the protocol that ALPN chose; `answer(connection, stream, send)` replaces it for HTTP/2."""
    context.set_alpn_protocols(list(protocols))
    spoken, ready = Spoken(), threading.Event()
    loop = asyncio.new_event_loop()
    ended = asyncio.Event()
    writers: set[asyncio.StreamWriter] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        spoken.connections += 1
        writers.add(writer)
        with contextlib.suppress(
            ConnectionError,
            asyncio.IncompleteReadError,
            asyncio.CancelledError,
            ssl.SSLError,
            h2.exceptions.ProtocolError,
        ):
            if writer.get_extra_info("ssl_object").selected_alpn_protocol() == "h2":
                await _speak_h2(reader, writer, spoken, answer or _article)
            else:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                spoken.asked.append(("http/1.1", head.split(" ")[1]))
                writer.write(page(ARTICLE, "Connection: close"))
                await writer.drain()
        writer.close()

    async def main() -> None:
        listener = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
        spoken.port = listener.sockets[0].getsockname()[1]
        ready.set()
        await ended.wait()
        await hang_up(listener, writers)

    thread = threading.Thread(target=loop.run_until_complete, args=(main(),), daemon=True)
    loop.set_exception_handler(lambda *_: None)  # a client that refuses the certificate is what is tested
    thread.start()
    ready.wait(5)
    try:
        yield spoken
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(30)
        loop.close()


async def _speak_h2(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, spoken: Spoken, answer: Any) -> None:
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
    connection.initiate_connection()

    async def send() -> None:
        writer.write(connection.data_to_send())
        await writer.drain()

    await send()
    while data := await reader.read(65536):
        for event in connection.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                headers = dict(event.headers)
                spoken.asked.append(("h2", headers[":path"]))
                spoken.headers.append(headers)
                await answer(connection, event.stream_id, send)
            elif isinstance(event, h2.events.DataReceived):
                connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        await send()


async def _article(connection: Any, stream: int, send: Any) -> None:
    connection.send_headers(stream, [(":status", "200"), ("content-type", "text/html")])
    connection.send_data(stream, ARTICLE, end_stream=True)
    await send()
