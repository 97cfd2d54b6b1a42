"""WARC files of other makers: every response record ends in one record or one failure, under its own URL."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import brotli
import pytest
from backports import zstd
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.__main__ import main
from scraper.errors import FetchError
from scraper.fetch.warc_pages import warc_date, warc_responses
from scraper.model.response import Response
from tests.faults.server import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

AT = "2026-02-03T04:05:06Z"


def chunked(body: bytes, size: int = 100) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;note=1\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


class Writer(WARCWriter):
    """warcio's, without the temporary files that it leaves to the garbage collector."""

    @classmethod
    def _create_temp_file(cls) -> Any:
        return io.BytesIO()


class Warc:
    """A file in the making, as crawlers write them."""

    def __init__(self, path: Path, *, version: str = "1.0", packed: bool = True) -> None:
        self.path = path
        self.buffer = io.BytesIO()
        self.writer = Writer(self.buffer, gzip=packed, warc_version=version)

    def add(self, url: str, body: bytes = ARTICLE, *headers: tuple[str, str], **more: Any) -> Warc:
        head = StatusAndHeaders(more.pop("status", "200 OK"), [("Content-Type", "text/html"), *headers], "HTTP/1.1")
        return self.put("response", url, body, http_headers=head, **more)

    def put(self, kind: str, url: str, body: bytes, **more: Any) -> Warc:
        fields = {"WARC-Date": AT} | more.pop("fields", {})
        record = self.writer.create_warc_record(url, kind, payload=io.BytesIO(body), warc_headers_dict=fields, **more)
        self.writer.write_record(record)
        return self

    def save(self, cut: int | None = None) -> Path:
        self.path.write_bytes(self.buffer.getvalue()[:cut])
        return self.path


def read(path: Path, **limits: int) -> list[tuple[str, str]]:
    """Return URL and fate of each record; a page by its first bytes."""
    return [
        (found.url or "", found.reason) if isinstance(found, FetchError) else (found.url, found.body[:15].decode())
        for found in warc_responses(path, **limits)
    ]


GOOD = "<!doctype html>"


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_both_versions_are_read(tmp_path: Path, version: str, packed: bool) -> None:
    warc = Warc(tmp_path / "a.warc.gz", version=version, packed=packed)
    warc.add("http://a.example/1").add("https://b.example/2?x=y")

    assert read(warc.save()) == [("http://a.example/1", GOOD), ("https://b.example/2?x=y", GOOD)]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([("Transfer-Encoding", "chunked")], chunked(ARTICLE)),
        ([("Transfer-Encoding", "chunked")], chunked(ARTICLE, 1)),
        ([("Transfer-Encoding", "chunked")], ARTICLE),
        ([("Content-Encoding", "gzip")], gzip.compress(ARTICLE)),
        ([("Content-Encoding", "br")], brotli.compress(ARTICLE)),
        ([("Content-Encoding", "zstd")], zstd.compress(ARTICLE)),
        ([("Content-Encoding", "gzip")], ARTICLE),
        ([("Content-Encoding", "gzip"), ("Content-Length", "99999")], ARTICLE),
        ([("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")], chunked(gzip.compress(ARTICLE))),
        ([("X-Crawl-Content-Encoding", "gzip"), ("X-Crawl-Transfer-Encoding", "chunked")], ARTICLE),
        ([("Content-Length", str(len(ARTICLE)))], ARTICLE),
        ([("Content-Length", "5, 5")], ARTICLE),
        ([("Content-Length", "9" * 5000)], ARTICLE),
    ],
)
def test_codings_are_undone_where_the_crawler_has_not(
    tmp_path: Path, headers: list[tuple[str, str]], body: bytes
) -> None:
    (found,) = warc_responses(Warc(tmp_path / "a.warc.gz").add("http://a.example/", body, *headers).save())

    assert isinstance(found, Response) and found.body == ARTICLE


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([("Transfer-Encoding", "chunked")], chunked(ARTICLE)[:-200]),
        ([("Transfer-Encoding", "chunked")], chunked(ARTICLE)[:-5]),
        ([("Content-Encoding", "gzip")], gzip.compress(ARTICLE)[:-9]),
        ([("Content-Encoding", "br")], brotli.compress(ARTICLE)[:-3]),
        ([("Content-Length", "99999")], ARTICLE),
    ],
)
def test_a_body_cut_short_is_no_page(tmp_path: Path, headers: list[tuple[str, str]], body: bytes) -> None:
    path = Warc(tmp_path / "a.warc.gz").add("http://a.example/", body, *headers).save()

    assert read(path) == [("http://a.example/", "incomplete")]


