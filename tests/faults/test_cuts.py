"""Bodies cut at every byte: no record of a part, but where nobody can tell it from the whole."""

from __future__ import annotations

import asyncio
import gzip
import importlib
import zlib
from typing import TYPE_CHECKING

import brotli
import pytest

from scraper.errors import FetchError, IncompleteBody
from scraper.fetch import decoder as decoding
from scraper.fetch.client import HttpFetcher
from scraper.fetch.decoder import BodyDecoder, accepted_codings
from scraper.model.response import Response
from tests.faults.outcomes import quick
from tests.faults.server import ARTICLE, HostileServer, head

if TYPE_CHECKING:
    from collections.abc import Callable

CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
}
if "zstd" in accepted_codings():
    CODINGS["zstd"] = importlib.import_module("backports.zstd").compress
DOCUMENTS = [ARTICLE[:n] for n in (1, 2, 40, 300)] + [b"", bytes(range(256)) * 2, b"a" * 5000, "é\u2028".encode() * 90]


@pytest.fixture(params=["isal.isal_zlib", "zlib"])
def _inflating(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "INFLATING", pytest.importorskip(request.param))


@pytest.mark.usefixtures("_inflating")
@pytest.mark.parametrize("coding", list(CODINGS)[1:])
@pytest.mark.parametrize("number", range(len(DOCUMENTS)))
def test_a_coded_body_cut_anywhere_is_incomplete(coding: str, number: int) -> None:
    whole = CODINGS[coding](DOCUMENTS[number])
    passed = []
    for end in range(1, len(whole)):
        decoder = BodyDecoder((coding,), 10**6)
        try:
            decoder.feed(whole[:end])
            decoder.finish()
            passed.append(end)
        except IncompleteBody:
            continue

    assert passed == []


@pytest.mark.usefixtures("_inflating")
@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_a_body_is_the_same_in_whatever_pieces_it_comes(coding: str, step: int) -> None:
    whole = CODINGS[coding](ARTICLE * 30)
    decoder = BodyDecoder((coding,) if coding else (), 10**6)
    for start in range(0, len(whole), step):
        decoder.feed(whole[start : start + step])

    assert decoder.finish() == ARTICLE * 30


@pytest.mark.usefixtures("_inflating")
@pytest.mark.parametrize("size", [*range(32_760, 32_776), 65_536, 98_304])
def test_sizes_around_the_decoders_own_pieces_are_whole(size: int) -> None:
    for coding in list(CODINGS)[1:]:
        decoder = BodyDecoder((coding,), 10**6)
        decoder.feed(CODINGS[coding](bytes(size)))

        assert decoder.finish() == bytes(size)


@pytest.mark.usefixtures("_inflating")
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_damaged_byte_never_passes_for_the_page(coding: str) -> None:
    whole = CODINGS[coding](ARTICLE)
    passed = []
    for place in range(len(whole)):
        decoder = BodyDecoder((coding,), 10**6)
        try:
            decoder.feed(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
            if decoder.finish() != ARTICLE:  # some bits say nothing: the time, padding
                passed.append(place)
        except FetchError:
            continue

    assert passed == []


def framed(coding: str, framing: str, body: bytes) -> bytes:
    headers = ["Content-Type: text/html", *([f"Content-Encoding: {coding}"] if coding else [])]
    if framing == "length":
        return head("200 OK", *headers, f"Content-Length: {len(body)}") + body
    if framing == "chunked":
        return head("200 OK", *headers, "Transfer-Encoding: chunked") + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    return head("200 OK", *headers) + body


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("framing", ["length", "chunked", "close"])
def test_a_response_cut_anywhere_gives_no_response(server: HostileServer, coding: str, framing: str) -> None:
    whole = framed(coding, framing, CODINGS[coding](ARTICLE[:200]))
    start = whole.index(b"\r\n\r\n") + 4
    ends = range(start + (1 if framing == "close" else 0), len(whole), 5)
    addresses = [server.on(f"/{end}", whole[:end]) for end in ends]

    async def run() -> list[Response | FetchError]:
        fetcher = HttpFetcher(quick(robots=False))
        results: list[Response | FetchError] = []
        for address in addresses:
            try:
                results.append(await fetcher.fetch(address))
            except FetchError as error:
                results.append(error)
        await fetcher.aclose()
        return results

    results = asyncio.run(run())
    whole_ones = [result for result in results if isinstance(result, Response)]
    unflagged = [result for result in whole_ones if not result.problems]

    assert (len(results), len(unflagged), bool(whole_ones)) == (len(ends), 0, framing == "close" and not coding)
