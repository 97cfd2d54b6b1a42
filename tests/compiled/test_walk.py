"""The compiled walk returns what the plain one returns, for whatever text; and in linear time."""

from __future__ import annotations

import inspect
import time

import pytest
from hypothesis import given

from scraper.page.snapshot import VOID, flat_lists
from tests.compiled.markup import MANY, PAGES, RAW, REASON, page_html, serialised

walk = pytest.importorskip("scraper.compiled.walk", reason=REASON)
MANY_TAGS = 100_000
SECONDS = 1.0
"""CPU, for 100,000 tags; measured: .01 to .05 s. Quadratic, it would be minutes."""


def same(html):
    return walk.flat_lists(html, VOID) == flat_lists(html, VOID)


def seconds(html):
    start = time.process_time()
    walk.flat_lists(html, VOID)
    return time.process_time() - start


def test_the_same_parameters():
    assert list(inspect.signature(walk.flat_lists).parameters) == list(inspect.signature(flat_lists).parameters)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_fixture_pages(path):
    assert same(page_html(path))


@given(serialised())
@MANY
def test_whatever_lexbor_writes(html):
    assert same(html)


@given(RAW)
@MANY
def test_whatever_text(html):
    assert same(html)


@pytest.mark.parametrize("letter", ["e", "é", "字", "😀"], ids=["ascii", "latin-1", "2 bytes", "4 bytes"])
@pytest.mark.parametrize(
    "html",
    [
        "",
        "text alone",
        "<",
        "<p",
        "<p ",
        '<p a="',
        "</",
        "<!",
        "<!--",
        "<!-->",
        "<!--->x",
        "<!---->x",
        "<!--a--b-->x",
        "<!-- <p> x",
        "before<p>inside</p>after",
        "<p>{}</p>",
        '<p {}="{}" b="&amp;">{}&amp;{}</p>',
        "<{}p>a</{}p><p{}>b</p{}>",
        "<p>one<br>two<img>three</p></br></p></p>",
        "<b><i>x</b>y</i>z",
        '<p =a="">lost</p><p a"="">kept</p>',
        '<p a="x" b>c</p><p a b="y" >d</p><p\ta\n>e</p>',
        '<p a="1"b="2">x</p>',
        "<P>x</P><p>y</p>",
        "&amp;&lt;&gt;&quot;&nbsp;&apos;&#38;<p>&amp;&lt;&gt;&quot;&nbsp;&apos;&#38;&amp;amp;&am&amp;p;&nbsp{}</p>",
        "<p>\x00</p><p\x00>\ud800</p>",
        "<p>1</p>2<p>3</p>4",
    ],
)
def test_odd_forms(html, letter):
    assert same(html.replace("{}", letter) + letter)


@pytest.mark.parametrize("name", sorted(VOID))
def test_void_elements(name):
    assert same(f"<div><{name}>x</{name}></div>")


def test_more_names_than_the_table_has_slots():
    assert same("".join(f"<t{i:x}>{i}</t{i:x}>" for i in range(2_000)))


def test_equal_tags_are_one_object():
    tags = walk.flat_lists("<p>1</p><div>2</div><p>3</p>", VOID)[0]
    assert tags[0] is tags[2]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000,
        "<div>x" * 20_000 + "</div>" * 20_000,
        "<p>x" * 20_000,
        f'<p a="{"x" * 1_000_000}">',
        "<p" + ' a="1"' * 20_000 + ">x",
        "<p>" + "&amp;" * 100_000,
        "<" * 3_000,
        "<!--" * 3_000,
        '<p a=">" ' * 1_000,
        "<div>" * 1_000 + "<b>" + "</i>" * 1_000,
    ],
    ids=lambda html: f"{html[:12]} {len(html)}",
)
def test_large(html):
    assert same(html)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * MANY_TAGS,
        "<div>" * MANY_TAGS + "</div>" * MANY_TAGS,
        "<div>" * MANY_TAGS + "</i>" * MANY_TAGS,
        "<div>" * MANY_TAGS + "<i></b>" * MANY_TAGS,
        "<" * MANY_TAGS,
        "<p" * MANY_TAGS,
        "<!--" * MANY_TAGS,
        "<!-- >" * MANY_TAGS,
        '<p a=">" ' * MANY_TAGS,
        '<p a="' * MANY_TAGS,
        '<p a="1" =>' * MANY_TAGS,
        "<p" + " a" * MANY_TAGS,
        "".join(f"<t{i}>" for i in range(MANY_TAGS)),
    ],
    ids=lambda html: html[:10] + html[-10:],
)
def test_linear_time(html):
    assert seconds(html) < SECONDS


@pytest.mark.parametrize("html", [None, b"<p>", 1])
def test_what_is_no_text_is_refused(html):
    with pytest.raises(TypeError):
        walk.flat_lists(html, VOID)
