"""What a notebook shows of an article: readable, harmless, and nothing that calls home."""

from __future__ import annotations

import msgspec
import pytest

from scraper import Article, extract
from tests.cli.pages import PAGE

ARTICLE = extract(PAGE, "https://news.example.com/mill")


def shown(**changes: object) -> str:
    return msgspec.structs.replace(ARTICLE, **changes)._repr_html_()


def test_headline_and_text_are_shown() -> None:
    assert ARTICLE.headline is not None
    assert shown().startswith(f"<h3>{ARTICLE.headline}</h3>")


def test_text_is_shown_whole() -> None:
    assert all(line in shown() for line in ARTICLE.article_body.split("\n\n")[:2])


@pytest.mark.parametrize("field", ["headline", "article_body_html"])
def test_no_script_of_a_record_runs(field: str) -> None:
    assert "<script" not in shown(**{field: "<p>x</p><script>alert(1)</script><img src=x onerror=alert(1)>"})


def test_pictures_are_not_loaded() -> None:
    body = '<figure><img src="https://tracker.example/p.gif"></figure><p>The mill turns.</p>'
    assert "tracker.example" not in shown(article_body_html=body, blocks=None)


def test_empty_record_is_shown() -> None:
    assert (
        Article.from_json(
            '{"schemaVersion": "1.0", "id": "x", "articleBody": "", "wordCount": 0, "metadata": {"extractor": "model", "extractorVersion": "1", "pageType": "empty", "confidence": 0, "textHash": ""}}'
        )._repr_html_()
        == ""
    )
