"""What every test may use: the switch that rewrites golden files, processes for the whole suite, and a small news site."""

from __future__ import annotations

import json
import os
import signal
import threading
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parent
SITE = TESTS.parent / "fixtures" / "site"
MAX_PROCESSES = 8
"""Each collects all tests, which costs 6 s of CPU; and the longest file takes an eighth of the suite's time."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite expected.json and expected.md; not in CI")


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as for all that a shell starts in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if config.getoption("--update-golden") and os.environ.get("CI"):
        raise pytest.UsageError("--update-golden is refused where CI is set: expectations are changed by people.")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many processes `-n auto` means: a core each for the whole suite, none for what is named.

    A file or a folder starts sooner in this process, where --pdb and -s work, too.
    """
    given = [Path(one.partition("::")[0]).resolve() for one in config.args]
    if TESTS not in given and config.rootpath not in given:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MAX_PROCESSES) if cores > 1 else 0


@dataclass(frozen=True)
class NewsSite:
    """The site of fixtures/site, served as a real site would be."""

    url: str
    """Root with a slash at the end, such as "http://127.0.0.1:40001/"."""
    requests: list[str] = field(default_factory=list)
    """Path of every request so far, in order of arrival."""

    @property
    def articles(self) -> list[str]:
        """URLs of the article pages, in the order of the home page."""
        return [self.url + article["path"] for article in json.loads((SITE / "articles.json").read_text("utf-8"))]


class _Handler(SimpleHTTPRequestHandler):
    """Serves files with the types that news sites use, and the site's own address in place of its placeholder."""

    extensions_map = {  # noqa: RUF012  # the base class declares it so
        ".html": "text/html; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        "": "application/octet-stream",
    }

    def __init__(self, *args: Any, requests: list[str], **options: Any) -> None:
        self.requests = requests
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        self.requests.append(self.path)
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        root = f"http://{self.headers['Host']}/".encode()
        body = path.read_bytes().replace(b"https://www.saltmarshpost.example/", root)
        self.send_response(200)
        self.send_header("content-type", self.extensions_map.get(path.suffix, self.extensions_map[""]))
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Keep standard error for the tests."""


@pytest.fixture
def news_site() -> Iterator[NewsSite]:
    requests: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(SITE / "pages"), requests=requests))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield NewsSite(f"http://127.0.0.1:{server.server_port}/", requests)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
