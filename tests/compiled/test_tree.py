"""The tree read in memory says what is read from the text that Lexbor writes of it; the twin knows what it must leave."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from scraper.page.snapshot import VOID, read_tree
from tests.compiled.markup import MANY, PAGES, RAW, REASON

tree = pytest.importorskip("scraper.compiled.tree", reason=REASON)
PRUNED = ("nav", "footer", "svg", "script", "style", "template", "select", "rt", "annotation-xml")
LEFT = "left"
SECONDS = 1.0
"""CPU, for 100,000 nodes; measured: .02 to .1 s. Quadratic, it would be minutes."""


def leave(*_):
    return LEFT


in_memory = tree.quickly(leave)
either = tree.quickly(read_tree)


def parsed(html):
    return LexborHTMLParser(html if isinstance(html, bytes) else html.encode("utf-8", "replace"))


def same(html, pruned=PRUNED):
    return either(parsed(html), pruned, VOID) == read_tree(parsed(html), pruned, VOID)


def read(html, pruned=PRUNED):
    """Return what the twin reads without help; it must be right."""
    found = in_memory(parsed(html), pruned, VOID)
    assert found == LEFT or found == read_tree(parsed(html), pruned, VOID)
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_fixture_pages(path):
    assert same(path.read_bytes())


def test_nearly_all_fixture_pages_are_read_in_memory():
    left = [path for path in PAGES if read(path.read_bytes()) == LEFT]
    assert len(left) * 20 <= len(PAGES)


@given(RAW)
@MANY
def test_whatever_text(html):
    assert same(html)


@given(RAW)
@MANY
def test_whatever_text_after_an_iframe(html):
    assert same(f"<div><iframe></iframe>{html}")


@given(RAW)
@MANY
def test_whatever_text_pruned(html):
    assert same(f"<nav class=Breadcrumbs>{html}</nav><p>{html}")


@pytest.mark.parametrize("letter", ["e", "é", "字", "😀"], ids=["ascii", "latin-1", "2 bytes", "4 bytes"])
@pytest.mark.parametrize(
    "html",
    [
        "",
        "text alone {}",
        "<p>{}</p>",
        "<p {}=1 b='{}&quot;<>\xa0\xc2&'>a</p>",
        "<p>one<script>{}</script> two</p>",
        "<p>one<script>{}</script> two <script></script>three<!-- {} --> four<svg><g>{}</g></svg> five</p>",
        "<p>1<b>2</b>3<br>4<x-{}>5</x-{}>",
        "<table>moved {}<tr><td>x</table>",
        '<p a="" b c=">" d="&amp;amp;"></p>',
        "<p>&lt;p&gt; &amp;amp; &nbsp;{}</p>",
        "<script type='application/LD+json'>{}</script><nav><script type=application/ld+json>[]</script></nav>",
        "<script type='text/javascript' data-type='ld+json'>{}</script><script type>{}</script>",
        "<script type=application/ld+json></script><svg><script type=application/ld+json><b>{}</b></script></svg>",
        "<nav aria-label='BreadCrumb'><a href='/{}'>a  {}</a></nav><nav data-breadcrumbs><a>{}</a></nav><nav><a>b</a></nav>",
        "<footer><nav class=breadcrumb><a href=x>{}</a></nav></footer>",
        "<iframe></iframe>",
        "<iframe> {} </iframe> \n",
        "<p><iframe></iframe>{}</p><x-y>",
        "<x-y><iframe></iframe> ",
        "<x_y><p><iframe src='{}'></iframe>",
        "<div><iframe></iframe><!-- {} -->",
        "<div><iframe></iframe>" + "</div><div>" * 30,
        "<div>" * 27 + "<iframe></iframe>",
        "<div>" * 28 + "<strong><iframe></iframe>",
        "<div>" * 28 + "<section><iframe></iframe>",
        "<textarea>\n\n&lt;{}</textarea><pre>\n\n{}</pre><title>&amp;</title>",
        "<ruby>{}<rt>x</rt></ruby>",
    ],
)
def test_read_in_memory(html, letter):
    assert read(html.replace("{}", letter)) != LEFT or not letter.isascii()


@pytest.mark.parametrize(
    "html",
    [
        "<iframe><p>x</p></iframe>",
        "<iframe>&amp;</iframe>",
        "<xmp><b>x</b></xmp>",
        "<noembed>a & b</noembed>",
        "<plaintext><p>x",
        "<math><mi>x</mi></math>",
        "<p =a=1>x",
        "<p a\xa0b=1>x",
        "<p字>x</p字>",
        "<iframe></iframe>\u3000",
        "<iframe></iframe></body></html><!-- x -->",
    ],
)
def test_left_to_the_plain_function(html):
    assert in_memory(parsed(html), PRUNED, VOID) == LEFT


def test_what_is_left_is_read_all_the_same():
    assert same("<math><mi>x</mi></math><iframe><p>x</p></iframe>")


@pytest.mark.parametrize("name", sorted(VOID))
def test_void_elements(name):
    assert same(f"<div><{name}>x</{name}></div>")


def test_pruned_elements_are_the_ones_asked_for():
    read("<nav>a</nav><footer>b</footer><aside>c</aside>", ("aside",))


def test_nothing_is_pruned_where_nothing_is_asked_for():
    read("<nav>a</nav><style>b</style>", ())


def test_a_tree_that_was_changed():
    changed, again = parsed("<p id=a>1<b>2</b>3</p><p>4</p>"), parsed("<p id=a>1<b>2</b>3</p><p>4</p>")
    for one in (changed, again):
        one.css_first("b").decompose()
        one.css_first("p").attrs["data-x"] = 'é "1" <2>'
    assert in_memory(changed, PRUNED, VOID) == read_tree(again, PRUNED, VOID)


def test_equal_tags_are_one_object():
    tags = in_memory(parsed("<p>1</p><div>2</div><p>3</p>"), PRUNED, VOID)[0][0]
    assert tags[3] is tags[5] == "p" or tags[2] is tags[4]


def test_lists_outlive_the_tree():
    lists = in_memory(parsed("<p title='a &amp; b'>text that stays</p>" * 2_000), PRUNED, VOID)[0]
    parsed("<i>else</i>" * 20_000)
    assert set(lists[6]) == {"text that stays"}


def test_more_names_than_the_standard_has():
    html = "".join(f"<t{i:x}>{i}</t{i:x}>" for i in range(2_000))
    assert read(html) != LEFT


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<p>x" * 100_000,
        "<p>x<script>y</script>z</p>" * 30_000,
        "<p>x" + "<script>y</script>z" * 50_000,
        f'<p a="{"&quot;" * 300_000}">',
        "<nav class=breadcrumb>" * 20_000,
        "<iframe></iframe>" + "字 " * 300_000,
        "<div><iframe></iframe>" + "字<b></b>" * 30_000,
    ],
    ids=lambda html: f"{html[:30]} {len(html)}",
)
def test_in_linear_time(html):
    page = parsed(html)
    start = time.process_time()
    tree.quickly(leave)(page, PRUNED, VOID)
    assert time.process_time() - start < SECONDS


def test_what_is_no_tree_is_left():
    assert in_memory("no tree", PRUNED, VOID) == LEFT


def test_a_fragment_is_left():
    assert in_memory(LexborHTMLParser("<p>x</p>", is_fragment=True), PRUNED, VOID) == LEFT


def test_without_the_library_behind_the_trees_plain_python_reads_them():
    code = (
        "import selectolax.lexbor as lexbor; lexbor.__file__ = '/nowhere/lexbor.so'\n"
        "from scraper.page import snapshot; assert snapshot._read_tree is snapshot.read_tree\n"
        "print(snapshot.snapshot_of('<p>text').texts)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "['text']\n"
