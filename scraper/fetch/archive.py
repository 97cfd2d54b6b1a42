"""WARC out: every exchange as a request and a response record (WARC 1.1, ISO 28500:2017), for replay and for proof.

Bodies are kept as they were read: decoded from their content codings, cut off where ours refused to read on. The
headers say so: what described the coded body is kept under an `X-Archive-Orig-` name.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from scraper.errors import ExportError

if TYPE_CHECKING:
    from scraper.fetch.exchange import Answer
    from scraper.fetch.target import Target

__all__ = ["WarcArchive"]

_OF_THE_CODED_BODY = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_PRIVATE = frozenset({"set-cookie", "set-cookie2", "www-authenticate", "proxy-authenticate"})
"""Left out: an archive is passed on, a session is not."""
_ROTATE_BYTES = 1_000_000_000
"""The size that archives of the open web commonly have, and that tools for them expect."""


class WarcArchive:
    """Appends to `path`, each record a gzip member of its own where the name ends in ".gz".

    A file of more than `rotate_bytes` is left behind as `name-00001.warc`, and so on, and a new one begun. Records are
    flushed whole: what has been written survives the end of the process; a torn last record is cut by readers.

    Raises:
        ExportError: the file cannot be written; the message names it.

    """

    def __init__(self, path: str, *, rotate_bytes: int = _ROTATE_BYTES) -> None:
        self._path = Path(path)
        self._rotate_bytes = rotate_bytes
        self._file: BinaryIO = self._opened()

    def write(self, target: Target, answer: Answer, at: datetime) -> None:
        """Append the exchange with `target`.

        Raises:
            ExportError: the file cannot be written.

        """
        about = {"WARC-Target-URI": target.url, "WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
        response = _record("response", {**about, "WARC-Payload-Digest": _digest(answer.body)}, _block(answer))
        asked = f"GET {target.path} HTTP/1.1\r\nHost: {target.netloc}\r\n\r\n".encode()
        request = _record("request", {**about, "WARC-Concurrent-To": response.identity}, asked)
        self._append(response, request)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _opened(self) -> BinaryIO:
        try:
            file = self._path.open("ab")
        except OSError as error:
            raise ExportError(f"cannot write {self._path}: {error.strerror}") from None
        self._file = file
        if file.tell() == 0:
            info = b"software: article-scraper\r\nformat: WARC File Format 1.1\r\n"
            self._append(_record("warcinfo", {"WARC-Filename": self._path.name}, info))
        return file

    def _append(self, *records: _Record) -> None:
        try:
            if self._file.tell() > self._rotate_bytes:
                self._rotate()
            for record in records:
                self._file.write(gzip.compress(record.data) if self._path.suffix == ".gz" else record.data)
            self._file.flush()
        except OSError as error:
            raise ExportError(f"cannot write {self._path}: {error.strerror}") from None

    def _rotate(self) -> None:
        self._file.close()
        stem, dot, suffixes = self._path.name.partition(".")
        number = 1
        while (aside := self._path.with_name(f"{stem}-{number:05}{dot}{suffixes}")).exists():
            number += 1
        self._path.replace(aside)
        self._file = self._opened()


class _Record(NamedTuple):
    identity: str
    data: bytes


_TYPES = {
    "warcinfo": "application/warc-fields",
    "request": "application/http;msgtype=request",
    "response": "application/http;msgtype=response",
}


def _record(kind: str, fields: dict[str, str], block: bytes) -> _Record:
    """Return a whole record (WARC 1.1, section 4)."""
    identity = f"<urn:uuid:{uuid.uuid4()}>"
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": identity,
        "WARC-Date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        **fields,
        "WARC-Block-Digest": _digest(block),
        "Content-Type": _TYPES[kind],
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return _Record(identity, f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n")


def _block(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} "]
    for name, value in answer.headers:
        if name not in _PRIVATE:
            lines.append(f"{'X-Archive-Orig-' if name in _OF_THE_CODED_BODY else ''}{name}: {value}")
    lines += [f"Content-Length: {len(answer.body)}", "", ""]
    return "\r\n".join(lines).encode() + answer.body


def _digest(data: bytes) -> str:
    """Return a digest as WARC tools write it: SHA-1 in base 32, to find changes, not to keep forgers out."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")
