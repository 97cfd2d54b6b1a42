"""SiteMemory as a value: bounds, bytes, merging."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper import SiteMemories, SiteMemory
from scraper.errors import SettingsError
from scraper.model.traces import PageTraces
from scraper.sites import memories as memories_module
from scraper.sites.fingerprints import markup_key, page_identity, site_key, text_fingerprint
from scraper.sites.memory import MOST_TEXTS

NOTE = 7


def traces(page, texts=(), *, paths=(), site="a.example"):
    own = tuple((page * 1000 + k, 100) for k in range(1, 11))
    return PageTraces(site=site, page=page, texts=(*own, *((text, 50) for text in texts)), paths=tuple(paths))


def memory_of(*pages, **options):
    memory = SiteMemory()
    for page in pages:
        memory = memory.with_page(traces(page, [NOTE], **options))
    return memory


def test_each_page_counts_once():
    memory = memory_of(1, 2, 2, 1, 3)
    assert (len(memory), memory.sightings(NOTE)) == (3, (1, 2, 3))


def test_learning_leaves_the_old_value_alone():
    before = memory_of(1, 2)
    copy = before.to_bytes()
    before.with_page(traces(3, [NOTE]))
    assert before.to_bytes() == copy


def test_a_memory_cannot_be_changed():
    with pytest.raises(TypeError):
        memory_of(1).texts[1] = (2,)


@pytest.mark.parametrize(("pages", "standing"), [(3, False), (4, True), (9, True)])
def test_a_text_of_every_page_is_standing_from_the_fourth_on(pages, standing):
    memory = memory_of(*range(1, 1 + pages))
    assert memory.is_standing(memory.sightings(NOTE)) is standing


def test_a_text_of_every_third_page_is_not_standing():
    memory = SiteMemory()
    for page in range(1, 40):
        memory = memory.with_page(traces(page, [NOTE] if page % 3 == 0 else []))
    assert not memory.is_standing(memory.sightings(NOTE))


def test_a_text_that_came_with_a_new_template_is_standing_soon():
    memory = SiteMemory()
    for page in range(1, 60):
        memory = memory.with_page(traces(page, [NOTE] if page > 48 else []))
    assert memory.is_standing(memory.sightings(NOTE))


def test_a_page_that_shares_half_its_text_is_the_same_article():
    memory = SiteMemory().with_page(traces(1))
    copy = msgspec.structs.replace(traces(1), page=2)
    assert len(memory.with_page(copy)) == 1


def test_memory_is_bounded_and_keeps_what_comes_again():
    memory = SiteMemory()
    for page in range(1, 700):
        texts = [NOTE] if page % 7 == 0 else []
        memory = memory.with_page(traces(page, texts, paths=[(page * 10 + k, 1) for k in range(5)]))
    assert len(memory.texts) <= 4000
    assert len(memory.paths) <= 600
    assert len(memory.sightings(NOTE)) == 8
    assert len(memory.to_bytes()) < 150_000


def test_pages_are_bounded():
    memory = SiteMemory()
    for page in range(1, 1101):
        memory = memory.with_page(PageTraces(site="", page=page, texts=((page, 10),)))
    assert len(memory.pages) == 1000


def test_a_path_held_the_body_on_enough_pages_only():
    memory = memory_of(1, 2, paths=[(5, 1)] * 4)
    assert memory.held_body(5, 2, 8, 0.9)
    assert not memory.held_body(5, 3, 8, 0.9)
    assert not memory.held_body(6, 1, 1, 0.9)


def test_a_path_that_held_both_is_none_of_the_body():
    memory = memory_of(1, 2, paths=[(5, 1), (5, 0)] * 4)
    assert not memory.held_body(5, 2, 8, 0.9)


def test_bytes_make_the_same_memory():
    memory = memory_of(*range(1, 30), paths=[(5, 1), (6, 0)])
    again = SiteMemory.from_bytes(memory.to_bytes())
    assert again == memory
    assert list(again.texts) == list(memory.texts)


def test_memories_come_back_site_by_site():
    memories = SiteMemories().with_site("a.example", memory_of(1, 2)).with_site("b.example", memory_of(3))
    again = SiteMemories.from_bytes(memories.to_bytes())
    assert (again.of("a.example"), again.of("b.example"), len(again)) == (memory_of(1, 2), memory_of(3), 2)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a site memory"),
        (b"PK\x03\x04zip", "not a site memory"),
        (b"scraper site memory 2\n\x90", "version 2"),
        (b"scraper site memory \xb2\n\x90", "not a site memory"),
        (memory_of(1, 2).to_bytes()[:-5], "damaged"),
        (b"scraper site memory 1\n" + msgspec.msgpack.encode([1, {}, {5: ()}, {}]), "out of order"),
        (b"scraper site memory 1\n" + msgspec.msgpack.encode([1, {}, {5: (3, 2)}, {}]), "out of order"),
    ],
)
def test_bytes_that_are_no_memory_are_refused(data, message):
    with pytest.raises(SettingsError, match=message):
        SiteMemory.from_bytes(data)


def test_bytes_that_are_no_memories_are_refused():
    with pytest.raises(SettingsError, match="not a file of site memories"):
        SiteMemories.from_bytes(memory_of(1).to_bytes())


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_memory_or_a_typed_error(data):
    try:
        memory = SiteMemory.from_bytes(b"scraper site memory 1\n" + data)
    except SettingsError:
        return
    assert isinstance(memory.with_page(traces(1)), SiteMemory)


def test_merging_counts_a_page_of_both_once():
    merged = memory_of(1, 2, 3).merged(memory_of(2, 3, 4))
    assert (len(merged), len(merged.sightings(NOTE))) == (4, 4)


def test_merging_a_memory_with_itself_changes_nothing():
    memory = memory_of(1, 2, 3, paths=[(5, 1)])
    assert memory.merged(memory) == memory


def test_merging_knows_what_either_knew():
    left, right = memory_of(1, 2, paths=[(5, 1)]), memory_of(3, 4, paths=[(6, 1)])
    merged = left.merged(right)
    assert set(merged.texts) == set(left.texts) | set(right.texts)
    assert set(merged.paths) == {5, 6}


def test_what_stands_on_all_pages_stands_after_any_order():
    order = list(range(1, 20))
    random.Random(3).shuffle(order)  # noqa: S311  # the same every time, on purpose
    memory = memory_of(*order)
    assert memory.is_standing(memory.sightings(NOTE))


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.News.example/a", "news.example"),
        ("http://m.news.example:8080/a", "news.example"),
        ("https://amp.news.example/", "news.example"),
        ("https://m.example/", "m.example"),
        ("https://[bad", ""),
        (None, ""),
    ],
)
def test_a_site_is_its_host(url, site):
    assert site_key(url) == site


@pytest.mark.parametrize(
    ("url", "canonical", "same"),
    [
        ("https://a.example/1?utm_source=x", None, "https://a.example/1"),
        ("https://a.example/1?page=2", "/1", "https://a.example/1"),
        ("https://a.example/1", "https://a.example/", "https://a.example/1"),
        ("https://a.example/1", "https://other.example/9", "https://a.example/1"),
        ("https://a.example/1", "http://[bad", "https://a.example/1"),
    ],
)
def test_a_page_is_its_plausible_canonical_address(url, canonical, same):
    assert page_identity(url, canonical) == page_identity(same, None)


def test_texts_are_the_same_but_for_case_space_and_numbers():
    markup = markup_key(("p", "note", "div", ""))
    same = text_fingerprint("Updated  on 3 May 2024", markup, linked=False)
    assert text_fingerprint("updated on 14 May 2025", markup, linked=False) == same
    assert text_fingerprint("Updated on 3 June 2024", markup, linked=False) != same


def test_the_same_text_in_other_markup_is_another_block():
    text = "All about sheds, and what it costs to have one built."
    assert text_fingerprint(text, markup_key(("p", "lead")), linked=False) != text_fingerprint(
        text, markup_key(("p", "teaser")), linked=False
    )
    assert text_fingerprint(text, markup_key(("p", "x")), linked=False) != text_fingerprint(
        text, markup_key(("p", "x")), linked=True
    )


def test_long_texts_of_different_length_are_different_blocks():
    text, markup = "shed " * 2000, markup_key(("p", "x"))
    assert text_fingerprint(text, markup, linked=False) != text_fingerprint(text + "more", markup, linked=False)


def test_blocks_of_all_sites_are_bounded(monkeypatch):
    monkeypatch.setattr(memories_module, "_MOST_BLOCKS", 3 * MOST_TEXTS)
    full = SiteMemory(1, {}, dict.fromkeys(range(MOST_TEXTS), (1,)))
    memories = SiteMemories()
    for number in range(5):
        memories = memories.with_site(f"h{number}.example", full)
    assert list(memories.by_site) == ["h2.example", "h3.example", "h4.example"]


def test_many_small_sites_are_remembered(monkeypatch):
    monkeypatch.setattr(memories_module, "_MOST_BLOCKS", 3 * MOST_TEXTS)
    memories = SiteMemories()
    for number in range(5):
        memories = memories.with_site(f"h{number}.example", SiteMemory(1, {}, {number: (1,)}))
    assert len(memories) == 5
