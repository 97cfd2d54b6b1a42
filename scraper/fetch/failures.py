"""One table from what goes wrong below (httpx, httpcore, ssl, socket, idna) and from statuses to our errors.

Classes of httpx go by their name: it is loaded only where a client of the user's is, and takes .1 s of CPU.
"""

from __future__ import annotations

import re
import socket
import ssl
from typing import TYPE_CHECKING, NamedTuple

import httpcore

from scraper.errors import (
    BadStatus,
    BadUrl,
    ConnectionFailed,
    FetchError,
    FetchTimeout,
    IncompleteBody,
    NotHtml,
    PermanentFetchError,
    ServerError,
    TooManyRedirects,
    TooManyRequests,
)
from scraper.fetch.target import shown_url

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["died_before_answering", "fetch_error", "status_error", "type_error"]


_HTTPX = frozenset({"httpx", "httpx2"})
"""The second under the name of the first, where a program has chosen so."""


class _Row(NamedTuple):
    """What an exception means; the first row that fits an exception or one of its causes decides."""

    raised: tuple[type[Exception], ...]
    of_httpx: frozenset[str]
    """Classes of httpx that mean the same, those above them left out."""
    error: type[FetchError]
    reason: str
    what: str
    retryable: bool

    def fits(self, error: BaseException) -> bool:
        """Return whether the row says what an exception means."""
        return isinstance(error, self.raised) or not self.of_httpx.isdisjoint(_names_in_httpx(error))


def _names_in_httpx(error: BaseException) -> Iterator[str]:
    """Yield the names of the classes of httpx that an exception is of."""
    return (kind.__name__ for kind in type(error).__mro__ if kind.__module__.partition(".")[0] in _HTTPX)


def _row(
    raised: tuple[type[Exception], ...], of_httpx: str, meaning: tuple[type[FetchError], str, str], *, again: bool
) -> _Row:
    return _Row(raised, frozenset(of_httpx.split()), *meaning, again)


_TABLE = (
    _row(
        (ssl.SSLCertVerificationError,), "", (ConnectionFailed, "tls", "the TLS certificate is not valid"), again=False
    ),
    _row((ssl.SSLError, ssl.CertificateError), "", (ConnectionFailed, "tls", "no TLS connection"), again=False),
    _row(
        (socket.gaierror, socket.herror), "", (ConnectionFailed, "dns", "the host name cannot be resolved"), again=True
    ),
    _row((UnicodeError,), "InvalidURL", (BadUrl, "bad_url", "not a URL"), again=False),
    _row(
        (httpcore.UnsupportedProtocol,), "UnsupportedProtocol", (BadUrl, "bad_url", "not an http(s) URL"), again=False
    ),
    _row((httpcore.ProxyError,), "ProxyError", (ConnectionFailed, "proxy", "the proxy refuses"), again=False),
    _row((httpcore.ConnectTimeout,), "ConnectTimeout", (FetchTimeout, "timeout", "no connection in time"), again=True),
    _row((httpcore.PoolTimeout,), "PoolTimeout", (FetchTimeout, "timeout", "no free connection in time"), again=True),
    _row(
        (httpcore.TimeoutException,),
        "TimeoutException",
        (FetchTimeout, "timeout", "the server fell silent"),
        again=True,
    ),
    _row((TimeoutError,), "", (FetchTimeout, "timeout", "the server fell silent"), again=True),
    _row((ConnectionRefusedError,), "", (ConnectionFailed, "connect", "connection refused"), again=True),
    _row((httpcore.ConnectError,), "ConnectError", (ConnectionFailed, "connect", "no connection"), again=True),
    _row((), "TooManyRedirects", (TooManyRedirects, "redirect", "too many redirects"), again=False),
    _row((), "DecodingError", (PermanentFetchError, "encoding", "the body cannot be decoded"), again=False),
    _row((httpcore.ProtocolError,), "ProtocolError", (ConnectionFailed, "protocol", "not valid HTTP"), again=False),
    _row(
        (httpcore.NetworkError, OSError),
        "NetworkError",
        (ConnectionFailed, "connect", "the connection broke"),
        again=True,
    ),
    _row((), "TransportError", (ConnectionFailed, "connect", "the connection failed"), again=True),
)
_OTHER = _row((Exception,), "", (ConnectionFailed, "unexpected", "unexpected error in the HTTP library"), again=False)

_CUT = "peer closed connection without sending complete message body"
_GONE = "Server disconnected without sending a response"
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME), socket.EAI_FAIL})
_URL_WITH_SECRET = re.compile(r"//\S*?@")
_UNREADABLE = re.compile(r"[^ -~\u00a1-\u2027\u2030-\ud7ff]+")


