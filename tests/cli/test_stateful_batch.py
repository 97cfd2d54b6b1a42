"""`scraper batch --state`: a list again and again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scraper.__main__ import main

if TYPE_CHECKING:
    from conftest import NewsSite


def batch(folder: Path, urls: list[str], *more: str) -> int:
    (folder / "urls.txt").write_text("".join(f"{url}\n" for url in urls))
    fixed = [
        "--state",
        str(folder / "s.db"),
        "-o",
        str(folder / "out.jsonl"),
        "--append",
        "--delay",
        "0",
        "--allow-private",
    ]
    return main(["batch", str(folder / "urls.txt"), *fixed, *more])


def urls_out(folder: Path) -> list[str]:
    return sorted(json.loads(line)["url"] for line in (folder / "out.jsonl").read_text("utf-8").splitlines())


def test_each_url_gives_its_record_once(
    tmp_path: Path, news_site: NewsSite, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, third = news_site.articles[:3]
    assert [batch(tmp_path, [first, second]), batch(tmp_path, [second + "?utm_source=x", third])] == [0, 0]
    assert urls_out(tmp_path) == sorted([first, second, third])
    assert "discovered=2 known=1 fetched=1 new=1" in capsys.readouterr().err


def test_url_that_failed_is_told_and_counted(tmp_path: Path, news_site: NewsSite) -> None:
    assert batch(tmp_path, [news_site.articles[0], news_site.url + "none.html"]) == 1


def test_line_that_is_no_url_is_told(tmp_path: Path, news_site: NewsSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(tmp_path, [news_site.articles[0], '{"uri": 1}']) == 1
    assert 'JSON without a "url"' in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        ["--state", "s.db"],
        ["--state", "s.db", "-o", "out.jsonl"],
        ["--state", "s.db", "-o", "out.jsonl", "--append", "--ordered"],
        ["--recheck", "48h"],
        ["--diff"],
        ["--state", "s.db", "-o", "out.html", "-f", "html", "--append"],
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("urls.txt").write_text("https://x.example/1\n")
    assert main(["batch", "urls.txt", *options]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["urls.txt"]


def test_same_story_is_marked_from_one_batch_to_the_next(tmp_path: Path, news_site: NewsSite) -> None:
    pytest.importorskip("rensa", reason="the extra `duplicates` is not installed")
    site = news_site.articles[0]
    other = site.replace("127.0.0.1", "localhost")
    assert [batch(tmp_path, [site], "--duplicates"), batch(tmp_path, [site, other], "--duplicates")] == [0, 0]
    first, second = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert (first["metadata"]["duplicateOf"], second["metadata"]["duplicateOf"]) == (None, first["id"])
