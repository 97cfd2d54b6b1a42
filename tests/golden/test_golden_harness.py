"""The golden harness itself: what it takes for the same, what for different, and that CI never writes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden.golden_fields import comparable
from tests.golden.golden_markdown import read_markdown

ROOT = Path(__file__).parent.parent.parent


def _sources(markdown: str) -> list[str]:
    return [block.source for block in read_markdown(markdown)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("- a\n- b", "* a\n* b"),
        ("a _b_ c", "a *b* c"),
        ("a\\_b", "a_b"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "|a|b|\n|:-|-:|\n|1|2|"),
        ("a  \nb", "a\\\nb"),
        ("a", "![alt](https://example.org/p.jpg)\\\n_caption_\n\na"),
    ],
)
def test_taste_of_a_renderer_is_no_difference(left: str, right: str) -> None:
    assert _sources(left) == _sources(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("- a\n- b", "1. a\n2. b"),
        ("- a\n- b", "- a\n  - b"),
        ("## a", "### a"),
        ("b [a](/x)", "b [a](/y)"),
        ("**a** b", "a b"),
    ],
)
def test_structure_is_a_difference(left: str, right: str) -> None:
    assert _sources(left) != _sources(right)


def test_text_of_a_block_has_no_marks() -> None:
    (block,) = read_markdown("An *old* **house** by [the `sea`](https://example.org/) with 2\\*3 rooms")
    assert block.text == "An old house by the sea with 2*3 rooms"


def test_blank_line_inside_code_parts_no_block() -> None:
    assert [block.kind for block in read_markdown("a\n\n```\nx\n\ny\n```\n\nb")] == ["paragraph", "code", "paragraph"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2026-03-01", "2026-03-01T00:00:00"),
        ("2026-03-01T10:00:00", "2026-03-01T10:00:00Z"),
        ("2026-03-01T10:00:00+01:00", "2026-03-01T09:00:00Z"),
    ],
)
def test_precision_and_offset_of_a_date_count(left: str, right: str) -> None:
    assert comparable("datePublished", left) != comparable("datePublished", right)


def test_forms_of_one_instant_are_the_same() -> None:
    assert comparable("datePublished", "2026-03-01T10:00Z") == comparable(
        "datePublished", "2026-03-01T10:00:00.000+00:00"
    )


def test_ci_never_rewrites_expectations() -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--update-golden",
        "--collect-only",
        "tests/golden/test_golden_harness.py",
    ]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"CI": "1"}, capture_output=True, text=True, check=False)
    assert (done.returncode, "refused" in done.stderr) == (4, True)
