"""Lists of URLs as people have them, and patterns that no shell has expanded."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.cli.pages import PAGE

URLS = ("http://127.0.0.1:9/a", "http://127.0.0.1:9/b")
OFFLINE = ("--allow-private", "--retries", "0", "--delay", "0", "--workers", "0")


def asked(run, content, tmp_path):
    """Return the URLs that a list led to, by its failures."""
    path = tmp_path / "urls.txt"
    path.write_bytes(content)
    run("batch", path, *OFFLINE, "--ordered", "--errors", tmp_path / "errors.jsonl")
    return [json.loads(line)["requestedUrl"] for line in (tmp_path / "errors.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_list_in_the_encodings_of_editors(run, tmp_path, encoding):
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    content = (mark + "\r\n".join(URLS) + "\r\n").encode(encoding)
    assert asked(run, content, tmp_path) == list(URLS)


@pytest.mark.parametrize("form", ["<{}>", '"{}"', "'{}'", '"{}",', "<{}>;", "  {}  "])
def test_urls_set_off_from_text(run, tmp_path, form):
    assert asked(run, "\n".join(map(form.format, URLS)).encode(), tmp_path) == list(URLS)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (PAGE.encode(), "a page, not a list of URLs (`scraper extract` reads pages)"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><p>x", "a page, not a list of URLs"),
        (b"<?xml version='1.0'?><rss/>", "XML, not a list of URLs (`scraper discover` reads feeds)"),
        (gzip.compress(b"http://127.0.0.1:9/a"), "compressed (unpack it first: zcat FILE | scraper batch -)"),
    ],
    ids=["page", "page_with_mark", "feed", "gzip"],
)
def test_what_is_no_list_is_told_once(run, tmp_path, content, told):
    path = tmp_path / "urls.txt"
    path.write_bytes(content)
    result = run("batch", path, *OFFLINE)
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert told in result.err


def test_pattern_that_the_shell_has_left_is_expanded(run, tmp_path):
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.html").write_text(PAGE)
    result = run("extract", tmp_path / "[ab]*.html")
    assert [json.loads(line)["requestedUrl"][-6:] for line in result.out.splitlines()] == ["a.html", "b.html"]


def test_file_whose_name_is_a_pattern_is_read(run, tmp_path):
    (tmp_path / "a[1].html").write_text(PAGE)
    assert run("extract", tmp_path / "a[1].html").code == 0


def test_pattern_that_matches_nothing_is_told(run, tmp_path):
    result = run("extract", tmp_path / "*.html")
    assert (result.code, "no such file" in result.err) == (2, True)
