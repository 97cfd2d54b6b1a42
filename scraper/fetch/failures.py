"""One table from what goes wrong below (httpx, httpcore, ssl, socket, idna) and from statuses to our errors."""

from __future__ import annotations

import re
import socket
import ssl
from typing import TYPE_CHECKING, NamedTuple

import httpcore
import httpx

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


class _Row(NamedTuple):
    """What an exception means; the first row that fits an exception or one of its causes decides."""

    raised: tuple[type[Exception], ...]
    error: type[FetchError]
    reason: str
    what: str
    retryable: bool


_AGAIN, _NEVER = True, False
_TABLE = (
    _Row((ssl.SSLCertVerificationError,), ConnectionFailed, "tls", "the TLS certificate is not valid", _NEVER),
    _Row((ssl.SSLError, ssl.CertificateError), ConnectionFailed, "tls", "no TLS connection", _NEVER),
    _Row((socket.gaierror, socket.herror), ConnectionFailed, "dns", "the host name cannot be resolved", _AGAIN),
    _Row((UnicodeError, httpx.InvalidURL), BadUrl, "bad_url", "not a URL", _NEVER),
    _Row((httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol), BadUrl, "bad_url", "not an http(s) URL", _NEVER),
    _Row((httpx.ProxyError, httpcore.ProxyError), ConnectionFailed, "proxy", "the proxy refuses", _NEVER),
    _Row((httpx.ConnectTimeout, httpcore.ConnectTimeout), FetchTimeout, "timeout", "no connection in time", _AGAIN),
    _Row((httpx.PoolTimeout, httpcore.PoolTimeout), FetchTimeout, "timeout", "no free connection in time", _AGAIN),
    _Row(
        (httpx.TimeoutException, httpcore.TimeoutException), FetchTimeout, "timeout", "the server fell silent", _AGAIN
    ),
    _Row((TimeoutError,), FetchTimeout, "timeout", "the server fell silent", _AGAIN),
    _Row((ConnectionRefusedError,), ConnectionFailed, "connect", "connection refused", _AGAIN),
    _Row((httpx.ConnectError, httpcore.ConnectError), ConnectionFailed, "connect", "no connection", _AGAIN),
    _Row((httpx.TooManyRedirects,), TooManyRedirects, "redirect", "too many redirects", _NEVER),
    _Row((httpx.DecodingError,), PermanentFetchError, "encoding", "the body cannot be decoded", _NEVER),
    _Row((httpx.ProtocolError, httpcore.ProtocolError), ConnectionFailed, "protocol", "not valid HTTP", _NEVER),
    _Row(
        (httpx.NetworkError, httpcore.NetworkError, OSError),
        ConnectionFailed,
        "connect",
        "the connection broke",
        _AGAIN,
    ),
    _Row((httpx.TransportError,), ConnectionFailed, "connect", "the connection failed", _AGAIN),
)
_OTHER = _Row((Exception,), ConnectionFailed, "unexpected", "unexpected error in the HTTP library", _NEVER)

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
    if isinstance(error, httpx.RemoteProtocolError | httpcore.RemoteProtocolError):
        return _GONE in str(error)
    return isinstance(error, httpx.ReadError | httpx.WriteError | httpcore.ReadError | httpcore.WriteError)


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
            if isinstance(cause, row.raised):
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
