"""`scraper extract`: files, folders, standard input; no network."""

from __future__ import annotations

import json

import jsonschema
import pytest

from scraper import Article
from scraper.schema import article_schema
from tests.cli.pages import EMPTY, PAGE, PARAGRAPHS, PDF


def test_a_file_becomes_one_valid_record(run, page):
    result = run("extract", page)
    assert result.code == 0
    jsonschema.validate(json.loads(result.out), article_schema())


def test_a_record_reads_back_as_an_article(run, page):
    line = run("extract", page).out
    assert Article.from_json(line).to_json() + "\n" == line


def test_nothing_is_said_when_all_is_well(run, page):
    assert run("extract", page).err == ""


def test_the_body_is_the_article(run, page):
    assert json.loads(run("extract", page).out)["articleBody"] == "\n\n".join(PARAGRAPHS)


def test_standard_input_is_a_page(run):
    result = run("extract", "-", "--url", "https://news.example.com/bridge", stdin=PAGE.encode())
    assert json.loads(result.out)["url"] == "https://news.example.com/bridge"


def test_the_file_is_named_where_there_is_no_url(run, page):
    record = json.loads(run("extract", page).out)
    assert (record["url"], record["requestedUrl"]) == (None, str(page))


def test_a_folder_is_read_in_the_order_of_names(run, tmp_path):
    for name in ("b/2.html", "a/1.htm", "c.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE, encoding="utf-8")
    (tmp_path / "notes.md").write_text("no page")
    lines = run("extract", tmp_path).out.splitlines()
    names = [json.loads(line)["requestedUrl"].removeprefix(f"{tmp_path}/") for line in lines]
    assert names == ["c.html", "a/1.htm", "b/2.html"]


@pytest.mark.parametrize("options", [(), ("--blocks",), ("--markdown",), ("--explain",)])
def test_the_body_is_the_same_whatever_is_asked_for_beside_it(run, page, options):
    record = json.loads(run("extract", page, *options).out)
    assert record["articleBody"] == "\n\n".join(PARAGRAPHS)


def test_explain_adds_verdicts_and_evidence(run, page):
    record = json.loads(run("extract", page, "--explain").out)
    assert record["evidence"]["headline"]["winner"]["value"] == "Harbour bridge reopens"
    assert isinstance(record["blocksExplained"], list)


def test_fields_come_in_the_order_asked_for(run, page):
    assert list(json.loads(run("extract", page, "--fields", "wordCount, headline").out)) == ["wordCount", "headline"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("no-such-file.html",), "no-such-file.html: no such file"),
        (("https://news.example.com/",), "`scraper get` fetches URLs"),
        (("{page}", "--fields", "headlin"), "did you mean headline?"),
        (("{page}", "--fields", "qqqq"), "`scraper schema` lists the fields"),
        (("{page}", "--fields", "headline", "-f", "txt"), "--fields works with"),
        (("{page}", "--explain", "-f", "md"), "--explain works with"),
        (("{page}", "{page}", "--url", "https://news.example.com/"), "--url names one page"),
        (("{page}", "--url", "news.example.com/1"), "not a web address"),
        (("{page}", "--format", "xml"), "xml"),
        (("{page}", "--no-such-option"), "--no-such-option"),
        (("{page}", "-o", "same", "--errors", "same"), "same file"),
        (("-", "-"), "only once"),
        (("{folder}",), "no page in this folder"),
        ((), "PATH"),
    ],
)
def test_wrong_use_is_one_line_and_code_2(run, page, tmp_path, arguments, told):
    folder = tmp_path / "empty"
    folder.mkdir()
    result = run("extract", *(one.format(page=page, folder=folder) for one in arguments))
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert told in result.err


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("paper.html", PDF, 3, "PDF"),
        ("picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 3, "not HTML"),
        ("noise.html", bytes(range(256)) * 8, 3, "not HTML"),
        ("blank.html", b"", 4, "no article"),
        ("empty.html", EMPTY.encode(), 4, "no article"),
    ],
)
def test_a_page_without_article_is_one_line_with_its_name(run, tmp_path, name, content, code, told):
    path = tmp_path / name
    path.write_bytes(content)
    result = run("extract", path)
    assert (result.code, result.out, result.err.count("\n")) == (code, "", 1)
    assert str(path) in result.err
    assert told in result.err


def test_keep_all_gives_a_record_of_an_empty_page(run, tmp_path):
    path = tmp_path / "empty.html"
    path.write_text(EMPTY)
    result = run("extract", path, "--keep-all")
    assert (result.code, json.loads(result.out)["articleBody"]) == (0, "")


def test_one_bad_file_does_not_cost_the_others(run, page, tmp_path):
    paper = tmp_path / "paper.html"
    paper.write_bytes(PDF)
    result = run("extract", paper, page)
    assert (result.code, result.out.count("\n"), result.err.count("\n")) == (1, 1, 1)


def test_failures_go_to_the_file_of_errors(run, tmp_path):
    paper, errors = tmp_path / "paper.html", tmp_path / "errors.jsonl"
    paper.write_bytes(PDF)
    result = run("extract", paper, "--errors", errors)
    failure = json.loads(errors.read_text())
    assert (result.err, failure["requestedUrl"], failure["reason"]) == ("", str(paper), "not_html")


def test_a_file_that_cannot_be_read_is_a_failure(run, tmp_path):
    link = tmp_path / "gone.html"
    link.symlink_to(tmp_path / "target")
    result = run("extract", link)
    assert (result.code, result.err.count("\n")) == (3, 1)
    assert "cannot be read" in result.err


def test_debug_shows_the_traceback(run, tmp_path):
    paper = tmp_path / "paper.html"
    paper.write_bytes(PDF)
    assert "Traceback" in run("extract", paper, "--debug").err


def test_a_fault_of_an_extractor_is_reported_and_the_rest_goes_on(run, page, tmp_path, monkeypatch):
    other = tmp_path / "other.html"
    other.write_text(PAGE)
    calls = []

    def broken(*arguments, **_known):
        calls.append(arguments)
        raise RuntimeError("boom")

    monkeypatch.setattr("scraper.extraction.extract_page", broken)
    result = run("extract", page, other)
    assert (result.code, len(calls), result.err.count("a fault of this program: RuntimeError: boom")) == (3, 2, 2)


@pytest.mark.parametrize("ending", ["_files", "-Dateien", "_fichiers", ".files"])
def test_folder_of_a_page_saved_whole_holds_no_pages(run, page, tmp_path, ending):
    frames = tmp_path / f"page{ending}"
    frames.mkdir()
    (frames / "advertisement.html").write_text("<p>Buy a boat.</p>", "utf-8")
    result = run("extract", tmp_path, "--keep-all", "--fields", "requestedUrl")
    assert [json.loads(line)["requestedUrl"] for line in result.out.splitlines()] == [str(page)]


def test_folder_of_that_name_without_its_page_is_read(run, page, tmp_path):
    other = tmp_path / "other_files"
    other.mkdir()
    page.rename(other / "page.html")
    assert run("extract", tmp_path, "--fields", "headline").code == 0
