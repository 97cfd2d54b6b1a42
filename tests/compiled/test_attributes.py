"""The compiled readers of attributes return what the regular expressions do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.metadata import meta_tags
from scraper.page import snapshot
from tests.compiled.markup import MANY, PAGES, RAW, REASON, page_html, serialised
from tests.compiled.markup import snapshot as snapshot_of

twin = pytest.importorskip("scraper.compiled.attributes", reason=REASON)

NAMES = [*meta_tags._NAMES, "content", "value", "lang", "Name", "con"]
VALUES = [
    "og:title",
    " Author ",
    "AUTHOR",
    "",
    " ",
    "a &amp; b&nbsp;",
    "İ",
    "&",
    "x" * 20_001,
    " " * 19_999 + "y z",
    "😀",
]
ODD = [' x="', " =", ' ="y"', " name", ' name=x"', '\xa0content="1"', '\n content="2"', '"', ">"]
attribute = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)).map(lambda pair: f' {pair[0]}="{pair[1]}"'),
    st.sampled_from(ODD),
)
sources = st.lists(st.lists(attribute, max_size=5).map("".join), max_size=5)


def same(read, source):
    return list(getattr(twin, read.__name__)(*source).items()) == list(read(*source).items())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_attributes_of_fixture_pages_are_read_alike(path):
    assert all(same(snapshot.attributes_of, [source]) for source in snapshot_of(page_html(path)).sources)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_statements_of_fixture_pages_are_read_alike(path):
    page = snapshot_of(page_html(path))
    assert same(meta_tags.statements, (page.sources, page.elements("meta")))


@MANY
@given(RAW)
def test_attributes_that_no_serialiser_writes_are_read_alike(source):
    assert same(snapshot.attributes_of, [source])


@MANY
@given(serialised())
def test_attributes_of_generated_markup_are_read_alike(html):
    assert all(same(snapshot.attributes_of, [source]) for source in snapshot_of(html).sources)


@MANY
@given(sources)
def test_generated_statements_are_read_alike(sources):
    assert same(meta_tags.statements, (sources, list(range(len(sources)))))


def test_of_a_name_said_too_often_the_first_values_are_kept():
    sources = [f' name="author" content="{k}"' for k in range(meta_tags._MAX_VALUES + 5)]
    assert same(meta_tags.statements, (sources, list(range(len(sources)))))


def test_an_element_that_is_not_there_is_refused():
    with pytest.raises(IndexError):
        twin.statements([""], [1])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_each_attribute_of_fixture_pages_is_read_alike(path):
    for source in snapshot_of(page_html(path)).sources:
        for name in ("class", "href", "id", "src", "alt", "data"):
            assert twin.attribute_of(source, name) == snapshot.attribute_of(source, name)


@MANY
@given(
    st.one_of(RAW, serialised(), st.lists(attribute, max_size=6).map("".join)),
    st.sampled_from([*NAMES, "a", "b", "é", "字"]),
)
def test_an_attribute_of_whatever_source_is_read_alike(source, name):
    assert twin.attribute_of(source, name) == snapshot.attribute_of(source, name)


@pytest.mark.parametrize(
    "source",
    [
        ' a=" b=" b="1"',
        ' x=" b=" c="2" b="1"',
        ' b="',
        ' b="1',
        ' b="12',
        " b",
        ' b=""',
        '\nb="1"',
        ' ab="1" b="2"',
        ' b="&amp;&lt;&nbsp;é字"',
        'b="1"',
        "",
    ],
)
def test_an_attribute_in_odd_sources_is_read_alike(source):
    assert twin.attribute_of(source, "b") == snapshot.attribute_of(source, "b")
