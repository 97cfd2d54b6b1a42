"""Selectors of rules select what CSS does, in linear time, and say what they will not read."""

from __future__ import annotations

import random
import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from scraper.page.snapshot import MARK, snapshot_of
from scraper.sites.selector import matched, parse_selector

COMPOUNDS = ("div", ".a", "p", "section.b", "span", ".c:not(.a)", "p:first-child", '[class="a"]', "*", "p:not(.a, .b)")


def selected(html, css):
    """Return the ids of the elements that a selector selects, in document order."""
    selector = parse_selector(css)
    compounds = tuple(dict.fromkeys(step.compound for steps in selector.alternatives for step in steps))
    snapshot = snapshot_of(html, compounds=compounds)
    marks = [(snapshot.attribute(e, MARK) or "").split() for e in range(len(snapshot.tags))]
    found = {c: frozenset(e for e, mark in enumerate(marks) if str(n) in mark) for n, c in enumerate(compounds)}
    return [snapshot.attribute(e, "id") for e in sorted(matched(selector, found, snapshot.parents, snapshot.ends))]


def tree(rng, depth=0):
    """Return random markup; every element has an id."""
    out = ""
    for _ in range(rng.randint(0, 4)):
        tag, number = rng.choice(("div", "section", "p", "span")), rng.random()
        inner = tree(rng, depth + 1) if tag != "p" and depth < 5 else "x"
        out += f'<{tag} id="i{number}" class="{rng.choice("abc")}">{inner}</{tag}>'
    return out


@pytest.mark.parametrize("seed", range(60))
def test_chains_select_what_css_selects(seed):
    rng = random.Random(seed)  # noqa: S311  # the same every time, on purpose
    html = f'<html id="h"><head id="e"></head><body id="b">{tree(rng)}</body></html>'
    css = rng.choice(COMPOUNDS)
    for _ in range(rng.randint(1, 3)):
        css += rng.choice((" ", ">", " > ", " + ", "~")) + rng.choice(COMPOUNDS)
    if rng.random() < 0.3:
        css += ", " + rng.choice(COMPOUNDS)
    assert sorted(selected(html, css)) == sorted({n.attributes["id"] for n in LexborHTMLParser(html).css(css)})


@pytest.mark.parametrize("css", ["section div div p", "div ~ p ~ p", "section p ~ p ~ p", "div div div div span"])
def test_chains_take_linear_time_on_deep_and_wide_pages(css):
    html = "<div>" * 400 + "<p>x</p>" * 3000
    began = time.process_time()
    selected(html, css)
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("css", "why"),
    [
        ("", "empty"),
        ("@content", "empty"),
        ("p[", "never closed"),
        ("p:has(a)", ":has is not for rules"),
        ("li:nth-child(2)", ":nth-child is not for rules"),
        ("p::first-line", "::first-line is not for rules"),
        ("p:not(div a)", "only single elements"),
        ("div >", "missing before or after"),
        ("> p", "missing before or after"),
        ("a, , b", "missing before or after"),
        ("p..x", "not CSS"),
        ("x" * 501, "501 characters"),
        (" ".join(["p"] * 13), "13 elements"),
    ],
)
def test_what_is_no_selector_for_rules_is_refused(css, why):
    with pytest.raises(ValueError, match=why):
        parse_selector(css)


def test_an_attribute_may_be_read():
    selector = parse_selector('meta[name="x, y > z"] @content')
    assert (selector.attribute, len(selector.alternatives)) == ("content", 1)


def test_marks_leave_the_structure_as_it_is():
    html = "<nav>n</nav><article><h1>a</h1><script>1</script><p>b<p class=x>c</article>"
    plain, marked = snapshot_of(html), snapshot_of(html, compounds=("p", "*"))
    assert (plain.tags, plain.parents, plain.texts) == (marked.tags, marked.parents, marked.texts)
