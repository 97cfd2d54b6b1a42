"""A news site that changes day by day, on loopback: with and without validators, moved pages, deleted pages."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["ChangingSite", "Story", "serving_site"]

_WORDS = "harbour eel lantern gravel ferry turnip clock otter bell quay lock weir tide mast oar net barn mill".split()
_FEED_LENGTH = 40


@dataclass
class Story:
    """One article as the site has it now."""

    number: int
    published: datetime
    edition: int = 1
    path: str = ""
    has_etag: bool = True
    hits: int = 0

    def paragraphs(self) -> list[str]:
        words = [_WORDS[(self.number * 7 + n * 3) % len(_WORDS)] for n in range(12)]
        texts = [
            f"The {words[n]} of Tarnby number {self.number} was seen beside the {words[n + 1]} on the {n + 3}th day, "
            f"and the council said that the {words[n + 2]} would be counted again before the winter storms arrive."
            for n in range(8)
        ]
        if self.edition > 1:
            texts[3] = (
                f"A correction of edition {self.edition}: the {words[5]} number {self.number} was never there at all, said the clerk."
            )
        return texts

    def page(self) -> bytes:
        body = "".join(f"<p>{text}</p>" for text in self.paragraphs())
        when = self.published.isoformat()
        data = f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{self.headline}","datePublished":"{when}","author":{{"@type":"Person","name":"Ada Quill"}}}}'
        furniture = "" if self.has_etag else f"<footer><p>Visitors: {self.hits}</p></footer>"
        style = (
            "<style>" + "".join(f".block-{n} {{ margin: {n}px; padding: 0 {n}px }}\n" for n in range(500)) + "</style>"
        )
        filler = style + "<nav>" + "".join(f'<a href="/s/{n}">Section {n}</a> ' for n in range(20)) + "</nav>"
        return (
            f"<!doctype html><html lang='en'><head><title>{self.headline}</title>"
            f'<script type="application/ld+json">{data}</script></head><body>{filler}<main><article><h1>{self.headline}</h1>'
            f"{body}</article></main>{furniture}</body></html>"
        ).encode()

    @property
    def headline(self) -> str:
        return f"{_WORDS[self.number % len(_WORDS)].title()} number {self.number} is counted at last"


@dataclass
class ChangingSite:
    """The whole site; `served` counts bytes of bodies."""

    root: str = ""
    stories: dict[str, Story] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    served: int = 0
    asked: list[str] = field(default_factory=list)
    down: bool = False
    pages: dict[str, bytes] = field(default_factory=dict)
    """Other pages, by path."""

    def add(self, number: int, published: datetime) -> Story:
        story = Story(number, published, path=f"/news/{published:%Y/%m}/story-{number}", has_etag=number % 3 != 0)
        self.stories[story.path] = story
        return story

    def move(self, story: Story) -> None:
        old = story.path
        del self.stories[old]
        story.path = f"/archive/story-{story.number}-moved"
        self.stories[story.path] = story
        self.moved[old] = story.path

    def weight(self) -> int:
        """Bytes of all pages there are: what fetching everything would take."""
        return sum(len(story.page()) for story in self.stories.values())

    def feed(self) -> bytes:
        latest = sorted(self.stories.values(), key=lambda story: story.published, reverse=True)[:_FEED_LENGTH]
        items = "".join(
            f"<item><title>{story.headline}</title><link>{self.root}{story.path}</link>"
            f"<pubDate>{story.published:%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
            for story in latest
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tarnby</title>{items}</channel></rss>'.encode()

    def sitemap(self) -> bytes:
        urls = "".join(
            f"<url><loc>{self.root}{story.path}</loc><lastmod>{story.published:%Y-%m-%d}</lastmod></url>"
            for story in self.stories.values()
        )
        return (
            f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()
        )

    def section(self) -> bytes:
        items = "".join(
            f'<article><h2><a href="{path}">{story.headline}</a></h2><p>What the clerk of Tarnby said of it.</p></article>'
            for path, story in self.stories.items()
        )
        nav = "".join(f'<a href="/s/{n}">Section {n}</a>' for n in range(8))
        return f"<html><head><title>Politics</title></head><body><nav>{nav}</nav><main>{items}</main></body></html>".encode()

    def listing(self, path: str) -> bytes | None:
        if path in {"/feed.xml", "/sitemap.xml"}:
            return self.feed() if path == "/feed.xml" else self.sitemap()
        return self.pages.get(path)

    def answer(self, path: str, etag: str | None) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body."""
        self.asked.append(path)
        if self.down:
            return 503, {}, b""
        if path in self.moved:
            return 301, {"Location": self.moved[path]}, b""
        kind = "text/html; charset=utf-8"
        listing = self.listing(path)
        if listing is not None:
            return _on_condition(listing, etag, "application/xml" if path.endswith(".xml") else kind)
        story = self.stories.get(path)
        if story is None:
            return 404, {}, b""
        story.hits += 1
        return (
            _on_condition(story.page(), etag, kind) if story.has_etag else (200, {"Content-Type": kind}, story.page())
        )


def _on_condition(body: bytes, etag: str | None, kind: str) -> tuple[int, dict[str, str], bytes]:
    own = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
    if etag == own:
        return 304, {"ETag": own}, b""
    return 200, {"ETag": own, "Content-Type": kind}, body


@contextmanager
def serving_site() -> Iterator[ChangingSite]:
    """Serve a site of its own on loopback."""
    site = ChangingSite()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = site.answer(self.path, self.headers.get("If-None-Match"))
            site.served += len(body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.root = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


START = datetime(2026, 3, 1, 6, tzinfo=UTC)
DAY = timedelta(days=1)
