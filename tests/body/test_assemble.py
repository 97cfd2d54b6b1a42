"""Each kind of markup becomes the block that it means."""

import pytest

from scraper.body.blocks.assemble import assemble
from scraper.body.blocks.segment import segment
from scraper.model.body import (
    Code,
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
from scraper.page.snapshot import snapshot_of
from scraper.render.text import render_text

BASE = "https://news.example/world/story"


def body_of(html, *, drop=(), standfirst=None):
    snapshot = snapshot_of(f"<body><article>{html}</article></body>")
    segments = segment(snapshot)
    kept = [not any(word in block.text for word in drop) for block in segments]
    return assemble(snapshot, segments, kept, base_url=BASE, standfirst=standfirst)


def only(html, **more):
    (block,) = body_of(html, **more)
    return block


def kinds(body):
    return [type(block).__name__ for block in body]


def span(start, end, kind, url=None):
    return Span(start=start, end=end, kind=kind, url=url)


# Paragraphs and their spans


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One line<br>and the next</p>", "One line\nand the next"),
        ("<p>One<br/>\n  <br>", "One"),
        ('<p><span class="dropcap">T</span>he sea rose.</p>', "The sea rose."),
        ("<p><b>W</b><small>HEN THE</small> rain came.</p>", "WHEN THE rain came."),
        ("<p>Harbour\u00admaster and zero\u200bwidth</p>", "Harbourmaster and zerowidth"),
        ("<p>Ten&nbsp;kilometres  away</p>", "Ten kilometres away"),
        ("<p>Super<wbr>cali<em>fragil</em>istic</p>", "Supercalifragilistic"),
        ("<p>H<sub>2</sub>O is x<sup>2</sup></p>", "H2O is x2"),
        ("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>を読む。</p>", "漢字を読む。"),
        ('<p dir="rtl">قال <b>المتحدث</b> إن <a href="/a">التقرير</a> جاهز.</p>', "قال المتحدث إن التقرير جاهز."),
    ],
)
def test_words_stay_whole(html, text):
    assert only(html).text == text


@pytest.mark.parametrize(
    ("html", "spans"),
    [
        ('<p>See <a href="/map">the map</a> here.</p>', (span(4, 11, "link", "https://news.example/map"),)),
        ('<p><a href="javascript:void(0)">Open</a> it.</p>', ()),
        ('<p><a href="http://[bad">Open</a> it.</p>', ()),
        ("<p>A <em>very</em> <strong>cold</strong> day</p>", (span(2, 6, "emphasis"), span(7, 11, "strong"))),
        ("<p>A <b>  wide  </b>gap</p>", (span(2, 6, "strong"),)),
        ("<p><b><strong>All</strong></b></p>", (span(0, 3, "strong"),)),
        ("<p><b>Ha</b><b>rd</b> times</p>", (span(0, 4, "strong"),)),
        (
            '<p>On <a href="https://x.example/"><i>The <b>Hill</b></i></a></p>',
            (span(3, 11, "link", "https://x.example/"), span(3, 11, "emphasis"), span(7, 11, "strong")),
        ),
        ("<p>First<br><em>second</em> line</p>", (span(6, 12, "emphasis"),)),
        ("<p>Run <code>ls -l</code> now</p>", (span(4, 9, "code"),)),
        ("<p>so\u00adft <i>em\u00adphasis</i></p>", (span(5, 13, "emphasis"),)),
        ("<p>A\x01 <i>clear\x02ly</i></p>", (span(2, 9, "emphasis"),)),
        ("<strong><p>Whole paragraph</p></strong>", (span(0, 15, "strong"),)),
        ('<a href="/x"><div>Card</div></a>', (span(0, 4, "link", "https://news.example/x"),)),
    ],
)
def test_spans_have_exact_offsets(html, spans):
    assert only(html).spans == spans


