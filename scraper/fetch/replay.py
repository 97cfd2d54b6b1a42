"""Replay: pages from a WARC file instead of from the network; what it does not hold is refused."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scraper.errors import ExportError, FetchError, NotRecorded, SettingsError
from scraper.fetch.decoder import BodyDecoder, codings_of
from scraper.fetch.failures import fetch_error, status_error, type_error
from scraper.fetch.journey import Journey
from scraper.fetch.target import parse_target, shown_url
from scraper.fetch.warc_pages import warc_date
from scraper.model.response import Response

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["ReplayFetcher"]

_FOLLOWED = frozenset({301, 302, 303, 307, 308})


class ReplayFetcher:
    """A `Fetcher` that answers from a WARC, gzipped or not: the last response that it holds for a URL.

    The file is read once for its index; bodies stay in it until they are asked for.

    Raises:
        SettingsError: warcio is not installed, or the file is no WARC.
        ExportError: the file cannot be read.

    """

    def __init__(self, path: str, *, max_body_bytes: int = 10_000_000, max_redirects: int = 10) -> None:
        try:
            from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # noqa: PLC0415  # an extra
            from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]  # noqa: PLC0415  # an extra
        except ImportError:
            raise SettingsError("reading WARC files needs the extra: pip install 'article-scraper[warc]'") from None
        self._iterator = ArchiveIterator
        self._path = Path(path)
        self._max_body_bytes = max_body_bytes
        self._max_redirects = max_redirects
        self._places: dict[str, int] = {}
        try:
            self._places.update(self._index())
        except ArchiveLoadFailed as error:
            if not self._places:
                raise SettingsError(f"not a WARC file: {path} ({str(error).splitlines()[0][:100]})") from None
        except OSError as error:
            raise ExportError(f"cannot read {path}: {error.strerror or error}") from None

    def urls(self) -> tuple[str, ...]:
        """Return the URLs that there are responses for, in the order of the file."""
        return tuple(self._places)

    async def fetch(self, url: str) -> Response:
        """Return the recorded response, recorded redirects followed.

        Raises:
            NotRecorded: there is none.
            FetchError: as for the network: a bad status, a wrong type, a body cut short.

        """
        journey = Journey(parse_target(url))
        while True:
            here = journey.here.url
            try:
                status, headers, body, at = self._read(here)
            except FetchError as error:
                error.url = error.url or here
                raise
            except Exception as error:
                raise fetch_error(error, here, in_body=True) from error
            location = next((value for name, value in headers if name == "location"), "")
            if status not in _FOLLOWED:
                break
            journey.follow(location, changed=status, limit=self._max_redirects)
        wrong = status_error(status, here, None) or type_error(dict(reversed(headers)).get("content-type"), here)
        if wrong is not None:
            raise wrong
        return Response(
            requested_url=shown_url(url), url=here, status=status, headers=headers, body=body, fetched_at=at
        )

    def _index(self) -> Iterator[tuple[str, int]]:
        with self._path.open("rb") as file:
            records = self._iterator(file)
            for record in records:
                if record.rec_type == "response" and record.http_headers is not None:
                    yield _key(record.rec_headers.get_header("WARC-Target-URI")), records.get_record_offset()

    def _read(self, url: str) -> tuple[int, tuple[tuple[str, str], ...], bytes, datetime | None]:
        place = self._places.get(url)
        if place is None:
            raise NotRecorded("the archive holds no response for it", url=url)
        with self._path.open("rb") as file:
            file.seek(place)
            record: Any = next(iter(self._iterator(file)))
            headers = tuple((name.lower(), value) for name, value in record.http_headers.headers)
            body = self._body(record.raw_stream, headers)
            at = warc_date(record.rec_headers.get_header("WARC-Date"))
            return int(record.http_headers.get_statuscode()), headers, body, at

    def _body(self, stream: Any, headers: tuple[tuple[str, str], ...]) -> bytes:
        from warcio.bufferedreaders import ChunkedDataReader  # type: ignore[import-untyped]  # noqa: PLC0415  # an extra

        if ("transfer-encoding", "chunked") in headers:
            stream = ChunkedDataReader(stream, decomp_type=None)
        decoder = BodyDecoder(
            codings_of(", ".join(value for name, value in headers if name == "content-encoding")),
            self._max_body_bytes,
        )
        for chunk in iter(lambda: stream.read(io.DEFAULT_BUFFER_SIZE), b""):
            decoder.feed(chunk)
        return decoder.finish()


def _key(url: str) -> str:
    try:
        return parse_target(url.strip("<>")).url
    except FetchError:
        return url
