"""Connections of HTTP/1.1 to one origin: h11 over our own sockets, one request at a time.

What httpcore does for the usual case, without its pool, locks and traces: they take three times as long as h11 itself.
Its exceptions are kept, for one table maps them.
"""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import h11
import httpcore

from scraper.fetch.exchange import Arrival

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from scraper.fetch.stream import SocketStream
    from scraper.fetch.target import Target

    Headers = Sequence[tuple[bytes, bytes]]
    Dial = Callable[[Target, float], Awaitable[SocketStream]]

__all__ = ["Http11Pool"]

_READ_BYTES = 65_536
_MOST_HEAD_BYTES = 102_400
"""Of a head that does not end, and of a chunk's; as in httpcore."""


class Http11Pool:
    """The connections of one origin.

    Args:
        dial: opens a connection, given where to and how many seconds it may take.
        most_idle: connections kept for later requests.
        idle_s: seconds that one is kept.

    """

    def __init__(self, dial: Dial, *, most_idle: int, idle_s: float) -> None:
        self._dial = dial
        self._most_idle = most_idle
        self._idle_s = idle_s
        self._idle: list[_Connection] = []

    async def get(self, target: Target, headers: Headers, connect_timeout_s: float) -> Arrival:
        """Return the head of the answer to a GET request; it is to be closed once.

        Raises:
            httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError: and what `dial` raises.

        """
        connection = await self._kept() or _Connection(await self._dial(target, connect_timeout_s))
        try:
            status, found = await connection.ask(target.path, headers)
        except BaseException:
            connection.abort()
            raise
        return Arrival(status, found, connection.body, partial(self._give_back, connection))

    async def aclose(self) -> None:
        """Close the connections that nobody uses."""
        while self._idle:
            await self._idle.pop().aclose()

    async def _give_back(self, connection: _Connection) -> None:
        """Keep a connection whose answer was read to its end; close any other."""
        if len(self._idle) < self._most_idle and connection.rested(time.monotonic() + self._idle_s):
            self._idle.append(connection)
        else:
            connection.abort()

    async def _kept(self) -> _Connection | None:
        """Return a connection that is still of use."""
        now = time.monotonic()
        while self._idle:
            connection = self._idle.pop()
            if connection.is_alive(now):
                return connection
            await connection.aclose()
        return None


class _Connection:
    """One connection."""

    def __init__(self, stream: SocketStream) -> None:
        self._stream = stream
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=_MOST_HEAD_BYTES)
        self._until = 0.0

    async def ask(self, path: str, headers: Headers) -> tuple[int, Headers]:
        """Send a GET request; return the status and the headers of its answer."""
        try:
            request = h11.Request(method=b"GET", target=path.encode("ascii"), headers=list(headers))
            message = self._state.send(request) or b""
            self._state.send(h11.EndOfMessage())
        except h11.LocalProtocolError as error:
            raise httpcore.LocalProtocolError(error) from error
        with suppress(httpcore.WriteError):  # some servers answer, and close, before they are asked
            await self._stream.write(message)
        while True:
            event = await self._event()
            if isinstance(event, h11.Response) or (
                isinstance(event, h11.InformationalResponse) and event.status_code == 101  # noqa: PLR2004  # Switching Protocols: nothing follows
            ):
                return event.status_code, event.headers.raw_items()

    async def body(self) -> AsyncIterator[bytes]:
        """Yield the body as it comes."""
        while True:
            event = await self._event()
            if isinstance(event, h11.Data):
                yield bytes(event.data)
            elif isinstance(event, h11.EndOfMessage) or event is h11.PAUSED:
                return

    def rested(self, until: float) -> bool:
        """Return whether another request may follow, until then; not where something came after the answer's end."""
        state = self._state
        if state.our_state is not h11.DONE or state.their_state is not h11.DONE or state.trailing_data[0]:
            return False
        state.start_next_cycle()
        self._until = until
        return True

    def is_alive(self, now: float) -> bool:
        """Return whether an idle connection can be used: not too old, not closed, and nothing said unasked."""
        return now < self._until and not self._stream.get_extra_info("is_readable")

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    def abort(self) -> None:
        """Close the connection without waiting for anything."""
        self._stream.abort()

    async def _event(self) -> h11.Event | type[h11.NEED_DATA | h11.PAUSED]:
        state = self._state
        while True:
            try:
                event = state.next_event()
            except h11.RemoteProtocolError as error:
                raise httpcore.RemoteProtocolError(error) from error
            if event is not h11.NEED_DATA:
                return event
            data = await self._stream.read(_READ_BYTES)
            if not data and state.their_state is h11.SEND_RESPONSE:
                raise httpcore.RemoteProtocolError("Server disconnected without sending a response.")
            state.receive_data(data)
