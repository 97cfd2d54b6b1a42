"""An empty <span> that calls itself a line break is one: words on both sides of it stay apart."""

from __future__ import annotations

import pytest

from scraper import explain
from scraper.page import snapshot as pages

_BREAK = '<span class="id-r-component br" data-pos="8"></span>'
_NONE = (
    '<span class="br"> text</span>',
    '<span class="br"><b></b></span>',
    '<span class="breaking"></span>',
    '<span data-x=" class=&quot;br&quot;"></span>',
    '<b class="br"></b>',
)


def _tags(html: str) -> list[list[str]]:
    """Return the tags of a page as each walk over it reads them."""
    page = f"<html><head></head><body>{html}</body></html>"
    return [
        pages.flat_lists(page, pages.VOID)[0],
        pages._flat_lists(page, pages.VOID)[0],
        pages.snapshot_of(page).tags,
    ]


def test_every_walk_reads_it_as_a_break() -> None:
    for tags in _tags(f"<p>so for years.{_BREAK}A series</p>"):
        assert tags == ["html", "head", "body", "p", "br"]


@pytest.mark.parametrize("html", _NONE)
def test_other_elements_stay_what_they_are(html: str) -> None:
    for tags in _tags(f"<p>so for years.{html}A series</p>"):
        assert "br" not in tags


def test_words_stay_apart() -> None:
    prose = "The council has put the repair of the harbour wall off again, and it has done so for years."
    after = "A series of storms has taken the stones away, one winter after the other, said the harbour master."
    body = "".join(f"<p>{prose}{_BREAK}{after} {n} boats were moved.</p>" for n in range(2, 9))
    texts = [
        block.text for block in explain(f"<h1>Harbour</h1><article>{body}</article>").blocks if prose in block.text
    ]
    assert texts
    assert all(f"{prose}\n{after}" in text for text in texts)
