"""One request and its answer: the head decides whether the body is read, and the body is read under its cap."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.errors import FetchError, ResponseTooLarge
from scraper.fetch.decoder import GZIP_MAGIC, BodyDecoder, codings_of
from scraper.fetch.failures import fetch_error, type_error

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from scraper.fetch.deadline import Budget

__all__ = ["Answer", "Arrival", "Wish", "header_text", "read_answer"]

_FOLLOWED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Wish:
    """What a request is for."""

    limit: int
    """Bytes of the body."""
    html: bool = True
    """Refuse images, PDFs and the like by their Content-Type, unread."""
    cut: bool = False
    """Take the first `limit` bytes of a longer body."""
    validators: tuple[tuple[str, str], ...] = ()
    """Headers that make the request conditional."""
    headers: tuple[tuple[str, str], ...] = ()
    """More headers, names in lower case, wherever redirects lead."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A response whose head has arrived."""

    status: int
    headers: Sequence[tuple[bytes, bytes]]
    """As they came."""
    chunks: Callable[[], AsyncIterator[bytes]]
    """Gives the body as it comes off the wire, once."""
    aclose: Callable[[], Awaitable[None]]
    """Lets go of the connection."""
    content: bytes | None = None
    """The body where somebody has read and decoded it already."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The head, and the body of a good status."""

    status: int
    headers: tuple[tuple[str, str], ...]
    """Names in lower case."""
    body: bytes = b""
    problems: tuple[str, ...] = ()

    def all(self, name: str) -> list[str]:
        """Return every value of a header."""
        return [value for key, value in self.headers if key == name]

    def first(self, name: str) -> str | None:
        """Return the first value of a header."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def location(self) -> str | None:
        """Where a redirect leads; "" where it does not say."""
        return (self.first("location") or "") if self.status in _FOLLOWED else None


async def read_answer(arrival: Arrival, url: str, wish: Wish, budget: Budget) -> Answer:
    """Return the answer; redirects, errors and everything else but 200 and its like come without a body, unread.

    Raises:
        FetchError: the body is of the wrong type, too large, cut short, or coded in a way that is not known.

    """
    headers = tuple((header_text(name).lower(), header_text(value)) for name, value in arrival.headers)
    answer = Answer(arrival.status, headers)
    if not 200 <= answer.status < 300 or answer.status in {204, 205, 206}:  # noqa: PLR2004  # RFC 9110, section 15.3
        if _length(answer) == 0:  # then reading costs nothing, and the connection stays of use
            with contextlib.suppress(Exception):
                await anext(arrival.chunks(), b"")
        return answer
    wrong = type_error(answer.first("content-type"), url) if wish.html else None
    if wrong is not None:
        raise wrong
    try:
        codings = () if arrival.content is not None else codings_of(", ".join(answer.all("content-encoding")))
        decoder = BodyDecoder(codings, wish.limit, cut=wish.cut)
        body = await _read_body(arrival, decoder, _length(answer), budget)
        body, unpacked = _unpacked(body, wish)
    except FetchError:
        raise
    except Exception as error:
        raise fetch_error(error, url, in_body=True) from error
    return Answer(answer.status, headers, body, (*decoder.problems, *unpacked, *_framing_problems(answer, body)))


async def _read_body(arrival: Arrival, decoder: BodyDecoder, length: int | None, budget: Budget) -> bytes:
    if length is not None and length > decoder.limit and not decoder.cut:
        raise ResponseTooLarge(
            f"a body of {length:,} bytes, more than {decoder.limit:,}",
            advice="--max-bytes (max_body_bytes) sets the limit",
        )
    if arrival.content is not None:
        decoder.feed(arrival.content)
        return decoder.finish()
    async for chunk in arrival.chunks():
        decoder.feed(chunk)
        budget.received = decoder.received
        if decoder.full:
            break
    return decoder.finish()


def _length(answer: Answer) -> int | None:
    text = answer.first("content-length") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None  # noqa: PLR2004  # 64 bits


def _unpacked(body: bytes, wish: Wish) -> tuple[bytes, tuple[str, ...]]:
    """Return a body that is gzip without saying so unpacked, under the same cap."""
    if not body.startswith(GZIP_MAGIC) or wish.cut:
        return body, ()
    decoder = BodyDecoder(("gzip",), wish.limit)
    decoder.feed(body)
    return decoder.finish(), ("the body was compressed without saying so",)


def _framing_problems(answer: Answer, body: bytes) -> tuple[str, ...]:
    """Return the warning for a body that looks cut though its framing is in order: nobody can tell for sure."""
    tail = body[-2000:].lower()
    if answer.first("content-encoding") is not None or not body or b"</html" in tail or b"</body" in tail:
        return ()
    if answer.first("content-length") is None and answer.first("transfer-encoding") is None:
        return ("the body has no stated length and no end tag: it may have been cut short",)
    if b"<html" in body[:2000].lower():
        return ("the page ends without its end tag: a stated length that is too small looks like this",)
    return ()


def header_text(raw: bytes) -> str:
    """Return a header as text: UTF-8 where it is, else Latin-1 (RFC 9110, section 5.5)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
