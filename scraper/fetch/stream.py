"""Bytes over one socket, for httpcore: what its own backend does through anyio takes half of the CPU of a request."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

__all__ = ["SocketStream", "connect"]

_MOST_WAITING = 262_144
"""Bytes that have arrived and nobody has asked for yet, after which the socket is left alone; what one receive brings
(256 KiB in asyncio) may come on top."""


class _Received(asyncio.Protocol):
    """What has arrived at a socket, and how it ended."""

    def __init__(self) -> None:
        self.waiting: deque[bytes] = deque()
        self.ended = False
        self.error: Exception | None = None
        self._size = 0
        self._awaited: asyncio.Future[None] | None = None
        self._paused = False
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """See asyncio."""
        self.waiting.append(data)
        self._size += len(data)
        if self._size > _MOST_WAITING and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """See asyncio; returning nothing has the connection closed."""
        self.ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio."""
        self.ended = True
        self.error = exc
        self._wake()

    async def arrival(self) -> None:
        """Return when there is something to read, or never will be."""
        if self.waiting or self.ended:
            return
        self._awaited = asyncio.get_running_loop().create_future()
        try:
            await self._awaited
        finally:
            self._awaited = None

    def taken(self, most: int) -> bytes:
        """Return up to `most` of the bytes that have arrived; none where there are none."""
        if not self.waiting:
            return b""
        data = self.waiting.popleft()
        if len(data) > most:
            self.waiting.appendleft(data[most:])
            data = data[:most]
        self._size -= len(data)
        if self._paused and self._size <= _MOST_WAITING:
            self._paused = False
            if not self.ended:
                self._transport.resume_reading()
        return data

    def _wake(self) -> None:
        if self._awaited is not None and not self._awaited.done():
            self._awaited.set_result(None)


class SocketStream(httpcore.AsyncNetworkStream):
    """A connection, plain or over TLS."""

    def __init__(self, transport: Any, received: _Received) -> None:
        self._transport = transport
        self._received = received

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  # httpcore's signature
        """Return what has arrived, up to `max_bytes`; b"" at the end of the stream.

        Raises:
            httpcore.ReadTimeout: nothing has come for `timeout` seconds.
            httpcore.ReadError: the connection broke.

        """
        received = self._received
        if not received.waiting and not received.ended:
            if timeout is None:
                await received.arrival()
            else:
                try:
                    async with asyncio.timeout(timeout):
                        await received.arrival()
                except TimeoutError as error:
                    raise httpcore.ReadTimeout(str(error)) from error
        if not received.waiting and received.error is not None:
            raise httpcore.ReadError(str(received.error)) from received.error
        return received.taken(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109  # httpcore's signature
        """Send bytes; requests are small, and what the system does not take at once asyncio keeps.

        Raises:
            httpcore.WriteError: the connection is closed.

        """
        if self._transport.is_closing():
            raise httpcore.WriteError("the connection is closed") from self._received.error
        if buffer:
            self._transport.write(buffer)

    async def aclose(self) -> None:
        """Close the connection, at once: a goodbye that is waited for could be waited for long."""
        if self._transport.get_extra_info("ssl_object") is None:
            self._transport.close()
            await asyncio.sleep(0)
        self._transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        """Return the connection inside TLS.

        Raises:
            httpcore.ConnectTimeout: no handshake within `timeout` seconds.
            httpcore.ConnectError: the handshake failed.

        """
        received = _Received()
        loop = asyncio.get_running_loop()
        if self._received.waiting:
            self._transport.abort()
            raise httpcore.ConnectError("the server spoke before the TLS handshake")
        try:
            async with asyncio.timeout(timeout):
                transport = await loop.start_tls(
                    self._transport, received, ssl_context, server_hostname=server_hostname
                )
        except TimeoutError as error:
            self._transport.abort()
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:  # ssl.SSLError is one, too
            self._transport.abort()
            raise httpcore.ConnectError(str(error)) from error
        except BaseException:
            self._transport.abort()
            raise
        if transport is None:
            raise httpcore.ConnectError("the connection ended within the TLS handshake")
        return SocketStream(transport, received)

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks of a stream."""
        if info == "is_readable":
            return bool(self._received.waiting) or self._received.ended
        name = {"client_addr": "sockname", "server_addr": "peername"}.get(info, info)
        return self._transport.get_extra_info(name)


async def connect(
    host: str,
    port: int,
    timeout: float | None,  # noqa: ASYNC109  # httpcore hands it down
    local_address: str | None,
    options: Iterable[Any] | None,
) -> SocketStream:
    """Return a connection to an address.

    Raises:
        httpcore.ConnectTimeout: none within `timeout` seconds.
        httpcore.ConnectError: the address does not answer, or refuses.

    """
    loop = asyncio.get_running_loop()
    local = (local_address, 0) if local_address is not None else None
    try:
        async with asyncio.timeout(timeout):
            transport, received = await loop.create_connection(_Received, host, port, local_addr=local)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    for option in options or ():
        transport.get_extra_info("socket").setsockopt(*option)
    return SocketStream(transport, received)