LINE = "The rain had come down for nine years on the"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"{LINE} market<br>and on its cheese.", f"{LINE} market and on its cheese."),
        (f"Who pays?<br>{LINE} market<br>and on its cheese.", f"Who pays?\n{LINE} market and on its cheese."),
        (f"{LINE} old<br>{LINE.lower()} new<br>roof.<br>{LINE}.", f"{LINE} old {LINE.lower()} new roof. {LINE}."),
        ("the rain on the roof<br>the wind in the trees", "the rain on the roof\nthe wind in the trees"),
        (f"{LINE} Market Street<br>Elm, 12 May", f"{LINE} Market Street\nElm, 12 May"),
    ],
    ids=["one", "after-a-question", "throughout", "verse", "address"],
)
def test_a_break_in_the_middle_of_a_sentence_is_a_space(html, text):
    assert only(f"<p>{html}</p>").text == text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>A driver of <span><meta itemprop="name" content="x">Elm</span> was late.</p>', 1),
        ('<p>A driver of <a href="/e">Elm<link itemprop="url" href="/e"></a> was late.</p>', 1),
        ('<p><span>12 May</span><meta itemprop="datePublished" content="x"><span>A driver was late.</span></p>', 2),
        ("<div><span>Town<meta></span><span>Elm<meta></span></div>", 2),
    ],
    ids=["in-a-span", "in-a-link", "between-spans", "trail"],
)
def test_metadata_inside_an_inline_element_of_a_paragraph_does_not_end_a_sentence(html, expected):
    assert len(body_of(html)) == expected


# Headings and the standfirst


@pytest.mark.parametrize(
    ("html", "level"),
    [
        ("<h1>Part</h1>", 2),
        ("<h2>Part</h2>", 2),
        ("<h4>Part</h4>", 4),
        ("<h6><span>Part</span></h6>", 6),
        ("<h3><div>Part</div></h3>", 3),
        ('<div role="heading" aria-level="3">Part</div>', 3),
        ('<p role="heading">Part</p>', 2),
    ],
)
def test_headings_have_levels(html, level):
    assert only(html) == Heading(text="Part", level=level)


def test_a_heading_of_many_sentences_is_a_paragraph():
    assert isinstance(only(f"<h3>{'The harbour froze over again. ' * 12}</h3>"), Paragraph)


def test_the_standfirst_has_a_type_of_its_own():
    assert body_of("<p>In <b>short</b></p><p>Text</p>", standfirst=0)[0] == Standfirst(
        text="In short", spans=(span(3, 8, "strong"),)
    )


# Lists


def test_a_list_is_one_block_with_a_line_for_each_item():
    assert only("<ul><li>One</li><li>Two <b>bold</b></li></ul>") == List(
        text="- One\n- Two bold", items=(ListItem(text="One"), ListItem(text="Two bold", spans=(span(4, 8, "strong"),)))
    )


@pytest.mark.parametrize(
    ("html", "items"),
    [
        ("<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>", [("A", 0), ("B", 1), ("C", 0)]),
        ("<ul><li>A</li><ul><li>B</li></ul></ul>", [("A", 0), ("B", 1)]),
        ("<ul><li>A<ul><li>B</li></ul>C</li></ul>", [("A", 0), ("B", 1), ("C", 0)]),
        ("<ul><li><ul><li>B</li></ul></li></ul>", [("B", 0)]),
        ("<ul><li><p>A</p><p>more</p></li><li>B</li></ul>", [("A\nmore", 0), ("B", 0)]),
        ("<ul><li>A<br>more</li></ul>", [("A\nmore", 0)]),
        ("<ul><li><ul><li><ul><li>C</li></ul></li></ul></li><li>A</li></ul>", [("C", 0), ("A", 0)]),
    ],
)
def test_list_items_nest(html, items):
    assert [(item.text, item.level) for item in only(html).items] == items


def test_an_item_of_two_lines_is_one_line_of_the_text():
    assert only("<ul><li><p>A</p><p>more</p></li></ul>").text == "- A more"


def test_ordered_lists_say_so():
    assert [item.ordered for item in only("<ol><li>A<ul><li>B</li></ul></li></ol>").items] == [True, False]


def test_lists_side_by_side_stay_two():
    assert kinds(body_of("<ul><li>A</li></ul><ul><li>B</li></ul>")) == ["List", "List"]


def test_items_with_headings_are_sections():
    html = "<ol><li><h3>First</h3><p>Text one.</p></li><li><h3>Second</h3><p>Text two.</p></li></ol>"
    assert kinds(body_of(html)) == ["Heading", "Paragraph", "Heading", "Paragraph"]


