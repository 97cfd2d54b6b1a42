import pytest

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
from scraper.render.markdown import render_markdown

URL = "https://news.example/a"


def one(block):
    return render_markdown((block,))


def marked(text, *spans):
    return one(
        Paragraph(
            text=text, spans=tuple(Span(start=s, end=e, kind=k, url=URL if k == "link" else None) for s, e, k in spans)
        )
    )


def items(*triples):
    return List(text="", items=tuple(ListItem(text=t, level=level, ordered=o) for t, level, o in triples))


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Paragraph(text="Rain fell.\nThen snow."), "Rain fell.\\\nThen snow."),
        (Standfirst(text="In short."), "In short."),
        (Heading(text="A second\npart", level=3), "### A second part"),
        (Heading(text="In C#", level=2), "## In C\\#"),
        (Quote(text="One.\n\nTwo."), "> One.\n>\n> Two."),
        (Code(text="a = `b`\n  c"), "```\na = `b`\n  c\n```"),
        (Code(text="```\nx\n```"), "````\n```\nx\n```\n````"),
        (Table(text="", rows=(("A", "B"), ("1|2", "3")), header=True), "| A | B |\n| --- | --- |\n| 1\\|2 | 3 |"),
        (Table(text="", rows=(("1", "2"),)), "|  |  |\n| --- | --- |\n| 1 | 2 |"),
        (
            Table(
                text="A | B|\nx",
                rows=(("A", "B|"), ("x", "")),
                header=True,
                spans=(Span(start=4, end=6, kind="link", url=URL), Span(start=7, end=8, kind="strong")),
            ),
            f"| A | [B\\|]({URL}) |\n| --- | --- |\n| **x** |  |",
        ),
        (
            Figure(text="", url=URL, alt="A [pier]", caption="At noon", credit="J. Doe"),
            f"![A \\[pier\\]]({URL})\\\n_At noon (J. Doe)_",
        ),
        (Figure(text="", url="javascript:x", alt="A"), ""),
        (Embed(text="", url=URL, provider="YouTube", title="A film"), f"[YouTube: A film]({URL})"),
        (LiveUpdate(text=""), ""),
        (
            List(text="", items=(ListItem(text="a", ordered=True), ListItem(text="b", ordered=True)), start=9),
            "9. a\n10. b",
        ),
    ],
)
def test_each_block_has_its_form(block, expected):
    assert one(block) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1986. A year", "1986\\. A year"),
        ("- no list", "\\- no list"),
        ("-5 degrees", "-5 degrees"),
        ("# no heading", "\\# no heading"),
        ("a*b*c", "a\\*b\\*c"),
        ("snake_case_name", "snake_case_name"),
        ("_x_", "\\_x\\_"),
        ("AT&T and &amp;", "AT&T and \\&amp;"),
        ("[1]: x <b>", "\\[1\\]: x \\<b>"),
        ("one | two", "one | two"),
    ],
)
def test_text_is_escaped_where_it_would_be_markup_and_only_there(text, expected):
    assert one(Paragraph(text=text)) == expected


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (marked("go there now", (3, 8, "link")), f"go [there]({URL}) now"),
        (marked("very hot day", (5, 8, "strong")), "very **hot** day"),
        (marked("very hot day", (5, 8, "emphasis")), "very _hot_ day"),
        (marked("run ls -l now", (4, 9, "code")), "run `ls -l` now"),
        (marked("Once upon", (0, 1, "strong")), "**O**nce upon"),
        (marked("Once upon", (0, 1, "emphasis")), "*O*nce upon"),
        (marked("彼は「はい」と", (2, 6, "strong")), "彼は「はい」と"),
        (marked("a big day", (2, 5, "link"), (2, 5, "strong")), f"a [**big**]({URL}) day"),
        (marked("all of it now", (0, 9, "strong"), (4, 6, "emphasis")), "**all _of_ it** now"),
        (marked("Wow!this", (4, 8, "link")), f"Wow\\![this]({URL})"),
    ],
)
def test_spans_are_marked_where_the_syntax_can_express_them(result, expected):
    assert result == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (items(("a", 0, False), ("b", 1, False), ("c", 0, False)), "- a\n  - b\n- c"),
        (items(("a", 0, True), ("b", 1, False), ("c", 0, True)), "1. a\n   - b\n2. c"),
        (items(("a\nb", 0, False)), "- a\\\n  b"),
        (items(("- a", 0, False)), "- \\- a"),
        (items(("deep", 3, False)), "- deep"),
    ],
)
def test_lists_nest(block, expected):
    assert one(block) == expected


def test_two_lists_in_a_row_stay_two():
    assert render_markdown((items(("a", 0, False)), items(("b", 0, False)))) == "- a\n\n* b"
