"""Group X of the fault matrix, addresses: counted at the socket, nothing but the allowed address is ever dialled."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from scraper.errors import FetchError
from scraper.fetch.client import HttpFetcher
from scraper.fetch.gate import _V4, _V6
from scraper.model.response import Response
from tests.faults.outcomes import quick
from tests.faults.server import Connection, HostileServer, page, redirect
from tests.faults.spellings import FORBIDDEN_V4, FORBIDDEN_V6, SPELLINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scraper.fetch.target import Address

PUBLIC = "93.184.215.14"
STRICT = quick(allow_private=False)


@dataclass
class Sockets:
    """Every connect of the process; those to `PUBLIC` reach the test's server."""

    port: int
    elsewhere: list[Any] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)


@pytest.fixture
def sockets(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sockets]:
    noted = Sockets(server.port)
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family == socket.AF_INET and address[0] == PUBLIC:
            real(self, ("127.0.0.1", server.port))
            return
        noted.elsewhere.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    return noted


def resolving(*answers: str) -> Callable[[str], Any]:
    """Return a resolver that gives these answers in turn, the last for ever; "a b" is two addresses."""
    left = list(answers)

    async def resolve(_host: str) -> tuple[Address, ...]:
        answer = left.pop(0) if len(left) > 1 else left[0]
        return tuple(ipaddress.ip_address(text) for text in answer.split())

    return resolve


async def ask(urls: list[str], resolve: Any, **settings: Any) -> list[Response | FetchError]:
    fetcher = HttpFetcher(quick(allow_private=False, **settings), resolve=resolve)

    async def one(url: str) -> Response | FetchError:
        try:
            return await fetcher.fetch(url)
        except FetchError as error:
            return error

    results = [await one(url) for url in urls]
    await fetcher.aclose()
    return results


def test_there_are_300_spellings() -> None:
    assert len(set(SPELLINGS)) >= 300


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_is_dialled_directly(sockets: Sockets, scheme: str) -> None:
    urls = [f"{scheme}://{spelling}/" for spelling in SPELLINGS]
    results = asyncio.run(ask(urls, resolving(PUBLIC)))

    assert (sockets.elsewhere, {r.reason for r in results if isinstance(r, FetchError)} - {"address", "bad_url"}) == (
        [],
        set(),
    )


def test_no_spelling_is_dialled_after_a_redirect(sockets: Sockets, server: HostileServer) -> None:
    for number, spelling in enumerate(SPELLINGS):
        raw = f"http://{spelling}:8080/".encode().decode("latin-1")
        server.on(f"/{number}", redirect(raw, "Connection: keep-alive"))
    urls = [f"http://news.example/{number}" for number in range(len(SPELLINGS))]
    results = asyncio.run(ask(urls, resolving(PUBLIC)))

    assert (sockets.elsewhere, len(server.pages), sum(isinstance(r, FetchError) for r in results)) == (
        [],
        len(SPELLINGS),
        len(SPELLINGS),
    )


def test_no_spelling_is_dialled_for_robots_txt(sockets: Sockets, server: HostileServer) -> None:
    async def elsewhere(connection: Connection) -> None:
        number = (connection.seen[-1].header("host") or "h0.").partition(".")[0][1:]
        await connection.send(redirect(f"http://{SPELLINGS[int(number)]}/robots.txt".encode().decode("latin-1")))

    server.on("/robots.txt", elsewhere)
    urls = [f"http://h{number}.example/" for number in range(len(SPELLINGS))]
    asyncio.run(ask(urls, resolving(PUBLIC)))

    assert (sockets.elsewhere, len(server.asked("/robots.txt"))) == ([], len(SPELLINGS))


@pytest.mark.parametrize("address", FORBIDDEN_V4 + FORBIDDEN_V6)
def test_a_name_for_a_private_address_is_refused(sockets: Sockets, address: str) -> None:
    (result,) = asyncio.run(ask(["http://inside.example/"], resolving(address)))

    assert (sockets.elsewhere, isinstance(result, FetchError) and result.reason) == ([], "address")


@pytest.mark.parametrize("address", FORBIDDEN_V4 + FORBIDDEN_V6)
def test_rebinding_does_not_change_what_is_dialled(sockets: Sockets, server: HostileServer, address: str) -> None:
    server.on("/", page())
    asyncio.run(ask(["http://twice.example/"] * 3, resolving(PUBLIC, address)))

    assert sockets.elsewhere == []


def special_addresses() -> list[str]:
    """Return addresses from all over every special range, and the IPv4 ones as IPv6 wraps them: more than 300."""
    found: list[str] = []
    for network, _ in (*_V4, *_V6):
        first, last = int(network.network_address), int(network.broadcast_address)
        kind = ipaddress.IPv4Address if network.version == 4 else ipaddress.IPv6Address
        plain = [str(kind(first + (last - first) * n // 8)) for n in range(9)]
        found += plain
        if network.version == 4:
            found += [f"::ffff:{address}" for address in plain[:4]] + [f"64:ff9b::{address}" for address in plain[4:]]
    return list(dict.fromkeys(found))


def test_no_name_is_rebound_to_any_special_address(sockets: Sockets, server: HostileServer) -> None:
    addresses = special_addresses()
    asked: set[str] = set()

    async def rebound(host: str) -> tuple[Address, ...]:
        answer = addresses[int(host.partition(".")[0][1:])] if host in asked else PUBLIC
        asked.add(host)
        return (ipaddress.ip_address(answer),)

    server.on("/", page())  # it closes each connection, so that the name is looked up again
    urls = [f"http://h{number}.example/" for number in range(len(addresses)) for _ in range(2)]
    results = asyncio.run(ask(urls, rebound, robots=False, timeout_s=20, connect_timeout_s=20))
    fates = [
        (isinstance(one, Response), getattr(two, "reason", ""))
        for one, two in zip(results[::2], results[1::2], strict=True)
    ]

    assert (len(addresses) >= 300, sockets.elsewhere, set(fates)) == (True, [], {(True, "address")})


def test_one_private_address_among_public_ones_refuses_the_name(sockets: Sockets) -> None:
    (result,) = asyncio.run(ask(["http://mixed.example/"], resolving(f"{PUBLIC} 10.0.0.1")))

    assert (sockets.elsewhere, isinstance(result, FetchError) and result.reason) == ([], "address")


def test_a_public_address_is_dialled(sockets: Sockets, server: HostileServer) -> None:
    server.on("/", page())
    (result,) = asyncio.run(ask(["http://news.example/"], resolving(PUBLIC)))

    assert (sockets.elsewhere, isinstance(result, Response)) == ([], True)


def test_a_proxy_does_not_open_the_gate(sockets: Sockets, server: HostileServer) -> None:
    urls = [f"http://{spelling}/" for spelling in SPELLINGS]
    asyncio.run(ask(urls, resolving("10.0.0.1"), proxy=f"http://{PUBLIC}:3128"))

    assert (sockets.elsewhere, server.seen) == ([], [])


def test_a_client_of_the_users_own_is_not_sent_to_a_spelled_address() -> None:
    sent: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(str(request.url))
        return httpx.Response(404)

    async def run() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
            fetcher = HttpFetcher(STRICT, client=client)
            for spelling in [*SPELLINGS, "localhost", "LOCALHOST.", "x.localhost"]:
                with pytest.raises(FetchError):
                    await fetcher.fetch(f"http://{spelling}/")

    asyncio.run(run())

    assert sent == []
