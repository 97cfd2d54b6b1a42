"""The compiled looks at a page's bytes say what the plain ones say."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.page import tag_counts, utf8
from tests.compiled.markup import MANY, PAGES, RAW, REASON

twin = pytest.importorskip("scraper.compiled.source", reason=REASON)
PLAIN = (tag_counts.is_harmless, utf8.is_utf8, utf8.holds_c1)
EDGES = [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF, 0x41]  # fmt: skip
"""Every byte at which a rule of UTF-8 begins or ends."""
LONG = "x" * tag_counts._WINDOW


def same(page):
    return all(getattr(twin, plain.__name__)(page) == plain(page) for plain in PLAIN)


@pytest.mark.parametrize("plain", PLAIN, ids=lambda plain: plain.__name__)
def test_the_same_parameters(plain):
    assert list(inspect.signature(getattr(twin, plain.__name__)).parameters) == list(
        inspect.signature(plain).parameters
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_fixture_pages(path):
    assert same(path.read_bytes())


@pytest.mark.parametrize("before", [b"", b"12345678", "é".encode(), b"1234567"], ids=["", "8", "2", "7"])
@pytest.mark.parametrize("first", EDGES)
def test_every_edge_of_utf8(first, before):
    texts = [bytes([first, second, third]) for second in EDGES for third in EDGES]
    texts += [bytes([first, second, 0x80, fourth]) for second in EDGES for fourth in EDGES]
    differ = [text for text in texts if twin.is_utf8(before + text) != utf8.is_utf8(before + text)]
    assert not differ


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
@MANY
def test_whatever_bytes(body):
    assert same(body)


@given(RAW)
@MANY
def test_whatever_markup(html):
    assert same(html.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", [*"abisuBIU", "tt", "em", "big", "font", "FONT", "code", "nobr", "small", "strike", "strong", "strongs", "smal", "bi", "p", ""])  # fmt: skip
@pytest.mark.parametrize("behind", [" ", "/", "\n", "\x0b", "\x0c", ">", "", "x ", "\x1c"])
def test_what_counts_as_formatting(name, behind):
    """At the limit, one element more or less decides."""
    limit = tag_counts._MUCH_FORMATTING
    tags = 4_000
    counted = limit // tags
    page = "<b >" * counted + "<p>" * (tags - counted - 1) + f"<{name}{behind}"
    assert same(page.encode())


@pytest.mark.parametrize("count", [3_000, 3_001, 12_000, 12_001])
@pytest.mark.parametrize("tag", ["<p>", "<b x>", "<"])
def test_limits(tag, count):
    assert same((tag * count).encode())


def page_of(parts):
    """Return a page whose stretches of 60,000 bytes hold end tags, scripts, or attributes only."""
    return "".join(part[: tag_counts._WINDOW].ljust(tag_counts._WINDOW, filler) for part, filler in parts)


PARTS = st.tuples(
    st.sampled_from(
        ["", "<a ", "</a>", "<script>", "</script>", "<style>", "</style>", "<script></script><style>", "</style><scr"]
    ),
    st.sampled_from([" ", "x", '"']),
)


@given(st.lists(PARTS, max_size=6), st.integers(0, 12))
@MANY
def test_long_stretches(parts, cut):
    assert same(page_of(parts)[cut:].encode())


@pytest.mark.parametrize("cut", range(12))
@pytest.mark.parametrize("word", ["<script", "</script", "<style", "</style", "</"])
def test_words_across_the_end_of_a_stretch(word, cut):
    page = "<script>" + LONG + "</script>" + LONG
    at = 2 * tag_counts._WINDOW - cut
    assert same((page[:at] + word + " " * 3 * tag_counts._WINDOW).encode())


@pytest.mark.parametrize("before", range(18))
@pytest.mark.parametrize(
    "char", ["x", "\x7f", "\x80", "é", "\u07ff", "\u0800", "字", "\ud7ff", "\ue000", "\uffff", "😀"]
)
def test_text_is_encoded_alike(char, before):
    texts = [f"{'a' * before}{char}{'b' * after}{char * 3}{'c' * 300}字" for after in range(18)]
    assert [twin.utf8_of(text) for text in texts] == [utf8.utf8_of(text) for text in texts]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_fixture_pages_are_encoded_alike(path):
    for text in (
        path.read_text("utf-8", "replace"),
        path.read_text("latin-1"),
        path.read_text("utf-8", "replace") + "字",
    ):
        assert twin.utf8_of(text) == utf8.utf8_of(text)


@given(RAW)
@MANY
def test_lone_surrogates_are_refused_alike(text):
    for whole in (text, text * 40 + "字"):
        try:
            expected = utf8.utf8_of(whole)
        except UnicodeEncodeError as error:
            with pytest.raises(UnicodeEncodeError) as found:
                twin.utf8_of(whole)
            assert str(found.value) == str(error)
        else:
            assert twin.utf8_of(whole) == expected