def test_a_list_inside_a_section_item_starts_at_the_top():
    html = "<ul><li><h3>First</h3><ul><li>Point</li></ul></li></ul>"
    assert body_of(html)[1] == List(text="- Point", items=(ListItem(text="Point"),))


def test_a_definition_list_reads_as_terms_and_paragraphs():
    assert body_of("<dl><dt>Tide</dt><dd>The sea's rise.</dd></dl>") == (
        Paragraph(text="Tide", spans=(span(0, 4, "strong"),)),
        Paragraph(text="The sea's rise."),
    )


@pytest.mark.parametrize(
    ("given", "start"), [('start="4"', 4), ("", 1), ('start="-2"', 1), ('start="x"', 1), ('start="9999999999"', 1)]
)
def test_a_numbered_list_begins_where_it_says(given, start):
    assert only(f"<ol {given}><li>Elm</li><li>Oak<ol start='7'><li>Ash</li></ol></li></ol>").start == start


def test_a_bulleted_list_has_no_first_number():
    assert only("<ul start='4'><li>Elm</li></ul>").start == 1


# Quotations


def test_a_quotation_is_one_block_of_its_paragraphs():
    assert only("<blockquote><p>We <i>knew</i>.</p><p>Then <b>we</b> left.</p></blockquote>") == Quote(
        text="We knew.\n\nThen we left.", spans=(span(3, 7, "emphasis"), span(15, 17, "strong"))
    )


def test_a_quotation_around_the_whole_article_is_layout():
    text = "".join(f"<p>Paragraph number {n} of the story.</p>" for n in range(6))
    assert kinds(body_of(f"<blockquote>{text}</blockquote>")) == ["Paragraph"] * 6


def test_a_quoted_post_is_a_quote_and_an_embed():
    html = (
        '<p>Before</p><blockquote class="twitter-tweet"><p>It is snowing.</p>&mdash; Jane '
        '<a href="https://twitter.com/jane/status/1">May 1</a></blockquote><p>After</p>'
    )
    assert kinds(body_of(html)) == ["Paragraph", "Embed", "Quote", "Paragraph"]


# Code


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<pre>if a:\n    b\n\n    c</pre>", "if a:\n    b\n\n    c"),
        ("<pre><code>    x = 1\n  y</code></pre>", "    x = 1\n  y"),
        ('<pre><span class="k">def</span> <span>f</span>():\n\t<b>pass</b>\n</pre>', "def f():\n\tpass"),
        ("<pre>a<br>  b</pre>", "a\n  b"),
        ("<pre><div>a</div><div>  b</div></pre>", "a\n  b"),
        ("<pre>\n\n<span>a</span>\n</pre>", "a"),
        ("<pre>x&nbsp;=&nbsp;1 &lt; 2</pre>", "x = 1 < 2"),
    ],
)
def test_code_keeps_its_lines_and_indentation(html, text):
    assert only(html) == Code(text=text)


# Tables


def test_a_table_has_rows_of_cells():
    html = "<table><tr><th>Town</th><th>Snow</th></tr><tr><td>Elm</td><td>3 <b>cm</b></td></tr></table>"
    assert only(html) == Table(
        text="Town | Snow\nElm | 3 cm",
        rows=(("Town", "Snow"), ("Elm", "3 cm")),
        header=True,
        spans=(span(20, 22, "strong"),),
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>a<td>b<tr><td><td>d", (("a", "b"), ("", "d"))),
        ("<tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e", (("a", "", "b"), ("c", "d", "e"))),
        ("<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e", (("a", "b"), ("", "c"), ("d", "e"))),
        ("<tr><td>a<td><td>b<tr><td>c<td><td>d", (("a", "b"), ("c", "d"))),
        ("<tr><td>a<br>b<td><p>c</p><p>d</p><tr><td>e<td>f", (("a b", "c d"), ("e", "f"))),
        ("<tr><td colspan=999999999>a<td>b<tr><td>c<td>d", (("a", "", "b"), ("c", "d", ""))),
        ("<tr><td rowspan=-3 colspan=x>a<td>b<tr><td>c<td>d", (("a", "b"), ("c", "d"))),
    ],
)
def test_cells_stand_in_their_columns(rows, expected):
    assert only(f"<table>{rows}</table>").rows == expected


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>First paragraph.</p><p>Second paragraph.</p></td></tr></table>",
        "<table><tr><td>One</td></tr><tr><td>Two</td></tr></table>",
        '<table role="presentation"><tr><td>One</td><td>Two</td></tr><tr><td>a</td><td>b</td></tr></table>',
        f"<table><tr><td>{'Long story. ' * 60}</td><td>Side</td></tr></table>",
        "<table><tr><td><table><tr><td>In</td></tr></table></td><td>Out</td></tr></table>",
    ],
)
def test_a_table_for_layout_is_paragraphs(html):
    assert set(kinds(body_of(html))) == {"Paragraph"}


