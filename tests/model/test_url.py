"""Identity of URLs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.url import article_id, normalise, registrable_domain, url_key, without_tracking


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://News.Example.COM/Story", "https://news.example.com/Story"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com/a/", "https://example.com/a"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://example.com/a#comments", "https://example.com/a"),
        ("https://example.com/#!/story/1", "https://example.com/#!/story/1"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://example.com/a?utm_source=x&id=7&fbclid=y", "https://example.com/a?id=7"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?b=2&a=1"),
        ("https://example.com/a?", "https://example.com/a"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://example.com/%7Eann/%c3%a4", "https://example.com/~ann/%C3%A4"),
        ("https://example.com/a%2Fb", "https://example.com/a%2Fb"),
        ("https://example.com/x/../a/./b", "https://example.com/a/b"),
        (" https://example.com/a\n", "https://example.com/a"),
        ("https://exam\nple.com/a", "https://example.com/a"),
        ("https://[2001:DB8::1]:8080/a", "https://[2001:db8::1]:8080/a"),
    ],
)
def test_spellings_of_one_address_become_one(url, expected):
    assert normalise(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://[bad",
        "http://",
        "mailto:a@example.com",
        "https://example.com:99999/",
        "::::",
        "a b",
        "\ud800",
        "http://\ud800/",
    ],
)
def test_garbage_does_not_raise(url):
    assert isinstance(normalise(url), str)


@pytest.mark.parametrize(
    "url", ["https://bücher.example/ä/?utm_medium=x&q=ü#a", "https://example.com/%%41", "http://a b.example/%zz?x=%"]
)
def test_normalising_twice_changes_nothing(url):
    assert normalise(normalise(url)) == normalise(url)


@given(st.text() | st.text().map("https://".__add__) | st.text().map("http://example.com/".__add__))
def test_any_text_has_one_normal_form(url):
    assert normalise(normalise(url)) == normalise(url)


SAME = "news.example/eels"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/eels",
        "http://news.example/eels",
        "https://news.example:443/eels/",
        "http://news.example:80/eels",
        "HTTPS://WWW.News.Example/eels",
        "https://www2.news.example/eels",
        "https://m.news.example/eels",
        "https://mobile.news.example/eels",
        "https://amp.news.example/eels",
        "https://www.m.news.example/eels",
        "https://news.example/eels#comments",
        "https://news.example/eels?utm_source=feed&utm_medium=rss",
        "https://news.example/eels?fbclid=1&gclid=2&mc_cid=3",
        "https://news.example/eels?PHPSESSID=0123456789abcdef",
        "https://news.example/eels;jsessionid=0A1B2C?",
        "https://news.example/(S(abcdefghijklmnopqrstuvwx))/eels",
        "https://news.example/eels/amp",
        "https://news.example/eels/amp/",
        "https://news.example/amp/eels",
        "https://news.example/eels.amp",
        "https://news.example/eels?amp",
        "https://news.example/eels?amp=1",
        "https://news.example/eels?outputType=amp",
        "https://news.example/eels/index.html",
        "https://news.example/eels/index.php",
        "https://news.example/eels/default.aspx",
        "https://news.example//eels",
        "https://news.example/x/../eels",
        "https://news.example/%65els",
        "https://news-example.cdn.ampproject.org/c/s/news.example/eels?usqp=mq331AQ",
        "https://news-example.cdn.ampproject.org/v/s/www.news.example/eels/amp/?amp_js_v=0.1",
        "https://www.google.com/amp/s/amp.news.example/eels",
        "https://user:secret@news.example/eels",
    ],
)
def test_one_article_has_one_key(url):
    assert url_key(url) == SAME


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://news.example/?p=12", "news.example?p=12"),
        ("https://news.example/a?b=2&a=1", "news.example/a?a=1&b=2"),
        ("https://news.example/a?id=7&utm_source=x", "news.example/a?id=7"),
        ("https://news.example:8443/a", "news.example:8443/a"),
        ("https://news.example/Eels", "news.example/Eels"),
        ("https://sport.news.example/a", "sport.news.example/a"),
        ("https://m.example/a", "m.example/a"),
        ("https://news.example/amplifier", "news.example/amplifier"),
        ("https://news.example/camp", "news.example/camp"),
        ("https://news.example/a.amp.html", "news.example/a.html"),
        ("https://news.example/index-of-prices.html", "news.example/index-of-prices.html"),
        ("https://news.example/#!/story/1", "news.example#!/story/1"),
        ("https://shop.example.com/amp/s/news.example/a", "shop.example.com/s/news.example/a"),
        ("https://[2001:db8::1]/a", "[2001:db8::1]/a"),
        ("https://127.0.0.1:8000/a/", "127.0.0.1:8000/a"),
    ],
)
def test_key_keeps_what_selects_the_article(url, key):
    assert url_key(url) == key


@given(st.text() | st.text().map("https://".__add__) | st.text().map("http://example.com/".__add__))
def test_any_text_has_a_key_that_its_normal_form_has_too(url):
    assert url_key(normalise(url)) == url_key(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/a/?utm_source=x#top", "https://news.example/a/"),
        ("https://news.example/a?b=2&fbclid=1&a=%C3%A4", "https://news.example/a?b=2&a=%C3%A4"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?b=2&a=1"),
        ("https://news.example/#!/a", "https://news.example/#!/a"),
        ("https://news.example/a?", "https://news.example/a"),
    ],
)
def test_a_link_to_fetch_loses_its_tracking_alone(url, expected):
    assert without_tracking(url) == expected


def test_id_is_the_same_for_http_and_https_and_the_mobile_site():
    assert article_id("http://m.example.com/a", None, "") == article_id("https://www.example.com/a?amp=1", None, "")


def test_id_ignores_how_the_url_is_spelt():
    assert article_id("https://Example.com/a/?utm_source=feed", "x", "y") == article_id(
        "https://example.com/a", "z", ""
    )


def test_id_without_a_url_depends_on_headline_and_text():
    assert article_id(None, "A", "text") != article_id(None, "B", "text")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.news.example.com", "example.com"),
        ("news.example.co.uk", "example.co.uk"),
        ("example.co.uk", "example.co.uk"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("192.0.2.7", "192.0.2.7"),
    ],
)
def test_registrable_domain(host, expected):
    assert registrable_domain(host) == expected
