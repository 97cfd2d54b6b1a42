"""What an answer means for what is known of a URL, and of others."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import pytest

from scraper.crawl.rows import UrlRow
from scraper.crawl.settle import Answer, Policy, Settled, settle
from scraper.model.article import Article, Metadata
from scraper.model.failure import Failure
from scraper.model.url import url_key

NOW = 1_800_000_000
URL = "https://tarnby.example/news/eel"
TEXT = "The eel was counted again.\n\nThe clerk said so.\n\nNobody objected."
POLICY = Policy(now=NOW, recheck_s=48 * 3600, diff=True)


class Memory:
    """A state without a file."""

    def __init__(self, *rows: UrlRow) -> None:
        self.rows = {row.key: row for row in rows}

    def url(self, key: str) -> UrlRow | None:
        return self.rows.get(key)

    def with_text(self, text_hash: str) -> Iterable[UrlRow]:
        return [row for row in self.rows.values() if row.text_hash == text_hash and row.status == "done"]

    def with_record(self, record_id: str) -> Iterable[UrlRow]:
        return [row for row in self.rows.values() if row.record_id == record_id and row.status == "done"]

    def keep(self, settled: Settled) -> Settled:
        self.rows |= {row.key: row for row in settled.rows}
        return settled


def row_of(url: str = URL, **more: Any) -> UrlRow:
    return UrlRow(
        **({"key": url_key(url), "url": url, "first_seen": NOW - 60, "last_seen": NOW - 60, "next_try": NOW} | more)
    )


def article(url: str = URL, text: str = TEXT, headline: str = "The eel is back", **more: Any) -> Article:
    values: dict[str, Any] = {
        "id": url_key(url)[-16:],
        "url": url,
        "headline": headline,
        "article_body": text,
        "word_count": 80,
    }
    return Article(**(values | more), metadata=Metadata(extractor_version="0", text_hash=str(hash(text))))


def answer(url: str = URL, **more: Any) -> Answer:
    return Answer(article=article(url, **more), url=url, etag='"a"', content_hash="c1")


def failed(reason: str, *, retryable: bool = False, retry_after_s: float | None = None) -> Answer:
    failure = Failure(requested_url=URL, stage="fetch", reason=reason, message=reason, retryable=retryable)
    return Answer(failure=failure, retry_after_s=retry_after_s)


def done(**more: Any) -> tuple[Memory, UrlRow]:
    memory = Memory(row_of())
    row = memory.keep(settle(row_of(), answer(**more), memory, POLICY)).rows[0]
    return memory, row


def test_first_answer_is_new_and_gives_the_record() -> None:
    settled = settle(row_of(), answer(), Memory(), POLICY)
    assert (settled.outcome, settled.article, settled.rows[0].version) == ("new", article(), 1)


def test_same_article_again_is_unchanged() -> None:
    memory, row = done()
    settled = settle(row, answer(), memory, POLICY)
    assert (settled.outcome, settled.article) == ("unchanged", None)


def test_answer_304_is_unchanged_and_keeps_validators() -> None:
    memory, row = done()
    settled = settle(row, Answer(url=URL), memory, POLICY)
    assert (settled.outcome, settled.rows[0].etag, settled.rows[0].content_hash) == ("unchanged", '"a"', "c1")


def test_changed_text_is_a_version_with_the_same_id() -> None:
    memory, row = done()
    settled = settle(row, answer(text=TEXT.replace("Nobody", "Everybody"), id="other"), memory, POLICY)
    assert settled.article is not None
    meta = settled.article.metadata
    assert (settled.outcome, settled.article.id, meta.version, meta.changed) == (
        "updated",
        row.record_id,
        2,
        ("articleBody",),
    )


def test_diff_names_the_paragraph() -> None:
    memory, row = done()
    settled = settle(row, answer(text=TEXT.replace("Nobody", "Everybody")), memory, POLICY)
    assert settled.article is not None and settled.article.metadata.diff is not None
    assert [(one.at, one.removed, one.added) for one in settled.article.metadata.diff] == [
        (2, ("Nobody objected.",), ("Everybody objected.",))
    ]


def test_without_diff_no_text_is_kept() -> None:
    settled = settle(row_of(), answer(), Memory(), Policy(now=NOW, recheck_s=3600))
    assert settled.rows[0].body is None


def test_new_date_or_image_alone_is_no_version() -> None:
    memory, row = done()
    assert (
        settle(row, answer(date_modified="2027-01-15T08:00:00Z", keywords=("eel",)), memory, POLICY).outcome
        == "unchanged"
    )


def test_gone_article_is_told_as_gone_and_never_asked_for_again() -> None:
    memory, row = done()
    settled = settle(row, failed("http_404"), memory, POLICY)
    assert settled.failure is not None
    assert (settled.outcome, settled.failure.reason, settled.rows[0].status, settled.rows[0].next_try) == (
        "gone",
        "gone",
        "gone",
        None,
    )


def test_404_at_first_sight_is_a_failure_and_final() -> None:
    settled = settle(row_of(), failed("http_404"), Memory(), POLICY)
    assert (settled.outcome, settled.rows[0].status, settled.rows[0].next_try) == ("failed", "gone", None)


@pytest.mark.parametrize("reason", ["timeout", "connect", "http_500"])
def test_temporary_failures_wait_longer_each_time(reason: str) -> None:
    waits = []
    row = row_of()
    for _ in range(4):
        row = settle(row, failed(reason, retryable=True), Memory(), POLICY).rows[0]
        waits.append((row.next_try or 0) - NOW)
    assert waits == [600, 1800, 5400, 16200]


def test_temporary_failures_end_some_day() -> None:
    row = row_of(attempts=10)
    assert settle(row, failed("timeout", retryable=True), Memory(), POLICY).rows[0].next_try is None


def test_retry_after_is_waited_for() -> None:
    row = settle(row_of(), failed("http_429", retryable=True, retry_after_s=7200), Memory(), POLICY).rows[0]
    assert row.next_try == NOW + 7200


@pytest.mark.parametrize(
    "reason", ["extract_timeout", "crashed", "out_of_memory", "too_complex", "not_html", "listing"]
)
def test_poison_and_what_is_no_article_are_not_asked_for_again(reason: str) -> None:
    assert settle(row_of(), failed(reason), Memory(), POLICY).rows[0].next_try is None


def test_failure_after_success_keeps_the_record() -> None:
    memory, row = done()
    settled = settle(row, failed("timeout", retryable=True), memory, POLICY)
    assert (settled.rows[0].status, settled.rows[0].version) == ("done", 1)


def test_redirect_target_is_known_afterwards() -> None:
    memory = Memory(row_of())
    moved = "https://tarnby.example/archive/eel"
    memory.keep(settle(row_of(), Answer(article=article(moved), url=moved), memory, POLICY))
    alias = memory.rows[url_key(moved)]
    assert (alias.status, alias.alias_of) == ("alias", url_key(URL))


def test_another_url_that_redirects_to_a_known_article_is_a_duplicate() -> None:
    memory, _row = done()
    short = row_of("https://tarnby.example/s/1")
    settled = settle(short, answer(), memory, POLICY)
    assert (settled.outcome, settled.article, settled.rows[0].status) == ("duplicate", None, "alias")


def test_another_url_that_shows_a_change_of_a_known_article_gives_its_version() -> None:
    memory, row = done()
    short = row_of("https://tarnby.example/s/1")
    settled = settle(short, answer(text=TEXT + "\n\nMore."), memory, POLICY)
    assert settled.article is not None
    assert (settled.outcome, settled.article.id) == ("updated", row.record_id)
    assert {one.key: one.status for one in settled.rows} == {row.key: "done", short.key: "alias"}


def test_same_text_and_headline_elsewhere_on_the_site_is_a_duplicate() -> None:
    memory, _row = done()
    other = "https://tarnby.example/business/eel"
    assert settle(row_of(other), answer(other), memory, POLICY).outcome == "duplicate"


def test_same_text_on_another_site_is_a_record() -> None:
    memory, _row = done()
    other = "https://ferry.example/eel"
    assert settle(row_of(other), answer(other), memory, POLICY).outcome == "new"


def test_short_texts_are_not_taken_for_the_same_article() -> None:
    memory, _row = done(word_count=8)
    other = "https://tarnby.example/business/eel"
    assert settle(row_of(other), answer(other, word_count=8), memory, POLICY).outcome == "new"


def test_one_canonical_for_all_pages_loses_no_article() -> None:
    section = "https://tarnby.example/news"
    memory, _row = done(canonical_url=section)
    other = "https://tarnby.example/news/otter"
    settled = settle(
        row_of(other), answer(other, canonical_url=section, text="Otters.\n\nMany.", headline="Otters"), memory, POLICY
    )
    assert settled.outcome == "new"


def test_canonical_with_the_same_headline_is_the_same_article() -> None:
    memory, _row = done()
    print_page = "https://tarnby.example/print/77"
    settled = settle(
        row_of(print_page), answer(print_page, canonical_url=URL, text=TEXT + "\n\nPrinted."), memory, POLICY
    )
    assert settled.outcome == "duplicate"


def test_listed_url_is_not_swallowed_by_a_page_that_calls_itself_so() -> None:
    listed = row_of("https://tarnby.example/news/otter")
    memory = Memory(row_of(), listed)
    settled = settle(row_of(), answer(canonical_url=listed.url), memory, POLICY)
    assert [row.key for row in settled.rows] == [url_key(URL)]


def test_checks_come_at_growing_distances_and_end() -> None:
    memory, row = done()
    times = []
    while row.next_try is not None and len(times) < 50:
        times.append(row.next_try - NOW)
        row = settle(row, Answer(url=URL), memory, Policy(now=row.next_try, recheck_s=48 * 3600)).rows[0]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert 5 < len(times) < 20 and gaps[:-1] == sorted(gaps[:-1]) and times[-1] <= 48 * 3600


def test_old_article_is_never_checked() -> None:
    settled = settle(row_of(), answer(date_published="2020-01-01T10:00:00Z"), Memory(), POLICY)
    assert settled.rows[0].next_try is None


def test_first_seen_in_the_future_comes_back_to_now() -> None:
    settled = settle(row_of(first_seen=NOW + 10 * 365 * 86400), answer(), Memory(), POLICY)
    assert settled.rows[0].first_seen == NOW and (settled.rows[0].next_try or 0) <= NOW + 48 * 3600
