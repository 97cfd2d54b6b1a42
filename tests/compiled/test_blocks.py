"""The compiled reading of blocks returns what the plain one returns, for whatever snapshot."""

from __future__ import annotations

import inspect
import time
from dataclasses import replace

import pytest
from hypothesis import given

from scraper.body.blocks.segment import INLINE, block_rows
from scraper.page.snapshot import snapshot_of
from tests.compiled.markup import MANY, PAGES, RAW, REASON, serialised, snapshot

blocks = pytest.importorskip("scraper.compiled.blocks", reason=REASON)
SKIPPED = frozenset(["title", "noscript", "head"])
SECONDS = 1.0
"""CPU, for 100,000 elements; measured: under .1 s. Quadratic, it would be minutes."""


def same(page):
    return blocks.block_rows(page, INLINE, SKIPPED) == block_rows(page, INLINE, SKIPPED)


def test_the_same_parameters():
    assert list(inspect.signature(blocks.block_rows).parameters) == list(inspect.signature(block_rows).parameters)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_fixture_pages(path):
    assert same(snapshot_of(path.read_bytes()))


@given(serialised())
@MANY
def test_whatever_lexbor_writes(html):
    assert same(snapshot(html))


@given(RAW)
@MANY
def test_whatever_markup(html):
    assert same(snapshot(html))


@given(RAW)
@MANY
def test_whatever_text(text):
    """One text node, as no walk would read it."""
    assert same(replace(snapshot("<html><p>x</p><p>y</p>"), texts=[text, "end"]))


@pytest.mark.parametrize("letter", ["e", "é", "字", "😀"], ids=["ascii", "latin-1", "2 bytes", "4 bytes"])
@pytest.mark.parametrize(
    "html",
    [
        "<p> {} <b> b </b>\n{}</p>",
        "<p>{}<br>{}</p><p>{}<br><br>{}</p><p>{}<br> <br>{}</p>",
        "<p><br>{}<br></p><p>\x01<br>\xad<br>{}<br>\u200b</p>",
        "<p>\x01 {} \x01 \x02</p>",
        "<p>\xad {}\u2060 \ufeff</p>",
        "<p>a \x85\x1c\xa0\u3000{}</p>",
        "<p><a>{} one</a> <a> two </a>three</p><a><a>{}</a>x</a>",
        "<a>a<a>b</a>c</a><a> </a>",
        "<html>{}<head>{}</head>{}<p>x<noscript>{}</noscript>y</p></html>",
        "<noscript><html>{}</html></noscript>",
        "x{}<b>{}</b><div>{}<i>a</i></div>b",
        "<p>\ud800 {}\x00</p>",
        "<p>{}<b><meta>{}</b><meta>{}<i>a<link></i>b<link>c</p><meta>{}<div><b>{}<meta>x</b>y</div><b><meta>{}",
        "<p>\u200b</p><p>\x01</p><p>\x01 \x01</p>",
    ],
)
def test_odd_forms(html, letter):
    assert same(snapshot(html.replace("{}", letter)))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<div>x" * 100_000,
        "<b>x" * 100_000,
        "<p>" + "x<br>" * 100_000,
        "<p>" + "x<b> </b>" * 50_000 + "y",
        "<a>x" * 50_000 + "</a>" * 50_000,
        "<p>" + "word  " * 300_000,
    ],
    ids=lambda html: f"{html[:12]} {len(html)}",
)
def test_large(html):
    page = snapshot(html)
    start = time.process_time()
    rows = blocks.block_rows(page, INLINE, SKIPPED)
    seconds = time.process_time() - start
    assert (rows == block_rows(page, INLINE, SKIPPED), seconds < SECONDS) == (True, True)


def test_text_that_is_clean_already_is_not_copied():
    page = snapshot("<p>a clean line</p>")
    assert blocks.block_rows(page, INLINE, SKIPPED)[0][3] is page.texts[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"parents": [-1, 5]},
        {"parents": [-1, 1]},
        {"parents": [-1]},
        {"text_starts": [0, -1]},
        {"text_starts": [0, 3]},
        {"text_starts": []},
        {"text_ends": [2, 3]},
        {"text_ends": [2, -1]},
        {"text_parents": [0, 2]},
        {"text_parents": [0]},
        {"texts": ["x"]},
        {"tags": ["p"]},
    ],
    ids=str,
)
def test_a_snapshot_that_points_outside_of_itself_is_refused(wrong):
    page = snapshot("<p>x<b>y</b></p>")
    with pytest.raises(IndexError):
        blocks.block_rows(replace(page, **wrong), INLINE, SKIPPED)


@pytest.mark.parametrize("wrong", [{"parents": [-1, None]}, {"texts": ["x", None]}, {"tags": ("p", "b")}], ids=str)
def test_a_snapshot_of_other_types_is_refused(wrong):
    page = snapshot("<p>x<b>y</b></p>")
    with pytest.raises(TypeError):
        blocks.block_rows(replace(page, **wrong), INLINE, SKIPPED)
