"""No exception of the libraries below gets out: each becomes an error of ours."""

from __future__ import annotations

import inspect
import socket
import ssl

import h2.exceptions
import h11
import httpcore
import httpx
import idna
import pytest

from scraper.errors import (
    BadUrl,
    ConnectionFailed,
    FetchError,
    FetchTimeout,
    IncompleteBody,
)
from scraper.fetch.failures import fetch_error, status_error, type_error

URL = "http://example.org/"


def exceptions_of(module: object) -> list[type[Exception]]:
    return [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and kind is not h11.ProtocolError
    ]  # that one refuses to be raised


FOREIGN = sorted(
    {kind for module in (httpx, httpcore, ssl, socket, idna, h11, h2.exceptions) for kind in exceptions_of(module)},
    key=lambda kind: f"{kind.__module__}.{kind.__name__}",
)


def made(kind: type[Exception]) -> Exception:
    if kind is httpx.HTTPStatusError:
        request = httpx.Request("GET", URL)
        return httpx.HTTPStatusError("x", request=request, response=httpx.Response(500, request=request))
    for arguments in (("x",), (1, "x"), ()):
        try:
            return kind(*arguments)
        except TypeError:
            continue
    raise AssertionError(kind)


@pytest.mark.parametrize("kind", FOREIGN, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
@pytest.mark.parametrize("in_body", [False, True])
def test_a_foreign_exception_becomes_ours(kind: type[Exception], in_body: bool) -> None:
    assert isinstance(fetch_error(made(kind), URL, in_body=in_body), FetchError)


NAMED = [
    kind for kind in FOREIGN if issubclass(kind, httpx.TransportError | httpcore.NetworkError | OSError | ssl.SSLError)
]


@pytest.mark.parametrize("kind", NAMED, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_what_the_network_does_is_never_unexpected(kind: type[Exception]) -> None:
    assert fetch_error(made(kind), URL).reason != "unexpected"


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind", "reason", "retryable"),
    [
        (caused(httpcore.ConnectError("x"), ssl.SSLCertVerificationError(1, "bad")), ConnectionFailed, "tls", False),
        (caused(httpcore.ConnectTimeout(), ssl.SSLWantReadError()), FetchTimeout, "timeout", True),
        (socket.gaierror(socket.EAI_NONAME, "x"), ConnectionFailed, "dns", False),
        (socket.gaierror(socket.EAI_AGAIN, "x"), ConnectionFailed, "dns", True),
        (caused(httpcore.ConnectError("x"), ConnectionRefusedError(111, "x")), ConnectionFailed, "connect", True),
        (httpcore.ProxyError("407 x"), ConnectionFailed, "proxy", False),
        (httpcore.RemoteProtocolError("illegal status line"), ConnectionFailed, "protocol", False),
        (httpcore.ReadTimeout(), FetchTimeout, "timeout", True),
        (idna.InvalidCodepoint("x"), BadUrl, "bad_url", False),
        (httpx.InvalidURL("x"), BadUrl, "bad_url", False),
    ],
)
def test_each_fault_has_its_own_name(error: Exception, kind: type, reason: str, retryable: bool) -> None:
    ours = fetch_error(error, URL)

    assert (type(ours), ours.reason, ours.retryable) == (kind, reason, retryable)


@pytest.mark.parametrize(
    "error",
    [
        httpcore.RemoteProtocolError("peer closed connection without sending complete message body (received 5 bytes)"),
        httpcore.ReadError("x"),
        ConnectionResetError(104, "x"),
    ],
)
def test_a_fault_in_the_body_makes_it_incomplete(error: Exception) -> None:
    assert isinstance(fetch_error(error, URL, in_body=True), IncompleteBody)


def test_a_message_is_one_line_without_credentials() -> None:
    error = fetch_error(httpcore.ConnectError("to http://me:pw@proxy.example\r\n\x1b[31mred"), URL)

    assert str(error) == f"{URL}: no connection: to http://proxy.example [31mred"


@pytest.mark.parametrize("status", range(100, 1000))
def test_every_status_is_good_or_an_error(status: int) -> None:
    error = status_error(status, URL, None)

    assert (error is None) == (200 <= status < 300 and status not in {204, 205, 206})


@pytest.mark.parametrize(
    ("content_type", "refused"),
    [
        (None, False), ("", False), ("nonsense", False), ("text/html", False), ("TEXT/HTML; charset=x", False),
        ("application/xhtml+xml", False), ("text/plain", False), ("application/xml", False),
        ("application/octet-stream", False), ("application/rss+xml", False), ("text/html,text/html", False),
        ("application/pdf", True), ("image/svg+xml", True), ("application/json", True), ("audio/mpeg", True),
        ("application/zip", True), ("font/woff2", True), ("application/ld+json", True), ("text/csv", True),
    ],
)  # fmt: skip
def test_the_type_is_read_before_the_body(content_type: str | None, refused: bool) -> None:
    assert (type_error(content_type, URL) is not None) == refused
