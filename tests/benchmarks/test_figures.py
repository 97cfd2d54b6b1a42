"""The command that writes the figures of docs/benchmarks.md."""

from __future__ import annotations

import pytest

from benchmarks import figures

SAID = "one page\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nall limits hold\ndrawn: /home/me/plot.svg\n"


def test_the_page_has_room_for_every_part():
    text = figures.PAGE.read_text(encoding="utf-8")
    for part in figures.PARTS:
        assert "| new |" in figures.with_figures(text, part, "| new |")


def test_only_the_part_between_its_marks_changes():
    text = "before <!-- figures: speed -->old<!-- /figures: speed --> after"
    changed = figures.with_figures(text, "speed", "new")
    assert changed == "before <!-- figures: speed -->\n- new\n<!-- /figures: speed --> after"


def test_a_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="figures: speed"):
        figures.with_figures("no marks", "speed", "new")


def test_tables_stay_tables_and_no_path_gets_in():
    assert figures.markdown(SAID) == "- one page\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- all limits hold"


def test_every_module_that_is_run_exists():
    for part in figures.PARTS:
        assert (figures.ROOT / "benchmarks" / f"{part}.py").exists()
