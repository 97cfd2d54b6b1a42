"""WARC out and replay: what went over the wire comes back without one."""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scraper.errors import BadStatus, ExportError, FetchError, IncompleteBody, NotRecorded, SettingsError
from scraper.fetch.archive import _record
from scraper.fetch.replay import ReplayFetcher
from scraper.fetch.warc_pages import warc_responses
from scraper.model.response import Response
from tests.faults.outcomes import outcomes, quick
from tests.faults.server import ARTICLE, HostileServer, head, page, redirect, serving

if TYPE_CHECKING:
    from pathlib import Path

warcio = pytest.importorskip("warcio")


def recorded(server: HostileServer, path: Path) -> None:
    server.on("/a", page(gzip.compress(ARTICLE), "Content-Encoding: gzip", "Set-Cookie: session=hush"))
    server.on("/r", redirect("/a"))
    outcomes([server.url("/a"), server.url("/r"), server.url("/gone")], quick(warc=str(path)))


def replay(path: Path, url: str) -> Response | FetchError:
    async def run() -> Response | FetchError:
        try:
            return await ReplayFetcher(str(path)).fetch(url)
        except FetchError as error:
            return error

    return asyncio.run(run())


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_recorded_page_comes_back(tmp_path: Path, name: str) -> None:
    with serving() as server:
        recorded(server, tmp_path / name)
    response = replay(tmp_path / name, server.url("/a"))

    assert isinstance(response, Response) and response.body == ARTICLE


def test_a_recorded_redirect_is_followed(tmp_path: Path) -> None:
    with serving() as server:
        recorded(server, tmp_path / "a.warc.gz")
    response = replay(tmp_path / "a.warc.gz", server.url("/r"))

    assert (response.url, getattr(response, "requested_url", "")) == (server.url("/a"), server.url("/r"))


def test_a_recorded_failure_fails_again(tmp_path: Path) -> None:
    with serving() as server:
        recorded(server, tmp_path / "a.warc.gz")

    assert isinstance(replay(tmp_path / "a.warc.gz", server.url("/gone")), BadStatus)


def test_what_is_not_recorded_is_refused(tmp_path: Path) -> None:
    with serving() as server:
        recorded(server, tmp_path / "a.warc.gz")

    assert isinstance(replay(tmp_path / "a.warc.gz", "http://other.example/"), NotRecorded)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_the_file_is_a_valid_warc_with_digests(tmp_path: Path, name: str) -> None:
    from warcio.archiveiterator import ArchiveIterator  # an extra

    with serving() as server:
        recorded(server, tmp_path / name)
    with (tmp_path / name).open("rb") as file:
        kinds = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)

    assert kinds == ["warcinfo"] + ["response", "request"] * 5  # robots.txt, /a, /r, /a, /gone


def test_no_secret_is_archived(tmp_path: Path) -> None:
    with serving() as server:
        server.on("/a", page(ARTICLE, "Set-Cookie: session=hush"))
        settings = quick(warc=str(tmp_path / "a.warc"), headers={"Authorization": "hush", "Cookie": "a=hush"})
        outcomes([server.url("/a")], settings)

    assert b"hush" not in (tmp_path / "a.warc").read_bytes()


def test_a_second_run_appends(tmp_path: Path) -> None:
    with serving() as server:
        recorded(server, tmp_path / "a.warc.gz")
        server.on("/b", page())
        outcomes([server.url("/b")], quick(warc=str(tmp_path / "a.warc.gz")))

    assert {server.url("/a"), server.url("/b")} <= set(ReplayFetcher(str(tmp_path / "a.warc.gz")).urls())


def test_a_full_file_is_left_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.fetch.archive.WarcArchive.__init__.__kwdefaults__", {"rotate_bytes": 2000})
    with serving() as server:
        recorded(server, tmp_path / "a.warc.gz")

    assert sorted(path.name for path in tmp_path.iterdir())[:2] == ["a-00001.warc.gz", "a.warc.gz"]


def test_a_torn_last_record_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with serving() as server:
        recorded(server, path)
    path.write_bytes(path.read_bytes()[:-40])

    assert isinstance(replay(path, server.url("/a")), Response)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_coded_record_is_decoded(tmp_path: Path, chunked: bool) -> None:
    body = gzip.compress(ARTICLE)
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if chunked else body
    block = head("200 OK", "Content-Encoding: gzip", *(["Transfer-Encoding: chunked"] if chunked else [])) + body
    (tmp_path / "a.warc").write_bytes(_record("response", {"WARC-Target-URI": "http://a.example/"}, block).data)
    response = replay(tmp_path / "a.warc", "http://a.example/")

    assert isinstance(response, Response) and response.body == ARTICLE


