"""Markup that is meant to tell the twins apart: made by Lexbor, or by nobody."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from scraper.page.snapshot import VOID, Snapshot, flat_lists

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGES = sorted(FIXTURES.rglob("*.html"))
REASON = "no extension was built here: python setup.py build_ext --inplace"
MANY = settings(max_examples=400, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))

PIECES = st.sampled_from(
    [
        *"<>/!-=\"'&;# \t\n\f\r\x0b\x00\x01\x1c\x7f\x85\xa0\xadabAZé",
        *"\u200b\u2028\u2060\u3000\ufeff\ud800\udfff“字😀",
        *"<p> </p> <P> <div> </div> <a> </a> <br> <br/> <html> </html> <body> <noscript> </noscript> <a\n> </a > <ız>".split(),
        *"<!-- --> <!--> <!---> <!DOCTYPE> <? </ <1> <> &amp; &lt; &gt; &quot; &nbsp; &amp;lt; &am&amp;p; &#160; &amp".split(),
        *(
            "a=1",
            'a="1"',
            'a=">"',
            '=b=""',
            '="',
            '" ',
            'x"=""',
            " a",
            " a=",
            ' a="',
            ' a="&quot;"',
            '\xa0a="1"',
            '\u2028a=""',
        ),
        "Words of a sentence, with a comma. ",
    ]
)
RAW = st.lists(PIECES, max_size=40).map("".join)
"""Strings that no serialiser writes."""


@st.composite
def serialised(draw):
    """Return what Lexbor writes after it has read a string; it never sees lone surrogates."""
    source = draw(RAW).encode("utf-8", "replace").decode()
    tree = LexborHTMLParser(source)
    tree.strip_tags(["script", "style"])
    return tree.html or ""


def page_html(path: Path) -> str:
    tree = LexborHTMLParser(path.read_bytes())
    tree.strip_tags(["script", "style"])
    return tree.html or ""


def snapshot(html: str) -> Snapshot:
    return Snapshot(*flat_lists(html, VOID), (), (), whole=True)
