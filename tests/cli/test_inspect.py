"""`scraper inspect` as people run it."""

from __future__ import annotations

import pytest

from tests.cli.pages import PAGE, PARAGRAPHS, PDF


def test_summary_of_a_file_in_a_pipe(run, page):
    result = run("inspect", page)
    assert result.code == 0
    assert f"prose inside the article\t{PARAGRAPHS[0]}" in result.out


def test_report_of_a_file(run, page, tmp_path):
    result = run("inspect", page, "-o", tmp_path / "report.html")
    assert (result.code, result.out, result.err) == (0, "", "")
    assert PARAGRAPHS[0] in (tmp_path / "report.html").read_text("utf-8")


def test_report_on_standard_output(run, page):
    assert run("inspect", page, "-o", "-").out.startswith("<!DOCTYPE html>")


def test_page_on_standard_input(run):
    assert PARAGRAPHS[1] in run("inspect", "-", stdin=PAGE.encode()).out


def test_page_of_the_web(run, site, local):
    result = run("inspect", f"{site}/story", *local)
    assert (result.code, result.err) == (0, "")
    assert PARAGRAPHS[0] in result.out


def test_fetching_is_timed(run, site, local, tmp_path):
    run("inspect", f"{site}/story", "-o", tmp_path / "report.html", *local)
    assert ">fetch</th>" in (tmp_path / "report.html").read_text("utf-8")


def test_find_answers(run, page):
    assert run("inspect", page, "--find", PARAGRAPHS[2]).out.startswith("kept: ")


def test_compare_names_the_other(run, page, tmp_path):
    run("inspect", page, "--compare", "trafilatura", "-o", tmp_path / "report.html")
    assert "Beside trafilatura" in (tmp_path / "report.html").read_text("utf-8")


def test_text_file(run, tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("\n\n".join(PARAGRAPHS), "utf-8")
    assert PARAGRAPHS[0] in run("inspect", path).out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nowhere.html",), 2, "no such file"),
        (("https://example.com/", "--url", "https://example.com/"), 2, "--url and --text are for files"),
        (("PAGE", "-o", "FOLDER/no/report.html"), 5, "cannot write"),
        (("PAGE", "--find", "x", "-o", "-"), 2, "--find answers as text"),
        (("PAGE", "--find", " …"), 2, "--find: there is no letter and no digit in it"),
        (("PAGE", "--compare", "nobody"), 2, "trafilatura"),
        (("FOLDER",), 2, "inspect looks at one page"),
        (("PAPER",), 3, "PDF"),
        (("http://127.0.0.1/",), 3, "--allow-private"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(run, page, tmp_path, arguments, code, words):
    (tmp_path / "paper").write_bytes(PDF)
    (tmp_path / "other.html").write_text(PAGE, "utf-8")
    places = {"PAGE": str(page), "FOLDER": str(tmp_path), "PAPER": str(tmp_path / "paper")}
    result = run(
        "inspect",
        *(one.replace("FOLDER", places["FOLDER"]) if "/" in one else places.get(one, one) for one in arguments),
    )
    assert result.code == code
    assert words in result.err
    assert result.err.count("\n") == 1
    assert result.out == ""
