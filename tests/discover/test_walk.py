"""From a site to its articles: over a real server, through the fetcher."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from scraper import AsyncScraper, DiscoverSettings, Failure, Link
from scraper.discover.walk import Read, discover
from scraper.errors import SettingsError
from scraper.model.response import Response
from tests.discover.conftest import LOCAL

PAGE = """<!DOCTYPE html><html><head><title>Post</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/"></head><body>
<nav><a href="/news/">News</a><a href="/sport/">Sport</a></nav><main>
<article class="card"><h2><a href="/news/2026/11/eel-ladder-opens-at-the-weir.html">Eel ladder opens at the old weir, at last</a></h2></article>
<article class="card"><h2><a href="/news/2026/11/lido-closed-to-swimmers-open-to-otters.html">Lido closed to swimmers, but open to otters</a></h2></article>
</main><footer><a href="/privacy">Privacy</a><a href="/tag/eels">Eels</a></footer></body></html>"""
HOME = (200, "text/html; charset=utf-8", PAGE.encode())


def feed(*paths, date="Fri, 20 Nov 2026 08:00:00 +0000"):
    items = "".join(f"<item><link>{{root}}{path}</link><pubDate>{date}</pubDate></item>" for path in paths)
    return f"<rss><channel>{items}</channel></rss>".encode()


def sitemap(*paths):
    return ("<urlset>" + "".join(f"<url><loc>{{root}}{path}</loc></url>" for path in paths) + "</urlset>").encode()


def index(*children):
    refs = "".join(f"<sitemap><loc>{{root}}{path}</loc><lastmod>{day}</lastmod></sitemap>" for path, day in children)
    return f"<sitemapindex>{refs}</sitemapindex>".encode()


def paths(found, site):
    return [one.url.removeprefix(site.url) for one in found if isinstance(one, Link)]


def failures(found):
    return [(one.stage, one.reason) for one in found if isinstance(one, Failure)]


def test_home_page_gives_its_feed_and_then_its_own_links(site, local):
    site.documents |= {"/": HOME, "/feed.xml": feed("/news/2026/11/eel-ladder-opens-at-the-weir.html", "/from-feed")}
    found = list(local.discover(site.url + "/"))
    assert paths(found, site) == [
        "/news/2026/11/eel-ladder-opens-at-the-weir.html",
        "/from-feed",
        "/news/2026/11/lido-closed-to-swimmers-open-to-otters.html",
    ]


def test_navigation_tags_and_footers_are_no_articles(site, local):
    site.documents["/"] = HOME
    found = list(local.discover(site.url + "/", DiscoverSettings(ways=("home",))))
    assert {one.source for one in found} == {"page"}
    assert paths(found, site) == [
        "/news/2026/11/eel-ladder-opens-at-the-weir.html",
        "/news/2026/11/lido-closed-to-swimmers-open-to-otters.html",
    ]


def test_a_section_is_not_mixed_with_the_whole_sites_feed(site, local):
    site.documents |= {"/news/": HOME, "/feed.xml": feed("/from-feed")}
    assert "/from-feed" not in paths(local.discover(site.url + "/news/"), site)
    assert "/feed.xml" not in site.requests


def test_feed_at_a_usual_place_is_found_only_where_it_is_asked_for(site, local):
    site.documents |= {"/": (200, "text/html", b"<html><body><p>x</p></body></html>"), "/rss.xml": feed("/a")}
    asked = paths(local.discover(site.url, DiscoverSettings(ways=("feed",))), site)
    site.requests.clear()
    list(local.discover(site.url))
    assert asked == ["/a"]
    assert "/rss.xml" not in site.requests


def test_news_sitemap_is_found_through_robots(site, local):
    site.documents |= {
        "/": HOME,
        "/robots.txt": (200, "text/plain", b"Sitemap: {root}/all.xml\nSitemap: {root}/news-map.xml\n"),
        "/news-map.xml": sitemap("/from-news-map"),
        "/all.xml": sitemap("/old"),
    }
    found = paths(local.discover(site.url), site)
    assert "/from-news-map" in found
    assert "/old" not in found


def test_robots_that_disallows_everything_still_names_its_sitemaps_but_they_are_not_read(site, local):
    site.documents |= {
        "/robots.txt": (200, "text/plain", b"User-agent: *\nDisallow: /\nSitemap: {root}/s.xml\n"),
        "/s.xml": sitemap("/a"),
    }
    found = list(local.discover(site.url, DiscoverSettings(ways=("sitemap",))))
    assert (failures(found), "/s.xml" in site.requests) == ([("fetch", "robots")], False)


def test_index_is_walked_newest_first_and_lazily(site, local):
    site.documents |= {
        "/sitemap.xml": index(
            ("/2024-01.xml", "2024-01-31"), ("/2026-11.xml", "2026-11-20"), ("/2025-01.xml", "2025-01-31")
        ),
        "/2026-11.xml": sitemap("/new-1", "/new-2"),
        "/2025-01.xml": sitemap("/mid"),
        "/2024-01.xml": sitemap("/old"),
    }
    found = list(local.discover(site.url + "/sitemap.xml", DiscoverSettings(limit=3)))
    assert paths(found, site) == ["/new-1", "/new-2", "/mid"]
    assert "/2024-01.xml" not in site.requests


def test_since_skips_whole_sitemaps_by_lastmod_and_by_name(site, local):
    site.documents |= {
        "/sitemap.xml": b"<sitemapindex><sitemap><loc>{root}/s-2025-03.xml</loc></sitemap><sitemap><loc>{root}/a.xml</loc><lastmod>2025-01-01</lastmod></sitemap>"
        b"<sitemap><loc>{root}/b.xml</loc><lastmod>2026-11-20</lastmod></sitemap></sitemapindex>",
        "/b.xml": b"<urlset><url><loc>{root}/undated</loc></url><url><loc>{root}/2026/11/20/by-url</loc></url><url><loc>{root}/new</loc><lastmod>2026-11-19T08:00:00Z</lastmod></url>"
        b"<url><loc>{root}/old</loc><lastmod>2026-10-01</lastmod></url></urlset>",
    }
    since = dt.datetime(2026, 11, 15, tzinfo=dt.UTC)
    found = list(local.discover(site.url + "/sitemap.xml", DiscoverSettings(since=since)))
    assert paths(found, site) == ["/2026/11/20/by-url", "/new"]
    assert [path for path in site.requests if path in {"/a.xml", "/s-2025-03.xml"}] == []


def test_since_as_a_timespan_counts_back_from_now():
    response = Response(
        requested_url="x",
        url="https://news.example/feed",
        status=200,
        body=feed("/a").replace(b"{root}", b"https://news.example"),
    )

    async def fetch(_url):
        return response

    async def count(now):
        settings = DiscoverSettings(since=dt.timedelta(days=2))
        return len(
            [
                one
                async for one in discover(fetch, "https://news.example/feed", settings, now=now)
                if isinstance(one, Link)
            ]
        )

    assert asyncio.run(count(dt.datetime(2026, 11, 21, tzinfo=dt.UTC))) == 1
    assert asyncio.run(count(dt.datetime(2026, 11, 23, tzinfo=dt.UTC))) == 0


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        ((r"/news/",), (), ["/news/a", "/news/b?x=1"]),
        ((), (r"\?",), ["/news/a", "/sport/c"]),
        ((r"a$", r"c$"), (r"sport",), ["/news/a"]),
    ],
)
def test_filters(site, local, include, exclude, expected):
    site.documents["/feed"] = feed("/news/a", "/news/b?x=1", "/sport/c")
    assert (
        paths(local.discover(site.url + "/feed", DiscoverSettings(include=include, exclude=exclude)), site) == expected
    )


def test_filter_that_is_no_expression_is_refused():
    with pytest.raises(SettingsError, match=r"not a regular expression: '\('"):
        DiscoverSettings(include=("(",))


def test_one_article_under_many_urls_is_given_once(site, local):
    site.documents["/feed"] = feed("/a?utm_source=rss", "/a/", "/a#comments", "/amp/a", "/a/index.html")
    assert paths(local.discover(site.url + "/feed"), site) == ["/a"]


def test_index_that_lists_itself_ends(site, local):
    site.documents |= {
        "/sitemap.xml": index(("/sitemap.xml", "2026-11-20"), ("/b.xml", "2026-11-20")),
        "/b.xml": index(("/sitemap.xml", "2026-11-20")),
    }
    list(local.discover(site.url + "/sitemap.xml"))
    assert sorted(path for path in site.requests if "xml" in path) == ["/b.xml", "/sitemap.xml"]


def test_indexes_below_each_other_end_at_the_depth(site, local, told):
    site.documents |= {f"/{n}.xml": index((f"/{n + 1}.xml", "2026-11-20")) for n in range(10)}
    list(local.discover(site.url + "/0.xml"))
    assert [path for path in site.requests if "xml" in path] == ["/0.xml", "/1.xml", "/2.xml", "/3.xml"]
    assert "an index below 3 others" in told.text


def test_very_many_sitemaps_end_at_the_number_of_documents(site, local, told):
    children = [(f"/{n}.xml", "2026-11-20") for n in range(10_000)]
    site.documents |= {"/sitemap.xml": index(*children)} | {path: sitemap(path + "-a") for path, _ in children[:50]}
    found = list(local.discover(site.url + "/sitemap.xml", DiscoverSettings(max_documents=5)))
    assert (len(found), "5 documents are read: the rest is left out" in told.text) == (4, True)


def test_one_broken_document_does_not_cost_the_others(site, local):
    site.documents |= {
        "/sitemap.xml": index(("/a.xml", "2026-11-20"), ("/b.xml", "2026-11-19"), ("/c.xml", "2026-11-18")),
        "/a.xml": b"",
        "/c.xml": sitemap("/c"),
    }
    found = list(local.discover(site.url + "/sitemap.xml"))
    assert (paths(found, site), failures(found)) == (["/c"], [("discover", "empty"), ("fetch", "http_404")])


def test_page_in_place_of_an_advertised_feed_says_so(site, local):
    site.documents |= {"/": HOME, "/feed.xml": HOME}
    assert ("discover", "html") in failures(local.discover(site.url, DiscoverSettings(ways=("feed",))))


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        ((), "neither a feed nor"),
        (("feed",), "no feed:"),
        (("sitemap",), "no sitemap:"),
        (("news",), "no news sitemap:"),
        (("home",), "no link to an article"),
    ],
)
def test_site_with_nothing_says_what_was_looked_for(site, local, ways, words):
    site.documents["/"] = (200, "text/html", b"<html><body><p>Nothing here</p></body></html>")
    (failure,) = local.discover(site.url, DiscoverSettings(ways=ways))
    assert (failure.reason, words in failure.message) == ("nothing_found", True)


def test_pages_of_a_listing_are_followed_as_far_as_asked(site, local):
    body = '<html><head><link rel="next" href="/p{n}"></head><body><h2 class="card"><a href="/news/2026/11/a-long-story-about-eels-{n}.html">A long story about eels, part {n}</a></h2></body></html>'
    site.documents |= {
        f"/p{n}": (200, "text/html", body.replace("/p{n}", f"/p{n + 1}").replace("{n}", str(n)).encode())
        for n in range(5)
    }
    found = list(local.discover(site.url + "/p0", DiscoverSettings(ways=("home",), max_pages=3)))
    assert (len(found), [path for path in site.requests if "/p" in path]) == (3, ["/p0", "/p1", "/p2"])


def test_unchanged_document_gives_nothing_and_says_so():
    async def fetch(_url):
        return None

    async def run():
        return [one async for one in discover(fetch, "https://news.example/feed.xml")]

    assert asyncio.run(run()) == [Read("https://news.example/feed.xml", "unchanged")]


def test_async_and_sync_find_the_same(site, local):
    site.documents["/feed"] = feed("/a", "/b")

    async def run():
        async with AsyncScraper(LOCAL) as scraper:
            return [one async for one in scraper.discover(site.url + "/feed")]

    assert asyncio.run(run()) == list(local.discover(site.url + "/feed"))


def test_nothing_is_fetched_before_a_link_is_asked_for(site, local):
    site.documents["/feed"] = feed("/a")
    found = local.discover(site.url + "/feed")
    assert site.requests == []
    found.close()


PRIVATE = (
    "http://127.0.0.1:9/x",
    "http://10.0.0.1/x",
    "http://169.254.169.254/latest",
    "http://[::1]:9/x",
    "http://2130706433/x",
    "http://localhost:9/x",
)


@pytest.mark.parametrize("address", PRIVATE)
@pytest.mark.parametrize("kind", ["robots", "index", "feed"])
def test_documents_that_point_at_private_addresses_make_no_connects(connects, address, kind):
    """The first document is handed over; what it leads to goes through a fetcher with its gate closed."""
    from scraper.fetch.client import HttpFetcher
    from scraper.settings import FetchSettings

    documents = {
        "robots": {"https://news.example/robots.txt": f"Sitemap: {address}"},
        "index": {
            "https://news.example/s.xml": f"<sitemapindex><sitemap><loc>{address}</loc></sitemap></sitemapindex>"
        },
        "feed": {
            "https://news.example/": f'<html><head><link rel="alternate" type="application/rss+xml" href="{address}"></head></html>'
        },
    }[kind]
    source = {
        "robots": "https://news.example/",
        "index": "https://news.example/s.xml",
        "feed": "https://news.example/",
    }[kind]
    ways = {"robots": ("sitemap",), "index": (), "feed": ("feed",)}[kind]

    async def run():
        fetcher = HttpFetcher(FetchSettings(retries=0))

        async def fetch(url):
            if url in documents:
                return Response(requested_url=url, url=url, status=200, body=documents[url].encode())
            return await fetcher.fetch_document(url)

        try:
            return [one async for one in discover(fetch, source, DiscoverSettings(ways=ways))]
        finally:
            await fetcher.aclose()

    found = asyncio.run(run())
    assert [one for one in connects if isinstance(one, tuple)] == []
    assert not [one for one in found if isinstance(one, Link)]
    if kind != "index":  # there, another site's sitemap is left out before anybody would ask for it
        assert failures(found) == [("fetch", "address")]


def test_redirect_of_a_feed_to_a_private_address_is_refused(site, connects):
    from scraper import FetchSettings, Scraper

    with Scraper(FetchSettings(retries=0)) as strict:
        (failure,) = strict.discover(site.url + "/feed")
    assert (failure.reason, connects) == ("address", [])


def stub(target):
    return 200, "text/html", f'<html><head><meta http-equiv="refresh" content="0; url={target}"></head></html>'.encode()


def test_home_page_that_is_a_refresh_stub_leads_to_the_front_page(site, local):
    site.documents |= {"/": stub("/en/"), "/en/": HOME}
    found = list(local.discover(site.url + "/", DiscoverSettings(ways=("home",))))
    assert len(paths(found, site)) == 2 and failures(found) == []


def test_refresh_is_followed_once(site, local):
    site.documents |= {"/": stub("/a"), "/a": stub("/b"), "/b": HOME}
    list(local.discover(site.url + "/", DiscoverSettings(ways=("home",))))
    assert ("/a" in site.requests, "/b" in site.requests) == (True, False)


@pytest.mark.parametrize("target", ["/", "javascript:alert(1)", "file:///etc/passwd", "http://[bad"])
def test_refresh_to_nowhere_is_not_followed(site, local, target):
    site.documents["/"] = stub(target)
    list(local.discover(site.url + "/", DiscoverSettings(ways=("home",))))
    assert [path for path in site.requests if path != "/robots.txt"] == ["/"]


def test_refresh_that_a_feed_quotes_is_not_followed(site, local):
    quoted = b"<description><![CDATA[<meta http-equiv='refresh' content='0; url=/trap'>]]></description>"
    site.documents["/feed.xml"] = feed("/one").replace(b"</item>", quoted + b"</item>")
    found = list(local.discover(site.url + "/feed.xml"))
    assert (paths(found, site), "/trap" in site.requests) == (["/one"], False)
