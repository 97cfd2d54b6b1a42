"""No word is lost, doubled or moved, whatever the markup."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.body.blocks.assemble import assemble
from scraper.body.blocks.segment import segment
from scraper.model.body import List, Table
from scraper.page.snapshot import snapshot_of

TAGS = st.sampled_from(
    [
        *(
            "p",
            "div",
            "ul",
            "ol",
            "li",
            "li",
            "blockquote",
            "pre",
            "h2",
            "h1",
            "table",
            "tr",
            "td",
            "td",
            "th",
            "tr",
            "b",
            "em",
        ),
        *(
            "a",
            "code",
            "span",
            "br",
            "figure",
            "figcaption",
            "dl",
            "dt",
            "dd",
            "section",
            "aside",
            "img",
            "iframe",
            "ruby",
            "rt",
        ),
        *("nav", "caption", "thead", "center", "details", "article", "noscript", "button"),
    ]
)
WORDS = st.sampled_from(
    [
        "one ",
        "two",
        " three",
        "\n",
        "  ",
        "so\u00adft",
        "\u200b",
        "日本",
        "x",
        "&nbsp;",
        "&lt;",
        "\x0b",
        "\x85",
        "a\r\nb",
        "x\x01y",
        "\x02",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        "",
        ' href="/x"',
        ' class="live-blog-entry"',
        ' colspan="3"',
        ' rowspan="2"',
        ' role="heading"',
        ' class="twitter-tweet"',
    ]
)
MARKUP = st.lists(
    st.one_of(
        WORDS,
        WORDS,
        st.builds("<{}{}>".format, TAGS, ATTRIBUTES),
        st.builds("</{}>".format, TAGS),
    ),
    max_size=40,
).map("".join)


def words_of(body):
    found = []
    for block in body:
        if isinstance(block, List):
            texts = [item.text for item in block.items]
        elif isinstance(block, Table):
            texts = [cell for row in block.rows for cell in row]
        else:
            texts = [block.text]
        found += [word for text in texts for word in text.split()]
    return found


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MARKUP, st.randoms(use_true_random=False), st.booleans())
def test_the_body_has_the_words_of_the_kept_blocks(html, random, everything):
    snapshot = snapshot_of(f"<body>{html}")
    segments = segment(snapshot)
    kept = [everything or random.random() < 0.6 for _ in segments]
    body = assemble(snapshot, segments, kept, base_url="https://news.example/", standfirst=0 if segments else None)
    assert words_of(body) == [
        word for block, keep in zip(segments, kept, strict=True) if keep for word in block.text.split()
    ]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MARKUP)
def test_every_span_lies_inside_its_text(html):
    snapshot = snapshot_of(f"<body>{html}")
    segments = segment(snapshot)
    body = assemble(snapshot, segments, [True] * len(segments), base_url="https://news.example/")
    blocks = [item for block in body for item in (block.items if isinstance(block, List) else (block,))]
    assert all(0 <= s.start < s.end <= len(block.text) for block in blocks for s in getattr(block, "spans", ()))


def test_a_hundred_thousand_cells_take_linear_time():
    snapshot = snapshot_of("<table>" + "<tr><td rowspan=9 colspan=9>a<td>b</tr>" * 5_000 + "</table>")
    segments = segment(snapshot)
    assert len(words_of(assemble(snapshot, segments, [True] * len(segments), base_url=None))) == 10_000


@pytest.mark.parametrize(
    "piece",
    [
        "<ul><li>x ",
        "<b>x <i>y ",
        "<blockquote><p>x ",
        "<table><tr><td>x ",
        "<figure><p>x ",
        "<div class=live-blog-entry><p>x ",
    ],
)
def test_deep_nesting_loses_no_word(piece):
    snapshot = snapshot_of(f"<body><time></time><time></time><p>{piece * 1_500}")
    segments = segment(snapshot)
    body = assemble(snapshot, segments, [True] * len(segments), base_url=None)
    assert len(words_of(body)) == sum(len(block.text.split()) for block in segments)
