"""Identity of URLs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.url import article_id, normalise, registrable_domain


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
