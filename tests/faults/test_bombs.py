"""Bombs of 1 GiB: stopped within the cap + 64 KiB, in under 1 s, with less than 32 MB of extra memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
import tracemalloc
from dataclasses import dataclass

import pytest

from scraper.errors import ResponseTooLarge
from scraper.fetch.decoder import BodyDecoder
from scraper.model.article import Article
from tests.faults.bombs import BOMBS, bomb
from tests.faults.outcomes import outcome, quick, reason
from tests.faults.server import HostileServer, page, redirect

CAP = 10_000_000
SLACK = 65_536


@dataclass
class Cost:
    reason: str
    seconds: float
    megabytes: float


def cost(url: str) -> Cost:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    what = reason(url, quick(max_body_bytes=CAP))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Cost(what, time.process_time() - started, (after - before) / 1024)


@pytest.mark.parametrize("coding", BOMBS)
def test_a_bomb_stops_at_the_cap(coding: str) -> None:
    decoder = BodyDecoder(tuple(coding.split(", ")), CAP)
    data = bomb(coding)
    with pytest.raises(ResponseTooLarge):  # noqa: PT012  # which piece is too much is not the point
        for start in range(0, len(data), SLACK):
            decoder.feed(data[start : start + SLACK])

    assert max(decoder._made) <= CAP + SLACK


MEASURE = """
import resource, sys
from tests.faults.outcomes import quick, reason
reason(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(reason(sys.argv[2], quick(max_body_bytes=10_000_000)))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("coding", ["gzip", "br", "gzip, gzip"])
def test_a_bomb_takes_little_memory_of_a_process_of_its_own(server: HostileServer, coding: str) -> None:
    urls = [server.on("/a", page()), server.on("/b", page(bomb(coding), f"Content-Encoding: {coding}"))]
    ran = subprocess.run([sys.executable, "-c", MEASURE, *urls], capture_output=True, text=True, check=True)
    what, megabytes = ran.stdout.split()

    assert (what, int(megabytes) < 32) == ("too_large", True), ran.stdout


@pytest.mark.parametrize("coding", BOMBS)
@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "500 Internal Server Error", "302 Found"])
def test_a_bomb_costs_little(server: HostileServer, coding: str, status: str) -> None:
    raw = page(bomb(coding), f"Content-Encoding: {coding}", "Location: /b", status=status)
    spent = cost(server.on("/a", raw))

    assert (spent.seconds < 1, spent.megabytes < 32) == (True, True), spent


def test_a_bomb_for_robots_txt_costs_little(server: HostileServer) -> None:
    server.on("/robots.txt", page(bomb("gzip"), "Content-Encoding: gzip", kind="text/plain"))
    spent = cost(server.on("/a", page()))

    assert (spent.seconds < 1, spent.megabytes < 32) == (True, True), spent


def test_a_bomb_that_hides_its_coding_is_refused(server: HostileServer) -> None:
    assert reason(server.on("/a", page(bomb("gzip")))) == "too_large"


def test_a_page_behind_a_bomb_of_a_redirect_arrives(server: HostileServer) -> None:
    server.on("/b", page())
    url = server.on("/a", redirect("/b", "Content-Encoding: br", body=bomb("br")))

    assert isinstance(outcome(url), Article)


def test_decoding_holds_the_body_once() -> None:
    body = page(b"x" * 9_000_000)
    tracemalloc.start()
    decoder = BodyDecoder((), CAP)
    for start in range(0, len(body), SLACK):
        decoder.feed(body[start : start + SLACK])
    decoder.finish()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 3 * 9_000_000
