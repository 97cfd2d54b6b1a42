"""`scraper get` and `scraper batch` against a real server on loopback."""

from __future__ import annotations

import json
import socket

import jsonschema
import pytest

from scraper.schema import article_schema, failure_schema


@pytest.fixture(scope="module")
def places(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield {"site": site, "dead": taken.getsockname()[1]}  # bound, never listening


def test_get_prints_a_valid_record(run, site, local):
    result = run("get", f"{site}/story", *local)
    assert (result.code, result.err) == (0, "")
    jsonschema.validate(json.loads(result.out), article_schema())


@pytest.mark.parametrize(
    ("url", "code", "told"),
    [
        ("{site}/nothing", 3, "404"),
        ("{site}/paper.pdf", 3, "HTML"),
        ("{site}/empty", 4, "no article"),
        ("http://127.0.0.1:{dead}/", 3, "127.0.0.1"),
        ("http://no-such-host.invalid/", 3, "no-such-host.invalid"),
        ("nonsense", 3, "nonsense"),
        ("ftp://files.example.com/a", 3, "ftp"),
        ("http://[bad", 3, "[bad"),
    ],
)
def test_a_url_without_article_is_one_line_and_its_code(run, local, places, url, code, told):
    result = run("get", url.format(**places), *local)
    assert (result.code, result.out, result.err.count("\n")) == (code, "", 1)
    assert told in result.err


def test_loopback_is_not_dialled_unless_allowed(run, site):
    result = run("get", f"{site}/story", "--no-robots", "-q")
    assert (result.code, result.out) == (3, "")


@pytest.mark.parametrize(
    "options",
    [
        ("--concurrency", "0"),
        ("--timeout", "-1"),
        ("--max-bytes", "much"),
        ("--header", "no colon"),
        ("--header", "Host: other.example"),
        ("--delay", "nan"),
        ("--proxy", "::::"),
        ("--cookie-file", "no-such-file"),
        ("--user-agent", "two\nlines"),
    ],
)
def test_settings_that_cannot_be_are_code_2(run, site, options):
    result = run("get", f"{site}/story", *options)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_every_exchange_is_kept_in_the_archive_asked_for(run, site, local, tmp_path):
    archive = tmp_path / "site.warc"
    assert run("get", f"{site}/story", *local, "--warc", archive).code == 0
    assert b"Harbour bridge reopens" in archive.read_bytes()


def test_an_archive_that_cannot_be_written_is_code_5(run, site, local):
    result = run("get", f"{site}/story", *local, "--warc", "/no-such-folder/site.warc")
    assert (result.code, result.out, result.err.count("\n")) == (5, "", 1)


def test_urls_left_over_at_the_deadline_fail(run, site):
    urls = "\n".join(f"{site}/story?n={number}" for number in range(5)).encode()
    waits = ("--deadline", "3", "--delay", "9")  # room for the first on a busy machine, and for no second
    result = run("batch", "-", *waits, "--allow-private", "--no-robots", "-q", stdin=urls)
    assert (result.code, result.out.count("\n") + result.err.count("\n")) == (1, 5)


def test_no_robots_is_warned_of(run, site):
    result = run("get", f"{site}/story", "--no-robots", "--allow-private")
    assert "WARNING: --no-robots" in result.err


def test_the_environment_sets_options(run, site, local, monkeypatch):
    monkeypatch.setenv("SCRAPER_MAX_BYTES", "10")
    assert run("get", f"{site}/story", *local).code == 3


def test_get_of_several_gives_each_a_record_or_a_failure(run, site, local):
    result = run("get", f"{site}/story", f"{site}/nothing", *local)
    assert (result.code, result.out.count("\n"), result.err.count("\n")) == (1, 1, 1)


def test_batch_accounts_for_every_line(run, site, local, tmp_path):
    listed = tmp_path / "urls.txt"
    lines = [
        "\ufeff# a comment",
        f"{site}/story?n=1",
        "",
        json.dumps({"url": f"{site}/story?n=2"}),
        f"{site}/nothing",
        '{"no": "url"}',
        "{broken",
        "not a URL",
    ]
    listed.write_text("\r\n".join(lines), encoding="utf-8")
    errors = tmp_path / "errors.jsonl"
    result = run("batch", listed, *local, "--errors", errors)
    failures = [json.loads(line) for line in errors.read_text(encoding="utf-8").splitlines()]
    assert (result.code, result.out.count("\n"), len(failures)) == (1, 2, 4)
    for failure in failures:
        jsonschema.validate(failure, failure_schema())


def test_batch_keeps_the_order_when_asked(run, site, local):
    urls = [f"{site}/story?n={number}" for number in range(12)]
    result = run("batch", "-", "--ordered", "--per-host", "4", *local, stdin="\n".join(urls).encode())
    assert [json.loads(line)["requestedUrl"] for line in result.out.splitlines()] == urls


def test_batch_of_nothing_is_well(run, local):
    assert run("batch", "-", *local, stdin=b"# nothing\n") == (0, "", "")


def test_batch_where_all_fail_is_code_3(run, site, local):
    assert run("batch", "-", *local, stdin=f"{site}/a\n{site}/b\n".encode()).code == 3


def test_batch_sums_up_on_standard_error(run, site):
    result = run("batch", "-", "--allow-private", "--delay", "0", stdin=f"{site}/story\n".encode())
    assert "1 done: 1 records, 0 failed" in result.err


def test_a_list_that_is_not_there_is_code_2(run):
    result = run("batch", "no-such-list.txt")
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_output_that_cannot_be_written_is_found_before_anything_is_fetched(run, site):
    result = run("get", f"{site}/story", "-o", "/no-such-folder/out.jsonl")
    assert (result.code, result.out) == (5, "")
    assert "/no-such-folder/out.jsonl" in result.err


def test_twice_the_same_but_for_the_time_of_fetching(run, site, local):
    def records():
        out = run("get", f"{site}/story", *local).out
        record = json.loads(out)
        record["metadata"]["fetchedAt"] = None
        return record

    assert records() == records()
