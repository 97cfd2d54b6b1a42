"""The compiled walk through JSON-LD finds the objects that the plain one does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.metadata.json_ld import collect

twin = pytest.importorskip("scraper.compiled.json_ld", reason="the extension was not built")

values = st.recursive(
    st.none() | st.text(max_size=3) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["@type", "@id", "type", "name", "author", "@graph"]), inner, max_size=4)
    ),
    max_leaves=30,
)


def found_by(way, value):
    found = []
    way(value, found)
    return [id(node) for node in found]


@settings(max_examples=300, deadline=None)
@given(values)
def test_generated_objects_are_found_alike(value):
    assert found_by(twin.collect, value) == found_by(collect, value)


def nested(depth, box):
    value = {"@type": "Article"}
    for _ in range(depth):
        value = box(value)
    return value


@pytest.mark.parametrize(
    "value",
    [
        nested(39, lambda inner: [inner]),
        nested(40, lambda inner: [inner]),
        nested(41, lambda inner: [inner]),
        nested(5_000, lambda inner: {"@type": "WebPage", "author": inner}),
        [{"@id": str(k)} for k in range(5_001)],
        [0] * 4_999 + [{"@id": "in"}, {"@id": "out"}],
        {str(k): {"@id": str(k)} for k in range(6_000)},
        [[{"@id": str(k)} for k in range(4_990)], {"@type": "a", "b": [{"type": str(k)} for k in range(20)]}],
        None,
        "text",
    ],
    ids=range(10),
)
def test_deep_and_long_values_are_cut_alike(value):
    assert found_by(twin.collect, value) == found_by(collect, value)
