import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.page import links
from scraper.page.links import absolute, base_url_of
from scraper.page.snapshot import snapshot_of

BASE = "https://news.example/world/story.html"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://other.example/a?b=1#c", "https://other.example/a?b=1#c"),
        ("HTTP://other.example/A", "http://other.example/A"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("/top", "https://news.example/top"),
        ("next.html", "https://news.example/world/next.html"),
        ("../up", "https://news.example/up"),
        ("?page=2", "https://news.example/world/story.html?page=2"),
        ("#part", "https://news.example/world/story.html#part"),
        ("  https://other.example/a b \n", "https://other.example/a%20b"),
        ("https://other.example/\na\tb", "https://other.example/ab"),
        ('https://other.example/"><script>', "https://other.example/%22%3E%3Cscript%3E"),
        (r"https:\\other.example\a?q=\b", "https://other.example/a?q=%5Cb"),
        ("https://other.example/ä/日本", "https://other.example/ä/日本"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
        ("MAILTO:desk@news.example?subject=a b", "mailto:desk@news.example?subject=a%20b"),
    ],
)
def test_usable_targets_become_absolute(href, expected):
    assert absolute(BASE, href) == expected


@pytest.mark.parametrize(
    "href",
    [
        None,
        "",
        "   ",
        "http://[bad",
        "http://",
        "https:///",
        "http://a b/",
        "http://ex.example:999999/",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<b>",
        "file:///etc/passwd",
        "tel:+123",
        "mailto:nobody",
        "https://ex.example/" + "a" * 9000,
    ],
)
def test_everything_else_is_no_link(href):
    assert absolute(BASE, href) is None


def test_relative_without_a_base_is_no_link():
    assert absolute(None, "/a") is None


@given(st.one_of(st.none(), st.text()), st.text())
def test_garbage_never_raises_and_only_safe_urls_come_out(base, href):
    url = absolute(base, href)
    assert url is None or (url.startswith(("http://", "https://", "mailto:")) and not set(url) & set('"<>\\ \n\r\t`'))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", BASE),
        ('<base href="/static/">', "https://news.example/static/"),
        ('<base target="_top"><base href="https://cdn.example/x/">', "https://cdn.example/x/"),
        ('<base href="http://[bad">', BASE),
        ('<base href="javascript:x">', BASE),
    ],
)
def test_the_base_element_decides(head, expected):
    assert base_url_of(snapshot_of(f"<head>{head}</head><p>Text"), BASE) == expected


FOLDERS = (
    "https://example.com",
    "https://example.com/a/b.html?x=1/2#y/z",
    "https://example.com/a//b",
    "https://example.com/a/../b",
    "https://example.com/a;b/c;d",
    "https://example.com/ä/b c/d",
    "HTTP://Example.com:80/a/b",
    "ftp://example.com/a/b",
    "https://user@example.com/a/b",
)
NAMES = st.lists(st.sampled_from([*'a1A_/.?#&;:@%[]~!-=,+ é\\"', "//", "..", "cdn.example", "mailto:"]), max_size=6)


@settings(max_examples=1500, derandomize=True, deadline=None)
@given(st.sampled_from(FOLDERS), NAMES.map("".join))
def test_names_joined_without_a_parser_are_as_with_it(base, href):
    assert links._beside(base, href) in {None, links._joined(base, href)}


@pytest.mark.parametrize(
    ("href", "whole"),
    [
        ("b.jpg?w=3", "https://example.com/news/b.jpg?w=3"),
        ("img/b.jpg", "https://example.com/news/img/b.jpg"),
        ("//cdn.example/b.jpg", "https://cdn.example/b.jpg"),
    ],
)
def test_the_usual_relative_addresses_need_no_parser(href, whole):
    assert links._beside("https://example.com/news/1?all", href) == whole
