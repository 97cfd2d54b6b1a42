"""Plans, waits, health and figures, as pure functions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scraper.crawl.frontier import Due, plan, published_at, source_retry_s
from scraper.crawl.health import warnings_of
from scraper.crawl.rows import SourceRow
from scraper.crawl.summary import Summary, as_prometheus, summary_line
from scraper.crawl.versions import packed, paragraph_changes, unpacked

NOW = 1_800_000_000
DAY = 86_400


def due(number: int, host: str = "a.example", source: str = "s", status: str = "new") -> Due:
    return Due(f"{host}{number}", f"https://{host}/{number}", source, status)


def test_hosts_take_turns() -> None:
    planned = plan([due(1), due(2), due(3), due(4, "b.example")], (), {})
    assert [one.key for one in planned.now] == ["a.example1", "b.example4", "a.example2", "a.example3"]


def test_held_hosts_wait() -> None:
    planned = plan([due(1), due(2, "b.example")], {"a.example"}, {})
    assert ([one.key for one in planned.now], planned.held) == (["b.example2"], 1)


def test_port_of_its_own_is_a_host_of_its_own() -> None:
    one = Due("k", "http://127.0.0.1:8080/x", "s", "new")
    assert plan([one], {"127.0.0.1:8080"}, {}).held == 1


def test_limit_counts_new_urls_only() -> None:
    planned = plan([due(1), due(2), due(3, status="done")], (), {"s": 1})
    assert ([one.key for one in planned.now], planned.over_limit) == (["a.example1", "a.example3"], 1)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-01-15T08:00:00Z", NOW), ("2027-01-15T09:00:00+01:00", NOW), ("2027-01-15T08:00:00", NOW),
        ("2027-01-15", NOW - 8 * 3600 + DAY - 1), ("soon", None), (None, None),
    ],
)  # fmt: skip
def test_dates_of_records(text: str | None, moment: int | None) -> None:
    assert published_at(text) == moment


def test_failing_source_waits_at_most_a_day() -> None:
    assert [source_retry_s(n) for n in (1, 2, 3, 30)] == [0, 600, 1200, DAY]


def days_of(*fresh: int, **more: Any) -> list[dict[str, Any]]:
    """Return figures of days, the last one first."""
    blank = {"listed": 0, "fresh": 0, "records": 0, "updates": 0, "failures": 0, "fields": {}}
    days = [blank | {"day": NOW // DAY - back, "fresh": n, "records": n} for back, n in enumerate(fresh)]
    return [day | more for day in days]


def test_weekend_without_articles_is_no_alarm() -> None:
    source = SourceRow(name="s", settings="", last_fresh=NOW - 2 * DAY)
    assert warnings_of(source, days_of(0, 0, 9, 9, 9, 9, 9), NOW) == []


def test_week_without_articles_is_an_alarm() -> None:
    source = SourceRow(name="s", settings="", last_fresh=NOW - 7 * DAY)
    (text,) = warnings_of(source, days_of(0, 0, 0, 0, 0, 0, 0, 9, 9, 9), NOW)
    assert "no new article for 7 days" in text


def test_source_of_one_article_a_week_may_be_silent_for_a_month() -> None:
    source = SourceRow(name="s", settings="", last_fresh=NOW - 20 * DAY)
    assert warnings_of(source, days_of(*[0] * 20, *[1, 0, 0, 0, 0, 0, 0] * 8), NOW) == []


def test_list_that_became_empty_is_an_alarm() -> None:
    (text,) = warnings_of(SourceRow(name="s", settings="", last_count=0, usual_count=30), [], NOW)
    assert "used to list 30" in text


def test_pages_that_all_fail_are_an_alarm() -> None:
    days = days_of(0, 9, 9)
    days[0] |= {"failures": 12}
    days.insert(0, days[0] | {"day": days[0]["day"] + 1, "failures": 3})
    (text,) = warnings_of(SourceRow(name="s", settings=""), days, NOW)
    assert "none of its last 15 pages gave an article" in text


def test_young_source_is_never_an_alarm() -> None:
    assert warnings_of(SourceRow(name="s", settings="", last_fresh=NOW - 9 * DAY), days_of(*[0] * 9, 5), NOW) == []


def test_summary_is_one_line_of_figures() -> None:
    summary = Summary(
        run="2027-01-15T08:00:00Z",
        discovered=120,
        known=97,
        fetched=23,
        new=19,
        updated=2,
        unchanged=1,
        failed=1,
        secs=41.04,
    )
    assert summary_line(summary) == (
        "run=2027-01-15T08:00:00Z discovered=120 known=97 fetched=23 new=19 updated=2 unchanged=1 failed=1 secs=41.0"
    )


def test_prometheus_text_escapes_names() -> None:
    summary = Summary(run="r", new=3)
    summary.count('fe"ed\n', "new", 3)
    text = as_prometheus(summary, NOW, {"job": "a\\b"})
    assert 'scraper_run_new{job="a\\\\b"} 3\n' in text
    assert 'scraper_run_source_records{job="a\\\\b",source="fe\\"ed\\n"} 3\n' in text


def test_every_metric_has_help_type_and_one_number() -> None:
    lines = as_prometheus(Summary(run="r"), NOW, {"job": "j"}).splitlines()
    metrics = [line.split("{")[0] for line in lines if not line.startswith("#")]
    assert all(f"# TYPE {metric} gauge" in lines for metric in metrics)
    assert all(float(line.rsplit(" ", 1)[1]) >= 0 for line in lines if not line.startswith("#"))


def test_summary_as_json_holds_every_figure() -> None:
    assert json.loads(json.dumps(Summary(run="r").as_dict()))["left"] == 0


def test_paragraphs_added_and_removed() -> None:
    found = paragraph_changes("a\n\nb\n\nc", "a\n\nx\n\nb")
    assert [(one.at, one.removed, one.added) for one in found] == [(1, (), ("x",)), (3, ("c",), ())]


def test_comparison_of_huge_texts_is_given_up() -> None:
    assert len(paragraph_changes("\n\n".join("ab" * 4000), "x")) == 1


def test_packed_text_comes_back_and_rubbish_does_not() -> None:
    assert (unpacked(packed("Löwe\ud800")), unpacked(b"rubbish"), unpacked(None)) == ("Löwe?", None, None)
