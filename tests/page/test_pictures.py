import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.page.pictures import IMAGE_TAGS, picture_of, read_srcset
from scraper.page.snapshot import snapshot_of

BASE = "https://news.example/a/b"
P = "https://news.example"


def picture(html):
    snapshot = snapshot_of(f"<body>{html}</body>")
    element = next(i for i, tag in enumerate(snapshot.tags) if tag in IMAGE_TAGS or tag in {"figure", "picture"})
    return picture_of(snapshot, element, BASE)


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<img src="/x.jpg">', "/x.jpg"),
        ('<amp-img src="/x.jpg" width="16" height="9" layout="responsive"></amp-img>', "/x.jpg"),
        ('<img src="/s.jpg" srcset="/s.jpg 300w, /l.jpg 1200w, /m.jpg 600w">', "/l.jpg"),
        ('<img src="/s.jpg" srcset="/s.jpg, /l.jpg 2x">', "/l.jpg"),
        ('<img src="/s.jpg" srcset="/w_300,h_200/s.jpg 300w,/w_900,h_600/s.jpg 900w">', "/w_900,h_600/s.jpg"),
        ('<img src="/blank.gif" data-src="/real.jpg">', "/real.jpg"),
        ('<img src="data:image/gif;base64,R0lGOD" data-lazy-src="/real.jpg">', "/real.jpg"),
        ('<img src="/lazy-placeholder.png" data-srcset="/a.jpg 400w, /b.jpg 800w">', "/b.jpg"),
        ('<img src="/a-300x200.jpg" data-orig-file="/a.jpg">', "/a.jpg"),
        ('<a href="/up/harbour.jpg"><img src="/up/harbour-300x200.jpg"></a>', "/up/harbour.jpg"),
        ('<a href="/other.jpg"><img src="/up/harbour-300x200.jpg"></a>', "/up/harbour-300x200.jpg"),
        ('<picture><source srcset="/big.webp 1600w"><img src="/s.jpg"></picture>', "/big.webp"),
        ('<figure><img src="data:,x"><noscript><img src="/n.jpg"></noscript></figure>', "/n.jpg"),
        ('<img src="/ok.jpg" srcset="/{width}/ok.jpg 900w">', "/ok.jpg"),
        ('<img src="/up/empty-wooden-chair-4711.jpg">', "/up/empty-wooden-chair-4711.jpg"),
        ('<img src="/up/boats-on-gray-water-with-gulls.jpg">', "/up/boats-on-gray-water-with-gulls.jpg"),
        ('<img class="share" src="/social-media-study.jpg">', "/social-media-study.jpg"),
    ],
)
def test_the_largest_usable_file_is_chosen(html, url):
    assert picture(html).url == P + url


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://count.example/p.gif" width="1" height="1">',
        '<img src="/a.png" width="32" height="32">',
        '<img class="avatar avatar-96" src="/jane.jpg">',
        '<img src="https://secure.example/avatar/1234?s=96">',
        '<img src="/emoji/72/1f600.png">',
        '<img class="site-logo" src="/brand.png">',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="javascript:alert(1)">',
        '<img src="/img/spacer.gif">',
        "<img>",
        '<img src="http://[bad">',
        "<figure><blockquote>Words</blockquote></figure>",
    ],
)
def test_decoration_is_no_picture(html):
    assert picture(html) is None


def test_size_follows_the_chosen_version():
    found = picture('<img src="/s.jpg" width="300" height="200" srcset="/l.jpg 1200w" alt=" A  harbour ">')
    assert found == (P + "/l.jpg", 1200, 800, "A harbour")


def test_a_ratio_is_no_size():
    assert picture('<img src="/s.jpg" width="16" height="9">')[1:3] == (None, None)


def test_sources_are_relative_to_nothing_without_a_base():
    snapshot = snapshot_of('<img src="/x.jpg">')
    assert picture_of(snapshot, snapshot.tags.index("img"), None) is None


def test_srcset_of_commas_alone_is_read_in_linear_time():
    assert read_srcset("," * 200_000 + "a" + "," * 200_000) == [("a", 1.0, "x")]


@given(st.text())
def test_any_srcset_is_read(text):
    assert all(url and not url.endswith(",") for url, _, _ in read_srcset(text))
