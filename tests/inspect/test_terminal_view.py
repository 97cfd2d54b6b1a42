"""The inspection as lines: they fit, they are coloured where wanted, and no page can move the cursor."""

from __future__ import annotations

import re
import unicodedata

import pytest

from scraper.inspect.look import look_at_html
from scraper.inspect.terminal_view import answer_lines, piped_lines, terminal_lines
from tests.inspect.pages import HOSTILE, KEPT, NEWSLETTER, PAGE, REPORTER, UNSEEN

REFUSED = "<h1>Bridge closed</h1><p>By Minna Torvald</p><p>The bridge at Holm is closed until Friday noon.</p>"
SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def ferry():
    return look_at_html(PAGE, name="ferry.html", compare="trafilatura")


@pytest.fixture(scope="module")
def hostile():
    return look_at_html(HOSTILE.replace(KEPT, KEPT + " 渡轮将从复活节星期一起恢复运行" * 9), name="x\x1b[2J\n")


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in line)


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_lines_fit_the_terminal(hostile, width):
    lines = "\n".join(terminal_lines(hostile, width=width, colour=True)).split("\n")
    assert [line for line in lines if columns(SGR.sub("", line)) > width] == []


def test_colours_are_ours_alone(hostile):
    for line in terminal_lines(hostile, width=100, colour=True):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2066]", SGR.sub("", line))


def test_without_colour_there_is_no_escape_sequence(ferry):
    assert not [line for line in terminal_lines(ferry, width=100, colour=False) if "\x1b" in line]


def test_a_dropped_block_stands_with_its_reason(ferry):
    line = next(line for line in terminal_lines(ferry, width=120, colour=False) if NEWSLETTER[:30] in line)
    assert line.startswith("drop")
    assert "newsletter vocabulary" in line


def test_menus_are_folded_into_one_line(ferry):
    lines = list(terminal_lines(ferry, width=120, colour=False))
    assert any("short lines dropped: News · Sport" in line for line in lines)


def test_a_pipe_gets_five_cells_a_line(hostile):
    assert {line.count("\t") for line in piped_lines(hostile)} == {4}


def test_a_pipe_gets_whole_texts(ferry):
    assert any(line.startswith("kept\t") and line.endswith(KEPT) for line in piped_lines(ferry))


def test_answer_names_the_reason(ferry):
    assert next(answer_lines(NEWSLETTER, ferry, colour=False)) == "dropped: newsletter vocabulary"


def test_answer_names_the_script(ferry):
    assert next(answer_lines(UNSEEN, ferry, colour=False)) == "not on the page as text: script#state"


def test_question_that_fits_hundreds_is_answered_in_part():
    page = "<h1>Harbours</h1>" + "".join(
        f"<p>Ferry number {n} left the harbour of Gribo on time.</p>" for n in range(99)
    )
    lines = list(answer_lines("harbour of Gribo", look_at_html(page, name="x"), colour=False))
    assert lines[-1] == "and 87 blocks more: name more of its words"


def test_answer_names_the_field(ferry):
    assert next(answer_lines(f"By {REPORTER}", ferry, colour=False)).startswith("kept elsewhere: authors")


def test_answer_says_first_that_the_whole_page_was_refused():
    lines = list(answer_lines("closed until Friday", look_at_html(REFUSED, name="x"), colour=False))
    assert lines[0].startswith("the page as a whole gives no record: ")
    assert any(line.startswith("kept: ") for line in lines[1:])


def test_pipe_says_that_the_page_was_refused():
    assert any(line.startswith("refused\t\t\t\t") for line in piped_lines(look_at_html(REFUSED, name="x")))


def test_answer_admits_what_is_not_there(ferry):
    assert "not in the page" in next(answer_lines("Never said, never printed, never thought of.", ferry, colour=False))
