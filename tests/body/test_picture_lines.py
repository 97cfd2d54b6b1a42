"""A line right behind a picture that repeats it, or shares a box with it alone, is its caption."""

from __future__ import annotations

import pytest

from scraper.api import explain, extract
from scraper.body.blocks.segment import segment
from scraper.body.classifier.layout import lay_out
from scraper.body.decisions.outline import outline_of
from scraper.body.decisions.picture_lines import drop_picture_lines
from scraper.page.snapshot import snapshot_of

TEXT = (
    "The sluice gate went up at ten past eight, and for a few seconds nothing happened. Then the wheel began to turn, first by "
    "a hand's breadth, then by a yard, and the miller's grandson took off his hat and held it against the wind."
)
SHOWN = "The miller's grandson took off his hat and held it against the wind while the wheel began to turn."
LINE = "The wheel of the mill at Lorne in the morning"


def kept(middle, before=TEXT, after=TEXT):
    """Return the texts that stay where all blocks of a page were kept."""
    snapshot = snapshot_of(f"<body><p>{before}</p>{middle}<p>{after} {after}</p></body>")
    blocks = segment(snapshot)
    found = [True] * len(blocks)
    drop_picture_lines(snapshot, blocks, outline_of(lay_out(snapshot, blocks), blocks), found)
    return [block.text for block, keep in zip(blocks, found, strict=True) if keep]


@pytest.mark.parametrize(
    "middle",
    [
        f'<img src="/a.jpg" alt="{LINE}"><p>{LINE}</p>',
        f'<img src="/a.jpg" alt="{LINE}"><p>{LINE}. Photo: Jo Reed</p>',
        f'<a href="/a"><img src="/a.jpg" alt="{LINE.upper()}"></a><div><span>{LINE}</span></div>',
        f'<div class="x1"><img src="/a.jpg"><div class="x2">{LINE}</div></div>',
        f'<div><a href="/a"><picture><source srcset="/b.jpg"><img src="/a.jpg"></picture></a><p>{LINE}</p></div>',
        f'<div><img src="/a.jpg"><br><font size="2">{LINE}</font></div>',
        f'<p><img src="/a.jpg"><br>{LINE}</p>',
        f'<table><tr><td><a href="/a"><img src="/a.jpg"></a></td></tr><tr><td>{LINE}</td></tr></table>',
    ],
    ids=[
        *("alt", "alt and credit", "alt in capitals", "box of both", "box with a link"),
        *("line below in a box", "line below in a paragraph", "cell below"),
    ],
)
def test_caption_that_nothing_marks_goes(middle):
    assert not any(LINE in text for text in kept(middle))


@pytest.mark.parametrize(
    "middle",
    [
        f'<img src="/a.jpg" alt="{LINE}"><h2>{LINE}</h2>',
        f'<img src="/a.jpg"><p>{LINE}</p>',
        f'<img src="/a.jpg" alt="Mill"><p>{LINE}</p>',
        f'<div><img src="/a.jpg"><p>{LINE}</p><p>It stood still for sixty years.</p></div>',
        f'<div><img src="/a.jpg"><img src="/b.jpg"><p>{LINE}</p></div>',
        f'<blockquote><img src="/a.jpg"><p>{LINE}</p></blockquote>',
        f'<ul><li><img src="/a.jpg"><p>{LINE}</p></li></ul>',
        f'<div><img src="/a.jpg"><p>{LINE}, is it?</p></div>',
        f'<div><img src="/a.jpg"><p>{TEXT} {TEXT}</p></div>',
        f'<p><img src="/a.jpg" align="left">{LINE}</p>',
        f'<p><img src="/a.jpg"><br>{TEXT}</p>',
        f'<p><img src="/a.jpg"><br><img src="/b.jpg"><br>{LINE}</p>',
        f'<p>{LINE}<br><img src="/a.jpg"></p>',
        f'<table><tr><td><img src="/a.jpg"></td></tr><tr><td>{LINE}</td><td>1911</td></tr></table>',
        f'<table><tr><td><img src="/a.jpg"></td><td><img src="/b.jpg"></td></tr><tr><td>{LINE}</td></tr></table>',
        f'<table><tr><td>{LINE}</td></tr><tr><td><img src="/a.jpg"></td></tr></table>',
    ],
    ids=[
        *("heading", "no box", "other alt", "more text", "two pictures", "quotation", "item", "question", "paragraph"),
        *("beside", "paragraph below", "two above", "line above"),
        *("table with more cells", "table with two pictures", "cell above"),
    ],
)
def test_text_behind_a_picture_stays(middle):
    assert len(kept(middle)) >= 3


def test_slides_are_the_text():
    slides = "".join(f'<div><img src="/{n}.jpg"><p>{n}. {TEXT[:150]}</p></div>' for n in range(9))
    assert len(kept(slides)) == 11


def page(middle):
    rest = "".join(f"<p>{k} {TEXT}</p>" for k in range(5))
    return f"<html><body><main><article><h1>The mill turns again at Lorne</h1><p>{TEXT}</p>{middle}{rest}</article></main></body></html>"


BOXED = f'<div class="a7f"><img src="/mill.jpg"><div class="b9c">{LINE}</div></div>'


def test_it_is_told_as_the_reason():
    verdicts = explain(page(f'<img src="/mill.jpg" alt="{SHOWN}"><p>{SHOWN}</p>'), "https://lorne.example/mill").blocks
    told = [v.reason for v in verdicts if v.text == SHOWN]
    assert told == ["repeats what the picture above it says, or stands in its box"]


def test_it_is_the_caption_of_its_picture():
    images = extract(page(BOXED), "https://lorne.example/mill").images
    assert [image.caption for image in images] == [LINE]


def test_it_is_not_in_the_body():
    assert LINE not in extract(page(BOXED), "https://lorne.example/mill").article_body
