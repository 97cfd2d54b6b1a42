"""Pages out of WARC files of any make: each HTTP response record becomes a Response or an error, in the file's order.

Records are streamed: one is in memory at a time, bodies under the cap that holds for the network, too. The format is
ISO 28500; files of WARC 1.0 and 1.1, plain, gzip (a member each record or one for all), zstd and lz4 are read.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from scraper.errors import FetchError, IncompleteBody, PermanentFetchError, ResponseTooLarge, SettingsError
from scraper.fetch.decoder import BodyDecoder, codings_of
from scraper.fetch.exchange import header_text
from scraper.fetch.failures import fetch_error, status_error, type_error
from scraper.fetch.target import shown_url
from scraper.model.response import Response

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["warc_date", "warc_responses"]

_HEAD_BYTES = 256_000
"""The longest head of a response; httpcore refuses more than 100 kB on the wire."""
_MOST_HEADERS = 500
_STATUS = re.compile(rb"(?:HTTP/\d(?:\.\d)?|ICY)\s+(\d{3})(?:\s|$)")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,16})[ \t]*(?:;[^\r\n]{0,4000})?\r?\n")
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?<(?:!doctype|html|head|\?xml|!--)", re.IGNORECASE)


def warc_responses(path: Path, *, max_body_bytes: int = 10_000_000) -> Iterator[Response | FetchError]:
    """Yield what each response record holds: the page, or what is wrong with it, under the URL the record names.

    Records of other types (requests, metadata, revisits: they hold no page) and of other protocols are passed over.
    A file that is damaged ends in one last error, without a URL.

    Raises:
        SettingsError: fastwarc is not installed.

    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415  # an extra
    except ImportError:
        raise SettingsError("reading WARC files needs the extra: pip install 'article-scraper[warc]'") from None
    kinds = WarcRecordType.response | WarcRecordType.resource
    read = pages = 0
    try:
        with path.open("rb") as file:  # not by its name: fastwarc would believe that instead of the first bytes
            for record in ArchiveIterator(file, record_types=kinds, parse_http=False, max_header_len=_HEAD_BYTES):
                read += 1
                url = _target(record)
                if url is not None:
                    pages += 1
                    yield _page(record, url, max_body_bytes)
        if not pages:
            yield PermanentFetchError("the archive holds no HTTP response", reason="empty")
    except OSError as error:
        where = f"after record {read}" if read else "at its start"
        what = " ".join(str(error.strerror or error).split())[:100]
        yield PermanentFetchError(f"the archive cannot be read {where}: {what}", reason="unreadable")


def warc_date(text: str | None) -> datetime | None:
    """Return a WARC-Date, aware and in UTC; None where it names no moment."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found.astimezone(UTC) if found is not None and found.tzinfo is not None else None


class _Block(NamedTuple):
    """An HTTP response as it stands in its record."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> str:
        return ", ".join(value for key, value in self.headers if key == name)


def _target(record: Any) -> str | None:
    """Return the web address that a record answers; None for anything else, such as DNS."""
    url = (record.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
    return shown_url(url) if url.lower().startswith(("http://", "https://")) else None


def _page(record: Any, url: str, limit: int) -> Response | FetchError:
    """Return the page of a record, or what is wrong with it."""
    try:
        return _response(record, url, limit)
    except FetchError as error:
        error.url, error.advice = url, None  # the advice speaks of fetching
        return error
    except Exception as error:  # noqa: BLE001  # archives come from strangers; the damage stays in its record
        return fetch_error(error, url, in_body=True)


def _response(record: Any, url: str, limit: int) -> Response:
    """Return the page of a record.

    Raises:
        FetchError: a status that is no page's, a type that is none, a body too large, cut short or not decodable.

    """
    if record.content_length > limit + _HEAD_BYTES:
        raise ResponseTooLarge(f"a record of {record.content_length:,} bytes, more than {limit:,}")
    data = record.reader.read()
    if len(data) < record.content_length:
        raise IncompleteBody("the archive ends before the record does")
    block = _resource(record, data) if str(record.record_type).endswith("resource") else _block(data)
    error = status_error(block.status, url, None) or type_error(block.all("content-type"), url)
    if error is not None:
        raise error
    cut = record.headers.get("WARC-Truncated") or record.headers.get("WARC-Segment-Number")
    if cut:
        raise IncompleteBody(f"the archive holds only a part of it ({shown_url(cut)[:40]})")
    body, problems = _decoded(block, limit)
    return Response(
        requested_url=url,
        url=url,
        status=block.status,
        headers=block.headers,
        body=body,
        fetched_at=warc_date(record.headers.get("WARC-Date")),
        problems=problems,
    )


def _resource(record: Any, data: bytes) -> _Block:
    """Return a file that was archived without its HTTP head."""
    kind = record.headers.get("Content-Type")
    return _Block(200, (("content-type", kind),) if kind else (), data)


def _block(data: bytes) -> _Block:
    end = _HEAD_END.search(data, 0, _HEAD_BYTES)
    found = _STATUS.match(data)
    if end is None or found is None:
        raise IncompleteBody("the record holds no HTTP response")
    headers = []
    for line in data[: end.start()].splitlines()[1 : _MOST_HEADERS + 1]:
        name, colon, value = line.partition(b":")
        if colon and not name.startswith((b" ", b"\t")):  # not the rest of a folded line, which nothing here needs
            headers.append((header_text(name).strip().lower(), header_text(value).strip()))
    return _Block(int(found[1]), tuple(headers), data[end.end() :])


def _decoded(block: _Block, limit: int) -> tuple[bytes, tuple[str, ...]]:
    """Return the body without the codings that the headers name, and what was odd; crawlers often have undone them."""
    body = block.body
    if block.all("transfer-encoding").lower().endswith("chunked") and _CHUNK_SIZE.match(body):
        body = _dechunked(body)
    elif len(body) < _length(block) and not block.all("content-encoding"):  # else it may be that of the coded body
        raise IncompleteBody(f"{len(body):,} bytes of {_length(block):,}")
    codings = codings_of(block.all("content-encoding"))
    decoded_already = bool(codings) and _MARKUP.match(body) is not None
    decoder = BodyDecoder(() if decoded_already else codings, limit)
    decoder.feed(body)
    odd = ("the archive keeps the body decoded, its header says otherwise",) if decoded_already else ()
    return decoder.finish(), (*decoder.problems, *odd)


def _length(block: _Block) -> int:
    text = block.all("content-length")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0  # noqa: PLR2004  # 64 bits


def _dechunked(body: bytes) -> bytes:
    """Return the content of a chunked body (RFC 9112, section 7.1)."""
    chunks: list[bytes] = []
    at = 0
    while found := _CHUNK_SIZE.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(chunks)
        chunks.append(body[found.end() : found.end() + size])
        at = found.end() + size
        if at > len(body):
            break
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    raise IncompleteBody("the chunked body in the archive was cut short")
