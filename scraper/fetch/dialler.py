"""Connections: a name is resolved once, its addresses pass the gate, and one of these very addresses is dialled."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import httpcore

from scraper.errors import AddressRefused, ConnectionFailed
from scraper.fetch.gate import admit
from scraper.fetch.stream import connect

if TYPE_CHECKING:
    from scraper.fetch.target import Address

__all__ = ["DIALLED", "Dialler", "Resolve", "resolve"]

Resolve = Callable[[str], Awaitable[tuple["Address", ...]]]

DIALLED: ContextVar[bool] = ContextVar("dialled", default=False)
"""Whether the running task has opened a connection since this was last set to False."""
_MOST_ADDRESSES = 4
"""Addresses tried for one connection; a name with more has had its chance."""
_LEAST_TRY_S = 2.0
"""Seconds that each address gets at least, so that a dead IPv6 route leaves time for IPv4."""


async def resolve(host: str) -> tuple[Address, ...]:
    """Return the addresses of a name, in the system's order of preference.

    The lookup runs in a daemon thread of its own: a resolver that hangs delays neither the deadline nor the exit.

    Raises:
        OSError: `socket.gaierror` for an unknown name or a failing resolver.

    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Any]] = loop.create_future()

    def look_up() -> None:
        try:
            found: Any = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            found = error
        with contextlib.suppress(RuntimeError):  # the loop has ended without waiting for us
            loop.call_soon_threadsafe(_settle, answer, found)

    threading.Thread(target=look_up, name=f"resolve {host[:40]}", daemon=True).start()
    texts = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in await answer)
    return tuple(ipaddress.ip_address(text) for text in texts)


def _settle(answer: asyncio.Future[Any], found: Any) -> None:
    if answer.done():
        return
    if isinstance(found, Exception):
        answer.set_exception(found)
    else:
        answer.set_result(found)


class Dialler(httpcore.AsyncNetworkBackend):
    """The only place that opens sockets."""

    def __init__(self, *, allow_private: bool, resolve: Resolve = resolve) -> None:
        self._allow_private = allow_private
        self._resolve = resolve

    async def addresses(self, host: str) -> tuple[Address, ...]:
        """Return the addresses of a host that may be dialled, at least one.

        Raises:
            AddressRefused: at least one must not be.
            OSError: the name cannot be resolved.

        """
        try:
            found: tuple[Address, ...] = (ipaddress.ip_address(host),)
        except ValueError:
            found = await self._resolve(host)
        if not self._allow_private:
            admit(found, host)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        return found

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Return a connection to `host`, for httpcore."""
        DIALLED.set(True)
        loop = asyncio.get_running_loop()
        ends = loop.time() + (timeout if timeout is not None else 3600)
        try:
            async with asyncio.timeout_at(ends):
                addresses = (await self.addresses(host))[:_MOST_ADDRESSES]
        except TimeoutError:
            raise httpcore.ConnectTimeout("DNS gave no answer") from None
        for number, address in enumerate(addresses):
            left = max(ends - loop.time(), 0.001)
            share = (
                left if number == len(addresses) - 1 else max(left / (len(addresses) - number), min(left, _LEAST_TRY_S))
            )
            try:
                return await connect(str(address), port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses) - 1:
                    raise
        raise ConnectionFailed("no address to dial")

    async def connect_unix_socket(self, *_args: Any, **_options: Any) -> httpcore.AsyncNetworkStream:
        """Refuse: no URL leads here."""
        raise AddressRefused("a Unix socket")

    async def sleep(self, seconds: float) -> None:
        """Sleep, for httpcore's own retries, which are off."""
        await asyncio.sleep(seconds)
