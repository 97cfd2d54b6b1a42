"""Group H of the fault matrix: what servers say, and what becomes of it."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from scraper.model.article import Article
from scraper.model.failure import Failure
from tests.faults.outcomes import fetched, outcome, outcomes, quick, reason
from tests.faults.server import ARTICLE, Connection, HostileServer, head, page, redirect

HTML = "Content-Type: text/html"


def chunked(body: bytes, size: int = 500) -> bytes:
    parts = [body[i : i + size] for i in range(0, len(body), size)]
    return b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts) + b"0\r\n\r\n"


def coded(coding: str, body: bytes) -> bytes:
    return page(body, f"Content-Encoding: {coding}")


BODIES = {
    "content-length": page(),
    "chunked": head("200 OK", HTML, "Transfer-Encoding: chunked") + chunked(ARTICLE),
    "until close": head("200 OK", HTML) + ARTICLE,
    "http/1.0": b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + ARTICLE,
    "gzip": coded("gzip", gzip.compress(ARTICLE)),
    "x-gzip": coded("x-gzip", gzip.compress(ARTICLE)),
    "gzip in two members": coded("gzip", gzip.compress(ARTICLE[:900]) + gzip.compress(ARTICLE[900:])),
    "gzip with junk behind": coded("gzip", gzip.compress(ARTICLE) + b"\0\0 junk"),
    "deflate": coded("deflate", zlib.compress(ARTICLE)),
    "raw deflate": coded("deflate", zlib.compressobj(wbits=-15).compress(b"") + zlib.compress(ARTICLE)[2:-4]),
    "br": coded("br", brotli.compress(ARTICLE)),
    "gzip then br": coded("gzip, br", brotli.compress(gzip.compress(ARTICLE))),
    "identity": coded("identity", ARTICLE),
    "gzip unsaid": page(gzip.compress(ARTICLE)),
    "no type": page(kind=None),
    "folded header": head("200 OK", HTML, "X-A: b", " c", f"Content-Length: {len(ARTICLE)}") + ARTICLE,
    "line feeds only": page().replace(b"\r\n", b"\n", 3),
    "5,000 headers": head("200 OK", HTML, *[f"X-{n}: y" for n in range(5000)], f"Content-Length: {len(ARTICLE)}")
    + ARTICLE,
    "103 first": head("103 Early Hints", "Link: </a>") + page(),
    "length and chunks": head("200 OK", HTML, "Transfer-Encoding: chunked", "Content-Length: 5") + chunked(ARTICLE),
    "203": page(status="203 Non-Authoritative Information"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_whole_body_becomes_a_whole_article(server: HostileServer, name: str) -> None:
    article = outcome(server.on("/a", BODIES[name]))

    assert isinstance(article, Article) and "Part 11 of the plan" in article.article_body


CUT = {
    "content-length": head("200 OK", HTML, "Content-Length: 99999") + ARTICLE,
    "chunked, in a chunk": head("200 OK", HTML, "Transfer-Encoding: chunked") + chunked(ARTICLE)[:700],
    "chunked, last chunk missing": head("200 OK", HTML, "Transfer-Encoding: chunked") + chunked(ARTICLE)[:-5],
    "gzip": coded("gzip", gzip.compress(ARTICLE)[:-40]),
    "gzip trailer": coded("gzip", gzip.compress(ARTICLE)[:-1]),
    "second gzip member": coded("gzip", gzip.compress(ARTICLE[:900]) + gzip.compress(ARTICLE[900:])[:-9]),
    "deflate": coded("deflate", zlib.compress(ARTICLE)[:-5]),
    "br": coded("br", brotli.compress(ARTICLE)[:-3]),
    "gzip until close": head("200 OK", HTML, "Content-Encoding: gzip") + gzip.compress(ARTICLE)[:-20],
    "206": page(status="206 Partial Content"),
}


@pytest.mark.parametrize("name", CUT)
def test_a_body_cut_short_is_incomplete(server: HostileServer, name: str) -> None:
    assert reason(server.on("/a", CUT[name])) == "incomplete"


def test_a_body_cut_short_is_asked_for_again(server: HostileServer) -> None:
    answers = iter([CUT["content-length"], page()])

    async def route(connection: Connection) -> None:
        await connection.send(next(answers))
        connection.writer.close()

    assert isinstance(outcome(server.on("/a", route), quick(retries=1)), Article)


FLAGGED = {
    "no length, no end tag": (head("200 OK", HTML) + ARTICLE[:-20], "no stated length"),
    "length too small": (head("200 OK", HTML, "Content-Length: 900") + ARTICLE, "end tag"),
    "junk behind gzip": (coded("gzip", gzip.compress(ARTICLE) + b"junk"), "after the end of the compressed body"),
    "gzip unsaid": (page(gzip.compress(ARTICLE)), "without saying so"),
}


@pytest.mark.parametrize("name", FLAGGED)
def test_what_is_odd_about_a_transfer_is_told(server: HostileServer, name: str) -> None:
    raw, told = FLAGGED[name]

    assert told in " ".join(fetched(server.on("/a", raw)).problems)


@pytest.mark.parametrize("name", ["content-length", "chunked", "until close", "gzip", "br"])
def test_nothing_is_told_of_a_plain_transfer(server: HostileServer, name: str) -> None:
    assert fetched(server.on("/a", BODIES[name])).problems == ()


FAILS = {
    "unknown coding": (coded("snappy", ARTICLE), "encoding"),
    "four codings": (coded("gzip, gzip, gzip, gzip", ARTICLE), "encoding"),
    "5,000 codings": (coded(", ".join(["gzip"] * 5000), ARTICLE), "encoding"),
    "plain text called gzip": (coded("gzip", ARTICLE), "encoding"),
    "damaged gzip": (coded("gzip", gzip.compress(ARTICLE)[:-8] + b"12345678"), "encoding"),
    "length abc": (head("200 OK", HTML, "Content-Length: abc") + ARTICLE, "protocol"),
    "length -5": (head("200 OK", HTML, "Content-Length: -5") + ARTICLE, "protocol"),
    "length 10^22": (head("200 OK", HTML, "Content-Length: 1" + "0" * 22) + ARTICLE, "protocol"),
    "two lengths": (head("200 OK", HTML, "Content-Length: 5", "Content-Length: 6") + ARTICLE, "protocol"),
    "chunk size zz": (head("200 OK", HTML, "Transfer-Encoding: chunked") + b"zz\r\nabc\r\n", "protocol"),
    "status 000": (head("000 Odd", HTML) + ARTICLE, "protocol"),
    "status abc": (b"HTTP/1.1 abc\r\n\r\n", "protocol"),
    "http/0.9": (ARTICLE, "protocol"),
    "icy": (b"ICY 200 OK\r\n\r\n" + ARTICLE, "protocol"),
    "nul in a header": (head("200 OK", "X-A: b\0c", "Content-Length: 3") + b"abc", "protocol"),
    "blank in a header's name": (head("200 OK", "X A: b", "Content-Length: 3") + b"abc", "protocol"),
    "head cut": (b"HTTP/1.1 200 OK\r\nContent-Ty", "protocol"),
    "200 kB chunk extension": (
        head("200 OK", HTML, "Transfer-Encoding: chunked") + b"5;" + b"x" * 200_000 + b"\r\nabcde\r\n0\r\n\r\n",
        "protocol",
    ),
    "body over the cap": (page(b"x" * 200_000), "too_large"),
    "body over the cap, chunked": (
        head("200 OK", HTML, "Transfer-Encoding: chunked") + chunked(b"x" * 200_000, 9000),
        "too_large",
    ),
    "status 999": (page(status="999 Denied"), "http_999"),
    "status 600": (page(status="600 Odd"), "http_600"),
    "204": (head("204 No Content"), "http_204"),
    "205": (head("205 Reset Content", "Content-Length: 0"), "http_205"),
    "304 unasked": (head("304 Not Modified"), "http_304"),
    "300": (page(status="300 Multiple Choices"), "http_300"),
    "401": (page(status="401 Unauthorized"), "http_401"),
    "403": (page(status="403 Forbidden"), "http_403"),
    "404": (page(status="404 Not Found"), "http_404"),
    "407": (page(status="407 Proxy Authentication Required"), "http_407"),
    "410": (page(status="410 Gone"), "http_410"),
    "429": (page(status="429 Too Many Requests"), "http_429"),
    "451": (page(status="451 Unavailable For Legal Reasons"), "http_451"),
    "500": (page(status="500 Internal Server Error"), "http_500"),
    "502": (page(status="502 Bad Gateway"), "http_502"),
    "503": (page(status="503 Service Unavailable"), "http_503"),
    "504": (page(status="504 Gateway Timeout"), "http_504"),
    "pdf": (page(b"%PDF-1.7 x", kind="application/pdf"), "not_html"),
    "image": (page(b"x", kind="image/png"), "not_html"),
    "svg": (page(b"<svg/>", kind="image/svg+xml"), "not_html"),
    "zip": (page(b"PK", kind="application/zip"), "not_html"),
    "json": (page(b"{}", kind="application/json; charset=utf-8"), "not_html"),
    "video": (page(b"x", kind="Video/MP4"), "not_html"),
}


@pytest.mark.parametrize("name", FAILS)
def test_what_is_no_page_is_named(server: HostileServer, name: str) -> None:
    raw, expected = FAILS[name]

    assert reason(server.on("/a", raw), quick(max_body_bytes=100_000)) == expected


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_is_asked_again_and_counted(server: HostileServer, status: int) -> None:
    url = server.on("/a", page(status=f"{status} Oops"))
    failure = outcome(url, quick(retries=2))

    assert (len(server.asked("/a")), isinstance(failure, Failure) and failure.attempt) == (3, 3)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451, 501])
def test_a_final_no_is_not_asked_again(server: HostileServer, status: int) -> None:
    outcome(server.on("/a", page(status=f"{status} No")), quick(retries=3))

    assert len(server.asked("/a")) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_to_its_final_url(server: HostileServer, status: int) -> None:
    url = server.on("/a", redirect("/b?x=1#top", status=f"{status} Moved"))
    server.on("/b?x=1", page())

    assert outcome(url).url == server.url("/b?x=1")


LOCATIONS = {
    "missing": None,
    "empty": "",
    "http://": "http://",
    "https://": "https://",
    "http:/x": "http:/x",
    "bad port": "http://127.0.0.1:99999/",
    "bad port text": "http://127.0.0.1:8x/",
    "bad idna": "http://xn--a\u00df/",
    "bad ipv6": "http://[::1/",
    "file": "file:///etc/passwd",
    "ftp": "ftp://example.org/",
    "gopher": "gopher://example.org/",
    "data": "data:text/html,<p>x",
    "javascript": "javascript:alert(1)",
    "backslashes": "http:\\\\evil.example\\",
    "1 MB": "/" + "x" * 60_000,
    "control": "/a\x01b",
}


@pytest.mark.parametrize("name", LOCATIONS)
def test_a_redirect_to_nowhere_is_named(server: HostileServer, name: str) -> None:
    assert reason(server.on("/a", redirect(LOCATIONS[name]))) in {"redirect", "protocol"}


def test_a_redirect_loop_names_its_chain(server: HostileServer) -> None:
    url = server.on("/a", redirect("/b"))
    server.on("/b", redirect("/a"))
    failure = outcome(url)

    assert isinstance(failure, Failure) and f"{url} -> {server.url('/b')} -> {url}" in failure.message


def test_more_redirects_than_allowed_are_refused(server: HostileServer) -> None:
    for n in range(20):
        server.on(f"/{n}", redirect(f"/{n + 1}"))

    assert (reason(server.url("/0")), len(server.pages)) == ("redirect", 11)


def test_ten_redirects_are_allowed(server: HostileServer) -> None:
    for n in range(10):
        server.on(f"/{n}", redirect(f"/{n + 1}"))
    server.on("/10", page())

    assert isinstance(outcome(server.url("/0")), Article)


def test_a_cookie_that_a_redirect_sets_opens_the_page(server: HostileServer) -> None:
    async def gate(connection: Connection) -> None:
        known = connection.seen[-1].header("cookie") == "seen=1"
        await connection.send(page() if known else redirect("/a", "Set-Cookie: seen=1; Path=/"))
        connection.writer.close()

    assert isinstance(outcome(server.on("/a", gate)), Article)


def test_the_body_of_a_redirect_is_not_read(server: HostileServer) -> None:
    sent = 0

    async def flood(connection: Connection) -> None:
        nonlocal sent
        await connection.send(head("302 Found", "Location: /b", "Content-Length: 1000000000"))
        for _ in range(1000):
            await connection.send(b"x" * 1_000_000)
            sent += 1

    server.on("/b", page())

    assert (isinstance(outcome(server.on("/a", flood)), Article), sent < 50) == (True, True)


def test_a_connection_is_used_again(server: HostileServer) -> None:
    urls = [server.on(f"/{n}", page(ARTICLE, "Connection: keep-alive")) for n in range(10)]
    outcomes(urls)

    assert server.connections == 1


def test_a_stale_connection_is_replaced_at_once(server: HostileServer) -> None:
    async def once(connection: Connection) -> None:
        if len(connection.seen) > 2:  # robots.txt and one page: gone when asked for the next
            connection.writer.close()
        else:
            await connection.send(page(ARTICLE, "Connection: keep-alive"))

    urls = [server.on(f"/{n}", once) for n in range(6)]

    assert all(isinstance(result, Article) for result in outcomes(urls, quick(retries=0)))


def test_a_location_in_raw_utf_8_is_followed(server: HostileServer) -> None:
    server.on("/%C3%BCber", page())
    url = server.on("/a", b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /\xc3\xbcber\r\n\r\n")

    assert outcome(url).url == server.url("/%C3%BCber")
