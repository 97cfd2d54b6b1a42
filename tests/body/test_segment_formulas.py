"""A formula stays in the line of its paragraph, once."""

from __future__ import annotations

from scraper.body.blocks.segment import segment
from scraper.page.snapshot import snapshot_of

FORMULA = (
    "<math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>"
    '<annotation encoding="application/x-tex">E=mc^2</annotation></semantics></math>'
)


def texts(html):
    return [block.text for block in segment(snapshot_of(html))]


def test_a_formula_in_the_line_does_not_cut_its_paragraph():
    assert texts(f"<p>The energy {FORMULA} is known.</p>") == ["The energy E=mc2 is known."]


def test_the_source_of_a_formula_is_not_shown():
    assert "mc^2" not in " ".join(texts(f"<p>The energy {FORMULA} is known.</p>"))
