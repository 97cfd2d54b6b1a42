"""Replay: pages from WARC files or a folder instead of from the network; what these do not hold is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scraper.errors import ExportError, FetchError, NotRecorded, ResponseTooLarge, SettingsError
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

_SAVED = "response.json"
_BODIES = ("page.html", "page.txt")
_WARC = (".warc", ".warc.gz")
_FOLLOWED = frozenset({301, 302, 303, 307, 308})


class _Place(NamedTuple):
    """Where a response is kept."""

    path: Path
    offset: int | None
    """Of the record in a WARC; None: the file is a response.json."""


class _Recorded(NamedTuple):
    """A response as it is kept, decoded."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: datetime | None


class ReplayFetcher:
    """A `Fetcher` that answers from a WARC, gzipped or not, or from a folder: the last response held for a URL.

    In a folder, and in those below it, are read: WARC files in the order of their names (as `--warc` leaves them when
    it begins a new one), and every `response.json` (keys `url`, `status`, `headers`, `fetchedAt`) with its body beside
    it in `page.html` or `page.txt`. All is read once for its index; bodies stay there until they are asked for.

    Raises:
        SettingsError: warcio is not installed, the file is no WARC, the folder holds nothing to replay.
        ExportError: a file cannot be read.

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
        self._places: dict[str, _Place] = {}
        files = _files(self._path)
        if not files:
            raise SettingsError(f"nothing to replay in {path}", advice="WARC files, or response.json beside page.html")
        for file in files:
            try:
                self._places.update(self._index(file))
            except ArchiveLoadFailed as error:
                if not self._places:
                    raise SettingsError(f"not a WARC file: {file} ({str(error).splitlines()[0][:100]})") from None
            except OSError as error:
                raise ExportError(f"cannot read {file}: {error.strerror or error}") from None

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
                found = self._read(here)
            except FetchError as error:
                error.url = error.url or here
                raise
            except Exception as error:
                raise fetch_error(error, here, in_body=True) from error
            location = next((value for name, value in found.headers if name == "location"), "")
            if found.status not in _FOLLOWED:
                break
            journey.follow(location, changed=found.status, limit=self._max_redirects)
        kind = dict(reversed(found.headers)).get("content-type")
        wrong = status_error(found.status, here, None) or type_error(kind, here)
        if wrong is not None:
            raise wrong
        return Response(
            requested_url=shown_url(url),
            url=here,
            status=found.status,
            headers=found.headers,
            body=found.body,
            fetched_at=found.at,
        )

    def _index(self, path: Path) -> Iterator[tuple[str, _Place]]:
        if path.name == _SAVED:
            yield _key(str(_saved(path)["url"])), _Place(path, None)
            return
        with path.open("rb") as file:
            records = self._iterator(file)
            for record in records:
                if record.rec_type == "response" and record.http_headers is not None:
                    place = _Place(path, records.get_record_offset())
                    yield _key(record.rec_headers.get_header("WARC-Target-URI")), place

    def _read(self, url: str) -> _Recorded:
        place = self._places.get(url)
        if place is None:
            raise NotRecorded("the archive holds no response for it", url=url)
        if place.offset is None:
            return _read_saved(place.path, self._max_body_bytes)
        with place.path.open("rb") as file:
            file.seek(place.offset)
            record: Any = next(iter(self._iterator(file)))
            headers = tuple((name.lower(), value) for name, value in record.http_headers.headers)
            body = self._body(record.raw_stream, headers)
            at = warc_date(record.rec_headers.get_header("WARC-Date"))
            return _Recorded(int(record.http_headers.get_statuscode()), headers, body, at)

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


def _files(path: Path) -> list[Path]:
    """Return what is to be read, in order: a file itself, or what a folder holds."""
    if not path.is_dir():
        return [path]
    found = (each for each in sorted(path.rglob("*")) if each.is_file())
    return [each for each in found if each.name == _SAVED or each.name.lower().endswith(_WARC)]


def _saved(path: Path) -> dict[str, Any]:
    """Return what a response.json says.

    Raises:
        SettingsError: it names no URL, or is no JSON.

    """
    try:
        told = json.loads(path.read_bytes())
    except ValueError:
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("url"), str):
        raise SettingsError(f"no saved response: {path}", advice='it is JSON with a "url"')
    return told


def _read_saved(path: Path, limit: int) -> _Recorded:
    told = _saved(path)
    body = next((each for name in _BODIES if (each := path.with_name(name)).is_file()), None)
    if body is None:
        raise NotRecorded("the folder holds no page.html beside its response.json")
    if body.stat().st_size > limit:
        raise ResponseTooLarge(f"a body of {body.stat().st_size:,} bytes, more than {limit:,}")
    named = told.get("headers")
    headers = tuple((str(k).lower(), str(v)) for k, v in named.items()) if isinstance(named, dict) else ()
    status = told.get("status", 200)
    return _Recorded(
        status if isinstance(status, int) else 200, headers, body.read_bytes(), warc_date(told.get("fetchedAt"))
    )
