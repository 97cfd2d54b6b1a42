"""Pages out of web archives: their own addresses and dates, without what the archive has added."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from scraper import Article, Response, extract
from scraper.extraction import extract_page
from scraper.page.archived import capture_at
from scraper.page.page import open_page

ORIGINAL = "http://news.example/2019/05/the-mill.html"
STORY = "".join(
    f"<p>The mill at Lorne turned for the {n}th day on Monday, and its keeper said that the river had never been as high"
    f" as in this month of May, when the snow of the hills came down at once.</p>"
    for n in range(2, 12)
)


def _page(prefix: str = "", bar: str = "") -> str:
    """Return the page; with `prefix` before its addresses, as an archive writes them."""
    pictures = f"{prefix}im_/" if prefix else ""
    links = f"{prefix}/" if prefix else ""
    return (
        f"<!DOCTYPE html><html lang=en><head><title>The mill turns again - Lorne News</title>"
        f'<link rel="canonical" href="{links}http://news.example/2019/05/the-mill.html">'
        f'<meta property="og:image" content="{pictures}http://news.example/img/mill.jpg">'
        f'<meta name="author" content="Ida Holm"></head><body>{bar}<article><h1>The mill turns again</h1>'
        f'<p class="byline">By <a rel="author" href="{links}http://news.example/people/ida">Ida Holm</a>, 3 hours ago</p>'
        f'<figure><img src="{pictures}http://news.example/img/mill.jpg" srcset="{pictures}http://news.example/img/mill.jpg 1x, '
        f'{pictures}http://news.example/img/mill2.jpg 2x" width=900 height=600 alt="The mill"></figure>{STORY}'
        f'<p>More in <a href="{links}https://other.example/river?page=1">the report of the river office</a>, which was out on'
        f" Friday, and in <a href='more.html'>the older one</a> of the year before.</p></article></body></html>"
    )


BAR = (
    "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id=wm-ipp-base><p>The Wayback Machine is an initiative of the archive, a"
    " non-profit, that builds a library of sites and other things in digital form for all.</p><p>42 captures from May 2019"
    " to March 2021, of which this is the ninth that was made by our own crawler in that year.</p></div>"
    "<!-- END WAYBACK TOOLBAR INSERT -->"
)
LIVE = extract(_page(), ORIGINAL, now=datetime(2019, 5, 27, 10, 30, tzinfo=UTC))
WAYBACK = "https://web.archive.org/web/20190527103000"
FORMS = {
    "rewritten": (f"{WAYBACK}/{ORIGINAL}", _page("/web/20190527103000", BAR)),
    "rewritten_with_host": (f"{WAYBACK}/{ORIGINAL}", _page(WAYBACK, BAR)),
    "framed": (f"{WAYBACK}if_/{ORIGINAL}", _page("/web/20190527103000")),
    "as_captured": (f"{WAYBACK}id_/{ORIGINAL}", _page()),
    "one_slash": (f"{WAYBACK}/http:/news.example/2019/05/the-mill.html", _page("/web/20190527103000", BAR)),
    "other_archive": (
        f"https://arquivo.pt/lib/20190527103000/{ORIGINAL}",
        _page("https://arquivo.pt/lib/20190527103000"),
    ),
    "other_archive_without_a_collection": (
        f"http://webarchive.loc.gov/20190527103000/{ORIGINAL}",
        _page("http://webarchive.loc.gov/20190527103000"),
    ),
}


def _told(article: Article) -> dict[str, object]:
    """Return the record but for what says where it was fetched."""
    record = article.to_dict()
    metadata = record.pop("metadata")
    assert isinstance(metadata, dict)
    return {key: value for key, value in record.items() if key != "requestedUrl"} | {
        "textHash": metadata["textHash"],
        "fetchedAt": metadata["fetchedAt"],
    }


@pytest.mark.parametrize(("url", "html"), FORMS.values(), ids=FORMS)
def test_record_of_a_capture_is_that_of_the_page(url: str, html: str) -> None:
    assert _told(extract(html, url)) == _told(LIVE)


def test_capture_says_what_it_is() -> None:
    warnings = extract(*reversed(FORMS["rewritten"])).metadata.warnings
    assert "an archived copy of 2019-05-27, from web.archive.org" in warnings


def test_requested_address_stays_the_archives() -> None:
    url, html = FORMS["rewritten"]
    assert extract(html, url).requested_url == url


def test_capture_saved_without_its_address_has_no_bar_and_its_own_links() -> None:
    html = _page("https://web.archive.org/web/20190527103000", BAR)
    assert _told(extract(html, now=datetime(2019, 5, 27, 10, 30, tzinfo=UTC)))["textHash"] == _told(LIVE)["textHash"]


def _response(**headers: str) -> Response:
    return Response(
        requested_url="https://perma.cc/aB3dE",
        url="https://perma.cc/aB3dE",
        status=200,
        headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()),
        body=_page().encode(),
        fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


MEMENTO = {
    "memento_datetime": "Mon, 27 May 2019 10:30:00 GMT",
    "link": '<https://perma.cc/list>; rel="timemap"; type="application/link-format", '
    f'<{ORIGINAL}>; rel="original", <https://perma.cc/aB3dE>; rel="first last memento"',
}


def test_capture_at_a_short_address_is_known_by_its_headers() -> None:
    assert _told(extract_page(open_page(_response(**MEMENTO))).article) == _told(LIVE)


@pytest.mark.parametrize(
    "headers",
    [
        {"link": MEMENTO["link"]},
        {"memento_datetime": MEMENTO["memento_datetime"]},
        {"memento_datetime": "yesterday", "link": "<nowhere>; rel=original, <<>>;;; rel="},
    ],
    ids=["no_date", "no_original", "garbage"],
)
def test_half_of_the_headers_change_nothing(headers: dict[str, str]) -> None:
    assert open_page(_response(**headers)).url == "https://perma.cc/aB3dE"


def test_headers_of_a_host_that_is_no_known_archive_change_nothing() -> None:
    response = msgspec.structs.replace(_response(**MEMENTO), url="https://liar.example/a")
    assert open_page(response).url == "https://liar.example/a"


@pytest.mark.parametrize(
    ("url", "original"),
    [
        ("https://web.archive.org/web/2020/http://a.example/x", "http://a.example/x"),
        ("https://web.archive.org/web/2020/a.example/x?y=1", "http://a.example/x?y=1"),
        ("https://web.archive.org/web/20200101000000im_/https://a.example/x.png", "https://a.example/x.png"),
        ("https://webarchive.nationalarchives.gov.uk/x/20200101000000mp_/https://a.example/", "https://a.example/"),
    ],
)
def test_address_of_a_capture(url: str, original: str) -> None:
    found = capture_at(url)
    assert found is not None
    assert found.url == original


@pytest.mark.parametrize(
    "url",
    [
        None,
        "https://news.example/2020/01/02/story",
        "https://news.example/2020/story.html",
        "https://news.example/20200101000000/story.html",
        "https://news.example/2020/https://other.example/",
        "https://news.example/go?to=/web/20200101000000/http://a.example/",
        "https://web.archive.org/web/2020*/http://a.example/",
        "https://web.archive.org/web/20200101000000/",
        "https://liar.example/web/20200101000000/https://bank.example/news",
        "https://archive.org.liar.example/web/20200101000000/https://bank.example/news",
        "https://[bad/web/20200101000000/https://bank.example/news",
    ],
)
def test_other_addresses_are_no_captures(url: str | None) -> None:
    assert capture_at(url) is None


def test_impossible_timestamp_has_no_date() -> None:
    found = capture_at("https://web.archive.org/web/20209999999999/http://a.example/x")
    assert found is not None
    assert found.at is None


def test_links_to_an_archive_on_a_live_page_stay() -> None:
    link = "https://web.archive.org/web/2015/http://a.example/old"
    html = _page().replace("https://other.example/river?page=1", link)
    assert link in (extract(html, ORIGINAL).article_body_html or "")


def test_link_of_a_capture_to_another_capture_stays_one() -> None:
    link = "https://web.archive.org/web/2015/http://a.example/old"
    html = _page("/web/20190527103000").replace("https://other.example/river?page=1", link)
    assert link in (extract(html, f"{WAYBACK}/{ORIGINAL}").article_body_html or "")
