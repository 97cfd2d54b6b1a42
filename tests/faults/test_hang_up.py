"""The server of these tests itself: one that leaks a socket fails whichever test comes next."""

from __future__ import annotations

import gc
import socket
import threading
import time
import warnings

import pytest

from tests.faults.server import Connection, page, serving


def _arrivals(port: int, sockets: list[socket.socket]) -> None:
    for n in range(20):
        try:
            sockets.append(socket.create_connection(("127.0.0.1", port)))
            sockets[-1].sendall(b"GET /%d HTTP/1.1\r\n\r\n" % (n % 2))
        except OSError:
            return


async def _silent(connection: Connection) -> None:
    await connection.silence()


def test_a_server_that_ends_while_clients_arrive_leaves_no_socket_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 150 such ends, 22 to 63 left one."""
    unclosed: list[str] = []
    for n in range(40):
        sockets: list[socket.socket] = []
        with serving() as server:
            server.on("/0", _silent)
            server.on("/1", page())
            clients = threading.Thread(target=_arrivals, args=(server.port, sockets))
            clients.start()
            time.sleep(0.0005 * (n % 10))
        clients.join()
        for one in sockets:
            one.close()
    with warnings.catch_warnings(), monkeypatch.context() as patched:
        patched.setattr("sys.unraisablehook", lambda _: None)
        warnings.simplefilter("always", ResourceWarning)
        patched.setattr(warnings, "showwarning", lambda message, *_, **__: unclosed.append(str(message)))
        gc.collect()
    assert unclosed == []
