"""One test for each (page, field): a red test names the page and the field that broke."""

from __future__ import annotations

import difflib
import json
import re
import textwrap
from typing import Any

import pytest

from scraper.model.article import Article
from tests.golden.golden_fields import GETTERS, comparable, storable
from tests.golden.golden_markdown import MarkdownBlock, read_markdown
from tests.golden.golden_pages import KNOWN_FAILURES, GoldenPage, all_pages, extraction_of

_PAGES = all_pages()
_WITH_BODY = [page for page in _PAGES if not page.fields.get("refused")]
_LINED = {"code", "list", "table"}
_KINDS = {"standfirst": "paragraph", "liveUpdate": "heading"}
"""Blocks that Markdown has no form of their own for."""


def _case(page: GoldenPage, what: str, *values: Any) -> Any:
    """Return the parameters of one test, marked where its failure is known."""
    name = f"{page.name}-{what}"
    why = KNOWN_FAILURES.get(name)
    return pytest.param(page, *values, id=name, marks=pytest.mark.xfail(reason=why, strict=True) if why else ())


def _cases() -> list[Any]:
    return [_case(page, name, name) for page in _PAGES for name in page.fields]


def _by_name(pages: list[GoldenPage], what: str) -> list[Any]:
    return [_case(page, what) for page in pages]


def test_known_failures_name_tests_that_exist() -> None:
    bodies = ("articleBody", "articleBodyMarkdown", "blocks")
    cases = {f"{page.name}-{what}" for page in _PAGES for what in (*page.fields, *bodies)}
    assert not KNOWN_FAILURES.keys() - cases


@pytest.mark.parametrize("page", _by_name(_PAGES, "complete"))
def test_fixture_is_complete(page: GoldenPage) -> None:
    present = {path.name for path in page.folder.iterdir()}
    wanted = {"response.json", "expected.json"} | (set() if page.fields.get("refused") else {"expected.md"})
    missing = wanted - present | (set() if present & {"page.html", "page.txt"} else {"page.html"})
    unknown = page.fields.keys() - GETTERS.keys()
    assert not missing | unknown, f"missing files {sorted(missing)}, unknown fields {sorted(unknown)}"


@pytest.mark.parametrize("page", _by_name(_PAGES, "purpose"))
def test_page_says_what_it_is_there_for(page: GoldenPage) -> None:
    assert json.loads((page.folder / "response.json").read_text("utf-8"))["purpose"]


@pytest.mark.parametrize("page", _by_name(_PAGES, "valid"))
def test_record_survives_its_own_json(page: GoldenPage) -> None:
    article = extraction_of(page.folder).article
    assert Article.from_json(article.to_json()) == article


@pytest.mark.parametrize(("page", "name"), _cases())
def test_field(page: GoldenPage, name: str, request: pytest.FixtureRequest) -> None:
    extraction = extraction_of(page.folder)
    got = GETTERS[name](extraction.article.to_dict(), extraction)
    if request.config.getoption("--update-golden"):
        fields = page.fields | {name: storable(name, got)}
        text = json.dumps(fields, ensure_ascii=False, indent=2)
        (page.folder / "expected.json").write_text(text + "\n", "utf-8")
        return
    expected = page.fields[name]
    if comparable(name, got) != comparable(name, expected):
        pytest.fail(f"{page.name}: {name}\n  expected {expected!r}\n  got      {storable(name, got)!r}", pytrace=False)


@pytest.mark.parametrize("page", _by_name(_WITH_BODY, "articleBodyMarkdown"))
def test_markdown(page: GoldenPage, request: pytest.FixtureRequest) -> None:
    got = extraction_of(page.folder).article.article_body_markdown or ""
    if request.config.getoption("--update-golden"):
        (page.folder / "expected.md").write_text(got.rstrip("\n") + "\n", "utf-8")
        return
    _compare([b.source for b in _expected(page)], [b.source for b in read_markdown(got)])


@pytest.mark.parametrize("page", _by_name(_WITH_BODY, "articleBody"))
def test_words_of_the_body(page: GoldenPage) -> None:
    """All words of the article, in order, and no other; where a block ends is the next test's business."""
    text = extraction_of(page.folder).article.article_body
    blocks = [b.text for b in _expected(page)]
    if _words(" ".join(blocks)) != _words(text):
        _compare(blocks, text.split("\n\n"))
        pytest.fail("the blocks agree, but not their words", pytrace=False)


@pytest.mark.parametrize("page", _by_name(_WITH_BODY, "blocks"))
def test_blocks_of_the_body(page: GoldenPage) -> None:
    blocks = [b for b in extraction_of(page.folder).article.to_dict()["blocks"] if b["text"]]
    got = [(_KINDS.get(b["type"], b["type"]), b["text"]) for b in blocks]
    wanted = [(b.kind, b.text) for b in _expected(page)]
    for i, (block, (kind, _)) in enumerate(zip(_expected(page), got, strict=False)):
        if kind == "heading" and _is_bold_line(block):
            wanted[i] = ("heading", block.text)
    _compare([_line(*block) for block in wanted], [_line(*block) for block in got])


def _expected(page: GoldenPage) -> list[MarkdownBlock]:
    if page.markdown is None:
        pytest.fail(f"{page.name}: expected.md is missing", pytrace=False)
    return read_markdown(page.markdown)


def _words(text: str) -> list[str]:
    """Split at plain white space only: a non-breaking space that was left in the text is a difference."""
    return re.split("[ \t\n]+", text.strip(" \t\n"))


def _line(kind: str, text: str) -> str:
    """One block on one line; where its line breaks are part of it, they show."""
    return f"{kind}: {text.replace(chr(10), ' ⏎ ') if kind in _LINED else text}"


def _is_bold_line(block: MarkdownBlock) -> bool:
    """A paragraph that is bold throughout may be read as a heading."""
    return block.source.startswith("**") and block.source.find("**", 2) == len(block.source) - 2


def _compare(expected: list[str], got: list[str]) -> None:
    """Fail with a difference that can be read: a block a paragraph, "-" expected, "+" got, equal blocks cut short."""
    left = [" ".join(_words(block)) for block in expected]
    right = [" ".join(_words(block)) for block in got]
    if left == right:
        return
    lines = [
        textwrap.fill(line, 116, subsequent_indent="      ") if line[0] in "-+?" else textwrap.shorten(line, 80)
        for line in difflib.ndiff(left, right)
        if line[0] != "?"
    ]
    pytest.fail("- expected, + got:\n" + "\n".join(lines), pytrace=False)
