"""What the memory of a site does to an article: template goes, the article stays."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scraper import ExtractSettings, SiteMemories, SiteMemory, explain, extract
from scraper.body.blocks.segment import segment
from scraper.body.classifier.scores import score_blocks
from scraper.body.find import settle
from scraper.body.opinions.by_site import advice_of
from scraper.metadata.clues import read_clues
from scraper.page.page import page_of
from tests.sites.shed_times import HOST, NOTE, PITCH, body_of, learned, page, paragraphs, url_of

FIXTURE = Path(__file__).parents[2] / "fixtures" / "site"


@pytest.fixture(scope="module")
def memory():
    return learned(range(1, 7))


def test_without_a_memory_the_note_is_taken_for_the_article():
    assert NOTE in body_of(explain(page(9), url_of(9)))


def test_with_a_memory_the_body_is_the_article_alone(memory):
    assert body_of(explain(page(9), url_of(9), memory=memory)) == paragraphs(9)


def test_extract_uses_the_memory_as_explain_does(memory):
    assert extract(page(9), url_of(9), memory=memory).article_body.split("\n\n") == paragraphs(9)


def test_the_verdict_says_why(memory):
    verdicts = {block.text: block for block in explain(page(9), url_of(9), memory=memory).blocks}
    assert (verdicts[NOTE].kept, verdicts[NOTE].reason) == (False, "repeated on this site")


def test_other_verdicts_keep_their_reasons(memory):
    plain = {b.text: b.reason for b in explain(page(9), url_of(9)).blocks}
    told = {b.text: b.reason for b in explain(page(9), url_of(9), memory=memory).blocks}
    del plain[NOTE], told[NOTE]
    assert told == plain


def test_an_empty_memory_changes_nothing():
    plain, told = explain(page(9), url_of(9)), explain(page(9), url_of(9), memory=SiteMemory())
    assert (told.article, told.blocks) == (plain.article, plain.blocks)


def test_extraction_with_a_memory_is_a_function_of_it(memory):
    before = memory.to_bytes()
    first, second = (explain(page(9), url_of(9), memory=memory) for _ in range(2))
    assert first == second
    assert memory.to_bytes() == before


def test_numbers_in_a_note_do_not_hide_it():
    notes = [f"Shed {n} of {n * 7} that we will visit this year. {NOTE}" for n in range(10)]
    memory = SiteMemory()
    for n in range(1, 7):
        memory = memory.learned(explain(page(n, notes=[notes[n]]), url_of(n), memory=memory))
    assert body_of(explain(page(9, notes=[notes[9]]), url_of(9), memory=memory)) == paragraphs(9)


def test_several_notes_go_together():
    memory = learned(range(1, 7), notes=(PITCH, NOTE))
    assert body_of(explain(page(9, notes=(PITCH, NOTE)), url_of(9), memory=memory)) == paragraphs(9)


def test_a_heading_that_only_a_note_followed_goes_with_it():
    heading = "</p><h3>About the paper you read</h3><p>"
    memory = learned(range(1, 7), notes=(heading, NOTE))
    assert body_of(explain(page(9, notes=(heading, NOTE)), url_of(9), memory=memory)) == paragraphs(9)


@pytest.mark.parametrize("seen", [1, 2])
def test_a_sure_paragraph_stays_until_enough_pages_have_it(seen):
    assert NOTE in body_of(explain(page(9), url_of(9), memory=learned(range(1, 1 + seen))))


def test_short_headings_stay_however_often_they_come():
    parts = [*paragraphs(9)[:3], "</p><h2>What next</h2><p>", *paragraphs(9)[3:]]
    memory = SiteMemory()
    for n in range(1, 9):
        body = [*paragraphs(n)[:3], "</p><h2>What next</h2><p>", *paragraphs(n)[3:]]
        memory = memory.learned(explain(page(n, body=body, notes=()), url_of(n), memory=memory))
    assert "What next" in body_of(explain(page(9, body=parts, notes=()), url_of(9), memory=memory))


def test_the_same_page_again_does_not_kill_itself(memory):
    for _ in range(6):
        memory = memory.learned(explain(page(9), url_of(9), memory=memory))
    assert body_of(explain(page(9), url_of(9), memory=memory)) == paragraphs(9)


def test_one_article_under_many_addresses_does_not_kill_itself():
    memory = learned(range(1, 7))
    for n in range(8):
        url = f"{HOST}/mirror/{n}"
        memory = memory.learned(explain(page(9, canonical=url), url, memory=memory))
    url = f"{HOST}/mirror/77"
    assert body_of(explain(page(9, canonical=url), url, memory=memory)) == paragraphs(9)


def test_one_text_under_many_addresses_is_warned_of():
    memory = SiteMemory()
    for n in range(4):
        memory = memory.learned(explain(page(9, canonical=f"{HOST}/x/{n}"), f"{HOST}/x/{n}", memory=memory))
    told = explain(page(9, canonical=f"{HOST}/x/9"), f"{HOST}/x/9", memory=memory)
    assert told.article.metadata.warnings == (
        "the same text stands under 4 other addresses of this site: an error page or a wall?",
    )


def test_a_live_page_that_grows_stays_whole():
    memory = learned(range(1, 7))
    text = paragraphs(9)
    for n in range(3, 6):
        url = f"{HOST}/live/day-{n}"
        memory = memory.learned(explain(page(9, body=text[:n], canonical=url), url, memory=memory))
    url = f"{HOST}/live/day-6"
    assert body_of(explain(page(9, body=text, canonical=url), url, memory=memory)) == text


def test_background_that_two_follow_ups_share_stays():
    background = (
        "The sheds of the valley were built after the flood, by three brothers who did not speak to each other."
    )
    memory = learned(range(1, 7))
    for n in (7, 8, 10):
        body = [*paragraphs(n)[:4], background, *paragraphs(n)[4:]]
        memory = memory.learned(explain(page(n, body=body), url_of(n), memory=memory))
    body = [*paragraphs(9)[:4], background, *paragraphs(9)[4:]]
    assert body_of(explain(page(9, body=body), url_of(9), memory=memory)) == body


def test_a_standfirst_in_the_teasers_of_other_pages_stays():
    standfirst = paragraphs(9)[0]
    teaser = (
        f'<aside class="more"><div class="teaser"><a href="{url_of(9)}">A roof</a><p>{standfirst}</p></div></aside>'
    )
    memory = learned(range(1, 7), extra=teaser)
    assert body_of(explain(page(9, extra=teaser), url_of(9), memory=memory)) == paragraphs(9)


def test_the_summary_that_the_page_gives_of_itself_stays():
    lead = "All about sheds: what goes on inside them, who is in them at night, and what it costs to have one built."
    memory = SiteMemory()
    for n in range(1, 7):
        memory = memory.learned(
            explain(page(n, body=[lead, *paragraphs(n)], description=lead), url_of(n), memory=memory)
        )
    told = explain(page(9, body=[lead, *paragraphs(9)], description=lead), url_of(9), memory=memory)
    assert body_of(told)[0] == lead


def test_a_page_of_template_alone_keeps_what_it_had():
    memory = learned(range(1, 7), notes=(NOTE, PITCH))
    plain = explain(page(9, body=[], notes=(NOTE, PITCH)), url_of(9))
    told = explain(page(9, body=[], notes=(NOTE, PITCH)), url_of(9), memory=memory)
    assert told.article.article_body == plain.article.article_body != ""


def test_the_memory_of_another_site_changes_nothing(memory):
    memories = SiteMemories().with_site("shedtimes.example", memory)
    html = page(9, canonical="https://other.example/news/roof-9")
    plain = explain(html, "https://other.example/news/roof-9")
    assert explain(html, "https://other.example/news/roof-9", memory=memories).article == plain.article


def test_pages_without_an_address_find_their_site_by_their_canonical_link():
    memories = SiteMemories()
    for n in range(1, 7):
        memories = memories.learned(explain(page(n), memory=memories))
    assert list(memories.by_site) == ["shedtimes.example"]
    assert body_of(explain(page(9), memory=memories)) == paragraphs(9)


def test_switched_off_neither_used_nor_learned(memory):
    told = explain(page(9), url_of(9), settings=ExtractSettings(site_memory="off"), memory=memory)
    assert NOTE in body_of(told)
    assert told.traces is None


def test_an_extraction_without_a_memory_teaches_nothing():
    assert SiteMemory().learned(explain(page(9), url_of(9))) == SiteMemory()


def test_a_page_that_is_no_article_teaches_nothing():
    listing = "".join(f'<li><a href="{url_of(n)}">{paragraphs(n)[0][:60]}</a></li>' for n in range(20))
    told = explain(f"<html><body><h1>All sheds</h1><ul>{listing}</ul></body></html>", f"{HOST}/", memory=SiteMemory())
    assert told.refusal
    assert SiteMemory().learned(told) == SiteMemory()


def test_the_fixture_site_from_its_fifth_article_on_is_exact():
    memories = SiteMemories()
    wrong = []
    for article in json.loads((FIXTURE / "articles.json").read_text("utf-8")):
        url = f"https://www.saltmarshpost.example/{article['path']}"
        told = explain((FIXTURE / "pages" / article["path"]).read_bytes(), url, memory=memories)
        memories = memories.learned(told)
        if body_of(told) != article["paragraphs"]:
            wrong.append(article["path"])
    assert wrong == [a["path"] for a in json.loads((FIXTURE / "articles.json").read_text("utf-8"))[:4]]


def scored_as(number, told, **options):
    """Return (page, clues, scores) of a page on which the classifier would say what `told` gives for each text."""
    opened = page_of(page(number, **options), url_of(number))
    clues = read_clues(opened)
    blocks = segment(opened.snapshot)
    scored = score_blocks(opened.snapshot, blocks, clues)
    return opened, clues, replace(scored, scores=[told(block.text) for block in blocks])


def doubted(number, score, **options):
    """Return the same, where every paragraph of the article has this score."""
    own = options.get("body") or paragraphs(number)
    return scored_as(number, lambda text: score if text in own else 0.01, notes=(), **options)


def repeated_of(opened, clues, scored, memory):
    """Return the texts that the memory calls repeated."""
    return [scored.blocks[i].text for i in sorted(advice_of(opened, clues, scored, memory).repeated)]


def taught(*bodies):
    """Return a memory that learned a page of each of these bodies."""
    memory = SiteMemory()
    for number, body in enumerate(bodies, 20):
        memory = memory.learned(explain(page(number, body=body, notes=()), url_of(number), memory=memory))
    return memory


def test_a_doubtful_paragraph_goes_for_one_other_page():
    memory = taught([*paragraphs(1), paragraphs(9)[5]])
    assert repeated_of(*doubted(9, 0.7), memory) == [paragraphs(9)[5]]


def test_of_many_pages_one_other_is_not_enough():
    memory = taught([*paragraphs(1), paragraphs(9)[5]], paragraphs(2), paragraphs(3), paragraphs(4))
    assert repeated_of(*doubted(9, 0.7), memory) == []


def test_what_would_take_too_much_of_the_text_takes_nothing():
    memory = taught(*([*paragraphs(n), paragraphs(9)[n]] for n in (1, 2, 3)))
    assert repeated_of(*doubted(9, 0.7), memory) == []


def test_another_version_of_the_article_is_no_other_page():
    text = paragraphs(9)
    memory = taught([*text[:4], *paragraphs(1)[4:]], [*paragraphs(2), text[0]])
    assert repeated_of(*doubted(9, 0.85), memory) == []
    assert repeated_of(*doubted(9, 0.85), taught([*paragraphs(1), text[0]], [*paragraphs(2), text[0]])) == [text[0]]


def test_what_is_dropped_does_not_let_worse_in():
    memory = learned(range(1, 7))
    extra = "<p>Old sheds are bought here at all hours, and new ones are sold to whoever comes with the money.</p>"
    own = paragraphs(9)[:2]
    said = scored_as(
        9, lambda text: 0.99 if text in {*own, NOTE} else 0.2 if "hours" in text else 0.01, body=own, extra=extra
    )
    opened, clues, scored = said
    kept = settle(opened, scored, advice_of(opened, clues, scored, memory))[0]
    assert [block.text for block, keep in zip(scored.blocks, kept, strict=True) if keep] == own


def test_a_path_that_held_the_body_lifts_doubtful_prose(memory):
    opened, clues, scored = doubted(9, 0.4)
    advice = advice_of(opened, clues, scored, memory)
    assert [round(s, 2) for s in advice.scores if s > 0.1] == [0.52] * 6


def test_a_path_never_seen_lifts_nothing():
    opened, clues, scored = doubted(9, 0.4)
    assert advice_of(opened, clues, scored, learned([1])).scores == scored.scores


def test_a_path_that_held_the_body_raises_confidence(memory):
    opened, clues, scored = doubted(9, 0.93)
    assert settle(opened, scored, advice_of(opened, clues, scored, memory))[1] > settle(opened, scored)[1]
