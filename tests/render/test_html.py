import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.body import Code, Embed, Figure, Heading, List, ListItem, Paragraph, Quote, Span, Table
from scraper.render import inline_html
from scraper.render.html import render_html

URL = "https://news.example/a?b=1&c=2"
HREF = "https://news.example/a?b=1&amp;c=2"


def one(block):
    return render_html((block,))


def items(*triples):
    return List(text="", items=tuple(ListItem(text=t, level=level, ordered=o) for t, level, o in triples))


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Paragraph(text='1 < 2 & "3"\nnext'), "<p>1 &lt; 2 &amp; &quot;3&quot;<br>next</p>"),
        (Heading(text="Part", level=9), "<h6>Part</h6>"),
        (Quote(text="One.\n\nTwo."), "<blockquote><p>One.</p><p>Two.</p></blockquote>"),
        (Code(text="if a < b:\n    c"), "<pre><code>if a &lt; b:\n    c</code></pre>"),
        (
            Table(text="", rows=(("A", "B"), ("1", "")), header=True),
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td></td></tr></table>",
        ),
        (
            Table(
                text="a | b\na",
                rows=(("a", "b"), ("", "a")),
                spans=(Span(start=0, end=1, kind="strong"), Span(start=6, end=7, kind="link", url=URL)),
            ),
            f'<table><tr><td><strong>a</strong></td><td>b</td></tr><tr><td></td><td><a href="{HREF}">a</a></td></tr></table>',
        ),
        (
            Figure(text="", url=URL, alt='"x"', caption="At noon", credit="J. Doe"),
            f'<figure><img src="{HREF}" alt="&quot;x&quot;"><figcaption>At noon (J. Doe)</figcaption></figure>',
        ),
        (Figure(text="", url="data:image/png;base64,AA", alt="x"), ""),
        (Embed(text="", url=URL, provider="YouTube"), f'<figure><a href="{HREF}">YouTube</a></figure>'),
        (Embed(text="", url="javascript:alert(1)"), ""),
        (items(("a", 0, False), ("b", 1, True), ("c", 0, False)), "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"),
        (items(("a", 0, False), ("b", 0, True)), "<ul><li>a</li></ul><ol><li>b</li></ol>"),
    ],
)
def test_each_block_has_its_form(block, expected):
    assert one(block) == expected


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(3, 8, "link")], f'<p>go <a href="{HREF}">there</a> now</p>'),
        ([(0, 8, "strong"), (3, 12, "emphasis")], "<p><strong>go <em>there</em></strong><em> now</em></p>"),
        ([(3, 8, "code"), (3, 8, "link")], f'<p>go <a href="{HREF}"><code>there</code></a> now</p>'),
        ([(0, 12, "link"), (3, 8, "link")], f'<p><a href="{HREF}">go there now</a></p>'),
        ([(9, 99, "strong")], "<p>go there <strong>now</strong></p>"),
    ],
)
def test_spans_nest_whatever_they_overlap(spans, expected):
    made = tuple(Span(start=s, end=e, kind=k, url=URL if k == "link" else None) for s, e, k in spans)
    assert one(Paragraph(text="go there now", spans=made)) == expected


def test_an_unsafe_link_leaves_its_text():
    span = Span(start=0, end=5, kind="link", url="javascript:alert(1)")
    assert one(Paragraph(text="click", spans=(span,))) == "<p>click</p>"


@given(
    st.text('ab <&"\n\r\x07', max_size=12),
    st.lists(
        st.tuples(st.integers(0, 13), st.integers(0, 4), st.sampled_from(["link", "strong", "emphasis"])), max_size=4
    ),
    st.sampled_from([URL, None, "javascript:alert(1)"]),
)
def test_spans_side_by_side_are_written_as_nested_ones_are(text, places, url):
    spans = tuple(Span(start=at, end=at + size, kind=kind, url=url) for at, size, kind in sorted(places))
    parts = inline_html._side_by_side(text, spans)
    assert parts is None or "".join(parts) == "".join(inline_html.nested(text, spans))
