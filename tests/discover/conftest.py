"""A site made of a dictionary, on loopback; and every connect of the process."""

from __future__ import annotations

import logging
import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from scraper import FetchSettings, Scraper

LOCAL = FetchSettings(allow_private=True, delay_s=0, retries=0)


@dataclass
class Site:
    """Documents by path: bytes, or (status, type, bytes); "{root}" in them becomes the site's address."""

    url: str
    documents: dict[str, Any] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)


@pytest.fixture
def site():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            here.requests.append(self.path)
            given = here.documents.get(self.path, (404, "text/html", b"<h1>Not found</h1>"))
            status, kind, body = given if isinstance(given, tuple) else (200, "application/xml", given)
            body = body.replace(b"{root}", here.url.encode())
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield here
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def local():
    with Scraper(LOCAL) as scraper:
        yield scraper


@pytest.fixture
def told(caplog, monkeypatch):
    """What is said of documents; a tool that other tests run may have disabled every logger there was."""
    monkeypatch.setattr(logging.getLogger("scraper.discover"), "disabled", False)
    with caplog.at_level(logging.WARNING, "scraper.discover"):
        yield caplog


@pytest.fixture
def connects(monkeypatch):
    """Addresses that anything tried to connect to."""
    tried = []
    real = socket.socket.connect

    def connect(self, address):
        tried.append(address)
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried
