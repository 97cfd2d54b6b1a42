"""The command line in process, a small site on loopback, and pages of our own."""

from __future__ import annotations

import io
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest

from scraper.__main__ import main
from tests.cli.pages import EMPTY, PAGE, PDF

SITE = {
    "/story": (200, "text/html; charset=utf-8", PAGE.encode()),
    "/empty": (200, "text/html", EMPTY.encode()),
    "/paper.pdf": (200, "application/pdf", PDF),
}


class Result(NamedTuple):
    """What a run left."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command line in this process."""

    def run_(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        return Result(code, *capsys.readouterr())

    return run_


@pytest.fixture
def page(tmp_path):
    """A file that holds an article."""
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        status, kind, body = SITE.get(self.path.partition("?")[0], (404, "text/html", b"<h1>Not found</h1>"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def site():
    """The URL of a small site on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def local():
    """Options that make fetching from loopback quick."""
    return ("--allow-private", "--no-robots", "--delay", "0", "--retries", "0", "-q")
