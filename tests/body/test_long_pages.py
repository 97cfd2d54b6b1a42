"""Chapters and transcripts of a thousand paragraphs are kept whole: what is long is not for that reason a forum."""

from __future__ import annotations

import random

import pytest

from scraper import explain

WORDS = (
    "the harbour ferry tide crew council wrote that many people on the quay had waited since morning for a boat to come "
    "back with its cargo of salt and letters from islands while rain fell over roofs"
).split()
URL = "https://books.example/the-long-winter/chapter-1"


def _sentence(dice: random.Random, least: int, most: int) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(least, most))).capitalize() + "."


def _chapter(count: int, *, every: int = 0, tag: str = "p", names: tuple[str, ...] = ("",)) -> str:
    dice = random.Random(11)  # noqa: S311  # invented text
    parts = []
    for number in range(count):
        if every and number % every == 0:
            parts.append(f"<h3>Part {number // every + 1}</h3>")
        parts.append(f"<{tag}>{names[number % len(names)]}{_sentence(dice, 20, 90)}</{tag}>")
    return "".join(parts)


def _page(text: str, around: str = "article", more: str = "") -> str:
    return (
        f"<html><head><title>The long winter</title></head><body><{around}><h1>The long winter</h1>{text}</{around}>{more}"
        "<footer><p>Imprint</p></footer></body></html>"
    )


DICE = random.Random(12)  # noqa: S311  # invented text
COMMENTS = "".join([f"<div class=comment><p>{_sentence(DICE, 8, 20)}</p></div>" for _ in range(40)])
PAGES = {
    "chapter": _page(_chapter(1000)),
    "chapter_of_parts": _page(_chapter(1300, every=50), "main"),
    "chapter_of_short_parts": _page(_chapter(700, every=10), "div"),
    "chapter_in_boxes": _page(_chapter(700, tag="div"), "main"),
    "chapter_as_a_list": _page(f"<ul>{_chapter(700, tag='li')}</ul>"),
    "transcript": _page(_chapter(1000, names=("ANNA: ", "BO: ")), "div"),
    "very_long_chapter": _page(_chapter(3000)),
}


@pytest.mark.parametrize("html", PAGES.values(), ids=PAGES)
def test_long_text_of_one_column_is_kept_whole(html: str) -> None:
    found = explain(html, URL)
    text = [block for block in found.blocks if len(block.text) > 60]
    assert sum(block.kept for block in text) > 0.99 * len(text), found.article.metadata.confidence


def test_comments_below_a_long_text_are_dropped() -> None:
    found = explain(_page(_chapter(700), more=f"<section class=comments><h2>Comments</h2>{COMMENTS}</section>"), URL)
    assert not [block.text for block in found.blocks if block.kept and "comment" in block.place]
