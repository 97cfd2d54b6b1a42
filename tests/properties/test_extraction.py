"""What holds for every page, however broken."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scraper.errors import ScraperError
from scraper.extract_text import extract_text
from scraper.extraction import extract_page
from scraper.model.extraction import Extraction
from scraper.page.decode import decode
from scraper.page.page import page_of
from scraper.settings import ExtractSettings

FIXTURES = Path(__file__).parents[2] / "fixtures"
SETTINGS = ExtractSettings(keep_all=True, blocks=True, explain=True, markdown=True)
FEW = settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
WORD = re.compile(r"\w+")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")

TAGS = st.sampled_from(
    """
    html head body title meta link script style template p div span a b i em h1 h2 h3 ul ol li dl dt dd table
    tr td th blockquote pre code figure figcaption img br hr nav footer aside article section main form select
    option button iframe svg math noscript textarea object video time address small ruby rt frameset plaintext
    """.split()  # a list of 60 strings would be less readable
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        " class='article-body'",
        ' class="byline author"',
        " href=http://[bad",
        " href='/a b?c=d&amp;e#f'",
        ' property="og:title" content="A headline &amp; more"',
        ' name="date" content="0000-13-45"',
        ' rel="canonical" href="//"',
        ' itemprop="headline"',
        ' datetime="2024-02-30"',
        " a a a=1 =x",
        ' style="display:none',
        " src=data:,x",
        ' type="application/ld+json"',
        "\x00 \x0c/",
    ]
)
SENTENCES = st.sampled_from(
    [
        "The ferry left the quay at noon, with sixty passengers and a dog on board.",
        "Паром отошёл от причала в полдень с шестьюдесятью пассажирами.",
        "渡轮中午离开码头，船上有六十名乘客和一只狗。",
        "غادرت العبّارة الرصيف ظهرا وعلى متنها ستون راكبا.",
        "Read more",
        "By Jane Doe",
        "March 8, 2017",
        '{"@type": "NewsArticle", "headline": ["x"], "author": 3}',
        "&#0;&#x1b;&#xd800;&nbsp;&notanentity;",
        "\x00\x1b[31m\u202e\ufffe\u00ad",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<",
        "</",
        "&",
        " \n\t ",
    ]
)
PIECES = st.one_of(
    st.builds("<{}{}>".format, TAGS, ATTRIBUTES), st.builds("</{}>".format, TAGS), SENTENCES, st.text(max_size=20)
)
SOUP = st.lists(PIECES, max_size=60).map("".join)
BYTES = st.one_of(
    st.binary(max_size=400),
    st.builds(
        lambda soup, codec: soup.encode(codec, "replace"),
        SOUP,
        st.sampled_from(["utf-8", "utf-16", "cp1251", "gb18030"]),
    ),
    st.builds(lambda soup, cut: soup.encode("utf-8", "replace")[:cut], SOUP, st.integers(0, 300)),
    st.builds(
        lambda start, rest: start + rest,
        st.sampled_from([b"\x1f\x8b\x08", b"\xff\xfe", b"\xef\xbb\xbf", b"<\0"]),
        st.binary(),
    ),
)
LINES = st.lists(st.one_of(SENTENCES, st.text(max_size=60)), max_size=25).map("\n".join)


def read(page: str | bytes) -> Extraction | str:
    """The extraction, or the name of the typed refusal."""
    try:
        return extract_page(page_of(page, "https://example.org/a"), SETTINGS)
    except ScraperError as refusal:
        return type(refusal).__name__


@FEW
@given(BYTES)
@example(b"")
@example(b"\x1f\x8b")
def test_any_bytes_give_an_extraction_or_a_typed_refusal(body):
    assert isinstance(read(body), Extraction | str)


@FEW
@given(SOUP)
def test_any_markup_gives_a_record_that_can_be_written(soup):
    found = read(soup)
    assert isinstance(found, str) or "\n" not in found.article.to_json()


@FEW
@given(st.text())
def test_decoded_text_is_valid_utf8(text):
    assert decode(text, None).utf8.decode("utf-8") is not None


@FEW
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_text_survives_decoding_from_utf8_bytes(text):
    assert decode("<p>" + text, None).text == decode(("<p>" + text).encode(), "text/html; charset=utf-8").text


@FEW
@given(SOUP)
def test_twice_is_the_same(soup):
    assert read(soup) == read(soup)


@FEW
@given(SOUP, SOUP)
def test_the_order_of_calls_does_not_matter(first, second):
    forward = (read(first), read(second))
    assert (read(second), read(first)) == forward[::-1]


@FEW
@given(SOUP)
def test_no_long_block_stands_more_often_than_on_the_page(soup):
    found = read(soup)
    blocks = (
        Counter(b.text for b in found.article.blocks or () if len(b.text) >= 40)
        if isinstance(found, Extraction)
        else {}
    )
    shown = " ".join(soup.split())
    assert [text for text, n in blocks.items() if n > 1 and shown.count(text) < n] == []


@FEW
@given(SOUP)
def test_words_of_the_body_come_from_the_page(soup):
    found = read(soup)
    body = found.article.article_body if isinstance(found, Extraction) else ""
    whole = set(WORD.findall(page_text(soup))) | {"1", "2", "3"}
    assert [
        word for word in WORD.findall(body) if word not in whole and not any(word in other for other in whole)
    ] == []


def page_text(soup: str) -> str:
    snapshot = page_of(soup, whole=True).snapshot
    return " ".join(snapshot.texts) + " " + INVISIBLE.sub("", "".join(snapshot.texts))


@FEW
@given(st.one_of(LINES, st.text()))
def test_any_text_gives_an_extraction(text):
    assert extract_text(text, settings=SETTINGS) == extract_text(text, settings=SETTINGS)


@FEW
@given(LINES)
def test_words_of_a_plain_text_body_come_from_the_text(text):
    body = extract_text(text).article.article_body
    squeezed = re.sub(r"[\W_]+", "", INVISIBLE.sub("", text))
    assert [word for word in WORD.findall(body) if word.strip("_") not in squeezed] == []


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_newline_ends_a_line(newline):
    assert len(extract_text(newline.join(["First line.", "", "Second line."]), settings=SETTINGS).blocks) == 2


def test_the_seed_of_hashes_changes_no_record():
    pages = sorted(FIXTURES.glob("pages/*/page.html"))
    program = (
        "import hashlib, pathlib, sys\n"
        "from scraper import extract\n"
        "told = hashlib.sha256()\n"
        "for path in sys.argv[1:]:\n"
        "    told.update(extract(pathlib.Path(path).read_bytes(), keep_all=True).to_json().encode())\n"
        "print(told.hexdigest())\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program, *pages],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert pages and len(said) == 1
