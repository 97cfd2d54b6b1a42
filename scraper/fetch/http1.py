"""HTTP/1.1 on one connection: h11 reads and writes it, and nothing stands between h11 and the socket.

What goes wrong is raised as httpcore raises it, so that one table maps both.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import h11
import httpcore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

__all__ = ["Http1Connection"]

_LONGEST_HEAD = 100 * 1024
"""Bytes of a head; httpcore's own limit."""
_PIECE = 262_144
"""Bytes asked of the socket at once: as much as asyncio reads."""
_SWITCHING = 101
"""RFC 9110, section 15.2.2: what follows is no HTTP."""
_GONE = "Server disconnected without sending a response."


class Http1Connection:
    """Answers one request after the other.

    Args:
        stream: open, inside TLS where the scheme asks for it.

    """

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
        self.expires_at = 0.0
        """Monotonic time after which an idle connection is not used again."""

    @property
    def stale(self) -> bool:
        """Whether the server has said something between two answers: nearly always that it closes."""
        return bool(self._stream.get_extra_info("is_readable"))

    async def get(
        self, path: bytes, headers: Sequence[tuple[bytes, bytes]]
    ) -> tuple[int, Sequence[tuple[bytes, bytes]]]:
        """Return status and headers, as they came, of the answer to a GET request.

        Raises:
            httpcore.LocalProtocolError: what is asked cannot be said in HTTP.
            httpcore.RemoteProtocolError: the answer is no HTTP, or there is none.
            httpcore.ReadError: the connection broke.

        """
        try:
            head = self._state.send(h11.Request(method=b"GET", target=path, headers=list(headers)))
            self._state.send(h11.EndOfMessage())
        except h11.LocalProtocolError as error:
            raise httpcore.LocalProtocolError(str(error)) from error
        with contextlib.suppress(httpcore.WriteError):  # a server may answer, and close, before it has heard us out
            await self._stream.write(head or b"")
        while True:
            event = await self._event()
            if isinstance(event, h11.Response) or (
                isinstance(event, h11.InformationalResponse) and event.status_code == _SWITCHING
            ):
                return event.status_code, event.headers.raw_items()

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body as it comes.

        Raises:
            httpcore.RemoteProtocolError: it is cut short, or its framing is not valid.
            httpcore.ReadError: the connection broke.

        """
        while True:
            event = await self._event()
            if not isinstance(event, h11.Data):
                return
            yield bytes(event.data)

    def again(self) -> bool:
        """Return whether another request may follow, and be ready for it.

        Not where the answer was not read to its end, and not where something follows it: that answers no question.
        """
        state = self._state
        if state.our_state is not h11.DONE or state.their_state is not h11.DONE or state.trailing_data[0]:
            return False
        state.start_next_cycle()
        return True

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def _event(self) -> h11.Event | type[h11.PAUSED]:
        state = self._state
        while True:
            try:
                event = state.next_event()
            except h11.RemoteProtocolError as error:
                raise httpcore.RemoteProtocolError(str(error)) from error
            if event is not h11.NEED_DATA:
                return event  # type: ignore[return-value]  # the sentinel is out
            data = await self._stream.read(_PIECE)
            if not data and state.their_state is h11.SEND_RESPONSE:
                raise httpcore.RemoteProtocolError(_GONE)
            state.receive_data(data)
