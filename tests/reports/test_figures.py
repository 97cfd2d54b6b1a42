"""What is counted: of records, of failures, of a state file."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from datetime import UTC, date, datetime

import pytest

from scraper.__main__ import main
from scraper.crawl.rows import SourceRow, UrlRow
from scraper.crawl.state import State
from scraper.errors import SettingsError, StateError
from scraper.reports.charts import bars_by_day
from scraper.reports.from_records import figures_of_records
from scraper.reports.from_state import figures_of_state, is_state_file
from scraper.reports.page import report_page


def source(figures, name):
    return next(one for one in figures.sources if one.name == name)


def test_records_are_counted_by_source_and_day(records):
    figures = figures_of_records([records])
    assert source(figures, "lantern.example").days == {"2026-03-14": 2, "2026-03-16": 1}
    assert source(figures, "ferry.example").days == {"2026-03-16": 1}


def test_a_record_without_a_date_is_said_to_have_none(records):
    assert figures_of_records([records]).undated == 1


def test_an_article_that_came_twice_is_one_article(records):
    figures = figures_of_records([records])
    assert (figures.records, figures.articles) == (5, 4)


def test_fields_are_counted_where_they_hold_something(records):
    fields = source(figures_of_records([records]), "lantern.example").fields
    assert (fields["headline"], fields["datePublished"], fields.get("authors", 0)) == (4, 3, 0)


def test_fields_that_were_not_asked_for_are_not_missing(tmp_path):
    path = tmp_path / "few.jsonl"
    path.write_text('{"url": "https://lantern.example/1", "headline": null}\n', "utf-8")
    assert figures_of_records([path]).fields == ("url", "headline")


def test_failures_are_counted_by_kind(records, failures):
    kinds = figures_of_records([records], failures).failures
    assert [(kind.reason, kind.number, kind.retryable) for kind in kinds] == [
        ("timeout", 2, True),
        ("http_404", 1, False),
    ]


def test_failures_are_counted_for_their_source(records, failures):
    assert source(figures_of_records([records], failures), "lantern.example").failures == 3


def test_newest_come_first(records):
    newest = figures_of_records([records]).newest
    assert [item.when[:10] for item in newest] == ["2026-03-16", "2026-03-16", "2026-03-14", "2026-03-14", ""]


def test_a_date_in_the_future_is_no_day(tmp_path):
    path = tmp_path / "future.jsonl"
    line = {
        "url": "https://a.example/",
        "datePublished": "2099-01-01",
        "metadata": {"fetchedAt": "2026-03-01T00:00:00Z"},
    }
    path.write_text(json.dumps(line), "utf-8")
    assert figures_of_records([path]).undated == 1


@pytest.mark.parametrize(
    ("published", "days"),
    [("2099-01-01", {}), ("2026-03-15", {"2026-03-15": 1}), ("2026-03-16", {})],
    ids=["far", "tomorrow", "the day after"],
)
def test_a_date_after_today_is_no_day_though_nobody_says_when_it_was_fetched(tmp_path, published, days):
    path = tmp_path / "future.jsonl"
    path.write_text(json.dumps({"url": "https://a.example/", "datePublished": published}), "utf-8")
    figures = figures_of_records([path], today=date(2026, 3, 14))
    assert source(figures, "a.example").days == days


def test_the_command_bounds_days_by_the_clock(tmp_path):
    lines = [{"url": f"https://a.example/{year}", "datePublished": f"{year}-01-02"} for year in (2024, 2999)]
    (tmp_path / "out.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert main(["report", str(tmp_path / "out.jsonl"), "-o", str(tmp_path / "r.html")]) == 0
    page = (tmp_path / "r.html").read_text("utf-8")
    assert ("<title>2024-01-02: 1 " in page, "2999-01-02" in page.partition("</svg>")[0]) == (True, False)


@pytest.fixture
def state_of_a_run(tmp_path, news_site):
    """Return the state that `scraper run` leaves of a site with eight articles and an address that is gone."""
    (tmp_path / "job.toml").write_text(
        f'state = "state.db"\n[fetch]\ndelay = 0\nallow_private = true\nretries = 0\n'
        f'[[source]]\nname = "feed"\nfeed = "{news_site.url}feed.xml"\n'
        f'[[source]]\nname = "list"\nurls = ["{news_site.url}none.html"]\n[[output]]\npath = "out.jsonl"\n'
    )
    assert main(["run", str(tmp_path / "job.toml"), "-q"]) == 1
    return tmp_path / "state.db"


def test_a_state_that_a_run_left_is_counted_as_the_run_was(state_of_a_run):
    figures = figures_of_state(state_of_a_run)
    assert (source(figures, "feed").records, figures.articles, figures.day_means) == (8, 8, "collected")
    assert list(source(figures, "feed").days) == [f"{datetime.now(UTC):%Y-%m-%d}"]
    assert source(figures, "feed").fields["headline"] == 8
    assert [(kind.stage, kind.reason, kind.number) for kind in figures.failures] == [("gone", "http_404", 1)]


def test_a_job_file_stands_for_its_state(state_of_a_run, tmp_path):
    assert main(["report", str(state_of_a_run), "-o", str(tmp_path / "state.html")]) == 0
    assert main(["report", str(tmp_path / "job.toml"), "-o", str(tmp_path / "job.html")]) == 0
    assert (tmp_path / "job.html").read_text("utf-8") == (tmp_path / "state.html").read_text("utf-8")


def test_a_state_that_a_run_left_makes_a_report_of_addresses(state_of_a_run, news_site, tmp_path):
    assert main(["report", str(state_of_a_run), "-o", str(tmp_path / "r.html")]) == 0
    page = (tmp_path / "r.html").read_text("utf-8")
    assert [url for url in news_site.articles if url not in page] == []


def test_an_array_is_read_too(records, tmp_path):
    path = tmp_path / "out.json"
    path.write_text("[\n" + ",\n".join(records.read_text("utf-8").splitlines()) + "\n]\n", "utf-8")
    assert figures_of_records([path]).records == 5


def test_a_compressed_file_is_read_too(records, tmp_path):
    path = tmp_path / "out.jsonl.gz"
    path.write_bytes(gzip.compress(records.read_bytes()))
    assert figures_of_records([path]).records == 5


def test_several_files_are_added_up(records):
    assert figures_of_records([records, records]).records == 10


def test_a_broken_line_is_told_and_costs_no_other(records):
    with records.open("a", encoding="utf-8") as stream:
        stream.write('{"url": "https://lantern.exa\n[1]\nnull\n')
    figures = figures_of_records([records])
    assert figures.records == 5
    assert figures.problems == tuple(f"out.jsonl, line {n}: neither a record nor a failure" for n in (6, 7, 8))


@pytest.mark.parametrize(
    "line",
    [
        {"url": 7, "headline": ["x"], "datePublished": 12, "metadata": [], "wordCount": "many", "publisher": "x"},
        {"url": "http://[", "headline": "x" * 100_000, "datePublished": "2026-13-45"},
        {"stage": None, "reason": "x", "url": {}},
    ],
)
def test_lines_of_strange_types_are_counted_and_shown(tmp_path, line):
    path = tmp_path / "odd.jsonl"
    path.write_text(json.dumps(line), "utf-8")
    assert report_page(figures_of_records([path])).startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_file_is_a_report_of_nothing(tmp_path, content):
    path = tmp_path / "none.jsonl"
    path.write_bytes(content)
    assert "No record has a date." in report_page(figures_of_records([path]))


@pytest.mark.parametrize("content", [b"no records\n", b"\x00\xff\n", b'{"a": 1}\n'])
def test_a_file_of_something_else_is_refused(tmp_path, content):
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match="no record in it"):
        figures_of_records([path])


def test_a_cut_gzip_file_is_refused(records, tmp_path):
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(records.read_bytes())[:-20])
    with pytest.raises(SettingsError, match="cannot be read"):
        figures_of_records([path])


NOW = int(datetime(2026, 3, 16, 12, tzinfo=UTC).timestamp())


@pytest.fixture
def state(tmp_path):
    """A state file, written by the package that owns it."""
    path = tmp_path / "state.db"
    seen = {"first_seen": NOW, "last_seen": NOW}
    done = {**seen, "source": "lantern", "status": "done", "changed_at": NOW}
    with State.open(path) as found:
        found.begin()
        found.put_url(UrlRow(key="1", url="https://lantern.example/1", record_id="a", published=NOW - 90_000, **done))
        found.put_url(UrlRow(key="2", url="https://lantern.example/2", record_id="b", **done))
        ferry = {**seen, "source": "ferry"}
        found.put_url(
            UrlRow(key="3", url="https://f.example/1", status="failed", reason="timeout", next_try=NOW + 60, **ferry)
        )
        found.put_url(UrlRow(key="4", url="https://f.example/2", status="gone", reason="http_404", **ferry))
        found.add_to_day(
            "lantern", NOW, {"records": 3, "updates": 1}, {"records": 3, "headline": 3, "date_published": 1}
        )
        found.put_source(SourceRow(name="ferry", settings="x", attempts=2, reason="http_503"))
        found.commit()
    return path


def test_state_gives_records_by_day_of_collecting(state):
    figures = figures_of_state(state)
    assert figures.day_means == "collected"
    assert source(figures, "lantern").days == {"2026-03-16": 3}


def test_state_gives_completeness(state):
    fields = source(figures_of_state(state), "lantern").fields
    assert (fields["headline"], fields["datePublished"]) == (3, 1)


def test_state_gives_failures_and_whether_they_may_pass(state):
    kinds = figures_of_state(state).failures
    assert {(kind.reason, kind.retryable) for kind in kinds} == {("timeout", True), ("http_404", False)}


def test_state_gives_sources_in_trouble(state):
    assert figures_of_state(state).problems == ("source ferry: http_503, 2 times in a row",)


def test_state_gives_the_newest(state):
    assert [item.url for item in figures_of_state(state).newest] == [
        "https://lantern.example/2",
        "https://lantern.example/1",
    ]


def test_state_is_told_from_records(state, records):
    assert (is_state_file(state), is_state_file(records)) == (True, False)


def test_a_database_of_another_program_is_refused(tmp_path):
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE t (x)")
    db.close()
    with pytest.raises(StateError):
        figures_of_state(path)


def test_a_damaged_state_is_refused(state):
    data = bytearray(state.read_bytes())
    data[1000:] = b"\xff" * (len(data) - 1000)
    state.write_bytes(bytes(data))
    with pytest.raises(StateError):
        figures_of_state(state)


def test_a_reported_state_is_left_as_it_was(state):
    before = state.read_bytes()
    figures_of_state(state)
    assert state.read_bytes() == before


@pytest.mark.parametrize(("highest", "top"), [(1, 4), (4, 4), (9, 12), (13, 20), (100, 120), (1999, 2000)])
def test_axis_ends_near_the_highest_bar(highest, top):
    figures = bars_by_day({"2026-03-14": [highest]}, ["one"])
    assert int(re.findall(r'text-anchor="end">(\d+)<', figures)[-1]) == top


def test_one_day_alone_is_a_bar_and_no_wall():
    width = float(re.search(r'<rect class="c0"[^>]* width="([\d.]+)"', bars_by_day({"2026-03-14": [3]}, ["one"]))[1])
    assert width < 100
