"""Sitemaps: every form of the protocol, and each oddity of fixtures/sitemaps."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scraper.discover.document import open_document
from scraper.discover.listing import everything
from scraper.discover.reading import read_listing
from scraper.discover.sitemaps import read_sitemap, sitemaps_in_robots
from scraper.errors import NotAListing
from tests.discover.documents import FIXTURES, listed, response

EELS = ("https://news.example/eels", "2026-11-20")
TURNIPS = ("https://news.example/turnips", "2026-11-14T06:00:00+01:00")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain.xml", [EELS, TURNIPS]),
        ("plain.xml.gz", [EELS, TURNIPS]),
        ("no-namespace.xml", [EELS, TURNIPS]),
        ("old-namespace.xml", [EELS, TURNIPS]),
        ("prefixed.xml", [EELS, TURNIPS]),
        ("leading-blanks.xml", [EELS, TURNIPS]),
        ("bare-ampersand.xml", [("https://news.example/a?x=1&y=2", None), TURNIPS]),
        ("cdata.xml", [("https://news.example/a?x=1&y=2", None), TURNIPS]),
        ("commented-out.xml", [EELS]),
        ("pictures.xml", [("https://news.example/eels", None)]),
        ("cut.xml", [EELS]),
        ("other-sites.xml", [EELS, ("https://m.news.example/mobile", None)]),
        ("news.xml", [("https://news.example/eels", None)]),
        ("list.txt", [("https://news.example/eels", None), ("https://news.example/turnips", None)]),
        ("entity-bomb.xml", [("https://news.example/&a9;", None), TURNIPS]),
    ],
)
def test_urls_are_read(name, expected):
    assert [(link.url, link.date_modified) for link in listed(f"sitemaps/{name}").links] == expected


def test_every_sitemap_fixture_is_tested():
    text = Path(__file__).read_text("utf-8")
    assert [path.name for path in (FIXTURES / "sitemaps").iterdir() if path.name not in text] == []


def test_news_sitemap_keeps_date_title_and_keywords():
    (link,) = listed("sitemaps/news.xml").links
    assert (link.source, link.title, link.date_published, link.keywords) == (
        "news_sitemap",
        "Eels & ladders",
        "2026-11-20T08:00:00+02:00",
        ("rivers", "eels"),
    )


def test_cut_sitemap_is_told():
    assert listed("sitemaps/cut.xml").problems == ("the sitemap is cut short",)


def test_index_lists_the_sitemaps_of_its_own_site():
    listing = listed("sitemaps/index.xml")
    assert [(ref.url, ref.date_modified) for ref in listing.sitemaps] == [
        ("https://news.example/s/2026-10.xml", "2026-10-31"),
        ("https://news.example/s/2026-11.xml", "2026-11-22T06:00:00+00:00"),
    ]


def test_urls_of_other_sites_are_told():
    assert listed("sitemaps/other-sites.xml").problems == ("2 URLs of other sites than news.example were left out",)


def test_urls_of_other_sites_stay_where_they_were_asked_for():
    assert len(listed("sitemaps/other-sites.xml", site="*").links) == 3


def test_sitemap_without_urls_says_so():
    with pytest.raises(NotAListing, match="a sitemap without URLs"):
        listed("sitemaps/no-urls.xml")


def test_home_page_is_no_article():
    body = (
        b"<urlset><url><loc>https://www.news.example/</loc></url><url><loc>https://news.example/a</loc></url></urlset>"
    )
    assert [link.url for link in read_sitemap(open_document(response(body))).links] == ["https://news.example/a"]


def test_more_urls_than_the_protocol_allows_are_capped_and_told():
    body = b"<urlset>" + b"<url><loc>https://news.example/%d</loc></url>" * 60_000 % tuple(range(60_000))
    listing = read_sitemap(open_document(response(body)))
    assert (len(listing.links), listing.problems) == (50_000, ("more than 50,000 URLs: the rest is left out",))


MILLION = """
import resource, sys
from scraper.discover.document import open_document
from scraper.discover.sitemaps import read_sitemap
from scraper.model.response import Response
entry = b"<url><loc>https://news.example/%d</loc></url>"
body = b"<urlset>" + b"".join(entry % n for n in range(1_000_000)) + b"</urlset>"
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
response = Response(requested_url="https://news.example/s.xml", url="https://news.example/s.xml", status=200, body=body)
listing = read_sitemap(open_document(response), lambda link: link.url.endswith("/999999"))
print(listing.entries, len(listing.links), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_million_urls_need_no_memory_of_their_own():
    out = subprocess.run([sys.executable, "-c", MILLION], capture_output=True, text=True, check=True).stdout
    entries, links, grown_mb = map(int, out.split())
    assert (entries, links) == (1_000_000, 1)
    assert grown_mb < 100


def test_gzip_bomb_is_refused():
    import gzip

    body = gzip.compress(b"<urlset>" + b" " * 100_000_000, 9)
    with pytest.raises(NotAListing, match="more than 64,000,000 bytes"):
        read_listing(response(body), everything, 100)


def test_robots_names_sitemaps_in_every_spelling():
    text = b"\xef\xbb\xbfSitemap: https://news.example/a.xml\r\nUser-agent: *\rDisallow: /\nSITEMAP:/b.xml # new\n sitemap : https://cdn.example.org/c.xml\nSitemap: file:///etc/passwd\nSitemap:\n"
    assert sitemaps_in_robots(text, "https://news.example/robots.txt") == (
        "https://news.example/a.xml",
        "https://news.example/b.xml",
        "https://cdn.example.org/c.xml",
    )


def test_robots_with_very_many_sitemaps_is_bounded():
    text = b"".join(b"Sitemap: https://news.example/%d.xml\n" % n for n in range(20_000))
    assert len(sitemaps_in_robots(text, "https://news.example/robots.txt")) == 500
