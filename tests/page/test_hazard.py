"""Harmless pages pass, wedging ones are refused."""

from __future__ import annotations

import pytest

from scraper.errors import TooComplex
from scraper.page.hazard import MAX_SIZE, check

N = 100_000
WEDGING = {
    "div": b"<div>" * N,
    "div in capitals": b"<DIV CLASS=X>" * N,
    "ul li": b"<ul><li>" * N,
    "div with stray end tags": b"<div></x>" * N,
    "end tags that match nothing": b"<span>" * 40_000 + b"</x>" * 40_000,
    "formatting around blocks": b"<b>" + b"<div>" * 30_000 + b"</b>" * 30_000,
    "unclosed formatting": b"".join(b"<p><b id=%d>x" % i for i in range(3_000)),
    "formatting, then paragraphs": b"<p>" + b"".join(b"<i id=%d>" % i for i in range(600)) + b"</p>" + b"<p>x" * 5_000,
    "attributes": b"<p " + b" ".join(b"a%d" % i for i in range(N)) + b">",
    "attributes with values": b"<p " + b" ".join(b"a%d='>'" % i for i in range(N)) + b">",
    "attributes of many body tags": b"".join(b"<body a%d=1>" % i for i in range(N)),
    "options": b"<option>" * N,
    "too large": b"x" * (MAX_SIZE + 1),
}
HARMLESS = {
    "empty": b"",
    "flat list": b"<li>x" * N,
    "flat paragraphs without ends": b"<p>x" * N,
    "flat cells": b"<table>" + b"<tr><td>x" * N,
    "closed blocks": b"<div><p>x</p></div>" * N,
    "breaks": b"x<br>" * N,
    "formatting closed in the wrong order": b"<b><i><p>x</b></i></p>" * 20_000,
    "spans left open in their blocks": b"<div><span>x</div>" * 20_000,
    "formatting around paragraphs": b"".join(b"<i id=%d>" % i for i in range(600)) + b"<p>x" * 5_000,
    "equal formatting left open": b"<p><font>x" * 20_000,
    "markup in a script": b"<script>var a = '" + b"<div>" * N + b"'</script>",
    "markup in a comment": b"<!--" + b"<div>" * N + b"-->",
    "markup in an attribute": b'<p title="' + b"<div>" * N + b'">x</p>',
    "long data in a script": b'<script>{"a": 1,' + b'"key": "value", ' * N + b"}</script><p>x",
    "long attribute": b'<img src="data:image/png;base64,' + b"iVBORw0KGgo" * 20_000 + b'">',
    "nested 10,000 deep": b"<div>" * 10_000,
}


@pytest.mark.parametrize("name", WEDGING)
def test_wedging_markup_is_refused(name):
    with pytest.raises(TooComplex):
        check(WEDGING[name])


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_markup_passes(name):
    check(HARMLESS[name])


def test_the_refusal_names_the_page_and_the_cause():
    with pytest.raises(TooComplex, match=r"^https://example.org/a: the page has more than 15,000 options"):
        check(WEDGING["options"], url="https://example.org/a")
