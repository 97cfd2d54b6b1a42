"""Pages that wedge, bloat or fool extractors, made on the spot: the documents of the probe and some more."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = "The harbour council approved the new ferry timetable on Tuesday after a debate of four hours."
"""A sentence of the article that each document holds."""
STORY = [
    MARK,
    "Residents of the northern quays had asked for later departures, and the operator agreed to run two more boats.",
    "The first of them will leave at half past ten, said Marta Quint, who chairs the committee for transport.",
    "Fares stay as they are until spring, when the council wants to look at the figures of the winter once more.",
]
LAST = STORY[-1]


def page(extra: str = "", *, head: str = "", around: str = "{}") -> str:
    story = "".join(f"<p>{text}</p>\n" for text in STORY)
    inner = around.format(f"<article><h1>Ferries to run later</h1>\n{story}</article>")
    title = "<title>Ferries to run later</title>"
    return f"<!DOCTYPE html><html lang=en><head>{title}{head}</head><body>{inner}{extra}</body></html>"


def nested(tag: str, n: int, inner: str | None = None) -> str:
    opened = f"<{tag}>" + (f"<{inner}>" if inner else "")
    closed = (f"</{inner}>" if inner else "") + f"</{tag}>"
    return page().replace("<article>", opened * n + "<article>").replace("</article>", "</article>" + closed * n)


def _paragraphs(size: int) -> str:
    return page(
        "".join(
            f"<p>Boat {i} left the quay on time and came back before dusk, as it does. {'x ' * 50}</p>"
            for i in range(size)
        )
    )


def _noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)  # noqa: S311  # any noise will do


def _ld(value: object) -> str:
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


def _encoded(codec: str, *, declared: str | None = None, text: str = "é") -> bytes:
    meta = f'<meta charset="{declared}">' if declared else ""
    return page(f"<p>{text * 40}</p>", head=meta).encode(codec, "ignore")


DOCUMENTS: dict[str, Callable[[], str | bytes]] = {
    "20 MB of paragraphs": lambda: _paragraphs(113_000),
    "20 MB in one paragraph": lambda: page(f"<p>{'word ' * 4_000_000}</p>"),
    "nested div 1k": lambda: nested("div", 1_000),
    "nested div 10k": lambda: nested("div", 10_000),
    "nested div 100k": lambda: nested("div", 100_000),
    "nested div 1M": lambda: nested("div", 1_000_000),
    "nested span 100k": lambda: nested("span", 100_000),
    "nested table 10k": lambda: nested("table", 10_000, "tr><td"),
    "nested svg 15k": lambda: page("<svg>" * 15_000),
    "nested math 15k": lambda: page("<math>" * 15_000),
    "nested template 15k": lambda: page("<template>" * 15_000),
    "nested ul li 5k": lambda: page("<ul><li>" * 5_000),
    "nested dl dd 5k": lambda: page("<dl><dd>" * 5_000),
    "nested section 10k": lambda: nested("section", 10_000),
    "nested center 10k": lambda: nested("center", 10_000),
    "5k blockquotes": lambda: nested("blockquote", 5_000),
    "misnested formatting 20k": lambda: page("<b><i><p>x</b></i></p>" * 20_000),
    "unclosed a 20k": lambda: page("<a href=x>y" * 20_000),
    "unclosed font 20k": lambda: page("<font>y" * 20_000),
    "unclosed distinct formatting 5k": lambda: page("".join(f"<p><font size={i}>y" for i in range(5_000))),
    "links in objects 5k": lambda: page("<a href=x><object>y" * 5_000),
    "nested breadcrumb navs 3k": lambda: page('<nav class="breadcrumb"><a href=x>y</a>' * 3_000),
    "100k attributes": lambda: page("<div " + " ".join(f"a{i}" for i in range(100_000)) + ">x</div>"),
    "100k attributes with tag ends in them": lambda: page(
        "<div " + "".join(f'a{i}=">" ' for i in range(100_000)) + ">x</div>"
    ),
    "100k html tags": lambda: page("".join(f"<html a{i}=1>" for i in range(100_000))),
    "100k options": lambda: page("<select>" + "<option>x</option>" * 100_000 + "</select>"),
    "flat li 200k": lambda: page("<ul>" + "<li>item</li>" * 200_000 + "</ul>"),
    "flat a 200k": lambda: page("<a href=/x>link</a> " * 200_000),
    "br 500k": lambda: page("x<br>" * 500_000),
    "br pairs 100k": lambda: page("some text<br><br>" * 100_000),
    "comments 200k": lambda: page("<!-- x -->" * 200_000),
    "metas 20k": lambda: page(head='<meta name="author" content="A B">' * 20_000),
    "dated paragraphs 20k": lambda: page(
        "".join(f"<p>On {i % 28 + 1} May 20{i % 20:02} it rained.</p>" for i in range(20_000))
    ),
    "JSON-LD 5 MB": lambda: page(head=_ld({"@type": "NewsArticle", "articleBody": "word " * 1_000_000})),
    "JSON-LD 20k objects": lambda: page(head=_ld([{"@type": "NewsArticle", "author": [{"name": "A"}]}] * 20_000)),
    "JSON-LD nested 100k": lambda: page(head=_ld("[" * 100_000)),
    "JSON-LD wrong types": lambda: page(
        head=_ld(
            {"@type": 7, "@graph": "x", "author": [None, 3, [[]], {"name": {}}], "datePublished": [], "image": 1e400}
        )
    ),
    "JSON-LD odd values": lambda: page(
        head=_ld('{"@type": "NewsArticle", "headline": "a", "headline": NaN, "wordCount": ' + "9" * 5_000 + "}")
    ),
    "impossible URLs": lambda: page(
        '<a href="http://[bad">x</a><a href="javascript:alert(1)">y</a><img src="data:,x"><a href="//[::1">z</a>',
        head='<base href="http://[also"><link rel=canonical href="http://[bad"><meta property="og:image" content="http://[">',
    ),
    "impossible dates": lambda: page(
        head='<meta property="article:published_time" content="0000-13-45T99:99:99+99:99">'
        '<meta property="article:modified_time" content="99999-01-01">'
    ),
    "huge colspan": lambda: page("<table><tr><td colspan=9007199254740991 rowspan=99999999>x</td></tr></table>"),
    "lone surrogates": lambda: page().replace("Residents", "\ud800Residents\udfff"),
    "NUL in text": lambda: page().replace("Residents", "Resi\0dents"),
    "control characters": lambda: page().replace("Residents", "\x1b]52;c;x\x07Residents\x9b31m&#7;&#x1b;[31m"),
    "combining marks": lambda: page("<p>a" + "\u0301" * 1_000 + "</p>"),
    "cp1252 declared utf-8": lambda: _encoded("cp1252", declared="utf-8"),
    "Shift_JIS declared": lambda: _encoded("shift_jis", declared="Shift_JIS", text="港の朝"),
    "UTF-8 declared latin-1": lambda: _encoded("utf-8", declared="iso-8859-1"),
    "UTF-16 with BOM": lambda: _encoded("utf-16"),
    "UTF-16LE without BOM": lambda: _encoded("utf-16-le"),
    "UTF-32 with BOM": lambda: _encoded("utf-32"),
    "hex as charset": lambda: _encoded("utf-8", declared="hex"),
    "cut inside a character": lambda: _encoded("utf-8").split(b"</body>")[0][:-5],
    "PDF": lambda: b"%PDF-1.7\n" + _noise(100_000),
    "PNG": lambda: b"\x89PNG\r\n\x1a\n" + _noise(100_000),
    "random 1 MB": lambda: _noise(1_000_000),
    "still gzipped": lambda: gzip.compress(page().encode()),
    "gzip bomb": lambda: gzip.compress(bytes(200_000_000), 9),
    "1 MB attribute": lambda: page(f'<div data-x="{"y " * 500_000}">x</div>'),
    "1 MB class": lambda: page(f'<div class="{"y " * 500_000}">x</div>'),
    "1 MB title": lambda: page(head=f"<title>{'y ' * 500_000}</title>"),
    "1 MB author": lambda: page(head=f'<meta name=author content="{"y " * 500_000}">'),
    "1 MB word": lambda: page(f"<p>{'y' * 1_000_000}</p>"),
    "1 MB of spaces": lambda: page(f"<p>a{' ' * 1_000_000}b</p>"),
    "1 MB URL": lambda: page(f'<a href="http://example.org/{"y" * 1_000_000}">x</a>'),
    "1M less-than signs": lambda: page("<" * 1_000_000),
    "1M ampersands": lambda: page("&" * 1_000_000),
    "1M entities": lambda: page("&lt;" * 1_000_000),
    "unclosed comment 5 MB": lambda: page("<!--" + " x" * 2_500_000),
    "unclosed comments 100k": lambda: page("<!--" * 100_000),
    "unclosed script": lambda: page("<script>" + "x<y " * 100_000),
    "unclosed CDATA": lambda: page("<svg><![CDATA[" + "x " * 100_000),
    "script 10 MB": lambda: page(f"<script>{'var a = 1 < 2; ' * 700_000}</script>"),
    "empty": lambda: "",
    "blank": lambda: " \n\t " * 1_000,
    "empty bytes": lambda: b"",
}
"""Name -> a function that makes the document."""

WITHOUT_STORY = frozenset(("PDF", "PNG", "random 1 MB", "gzip bomb", "empty", "blank", "empty bytes"))
"""Documents that hold no article."""

REFUSED = frozenset(
    (
        "nested div 100k",
        "nested div 1M",
        "nested span 100k",
        "unclosed distinct formatting 5k",
        "100k attributes",
        "100k attributes with tag ends in them",
        "100k html tags",
        "100k options",
    )
)
"""Documents that would wedge the parser."""
