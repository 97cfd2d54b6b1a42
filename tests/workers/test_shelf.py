"""What a worker is told of sites: always the memory that the page is to be read with, and little of it twice."""

from __future__ import annotations

import random

import msgspec
import pytest

from scraper.model.traces import PageTraces
from scraper.sites.memory import SiteMemory
from scraper.workers import shelf as shelf_module
from scraper.workers.messages import decode_news, encode_news
from scraper.workers.shelf import News, Shelf, ShelfCopy


def traces(page: int) -> PageTraces:
    """Return a page's traces: some blocks of the site, some of its own."""
    texts = tuple((number * 7919, 0) for number in range(5)) + tuple((page * 1000 + n, 100) for n in range(10))
    return PageTraces(site="a.example", page=page, texts=texts, paths=((31, 1), (page % 3, 0)))


def learned(memory: SiteMemory, *pages: int) -> SiteMemory:
    """Return a memory with further pages in it."""
    for page in pages:
        memory = memory.with_page(traces(page))
    return memory


def sent(shelf: Shelf, copy: ShelfCopy, site: str, memory: SiteMemory) -> SiteMemory:
    """Return what a worker makes of what it is told, over the wire."""
    news = decode_news(encode_news(shelf.news(site, memory)))
    assert news is not None
    return copy.told(news)


def test_the_worker_reads_with_the_very_memory_whatever_was_learned_between() -> None:
    rng = random.Random(7)  # noqa: S311  # the same pages at each run
    memories = {name: SiteMemory() for name in ("a.example", "b.example", "c.example")}
    workers = [(Shelf(), ShelfCopy()) for _ in range(3)]
    for page in range(1, 200):
        site = rng.choice(list(memories))
        there = sent(*rng.choice(workers), site, memories[site])
        assert (there, list(there.texts)) == (memories[site], list(memories[site].texts))
        if rng.random() < 0.8:
            memories[site] = learned(memories[site], page)


def test_a_second_page_brings_only_what_was_learned_since() -> None:
    shelf, first = Shelf(), learned(SiteMemory(), 1, 2, 3)
    shelf.news("a.example", first)

    news = shelf.news("a.example", learned(first, 4, 5))

    assert (news.whole, news.pages) == (None, (traces(4), traces(5)))


def test_a_memory_that_has_not_changed_is_not_sent_again() -> None:
    shelf, memory = Shelf(), learned(SiteMemory(), 1)
    shelf.news("a.example", memory)

    assert shelf.news("a.example", memory) == News("a.example")


@pytest.mark.parametrize("other", ["older", "of another branch", "too far ahead"])
def test_what_steps_do_not_lead_to_is_sent_whole(other: str) -> None:
    start = learned(SiteMemory(), 1, 2)
    held = learned(start, 3)
    then = {"older": start, "of another branch": learned(start, 4), "too far ahead": learned(held, *range(4, 40))}
    shelf = Shelf()
    shelf.news("a.example", held)

    assert shelf.news("a.example", then[other]).whole is not None


def test_the_sites_not_asked_for_longest_are_forgotten_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "_MOST_TEXTS", 40)
    shelf, copy = Shelf(), ShelfCopy()
    memory = learned(SiteMemory(), 1)  # 15 texts
    for site in ("a.example", "b.example", "a.example", "c.example"):
        sent(shelf, copy, site, memory)

    assert set(copy._held) == {"a.example", "c.example"} and sent(shelf, copy, "b.example", memory) == memory


def test_a_site_that_the_worker_does_not_hold_is_no_memory_to_read_with() -> None:
    with pytest.raises(KeyError):
        ShelfCopy().told(News("a.example", None, (traces(1),)))


def test_a_page_without_a_memory_tells_nothing() -> None:
    assert (encode_news(None), decode_news(b"")) == (b"", None)


def test_damaged_news_raise() -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_news(b"\xc1")
