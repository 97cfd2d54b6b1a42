"""Attributes of a snapshot's elements, one by one and all at once."""

import pytest

from scraper.page.snapshot import snapshot_of

LINKS = {
    '<a href="/one" title="x">': "/one",
    '<a title="say href=" href="/one">': "/one",
    '<a data-href="/no" href="/one">': "/one",
    "<a title=' href=\"/no\"' href='/one'>": "/one",
    '<a href="/a?b&amp;c&quot;">': '/a?b&c"',
    "<a href>": "",
    '<a href="">': "",
    '<a data-href="/no">': None,
    '<a title="href">': None,
    '<a title="say href=">': None,
    '<a href="/one" href="/two">': "/one",
}


@pytest.mark.parametrize("tag", LINKS)
def test_an_attribute_is_found_by_its_name_alone(tag):
    snapshot = snapshot_of(f"<p>{tag}here</a>", whole=True)
    assert snapshot.attribute(snapshot.tags.index("a"), "href") == LINKS[tag]


@pytest.mark.parametrize("tag", LINKS)
def test_one_attribute_is_what_it_is_among_all(tag):
    snapshot = snapshot_of(f"<p>{tag}here</a>", whole=True)
    link = snapshot.tags.index("a")
    assert snapshot.attribute(link, "title") == snapshot.attributes(link).get("title")


@pytest.mark.parametrize("value", ["b", "b&amp;c"])
def test_attributes_stand_in_their_order(value):
    snapshot = snapshot_of(f'<p data-a="1" data-b="{value}" data-c="3" data-a="4">x')
    attributes = snapshot.attributes(snapshot.tags.index("p"))
    assert list(attributes.items()) == [("data-a", "1"), ("data-b", value.replace("&amp;", "&")), ("data-c", "3")]


def test_an_iframe_without_an_end_in_a_noscript_swallows_nothing():
    html = '<body><noscript><iframe src="https://t.example/ns" height="0" /></noscript><p>Text.</p><script>var a = 1;</script></body>'
    assert "".join(snapshot_of(html).texts) == "Text."


def test_an_iframe_at_the_end_of_a_page_is_left_alone():
    html = '<body><p>Text.</p><iframe src="https://t.example/a/"></iframe></body>'
    assert snapshot_of(html).tags[-1] == "iframe"
