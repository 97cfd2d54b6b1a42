"""A worker gives what extraction in the same process gives: value for value, error for error."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from scraper.errors import ScraperError
from scraper.model.extraction import Extraction
from scraper.model.response import Response
from scraper.settings import ExtractSettings, WorkerSettings
from scraper.sites.memories import SiteMemories
from scraper.sites.registry import SiteRules
from scraper.sites.rule import rules_in
from scraper.workers.pool import WorkerPool
from scraper.workers.task import extract_response

PAGES = sorted(Path(__file__).parents[2].joinpath("fixtures", "pages").glob("*/page.html"))
BAD = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "empty": b"",
    "deep": b"<div>" * 100_000 + b"text",
    "listing": b"<h1>News</h1>" + b"<a href='/a'>One headline of many</a>" * 40,
}
SETTINGS = {
    "plain": ExtractSettings(keep_all=True),
    "all": ExtractSettings(keep_all=True, markdown=True, blocks=True, explain=True),
}


def response(path: Path) -> Response:
    about = json.loads(path.with_name("response.json").read_text(encoding="utf-8"))
    url = about.get("url") or "https://news.example/a"
    return Response(requested_url=url, url=url, status=200, body=path.read_bytes())


def in_workers(
    responses: list[Response], settings: ExtractSettings, *known: object
) -> list[Extraction | BaseException]:
    async def run() -> list[Extraction | BaseException]:
        async with WorkerPool(WorkerSettings(count=2)) as pool:
            asked = (pool.extract(each, settings, *known) for each in responses)
            return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(run())


@pytest.fixture(scope="module", params=SETTINGS)
def both(request):
    settings = SETTINGS[request.param]
    responses = [response(path) for path in PAGES[:: 1 if settings.explain else 4]]
    here = [extract_response(each, settings) for each in responses]
    return request.param, here, in_workers(responses, settings)


def test_there_are_pages_to_compare():
    assert len(PAGES) > 30


def test_every_record_is_the_same(both):
    _, here, there = both
    assert [each.article for each in there] == [each.article for each in here]


def test_refusals_and_problems_are_the_same(both):
    _, here, there = both
    assert [(each.refusal, each.problems) for each in there] == [(each.refusal, each.problems) for each in here]


def test_evidence_comes_where_it_was_asked_for_and_only_there(both):
    asked, here, there = both
    if asked == "all":
        assert [each.evidence for each in there] == [each.evidence for each in here]
    else:
        assert not any(each.evidence for each in there)


def test_verdicts_on_blocks_come_where_they_were_asked_for_and_only_there(both):
    asked, here, there = both
    assert [each.blocks for each in there] == [each.blocks if asked == "all" else () for each in here]


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_page_fails_alike(name):
    url = f"https://news.example/{name}"
    bad = Response(requested_url=url, url=url, status=200, body=BAD[name])
    (there,) = in_workers([bad], ExtractSettings())
    try:
        here: Extraction | ScraperError = extract_response(bad, ExtractSettings())
    except ScraperError as error:
        here = error
    if isinstance(here, ScraperError):
        assert (type(there), str(there), there.reason) == (type(here), str(here), here.reason)
    else:
        assert there.refusal == here.refusal


def test_a_page_larger_than_a_pipe_goes_through():
    paragraph = b"<p>The harbour master counted the boats again, and again one of them was missing.</p>\n"
    url = "https://news.example/long"
    large = Response(requested_url=url, url=url, status=200, body=b"<article>" + paragraph * 60_000)
    (there,) = in_workers([large], ExtractSettings(keep_all=True))
    assert there.article.article_body.startswith("The harbour master")


def test_a_url_that_is_no_unicode_is_a_typed_error():
    bad = Response(
        requested_url="https://news.example/\ud800", url="https://news.example/\ud800", status=200, body=b"x"
    )
    (there,) = in_workers([bad], ExtractSettings())
    assert isinstance(there, ScraperError) and there.reason == "undecodable"


NAMES = "Heron Plover Curlew Dunlin Gannet Petrel Avocet Osprey Fulmar".split()
PORTS = "Lorne Tarbet Calder Strome Ullin Morar".split()


def page_of_a_site(number: int) -> Response:
    name = NAMES[number]
    story = "".join(
        f"<p>The {name} came into {port} at dawn with its nets torn, its crew silent, and {port.lower()[::-1]} {name.lower()[::-1]} on deck.</p>"
        for port in PORTS
    )
    note = "<p>Our harbour desk has written about boats since 1931, and you can reach it at the old customs house.</p>"
    declared = '<meta property="og:type" content="article"><script type="application/ld+json">{"@type": "NewsArticle"}</script>'
    html = f"<title>{name}</title>{declared}<article><h1>The {name} is back</h1>{story}{note}</article>"
    url = f"https://news.example/{name.lower()}"
    return Response(requested_url=url, url=url, status=200, body=html.encode())


def test_the_memory_of_a_site_goes_with_its_pages():
    memories = SiteMemories()
    for number in range(8):
        memories = memories.learned(extract_response(page_of_a_site(number), ExtractSettings(), memories))
    last = page_of_a_site(8)
    (there,) = in_workers([last], ExtractSettings(), memories)
    assert "customs house" in extract_response(last, ExtractSettings()).article.article_body
    assert "customs house" not in there.article.article_body
    assert there.traces == extract_response(last, ExtractSettings(), memories).traces


def test_a_site_rule_goes_with_its_pages():
    rules = SiteRules.of(rules_in('[[rule]]\nhost = "news.example"\ndrop = ["article p:last-child"]\n', "boats.toml"))
    (there,) = in_workers([page_of_a_site(1)], ExtractSettings(), None, rules)
    assert there.article.metadata.rule == "boats"
    assert "customs house" not in there.article.article_body