def fetch_error(error: Exception, url: str, *, in_body: bool = False) -> FetchError:
    """Return our error for an exception of the libraries below; one of ours comes back as it is, its URL filled in.

    Args:
        error: what was raised.
        url: what was asked for when it was, as `shown_url` gives it.
        in_body: whether the head of the response had arrived.

    """
    if isinstance(error, FetchError):
        error.url = error.url or url
        return error
    row, cause = _row_of(error)
    if in_body and _is_cut(row, error):
        return IncompleteBody("the connection ended before the body did", url=url)
    detail = "" if isinstance(cause, ConnectionRefusedError) else _readable(cause)
    mapped = row.error(f"{row.what}: {detail}" if detail else row.what, url=url, reason=row.reason)
    mapped.retryable = row.retryable and not (isinstance(cause, socket.gaierror) and cause.errno in _NO_SUCH_NAME)
    return mapped


def died_before_answering(error: Exception) -> bool:
    """Return whether a server closed the connection instead of answering, as it does to one kept alive too long."""
    named = frozenset(_names_in_httpx(error))
    if isinstance(error, httpcore.RemoteProtocolError) or "RemoteProtocolError" in named:
        return _GONE in str(error)
    return isinstance(error, httpcore.ReadError | httpcore.WriteError) or not named.isdisjoint(
        {"ReadError", "WriteError"}
    )


def status_error(status: int, url: str, retry_after_s: float | None) -> FetchError | None:
    """Return what is wrong with a final status; None for 200 and what means the same."""
    error: FetchError
    reason = f"http_{status}"
    if status in {429, 503} and (status == 429 or retry_after_s is not None):  # noqa: PLR2004  # RFC 6585, RFC 9110
        wait = "" if retry_after_s is None else f", to come back in {retry_after_s:.0f} s"
        error = limited = TooManyRequests(f"HTTP {status}: the host asks to slow down{wait}", url=url, reason=reason)
        limited.retry_after_s = retry_after_s
    elif status in {204, 205}:
        error = BadStatus(f"HTTP {status}: a response without a body", url=url, reason=reason)
    elif status == 206:  # noqa: PLR2004  # Partial Content
        error = IncompleteBody("HTTP 206: a part that nobody asked for", url=url)
    elif 200 <= status < 300:  # noqa: PLR2004  # RFC 9110, section 15.3
        return None
    elif 500 <= status < 600:  # noqa: PLR2004  # RFC 9110, section 15.6
        error = ServerError(f"HTTP {status}: the server failed", url=url, reason=reason)
        error.retryable = status not in {501, 505}  # what it cannot do, it will not learn
    else:
        error = BadStatus(f"HTTP {status}{_MEANINGS.get(status, '')}", url=url, reason=reason)
    error.http_status = status
    return error


_MEANINGS = {
    401: ": the page asks for a login",
    402: ": the page asks for a payment",
    403: ": the server refuses",
    404: ": no such page",
    407: ": the proxy asks for a login",
    410: ": the page is gone for good",
    451: ": withheld for legal reasons",
}

_TEXTUAL = re.compile(r"text/|application/(?:xhtml\+xml|xml|octet-stream|[a-z0-9.+-]*\+xml)\s*(?:;|$)")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")


def type_error(content_type: str | None, url: str) -> NotHtml | None:
    """Return what is wrong with the type of a page; None for text, and for types that say nothing."""
    named = (content_type or "").strip().lower()
    if not _TYPE.match(named) or (_TEXTUAL.match(named) and "image/" not in named and "text/csv" not in named):
        return None
    return NotHtml(f"not HTML but {shown_url(named.partition(';')[0])[:60]}", url=url)


def _row_of(error: Exception) -> tuple[_Row, BaseException]:
    chain = list(_chain(error))
    for row in _TABLE:
        for cause in chain:
            if row.fits(cause):
                return row, cause
    return _OTHER, error


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    first, seen = error, 0
    while error is not None and seen < 8:  # noqa: PLR2004  # no library wraps that often
        if error is first or not isinstance(
            error, ssl.SSLWantReadError | ssl.SSLWantWriteError
        ):  # "not yet" is no "no"
            yield error
        error = error.__cause__ or error.__context__
        seen += 1


def _is_cut(row: _Row, error: Exception) -> bool:
    return _CUT in str(error) or (row.error is ConnectionFailed and row.reason == "connect")


def _readable(error: BaseException) -> str:
    """Return what an exception says, in one line, without credentials or control characters."""
    text = error.strerror if isinstance(error, OSError) and isinstance(error.strerror, str) else str(error)
    return _URL_WITH_SECRET.sub("//", _UNREADABLE.sub(" ", text[:500])).strip()[:200]  # a server may have written it
