"""Runs learn what a site repeats while they work through its pages, from a real server."""

from __future__ import annotations

import asyncio
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scraper import AsyncScraper, ExtractSettings, FetchSettings, Scraper, SiteMemories
from scraper.__main__ import main
from scraper.cli.site_options import SiteOptions, open_memories
from tests.sites.shed_times import NOTE, learned, page, paragraphs

FETCH = FetchSettings(delay_s=0, retries=0, robots=False, allow_private=True, ordered=True)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        number = int(self.path.rpartition("/")[2])
        body = page(number, canonical=f"http://{self.headers['Host']}{self.path}").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def urls():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield [f"http://127.0.0.1:{server.server_port}/news/{n}" for n in range(1, 9)]
    server.shutdown()
    server.server_close()
    thread.join()


def with_note(articles):
    return [NOTE in article.article_body for article in articles]


def test_a_run_learns_as_pages_arrive(urls):
    with Scraper(FETCH) as scraper:
        articles = list(scraper.iter(urls))
    assert with_note(articles) == [True] * 3 + [False] * 5
    assert articles[-1].article_body.split("\n\n") == paragraphs(8)


def test_what_a_run_learned_can_be_kept(urls):
    with Scraper(FETCH) as scraper:
        list(scraper.iter(urls[:5]))
        memories = SiteMemories.from_bytes(scraper.memories.to_bytes())
    with Scraper(FETCH, memories=memories) as scraper:
        assert with_note(scraper.iter(urls[5:])) == [False] * 3


def test_the_same_run_gives_the_same_records(urls):
    runs = []
    for _ in range(2):
        with Scraper(FETCH) as scraper:
            runs.append([article.article_body for article in scraper.iter(urls)])
    assert runs[0] == runs[1]


def test_a_fixed_memory_is_used_and_stays_as_it_was(urls):
    with Scraper(FETCH) as scraper:
        list(scraper.iter(urls[:5]))
        memories = scraper.memories
    with Scraper(FETCH, ExtractSettings(site_memory="fixed"), memories=memories) as scraper:
        assert with_note(scraper.iter(urls)) == [False] * 8
        assert scraper.memories == memories


def test_switched_off_a_run_learns_nothing(urls):
    with Scraper(FETCH, ExtractSettings(site_memory="off")) as scraper:
        assert with_note(scraper.iter(urls)) == [True] * 8
        assert len(scraper.memories) == 0


def test_get_uses_the_memory_and_adds_nothing(urls):
    async def read():
        async with AsyncScraper(FETCH) as scraper:
            async for _ in scraper.iter(urls[:6]):
                pass
            before = scraper.memories
            article = await scraper.get(urls[7])
            return NOTE in article.article_body, scraper.memories is before

    assert asyncio.run(read()) == (False, True)


@pytest.fixture
def command(capsys):
    def run(*arguments):
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def folder(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(1, 9):
        (pages / f"{n}.html").write_text(page(n), encoding="utf-8")
    return pages


def test_a_folder_teaches_a_file_and_the_file_helps(command, folder, tmp_path):
    memory = tmp_path / "sites.memory"
    first = command("extract", folder, "--site-memory", memory)[1].splitlines()
    second = command("extract", folder, "--site-memory", memory)[1].splitlines()
    assert [NOTE[:40] in line for line in first] == [True] * 3 + [False] * 5
    assert [NOTE[:40] in line for line in second] == [False] * 8


def test_a_folder_without_a_file_is_read_page_by_page(command, folder):
    assert [NOTE[:40] in line for line in command("extract", folder)[1].splitlines()] == [True] * 8


def test_a_fixed_memory_leaves_its_file_alone(command, folder, tmp_path):
    memory = tmp_path / "sites.memory"
    command("extract", folder / "1.html", "--site-memory", memory)
    before = memory.read_bytes()
    assert command("extract", folder, "--site-memory", memory, "--site-learning", "fixed")[0] == 0
    assert memory.read_bytes() == before


def test_switched_off_no_file_is_made(command, folder, tmp_path):
    command("extract", folder, "--site-memory", tmp_path / "m", "--site-learning", "off")
    assert not (tmp_path / "m").exists()


def test_two_runs_at_once_both_have_a_say(tmp_path):
    options = SiteOptions(site_memory=tmp_path / "m")
    with open_memories(options) as slow:
        with open_memories(options) as quick:
            quick.memories = quick.memories.with_site("quick.example", learned([1]))
        slow.memories = slow.memories.with_site("slow.example", learned([2]))
    assert sorted(SiteMemories.from_bytes((tmp_path / "m").read_bytes()).by_site) == ["quick.example", "slow.example"]


def test_a_file_of_another_kind_is_refused_and_left_alone(command, folder, tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("my notes")
    code, out, err = command("extract", folder, "--site-memory", other)
    assert (code, out) == (2, "")
    assert "notes.txt: not a file of site memories" in err
    assert other.read_text() == "my notes"


def test_a_folder_that_is_missing_is_said_before_the_run(command, folder, tmp_path):
    code, out, err = command("extract", folder, "--site-memory", tmp_path / "no" / "m")
    assert (code, out) == (5, "")
    assert "its folder is missing or read-only" in err


def test_a_batch_keeps_its_memory_in_a_file(command, urls, tmp_path):
    (tmp_path / "urls").write_text("\n".join(urls))
    memory = tmp_path / "m"
    options = ("--allow-private", "--no-robots", "--delay", "0", "-q", "--site-memory", memory, "--ordered")
    first = command("batch", tmp_path / "urls", *options)[1].splitlines()
    second = command("batch", tmp_path / "urls", *options)[1].splitlines()
    assert [NOTE[:40] in line for line in first] == [True] * 3 + [False] * 5
    assert [NOTE[:40] in line for line in second] == [False] * 8
