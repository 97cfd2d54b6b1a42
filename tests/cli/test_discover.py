"""`scraper discover` as a user runs it."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys

import pytest

from scraper.cli.discover import read_since
from scraper.errors import SettingsError


@pytest.fixture
def found(run, local, news_site):
    return lambda *options: run("discover", news_site.url, *local, *options)


def test_prints_one_url_a_line(found, news_site):
    result = found("--feed")
    assert (result.code, result.out.splitlines(), result.err) == (0, news_site.articles, "")


@pytest.mark.parametrize("way", ["--feed", "--home"])
def test_every_way_finds_every_article(found, news_site, way):
    assert set(found(way).out.split()) == set(news_site.articles)


def test_sitemap_gives_sections_too(found, news_site):
    assert set(news_site.articles) < set(found("--sitemap").out.split())


def test_site_gives_each_article_once(found, news_site):
    assert sorted(found().out.split()) == sorted(news_site.articles)


def test_json_lines(found, news_site):
    first = json.loads(found("--news", "--json").out.splitlines()[0])
    assert {key: first[key] for key in ("url", "title", "datePublished", "source")} == {
        "url": news_site.articles[0],
        "title": "Eel ladder opens at Mossford weir",
        "datePublished": "2026-11-20T08:00:00+00:00",
        "source": "news_sitemap",
    }


def test_since_limit_and_filters(found):
    assert len(found("--feed", "--since", "2026-11-18").out.split()) == 3
    assert len(found("--feed", "--limit", "2").out.split()) == 2
    assert [
        url.rpartition("/")[2] for url in found("--feed", "--include", "otter|eel", "--exclude", "lido").out.split()
    ] == ["eel-ladder-opens.html"]


def test_nothing_new_is_no_failure(found):
    result = found("--feed", "--since", "2099-01-01")
    assert (result.code, result.out, result.err) == (0, "", "")


def test_nothing_at_all_is_a_failure_that_says_what_to_do(run, local, site):
    result = run("discover", f"{site}/empty", *local)
    assert (result.code, result.out) == (3, "")
    assert "neither a feed nor a news sitemap nor a link to an article was found (give the URL of" in result.err


def test_unreachable_source_is_a_failure(run, local, site):
    result = run("discover", f"{site}/missing.xml", *local)
    assert (result.code, "HTTP 404" in result.err) == (3, True)


def test_private_address_is_refused_by_default(run, site):
    result = run("discover", site)
    assert (result.code, "--allow-private" in result.err) == (3, True)


@pytest.mark.parametrize("options", [("--since", "soon"), ("--limit", "0"), ("--include", "("), ("--pages", "0")])
def test_wrong_use_exits_2_with_one_line(found, options):
    result = found(*options)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_problems_are_told_unless_quiet(run, news_site):
    options = ("--allow-private", "--no-robots", "--delay", "0")
    result = run("discover", f"{news_site.url}feed.xml", *options)
    assert (result.code, len(result.out.split())) == (0, len(news_site.articles))


def test_output_file_appears_whole(found, tmp_path, news_site):
    path = tmp_path / "urls.txt"
    found("--feed", "-o", path)
    assert path.read_text("utf-8").split() == news_site.articles


def test_urls_feed_a_batch(news_site):
    options = "--allow-private --delay 0 -q"
    command = f"{sys.executable} -m scraper discover {news_site.url} --feed {options} --limit 2 | {sys.executable} -m scraper batch - {options}"
    out = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout
    assert sorted(json.loads(line)["url"] for line in out.splitlines()) == sorted(news_site.articles[:2])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2d", dt.timedelta(days=2)),
        ("36h", dt.timedelta(hours=36)),
        ("90m", dt.timedelta(minutes=90)),
        ("1W", dt.timedelta(weeks=1)),
        ("2026-11-20", dt.datetime(2026, 11, 20, tzinfo=dt.UTC)),
        ("2026-11-20T08:00+01:00", dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)),
    ],
)
def test_since(text, expected):
    assert read_since(text) == expected


@pytest.mark.parametrize("text", ["", "2", "d", "-2d", "yesterday", "2026-13-01", "9999999d"])
def test_since_that_is_no_time_is_refused(text):
    with pytest.raises(SettingsError, match="--since: not a time"):
        read_since(text)


def test_batch_marks_the_same_story(run, local, site, tmp_path):
    urls = tmp_path / "urls.txt"
    urls.write_text(f"{site}/story\n{site}/story?edition=2\n", "utf-8")
    result = run("batch", urls, "--duplicates", "--ordered", *local)
    first, second = map(json.loads, result.out.splitlines())
    assert (first["metadata"]["duplicateOf"], second["metadata"]["duplicateOf"]) == (None, first["id"])