def test_dropped_cells_leave_no_trace():
    html = "<table><tr><td>a<td>b<td>Advert<tr><td>c<td>d<td>Advert<tr><td>Advert<td>Advert</table>"
    assert only(html, drop=["Advert"]).rows == (("a", "b"), ("c", "d"))


def test_rows_of_prose_under_short_labels_are_a_table():
    prose = f"<td><p>{'A long week it was. ' * 20}</p><p>It rained.</p><p>It snowed.</p>"
    rows = "".join(f"<tr><td>Week {n}{prose}" for n in range(3))
    assert [row[0] for row in only(f"<table>{rows}</table>").rows] == ["Week 0", "Week 1", "Week 2"]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ("<tr><td><b>Town</b><td><strong>Snow</strong><tr><td>Elm<td>3", True),
        ("<tr><td><b>Town</b><td>Snow<tr><td>Elm<td>3", False),
        ("<tr><td><b>Town</b><td><b>Snow</b><tr><td><b>Elm</b><td><b>3</b>", False),
        ("<tr><td>Town<td>Snow<tr><td>Elm<td>3", False),
    ],
)
def test_a_bold_first_row_names_the_columns(rows, header):
    table = only(f"<table>{rows}</table>")
    assert (table.header, bool(table.spans)) == (header, "<b>" in rows and not header)


def test_links_in_a_table_s_cells_stay():
    cell = '<td><p>The</p><p>town of <a href="/elm">Elm</a></p>'
    table = only(f"<table><tr><td>Town<td>Snow<tr>{cell}<td>Elm 3<tr><td><a href='/oak'>Elm</a><td>4</table>")
    links = [(table.text[s.start : s.end], table.text[: s.start].count("\n"), s.url) for s in table.spans]
    assert links == [("Elm", 1, "https://news.example/elm"), ("Elm", 2, "https://news.example/oak")]


def test_a_caption_of_a_table_comes_before_it():
    html = "<table><caption>Snowfall</caption><tr><td>a<td>b<tr><td>c<td>d</table>"
    assert kinds(body_of(html)) == ["Paragraph", "Table"]


# Live blogs


def test_each_live_update_has_a_head_with_its_time():
    update = (
        '<div class="live-blog-entry"><time datetime="2031-05-0{n}T10:00:00+02:00">10:00</time>'
        "<h3>News {n}</h3><p>Text {n}.</p></div>"
    )
    body = body_of("".join(update.format(n=n) for n in (2, 1)), drop=["10:00"])
    assert [block.date_published for block in body if isinstance(block, LiveUpdate)] == [
        "2031-05-02T10:00:00+02:00",
        "2031-05-01T10:00:00+02:00",
    ]


def test_a_live_update_comes_before_its_heading():
    update = '<li class="ticker-item"><h3>News {n}</h3><time datetime="1935735600">12:05</time><p>Text {n}.</p></li>'
    body = body_of(f"<ol>{''.join(update.format(n=n) for n in (2, 1))}</ol>", drop=["12:05"])
    assert kinds(body) == ["LiveUpdate", "Heading", "Paragraph"] * 2


# The text


def test_the_text_has_the_layout_of_the_record():
    html = "<p>One<br>two</p><h2>Part</h2><ul><li>a</li><li>b</li></ul><table><tr><td>1<td>2<tr><td>3<td>4</table>"
    assert render_text(body_of(html)) == "One\ntwo\n\nPart\n\n- a\n- b\n\n1 | 2\n3 | 4"


def test_nothing_kept_is_no_body():
    assert body_of("<p>One</p>", drop=["One"]) == ()
