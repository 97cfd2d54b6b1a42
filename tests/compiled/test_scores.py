"""The compiled classifier sees and says what the plain one does, to the last bit."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.body.blocks.segment import TextBlock, segment
from scraper.body.classifier.claims import Claims, claims_of
from scraper.body.classifier.context import SECOND_STAGE
from scraper.body.classifier.features import FIRST_STAGE
from scraper.body.classifier.layout import lay_out
from scraper.body.classifier.model import model_of, read_weights
from scraper.body.classifier.scores import describe
from scraper.body.decisions.outline import outline_of
from scraper.metadata.clues import read_clues
from scraper.page.page import page_of

twin = pytest.importorskip("scraper.compiled.scores", reason="the extension was not built")

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").glob("*/page.html"))
WEIGHTS = read_weights()
MODEL = model_of(WEIGHTS)
SCORE = twin.scorer_of(WEIGHTS)
WORDS = (
    "the read more share said police by von foto photo: © 2024 10:30 19:05h Лента читать далее 記者 報道 العربية שיתוף "
    "ข่าว lorem ipsum dolor sit amet élan İstanbul ß ﬁre x² ٣ 5. e.g. http://example.com a@example.com · » “quoted” - – ? ! "
    "Advertisement newsletter subscribe tags: related comments reply author \u00ad\u200b 𝔘𝔫𝔦 🙂 \ud800"
).split(" ")
CLASSES = (
    "",
    ' class="article-body__content entry"',
    ' class="PostMeta byline" id="authorBox"',
    ' data-component="social-share" hidden',
    ' class="" style="display: none"',
    ' aria-label="Related Links" role="complementary" class="teaser teaser--small"',
    f' class="{"veryLong wordsHere " * 20}"',
    ' title="a > b" class="x1 y"',
)
TAGS = "p div h1 h2 h3 ul li blockquote figure figcaption section article aside table tr td span a b em br pre".split()


def described_twice(html, url=None):
    page = page_of(html, url)
    blocks = segment(page.snapshot)
    claims = claims_of(read_clues(page))
    plain = describe(MODEL, page.snapshot, blocks, claims)
    same_result = SCORE(page.snapshot, blocks, claims) == (outline_of(plain.layout, blocks), plain.scores)
    return plain, twin.describe(WEIGHTS, page.snapshot, blocks, claims), same_result


def differing_columns(names, rows, others):
    assert len(rows) == len(others)
    return sorted(
        {
            name
            for row, other in zip(rows, others, strict=True)
            for name, value, its in zip(names, row, other, strict=True)
            if value != its
        }
    )


def differences(plain, compiled, same_result):
    layout, wanted, first_rows, asked, second_rows, scores = compiled
    return {
        "layout": [
            field.name
            for field in dataclasses.fields(layout)
            if getattr(plain.layout, field.name) != getattr(layout, field.name)
        ],
        "wanted": plain.wanted != wanted,
        "first": differing_columns(FIRST_STAGE, plain.first_rows, first_rows),
        "asked": plain.asked != asked,
        "second": differing_columns(SECOND_STAGE, plain.second_rows, second_rows),
        "scores": plain.scores != scores,
        "result": not same_result,
    }


NONE = {"layout": [], "wanted": False, "first": [], "asked": False, "second": [], "scores": False, "result": False}


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_fixture_pages_are_seen_alike(path):
    assert differences(*described_twice(path.read_bytes(), "https://example.com/a")) == NONE


texts = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), min_size=1, max_size=70).map(" ".join)
elements = st.recursive(
    texts.map(lambda text: text.replace("<", "").replace("&", "")),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.sampled_from(CLASSES), st.lists(inner, max_size=6)).map(
        lambda element: f"<{element[0]}{element[1]}>{''.join(element[2])}</{element[0]}>"
    ),
    max_leaves=40,
)


@settings(max_examples=150, deadline=None)
@given(elements, texts, texts)
def test_generated_pages_are_seen_alike(body, title, description):
    head = f'<title>{title}</title><meta name=description content="{description.replace(chr(34), "")}">'
    html = f"{head}<body>{body}{body if len(body) % 3 == 0 else ''}".encode("utf-8", "replace")
    assert differences(*described_twice(html)) == NONE


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + "Words and words and words. " * 5000,
        "<p>" + "記者が現場で取材した。" * 6000,
        "".join(f"<p>The {k}th line says that all is well in the city today, the mayor told us." for k in range(3000)),
        "<div>" * 600 + "One sentence that is long enough to be taken for prose by everyone here." + "</div>" * 600,
        "".join(f'<div class="c{k} entry-content">Text of box {k}: <a href=/>read more</a></div>' for k in range(900)),
        "<p>" + "!" * 900 + "<p>" + ": " * 700 + "<p>" + "a " * 399 + "<p>" + "b " * 200 + "<p>" + "_ " * 30,
        "<p>" + " ".join(f"w{k}" for k in range(199)) + "<p>" + "x" * 50_001 + "<p>" + "İ" * 300,
        "<ul>" + "<li><a href=/>Home</a>" * 700 + "</ul><p>Only one sentence stands here, and it is long enough.",
    ],
    ids=["long", "long-cjk", "many", "deep", "boxes", "marks", "odd-words", "links"],
)
def test_extreme_pages_are_seen_alike(body):
    assert differences(*described_twice(body.encode())) == NONE


@pytest.mark.parametrize(
    "claim",
    [
        "İ" * 700,
        "".join(f"{chr(0x4E00 + k)}İ" for k in range(350)),
        " ".join(chr(0x4E00 + k) for k in range(350)),
        "tide mill " * 80,
        "one two three four five",
        "one two three four five six",
        "\u200b \u0307 !",
    ],
    ids=["dotted", "dotted-words", "most-words", "long", "few", "enough", "none"],
)
def test_extreme_claims_are_compared_alike(claim):
    head = (
        f'<title>{claim}</title><meta name=description content="{claim}"><meta property="og:title" content="x {claim}">'
    )
    body = f"<p>{claim.lower()[:200]}.</p><p>{claim[:90]}</p><h2>One two three four five six.</h2>" * 3
    assert differences(*described_twice(f"{head}<body>{body}<p>A sentence of the tide mill, and of all else.")) == NONE


@pytest.mark.parametrize("size", [1_201, 1_000])
def test_claims_that_are_too_large_are_refused(size):
    snapshot, blocks = snapshot_and_blocks()
    claims = Claims((" ".join(chr(0x4E00 + k) for k in range(size))[:size],), (), "")
    with pytest.raises(ValueError, match="than there is room for"):
        twin.describe(WEIGHTS, snapshot, blocks, claims)


def snapshot_and_blocks():
    snapshot = page_of("<p>One sentence that is long enough to be taken for prose by everyone here.").snapshot
    return snapshot, segment(snapshot)


@pytest.mark.parametrize("element", [-1, 10_000])
def test_a_block_outside_the_page_is_refused(element):
    snapshot, _ = snapshot_and_blocks()
    claims = claims_of(read_clues(page_of("<p>x")))
    with pytest.raises(ValueError, match="outside the page"):
        twin.describe(WEIGHTS, snapshot, [TextBlock(element, 0, 1, "text", 0, 0)], claims)


def test_text_nodes_outside_the_page_are_refused():
    snapshot, blocks = snapshot_and_blocks()
    claims = claims_of(read_clues(page_of("<p>x")))
    block = msgspec.structs.replace(blocks[0], end=99)
    with pytest.raises(ValueError, match="outside the page"):
        twin.describe(WEIGHTS, snapshot, [block], claims)


def test_a_parent_after_its_child_is_refused():
    snapshot, blocks = snapshot_and_blocks()
    claims = claims_of(read_clues(page_of("<p>x")))
    with pytest.raises(ValueError, match="before its children"):
        twin.describe(WEIGHTS, dataclasses.replace(snapshot, parents=[5] * len(snapshot.parents)), blocks, claims)


def test_a_tree_that_asks_for_a_column_too_many_is_refused():
    with pytest.raises(ValueError, match=f"column {len(FIRST_STAGE)} of {len(FIRST_STAGE)}"):
        twin.scorer_of({**WEIGHTS, "first": [[len(FIRST_STAGE), 0.5, 0.1, 0.2]]})


@pytest.mark.parametrize(
    ("attributes", "hides"),
    [
        ("style='display:none'", True),
        ("style='color:red;display: \n none;'", True),
        ("style='display:none;'", True),
        ("style='displaynone'", False),
        ("style='none'", False),
        ("style='no display:non'", False),
        ("style='visibility: hidden'", True),
        ("style='visibility:\u3000hidden'", True),
        ("style='overflow: hidden'", False),
        ("aria-hidden='true'", True),
        ("aria-hidden='false'", False),
        ("aria-hidden='true-ish'", False),
        ("hidden", True),
        ("hidden='until-found'", True),
        ("class='hidden'", False),
        ("class='is hidden'", False),
        ("class='is hidden now'", True),
        ("class='a\u2003hidden\u2003b'", True),
        ("title='overflow:hidden; none' style='display:none'", True),
        ("class='ist verborgen – hidden\U0001f642'", False),
    ],
)
def test_the_twin_knows_what_is_hidden(attributes, hides):
    snapshot = page_of(f"<p>one two</p><div {attributes}><p>three four</p></div>").snapshot
    blocks = segment(snapshot)
    hidden = lay_out(snapshot, blocks).hidden
    assert twin.lay_out(snapshot, blocks).hidden == hidden
    assert any(hidden.values()) == hides
