"""The compiled places and spans of blocks are the plain ones."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.body.blocks.inline import KINDS, spans_of
from scraper.body.blocks.place import find_places
from scraper.body.blocks.segment import TextBlock, segment
from scraper.page.snapshot import snapshot_of
from tests.compiled.markup import MANY, PAGES, REASON, serialised, snapshot

twin = pytest.importorskip("scraper.compiled.assembly", reason=REASON)

BASE = "https://example.org/news/1"
SECONDS = 2.0
"""CPU, for 30,000 elements; measured: under .1 s. Quadratic, it would be minutes."""
TAGS = (
    "p div ul ol li menu dl dt dd table tbody tr td th blockquote pre h1 h2 h4 section article a em i strong b code kbd "
    "span br time"
).split()
SOURCES = (
    "",
    "",
    ' href="/a"',
    ' href="https://example.com/b?c"',
    ' href="javascript:x"',
    ' role="heading" aria-level="3"',
    ' role="heading" aria-level="x"',
    ' class="live-blog__post" id="t"',
    ' class="heading timeline-entry"',
)
WORDS = ("tide", " mill", "mill ", " ", "\n", "\xa0", "\u200b", "a\x01b", " a  b ", "字", "\ud800", "-")


@st.composite
def trees(draw):
    """Return serialised markup of the elements that matter, well nested, as deep as may be."""
    parts = ["<html>"]
    open_tags = []
    for _ in range(draw(st.integers(1, 40))):
        step = draw(st.integers(0, 5))
        if step < 3 and len(open_tags) < 14:
            tag = draw(st.sampled_from(TAGS))
            parts.append(f"<{tag}{draw(st.sampled_from(SOURCES))}>")
            open_tags += [] if tag == "br" else [tag]
        elif step == 3 and open_tags:
            parts.append(f"</{open_tags.pop()}>")
        else:
            parts.append(draw(st.sampled_from(WORDS)))
    return "".join(parts)


def differences(page, base=BASE):
    """Return what the twins see otherwise than the plain functions."""
    blocks = segment(page)
    elements = [block.element for block in blocks]
    found = []
    for live in (False, True):
        plain, compiled = find_places(page, elements, live), twin.find_places(page, elements, live)
        if plain != compiled or [*map(type, plain[0])] != [*map(type, compiled[0])]:
            found.append((plain, compiled))
    for block, place in zip(blocks, find_places(page, elements, live=False)[0], strict=True):
        arounds = {(), place.marks, tuple(i for i in (block.element,) if page.tags[i] in KINDS)}
        for around in arounds:
            plain, compiled = spans_of(page, block, around, base), twin.spans_of(page, block, around, base)
            if plain != compiled:
                found.append((block, plain, compiled))
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_fixture_pages(path):
    assert not differences(snapshot_of(path.read_bytes()))


@given(trees())
@MANY
def test_whatever_nests(html):
    assert not differences(snapshot(html))


@given(serialised())
@MANY
def test_whatever_lexbor_writes(html):
    assert not differences(snapshot(html))


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=5), st.lists(st.sampled_from(WORDS), max_size=5))
@MANY
def test_whatever_text(nodes, words):
    """A block whose text is, or is not, that of its nodes."""
    page = snapshot("<html><p>" + "<b>x</b>".join("y" * len(nodes)))
    page = replace(page, texts=(nodes * 2)[: len(page.texts)])
    for text in ("".join(words), "".join(page.texts), " ".join("".join(page.texts).split())):
        block = TextBlock(1, 0, len(page.texts), text, 0, 0)
        assert twin.spans_of(page, block, (), BASE) == spans_of(page, block, (), BASE)


@pytest.mark.parametrize("html", ["<html>" + "<b><i>x" * 15_000, "<html>" + "<ul><li>x" * 15_000])
def test_the_time_is_linear(html):
    page = snapshot(html)
    blocks = segment(page)
    started = time.process_time()
    places, _ = twin.find_places(page, [block.element for block in blocks], True)
    for block, place in zip(blocks[:3], places, strict=False):
        twin.spans_of(page, block, place.marks, BASE)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(("element", "start", "end"), [(99, 0, 1), (-9, 0, 1), (1, 0, 9), (1, -1, 1), (1, 2, 1)])
def test_a_block_outside_of_the_page_is_refused(element, start, end):
    page = snapshot("<html><p>x <b>y</b></p>")
    with pytest.raises(IndexError):
        twin.spans_of(page, TextBlock(element, start, end, "x y", 0, 0), (99,), BASE)
    with pytest.raises(IndexError):
        twin.find_places(page, [99], False)


@pytest.mark.parametrize("wrong", [None, 5, b"x"])
def test_lists_of_something_else_are_refused(wrong):
    page = replace(snapshot("<html><p>x <b>y</b></p>"), texts=[wrong, wrong], sources=[wrong] * 3)
    with pytest.raises(TypeError):
        twin.spans_of(page, TextBlock(1, 0, 2, "x y", 0, 0), (), BASE)
    with pytest.raises(TypeError):
        twin.find_places(page, [1], False)