@pytest.mark.parametrize("field", [{"WARC-Truncated": "length"}, {"WARC-Segment-Number": "1"}])
def test_a_record_that_says_it_is_a_part_is_no_page(tmp_path: Path, field: dict[str, str]) -> None:
    path = Warc(tmp_path / "a.warc.gz").add("http://a.example/", fields=field).save()

    assert read(path) == [("http://a.example/", "incomplete")]


def test_the_records_of_a_news_crawl_end_in_one_fate_each(tmp_path: Path) -> None:
    warc = Warc(tmp_path / "CC-NEWS-20260203.warc.gz")
    warc.put("warcinfo", "", b"software: crawler\r\n")
    for n in range(3):
        url = f"http://a.example/{n}"
        warc.put(
            "request",
            url,
            b"",
            http_headers=StatusAndHeaders(f"GET /{n} HTTP/1.1", [("Host", "a.example")], "", is_http_request=True),
        )
        warc.add(url, ARTICLE, ("X-Crawl-Content-Encoding", "gzip"))
        warc.put("metadata", url, b"fetchTimeMs: 12\r\n")
    warc.add("http://a.example/old", b"", status="301 Moved Permanently")
    warc.add("http://a.example/gone", b"gone", status="404 Not Found")
    warc.put(
        "response",
        "http://a.example/pic",
        b"\x89PNG",
        http_headers=StatusAndHeaders("200 OK", [("Content-Type", "image/png")], "HTTP/1.1"),
    )
    warc.put("response", "dns:a.example", b"a.example. 1 IN A 10.0.0.1", warc_content_type="text/dns")
    warc.put("revisit", "http://a.example/0", b"", http_headers=StatusAndHeaders("304 Not Modified", [], "HTTP/1.1"))
    path = warc.save()

    assert read(path) == [
        *[(f"http://a.example/{n}", GOOD) for n in range(3)],
        ("http://a.example/old", "http_301"),
        ("http://a.example/gone", "http_404"),
        ("http://a.example/pic", "not_html"),
    ]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("cut", [-1, -5, -30, -200])
def test_a_torn_last_record_costs_itself_only(tmp_path: Path, packed: bool, cut: int) -> None:
    warc = Warc(tmp_path / "a.warc.gz", packed=packed)
    for n in range(3):
        warc.add(f"http://a.example/{n}")
    *first, last = read(warc.save(cut))

    whole = {GOOD} if cut > -9 else set()  # what is missing is the end mark of the record, or its check sum
    assert (first, last[1] in {"incomplete", "unreadable", *whole}) == (
        [("http://a.example/0", GOOD), ("http://a.example/1", GOOD)],
        True,
    )


def test_records_without_gzip_members_of_their_own_are_read(tmp_path: Path) -> None:
    plain = Warc(tmp_path / "x", packed=False).add("http://a.example/1").add("http://a.example/2")
    path = tmp_path / "one-member.warc.gz"
    path.write_bytes(gzip.compress(plain.buffer.getvalue()))

    assert [url for url, _ in read(path)] == ["http://a.example/1", "http://a.example/2"]


def test_zstd_archives_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(zstd.compress(Warc(path, packed=False).add("http://a.example/1").buffer.getvalue()))

    assert read(path) == [("http://a.example/1", GOOD)]


def test_an_archived_file_without_its_head_is_a_page(tmp_path: Path) -> None:
    path = Warc(tmp_path / "a.warc").put("resource", "http://a.example/", ARTICLE, warc_content_type="text/html").save()

    assert read(path) == [("http://a.example/", "<!doctype html>")]


def test_a_bomb_in_a_record_stops_at_the_cap(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(200_000_000))
    path = (
        Warc(tmp_path / "a.warc.gz")
        .add("http://a.example/", bomb, ("Content-Encoding", "gzip"))
        .add("http://b.example/")
        .save()
    )

    assert read(path) == [("http://a.example/", "too_large"), ("http://b.example/", GOOD)]


