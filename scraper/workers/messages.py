"""What goes through the pipes: a frame is its length, then one MessagePack value of a known type.

Typed data and nothing that could run: a worker that a hostile page has taken over can lie about its page, no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from scraper import errors
from scraper.model.article import Article
from scraper.model.extraction import Extraction
from scraper.model.response import Response
from scraper.settings import ExtractSettings
from scraper.sites.registry import SiteRules
from scraper.workers.shelf import News

if TYPE_CHECKING:
    from scraper.model.evidence import Candidate, Choice

__all__ = [
    "LENGTH_BYTES",
    "Ask",
    "Failed",
    "Found",
    "Reply",
    "decode_ask",
    "decode_news",
    "decode_reply",
    "encode_ask",
    "encode_news",
    "encode_reply",
    "error_of",
    "extraction_of",
    "failed_of",
    "found_of",
    "length_of",
]

LENGTH_BYTES = 4
"""Bytes of a frame's length, big-endian: up to 4 GB."""


class Ask(msgspec.Struct, frozen=True, array_like=True):
    """One page to extract; the response's body follows in a frame of its own, so that it is not copied.

    A third frame tells what is known of the page's site.
    """

    response: Response
    settings: ExtractSettings
    rules: SiteRules | None = None


class Found(msgspec.Struct, frozen=True, array_like=True, tag="found"):
    """The extraction of a page; what serves to explain it only where that was asked for."""

    extraction: Extraction
    last: bool = False
    """Whether the worker ends itself now."""


class Failed(msgspec.Struct, frozen=True, array_like=True, tag="failed"):
    """A typed error."""

    kind: str
    """Its class in `scraper.errors`."""
    what: str
    url: str | None
    advice: str | None
    reason: str
    last: bool = False


Reply = Found | Failed

_encoder = msgspec.msgpack.Encoder()
_ask_decoder = msgspec.msgpack.Decoder(Ask)
_news_decoder = msgspec.msgpack.Decoder(News)
_reply_decoder: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)
_ERRORS = {name: getattr(errors, name) for name in errors.__all__}


def length_of(message: bytes) -> bytes:
    """Return what stands before a message."""
    return len(message).to_bytes(LENGTH_BYTES, "big")


def encode_ask(response: Response, settings: ExtractSettings, rules: SiteRules | None = None) -> bytes:
    """Return the message that asks for a page.

    Raises:
        UnicodeEncodeError: a text of the response is no Unicode.

    """
    return _encoder.encode(Ask(msgspec.structs.replace(response, body=b""), settings, rules))


def encode_news(news: News | None) -> bytes:
    """Return the message that tells a worker of a page's site; None: the site's memory is not asked."""
    return b"" if news is None else _encoder.encode(news)


def decode_news(message: bytes) -> News | None:
    """Return what a worker is told."""
    return _news_decoder.decode(message) if message else None


def decode_ask(message: bytes, body: bytes) -> Ask:
    """Return what is asked for."""
    ask = _ask_decoder.decode(message)
    return msgspec.structs.replace(ask, response=msgspec.structs.replace(ask.response, body=body))


def encode_reply(reply: Reply) -> bytes:
    """Return the message of a reply."""
    return _encoder.encode(reply)


def decode_reply(message: bytes | memoryview) -> Reply:
    """Return the reply of a message.

    Raises:
        msgspec.DecodeError: it is none.

    """
    return _reply_decoder.decode(message)


def found_of(extraction: Extraction, *, explain: bool, last: bool) -> Found:
    """Return the reply for an extraction."""
    sent = extraction if explain else msgspec.structs.replace(extraction, evidence={}, blocks=())
    return Found(sent, last)


def extraction_of(found: Found) -> Extraction:
    """Return the extraction of a reply, values of evidence in the types that they have in the record."""
    extraction = found.extraction
    if not extraction.evidence:
        return extraction
    evidence = {name: _typed(choice) for name, choice in extraction.evidence.items()}
    return msgspec.structs.replace(extraction, evidence=evidence)


def failed_of(error: errors.ScraperError) -> Failed:
    """Return the reply for an error."""
    return Failed(type(error).__name__, error.what, error.url, error.advice, error.reason)


def error_of(failed: Failed) -> errors.ScraperError:
    """Return the error of a reply; of a class that this package does not have, the base class."""
    kind = _ERRORS.get(failed.kind, errors.PageError)
    error: errors.ScraperError = kind(failed.what, url=failed.url, advice=failed.advice, reason=failed.reason)
    return error


def _typed(choice: Choice) -> Choice:
    """Return a choice whose values are again of their field's type: MessagePack has no tuples and no records."""
    kind = _KINDS.get(choice.field)
    if kind is None or choice.winner is None:
        return choice
    return msgspec.structs.replace(
        choice, winner=_candidate(choice.winner, kind), losers=tuple(_candidate(each, kind) for each in choice.losers)
    )


def _candidate(candidate: Candidate, kind: Any) -> Candidate:
    try:
        return msgspec.structs.replace(candidate, value=msgspec.convert(candidate.value, kind))
    except msgspec.ValidationError:
        return candidate


_KINDS = {field.encode_name: field.type for field in msgspec.structs.fields(Article)}
"""Field in camelCase -> its type in the record."""