def test_a_record_cut_short_is_incomplete(tmp_path: Path) -> None:
    block = head("200 OK", "Content-Encoding: gzip") + gzip.compress(ARTICLE)[:-9]
    (tmp_path / "a.warc").write_bytes(_record("response", {"WARC-Target-URI": "http://a.example/"}, block).data)

    assert isinstance(replay(tmp_path / "a.warc", "http://a.example/"), IncompleteBody)


@pytest.mark.parametrize("content", [b"nothing of the kind\n", b"\0" * 500])
def test_what_is_no_warc_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(content)
    with pytest.raises(SettingsError, match="not a WARC"):
        ReplayFetcher(str(tmp_path / "a.warc"))


def test_a_missing_warc_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"a\.warc"):
        ReplayFetcher(str(tmp_path / "a.warc"))


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="missing"):
        outcomes(["http://127.0.0.1:9/"], quick(warc=str(tmp_path / "missing" / "a.warc")))


WRITER = """
import sys
from datetime import UTC, datetime
from scraper.fetch.archive import WarcArchive
from scraper.fetch.exchange import Answer
from scraper.fetch.target import parse_target
archive = WarcArchive(sys.argv[1])
for n in range(10**9):
    answer = Answer(200, (("content-type", "text/html"),), b"<p>%d</p>" % n * 500)
    archive.write(parse_target(f"http://a.example/{n}"), answer, datetime.now(UTC))
    print(n, flush=True)
"""


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("after", [1, 3, 40])
def test_what_is_written_survives_a_kill(tmp_path: Path, name: str, after: int) -> None:
    path = tmp_path / name
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(after):
            writer.stdout.readline()
        writer.kill()
        told = after + len(writer.stdout.read().splitlines())
    urls = [found.url for found in warc_responses(path) if isinstance(found, Response)]

    assert urls[:told] == [f"http://a.example/{n}" for n in range(told)]


def test_a_folder_of_archives_is_replayed(tmp_path: Path) -> None:
    with serving() as server:
        for n in range(3):
            server.on(f"/{n}", page(ARTICLE.replace(b"Part 1 ", b"Piece %d " % n)))
            outcomes([server.url(f"/{n}")], quick(warc=str(tmp_path / f"{n}.warc.gz"), robots=False))
    found = [replay(tmp_path, server.url(f"/{n}")) for n in range(4)]

    assert [isinstance(one, Response) and b"Piece %d" % n in one.body for n, one in enumerate(found)] == [True] * 3 + [
        False
    ]


def saved(folder: Path, about: str, body: bytes | None = ARTICLE) -> Path:
    place = folder / "deeper" / "story"
    place.mkdir(parents=True)
    (place / "response.json").write_text(about, "utf-8")
    if body is not None:
        (place / "page.html").write_bytes(body)
    return folder


def test_a_folder_of_pages_is_replayed(tmp_path: Path) -> None:
    about = {
        "url": "https://a.example/1",
        "status": 200,
        "headers": {"Content-Type": "text/html"},
        "fetchedAt": "2026-01-02T03:04:05Z",
    }
    found = replay(saved(tmp_path, json.dumps(about)), "https://a.example/1#top")

    assert isinstance(found, Response) and (found.body, found.header("content-type"), str(found.fetched_at)) == (
        ARTICLE,
        "text/html",
        "2026-01-02 03:04:05+00:00",
    )


def test_a_folder_replays_nothing_else(tmp_path: Path) -> None:
    found = replay(saved(tmp_path, '{"url": "https://a.example/1"}'), "https://a.example/2")

    assert isinstance(found, NotRecorded)


def test_a_saved_response_without_its_page_is_refused(tmp_path: Path) -> None:
    found = replay(saved(tmp_path, '{"url": "https://a.example/1"}', body=None), "https://a.example/1")

    assert isinstance(found, NotRecorded)


@pytest.mark.parametrize("about", ["", "[]", "{}", '{"url": 1}'])
def test_a_saved_response_that_is_none_is_named(tmp_path: Path, about: str) -> None:
    with pytest.raises(SettingsError, match=r"response\.json"):
        replay(saved(tmp_path, about), "https://a.example/1")


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nothing to replay"):
        ReplayFetcher(str(tmp_path))
