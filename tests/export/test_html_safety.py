"""HTML that strangers wrote, after our allow-list: read by an independent parser and by a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import html5lib
import pytest

from scraper import extract
from scraper.export.exporter import Target
from scraper.export.formats import format_named
from scraper.export.html import html_document
from scraper.export.opening import open_export
from scraper.export.safe_html import safe_html
from tests.contract.records import article, hostile

RUN = "document.documentElement.setAttribute('data-ran','1')"
ATTACKS = (
    f"<script>{RUN}</script>",
    f"<scr<script></script>ipt>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f"<img src='x' alt='a\" onerror=\"{RUN}'>",
    f'<svg onload="{RUN}"><script>{RUN}</script></svg>',
    f'<svg><animate onbegin="{RUN}" attributeName=x dur=1s>',
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RUN}&gt;">',
    f'<svg></p><style><a id="</style><img src=1 onerror={RUN}>">',
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f"<template><script>{RUN}</script></template>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<iframe src="javascript:parent.{RUN}"></iframe>',
    f'<object data="javascript:{RUN}"></object><embed src="javascript:{RUN}">',
    f'<a href="javascript:{RUN}">x</a><a href=" java\tscript:{RUN}">y</a><a href="data:text/html,<script>">z</a>',
    f'<a href="https://x.example/&quot; onmouseover=&quot;{RUN}">x</a>',
    f'<body onload="{RUN}"><details open ontoggle="{RUN}"><marquee onstart="{RUN}">',
    f'<input autofocus onfocus="{RUN}"><form action="javascript:{RUN}"><button>x</button></form>',
    '<base href="javascript:/a/"><meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    f"<style>@import 'javascript:{RUN}'; body{{background:url(javascript:{RUN})}}</style><link rel=stylesheet href=x>",
    f"<!--><script>{RUN}</script>--><![CDATA[<script>{RUN}</script>]]>",
    f"<textarea></textarea><script>{RUN}</script><title></title><script>{RUN}</script>",
    f"<xmp><p></xmp><script>{RUN}</script><plaintext><script>{RUN}</script>",
    f'<p/onclick="{RUN}"//><p style="x:expression({RUN})" id=x class=y>text</p>',
    f'<video><source onerror="{RUN}"></video><audio src=x onerror="{RUN}"></audio>',
    f"<select><option><script>{RUN}</script></select>",
    f"</article></body></html><script>{RUN}</script>",
    f"\x00<\x00script>{RUN}</script>",
    f'<table><td><form><table><img src=x onerror="{RUN}">',
)
ALLOWED = {
    "p": set(), "h2": set(), "h3": set(), "h4": set(), "h5": set(), "h6": set(), "ul": set(), "ol": set(), "li": set(),
    "blockquote": set(), "pre": set(), "code": set(), "table": set(), "tbody": set(), "tr": set(), "th": set(),
    "td": set(), "figure": set(), "figcaption": set(), "em": set(), "strong": set(), "br": set(), "a": {"href"},
    "img": {"src", "alt"},
}  # fmt: skip


def elements(markup):
    """Return (name, attributes) of each element of a fragment, as html5lib reads it."""
    tree = html5lib.parseFragment(markup, treebuilder="etree", namespaceHTMLElements=True)
    return [(str(one.tag), dict(one.attrib)) for one in tree.iter() if one is not tree]


@pytest.mark.parametrize("attack", ATTACKS)
def test_only_what_is_allowed_is_left(attack):
    for tag, attributes in elements(safe_html(f"<p>before</p>{attack}<p>after</p>")):
        name = tag.removeprefix("{http://www.w3.org/1999/xhtml}")
        assert name in ALLOWED
        assert set(attributes) <= ALLOWED[name]
        assert all(re.match("https?://", attributes[key]) for key in ("href", "src") if key in attributes)


@pytest.mark.parametrize("attack", ATTACKS)
def test_twice_is_once(attack):
    assert safe_html(safe_html(attack)) == safe_html(attack)


def test_text_before_an_attack_is_kept():
    assert all("before" in safe_html(f"<p>before</p>{attack}") for attack in ATTACKS)


def test_deep_nesting_is_bounded():
    assert safe_html("<blockquote>" * 50_000 + "x").count("<blockquote>") == 200


def pages():
    return sorted((Path(__file__).parents[2] / "fixtures" / "pages").glob("*/page.html"))[::3]


def test_html_of_our_own_is_left_as_it_is():
    bodies = [extract(page.read_bytes(), keep_all=True).article_body_html or "" for page in pages()]
    assert len([body for body in bodies if body]) > 5
    assert [body for body in bodies if safe_html(body) != body] == []


def hostile_document(tmp_path):
    """Return a file of HTML with each attack in the body, the headline and the credits, and no policy to help."""
    path = tmp_path / "out.html"
    with open_export(format_named("html"), Target(path=path)) as exporter:
        for number, attack in enumerate(ATTACKS):
            one = article(number, headline=attack, article_body=attack, article_body_html=attack, in_language=attack)
            exporter.write(one)
            exporter.write(article(100 + number, headline=attack, article_body=attack, article_body_html=None))
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"<meta http-equiv=\"Content-Security-Policy\".*", "", text), "utf-8")
    return path


BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def shown(path, profile):
    """Return the document as a browser has it after all scripts and handlers that could run have run."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={profile}"]
    wait = ["--virtual-time-budget=2000", "--dump-dom"]
    result = subprocess.run([BROWSER, *options, *wait, path.as_uri()], capture_output=True, timeout=50, check=True)
    return result.stdout.decode("utf-8", "replace")


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here; `apt-get install chromium` brings it")
def test_nothing_runs_in_a_browser(tmp_path):
    dom = shown(hostile_document(tmp_path), tmp_path / "profile")
    assert 'data-ran="1"' not in dom
    assert dom.count("<article") == 2 * len(ATTACKS)
    assert re.findall(r"<(?:script|svg|iframe|object|embed|form|base|link|math)\b", dom) == []


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here; `apt-get install chromium` brings it")
def test_the_attacks_do_run_where_nothing_stops_them(tmp_path):
    path = tmp_path / "raw.html"
    path.write_text(f"<!DOCTYPE html><body>{ATTACKS[2]}</body>", "utf-8")
    assert 'data-ran="1"' in shown(path, tmp_path / "profile")


def test_a_document_forbids_what_it_does_not_need():
    assert "default-src 'none'" in html_document(article(1))


def test_a_document_shows_headline_credits_and_link():
    text = html_document(article(1))
    assert "<title>Mill 1 turns again</title>" in text
    assert '<a href="https://news.example.com/story-1">' in text
    assert "<p>Ada Quill, Example Desk · Example Courier · 2026-03-14T08:30:00+01:00</p>" in text


@pytest.mark.parametrize("one", hostile(), ids=lambda one: one.id)
def test_documents_of_hostile_records_hold_no_element_of_theirs(one):
    document = html5lib.parse(html_document(one), namespaceHTMLElements=False)
    allowed = set(ALLOWED) | {"html", "head", "body", "meta", "title", "style", "article", "h1"}
    assert {str(element.tag) for element in document.iter()} <= allowed
