"""Print versions: the text stands alone, and what the template adds to it stands in the flow."""

from __future__ import annotations

import pytest

from scraper import explain

STORY = "".join(
    f"<p>The council of Lorne has voted {n} times on the new mill, and each time the keeper went home without an answer, as"
    f" he told this paper on Monday.</p>"
    for n in range(2, 9)
)
TEMPLATES = {
    "table": "<html><head><title>The mill turns again</title></head><body onload='print()'><table width=600><tr><td>"
    "<h1>The mill turns again</h1>{}{}<hr>{}</td></tr></table></body></html>",
    "plain": "<html><head><title>The mill turns again - print</title></head><body><h1>The mill turns again</h1>{}{}{}</body></html>",
    "boxes": "<html><head><title>The mill turns again</title></head><body class=print-page><div class=print-title>"
    "<h1>The mill turns again</h1></div><div class=print-body>{}{}</div><div class=print-footer>{}</div></body></html>",
}
BYLINES = {
    "names": "<p>By Ida Holm and Jon Vik</p>",
    "name_and_date": "<p>By Ida Holm<br>Monday, 4 May 2026</p>",
    "posted": "<p>Posted By Ida Holm On May 4, 2026 @ 10:30 am In News</p>",
    "written": "<p>Written by Ida Holm on 4 May 2026</p>",
}
FOOTERS = {
    "address": "<p>Find this article at: http://news.example/mill</p>",
    "source": "<p>Source URL: http://news.example/mill</p>",
    "printed": "<p>Article printed from Lorne News: http://news.example</p><p>URL to article: http://news.example/mill</p>",
}


def _odd(byline: str, footer: str, template: str) -> list[str]:
    found = explain(TEMPLATES[template].format(byline, STORY, footer), "https://news.example/print/2026/05/mill")
    kept = [block.text for block in found.blocks if block.kept]
    return [text for text in kept if "council" not in text and text != "The mill turns again"]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("byline", BYLINES.values(), ids=BYLINES)
def test_byline_of_a_print_version_is_dropped(byline: str, template: str) -> None:
    assert _odd(byline, "", template) == []


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("footer", FOOTERS.values(), ids=FOOTERS)
def test_where_a_print_version_was_printed_from_is_dropped(footer: str, template: str) -> None:
    assert _odd("", footer, template) == []


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the river had risen by two metres, and on 4 May it stood at the door of the mill itself.",
        "Written on 4 May 2026 in the keeper's own hand, the letter says that the wheel must not turn on a Sunday.",
        "Posted to the north in 1931, the keeper's grandfather wrote home once a year, at most.",
    ],
)
def test_sentence_that_begins_like_a_byline_stays(line: str) -> None:
    assert _odd(f"<p>{line}</p>", "", "plain") == [line]
