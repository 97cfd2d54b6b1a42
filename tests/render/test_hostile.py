"""Whatever a body says, HTML and Markdown say the same and nothing more."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from scraper.model.body import (
    Code,
    Embed,
    Figure,
    Heading,
    List,
    ListItem,
    LiveUpdate,
    Paragraph,
    Quote,
    Span,
    Standfirst,
    Table,
)
from scraper.render.html import render_html
from scraper.render.markdown import render_markdown

PIECES = st.sampled_from(
    [
        *(
            "*",
            "**",
            "_",
            "__",
            "`",
            "```",
            "~~",
            "~~~",
            "#",
            "## ",
            "- ",
            "+ ",
            "* ",
            "1. ",
            "2) ",
            ">",
            "> ",
            "|",
            "---",
            "===",
        ),
        *(
            "[a](http://x.example)",
            "![",
            "](",
            "[x]: http://x.example",
            "<",
            "</p>",
            "<script>alert(1)</script>",
            "<!--",
            "]]>",
        ),
        *(
            "&amp;",
            "&lt;",
            "&#60;",
            "&",
            "\\",
            "\\\\",
            "\n",
            "\n",
            " ",
            "    ",
            "\t",
            "://",
            "http://a.example/_b_",
            "a@b.example",
        ),
        *(
            "word",
            "snake_case",
            "a",
            "é",
            "你好",
            "。",
            "「",
            "”",
            "€",
            "^",
            "$x$",
            "\x00",
            "\x0b",
            "\u2028",
            "\xa0",
            "🙂",
            "1986. A",
        ),
        *(
            "javascript:alert(1)",
            "onerror=alert(1)",
            '" onload="x',
            "'",
            "--> ",
            ":--",
            "|-|-|",
            "    code",
            "\r",
            "<b>",
            "=",
            "+",
        ),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, PIECES, st.text(max_size=3)), min_size=1, max_size=12).map("".join)
URLS = st.sampled_from(
    [
        "https://news.example/a",
        "https://news.example/a_(b)?c=1&copy;=2&amp;x=*_`",
        "mailto:desk@news.example",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        'https://news.example/"onmouseover="x',
        "https://news.example/a b",
        "https://news.example/<script>",
        "http://[bad",
        "",
    ]
)


@st.composite
def spans(draw, text):
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))
        kind = draw(st.sampled_from(["link", "emphasis", "strong", "code"]))
        found.append(
            Span(start=min(start, end), end=max(start, end), kind=kind, url=draw(URLS) if kind == "link" else None)
        )
    return tuple(found)


@st.composite
def spanned(draw, kind, **more):
    text = draw(TEXTS)
    return kind(text=text, spans=draw(spans(text)), **{key: draw(value) for key, value in more.items()})


ITEMS = spanned(ListItem, level=st.integers(0, 3), ordered=st.booleans())
BLOCKS = st.one_of(
    spanned(Paragraph),
    spanned(Paragraph),
    spanned(Standfirst),
    spanned(Quote),
    spanned(Heading, level=st.integers(1, 7)),
    st.builds(lambda items: List(text="", items=tuple(items)), st.lists(ITEMS, min_size=1, max_size=5)),
    st.builds(Code, text=TEXTS),
    st.builds(
        lambda rows, header: Table(text="", rows=tuple(map(tuple, rows)), header=header),
        st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=3),
        st.booleans(),
    ),
    st.builds(Figure, text=st.just(""), url=URLS, alt=TEXTS, caption=TEXTS, credit=TEXTS),
    st.builds(Embed, text=st.just(""), url=URLS, provider=TEXTS, title=TEXTS),
    st.builds(LiveUpdate, text=TEXTS),
)
BODIES = st.lists(BLOCKS, min_size=1, max_size=4).map(tuple)


def squeezed(text):
    """What has to survive: the visible characters in order; control characters are in no document."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())


def visible(block):
    """The visible characters of one block."""
    if isinstance(block, List):
        return squeezed("".join(item.text for item in block.items))
    if isinstance(block, Table):
        return squeezed("".join(cell for row in block.rows for cell in row))
    return squeezed(block.text)


PARSER = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def text_of(tokens):
    return squeezed("".join(_text(token) for token in tokens))


def _text(token):
    if token.type == "image":
        return ""
    if token.children is not None:
        return "".join(map(_text, token.children))
    return (
        token.content
        if token.type in {"text", "code_inline", "fence", "code_block", "html_block", "html_inline"}
        else ""
    )


def types_of(tokens):
    return {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES)
def test_every_text_reads_back_the_same_from_markdown(body):
    body = tuple(block for block in body if not isinstance(block, Figure | Embed))
    assert text_of(PARSER.parse(render_markdown(body))) == "".join(map(visible, body))


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_plain_text_turns_into_no_markup(text):
    tokens = types_of(PARSER.parse(render_markdown((Paragraph(text=text),))))
    assert tokens <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "hardbreak"}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES)
def test_no_raw_html_and_no_active_link_comes_out(body):
    tokens = PARSER.parse(render_markdown(body))
    targets = [
        str(child.attrs.get("href") or child.attrs.get("src"))
        for token in tokens
        for child in token.children or ()
        if child.type in {"link_open", "image"}
    ]
    assert not types_of(tokens) & {"html_block", "html_inline"}
    assert all(target.startswith(("https://", "http://", "mailto:")) for target in targets)


@settings(max_examples=80, deadline=None)
@given(st.lists(spanned(Paragraph), min_size=1, max_size=3))
def test_paragraphs_stay_as_many(body):
    body = [block for block in body if squeezed(block.text)]
    tokens = PARSER.parse(render_markdown(body))
    assert [token.type for token in tokens if token.level == 0 and token.nesting >= 0] == ["paragraph_open"] * len(body)


@pytest.mark.parametrize("count", [1, 10_000])
def test_long_runs_of_special_characters_take_linear_time(count):
    text = "*_`[" * count
    assert squeezed(render_markdown((Paragraph(text=text),))).replace("\\", "") == text


ALLOWED = {
    *("html", "head", "body", "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("table", "tbody", "tr", "th", "td", "figure", "img", "figcaption", "a", "em", "strong", "br"),
}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}}


def nodes(html):
    return list(LexborHTMLParser(html).root.traverse(include_text=False))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES)
def test_every_text_reads_back_the_same_from_html(body):
    body = tuple(block for block in body if not isinstance(block, Figure | Embed))
    assert squeezed(LexborHTMLParser(render_html(body)).root.text()) == "".join(map(visible, body))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES)
def test_only_allowed_elements_and_attributes_come_out(body):
    found = nodes(render_html(body))
    assert {node.tag for node in found} <= ALLOWED
    assert all(set(node.attributes) <= ATTRIBUTES.get(node.tag, set()) for node in found)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES)
def test_every_url_is_of_the_web_or_mail(body):
    urls = [
        node.attributes.get("href") or node.attributes.get("src")
        for node in nodes(render_html(body))
        if node.tag in {"a", "img"}
    ]
    assert all(url.startswith(("https://", "http://", "mailto:")) for url in urls)