MEASURE = """
import resource, sys
from pathlib import Path
from scraper.fetch.warc_pages import warc_responses
list(warc_responses(Path(sys.argv[1])))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
reasons = [getattr(found, "reason", "page") for found in warc_responses(Path(sys.argv[2]))]
print(reasons, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_record_that_unfolds_takes_little_memory(tmp_path: Path) -> None:
    small = Warc(tmp_path / "a.warc.gz").add("http://a.example/").save()
    large = Warc(tmp_path / "b.warc.gz").add("http://a.example/", bytes(300_000_000)).add("http://b.example/").save()
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(small), str(large)], capture_output=True, text=True, check=True
    )
    reasons, mb = done.stdout.rsplit(" ", 1)

    assert (reasons, int(mb) < 32) == ("['too_large', 'page']", True)


@pytest.mark.parametrize(
    "data", [b"<html>no archive", b"WARC/1.0\r\nbroken", gzip.compress(b"other", mtime=0), b"\x1f\x8b\x08junk"]
)
def test_what_is_no_archive_is_one_failure(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(data)

    assert [url for url, _ in read(tmp_path / "a.warc")] == [""]


@pytest.mark.parametrize("data", [b"", b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"])
def test_an_archive_without_pages_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(data)

    assert read(tmp_path / "a.warc") == [("", "empty")]


@pytest.mark.parametrize("block", [b"", b"no http", b"HTTP/1.1 200 OK", b"HTTP/1.1 abc\r\n\r\n", b"\x00" * 50])
def test_a_record_without_an_http_response_is_one_failure(tmp_path: Path, block: bytes) -> None:
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://a.example/>\r\nContent-Type: application/http\r\n"
    )
    (tmp_path / "a.warc").write_bytes(record + b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(block), block))

    assert read(tmp_path / "a.warc") == [("http://a.example/", "incomplete")]


def test_the_date_of_the_record_is_the_pages(tmp_path: Path) -> None:
    (found,) = warc_responses(Warc(tmp_path / "a.warc.gz").add("http://a.example/").save())

    assert isinstance(found, Response) and found.fetched_at == datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "there"), [("2026-02-03T04:05:06.123456Z", True), ("2026", False), ("x", False), (None, False)]
)
def test_a_date_is_a_moment_or_none(text: str | None, there: bool) -> None:
    assert (warc_date(text) is not None) is there


def run(arguments: Iterable[object], capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, Any]], str]:
    code = main(["extract", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_the_command_writes_a_record_or_a_failure_for_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warc = Warc(tmp_path / "a.warc.gz").add("http://a.example/1").add("http://a.example/2", b"", status="500 Oops")
    errors = tmp_path / "errors.jsonl"
    code, records, _ = run([warc.save(), "--errors", errors, "--keep-all"], capsys)
    failures = [json.loads(line) for line in errors.read_text("utf-8").splitlines()]

    assert (
        code,
        [(r["requestedUrl"], r["metadata"]["fetchedAt"], r["metadata"]["httpStatus"]) for r in records],
        [(f["requestedUrl"], f["reason"], f["httpStatus"], f["retryable"]) for f in failures],
    ) == (1, [("http://a.example/1", AT, 200)], [("http://a.example/2", "http_500", 500, True)])


def test_archives_in_folders_are_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Warc(tmp_path / "a.warc.gz").add("http://a.example/1").save()
    Warc(tmp_path / "b.WARC", packed=False).add("http://b.example/1").save()
    (tmp_path / "c.html").write_bytes(ARTICLE)
    _, records, _ = run([tmp_path, "--keep-all"], capsys)

    assert [r["requestedUrl"] for r in records] == [
        "http://a.example/1",
        "http://b.example/1",
        str(tmp_path / "c.html"),
    ]


def test_one_address_for_an_archive_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Warc(tmp_path / "a.warc.gz").add("http://a.example/1").save()

    assert run([path, "--url", "http://x.example/"], capsys)[0] == 2


def test_explaining_works_on_archives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Warc(tmp_path / "a.warc.gz").add("http://a.example/1").save()
    _, records, _ = run([path, "--explain", "--keep-all"], capsys)

    assert records[0]["blocksExplained"]


def test_the_damaged_rest_of_an_archive_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Warc(tmp_path / "a.warc.gz").add("http://a.example/1").save()
    path.write_bytes(path.read_bytes() + b"\x1f\x8b\x08 this is no gzip")
    code, records, said = run([path, "--keep-all"], capsys)

    assert (code, len(records), "a.warc.gz: the archive cannot be read after record 1" in said) == (1, 1, True)
