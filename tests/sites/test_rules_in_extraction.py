"""What a rule does to an article: its body and fields win; a stale one costs nothing but a warning."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from scraper import ExtractSettings, SiteMemory, SiteRules, explain, extract
from scraper.sites.rule import rules_in
from tests.sites.shed_times import NOTE, body_of, learned, page, paragraphs, url_of

HEAD = (
    '<p class="kicker">SHEDS</p><div class="by">By <b>Ada Quill</b> and <b>Tom Reed</b></div>'
    '<span class="when" title="2024-05-03T08:00:00+02:00">last May</span>'
)


def rules(text):
    return SiteRules.of(rules_in(f"[[rule]]\nname = 'shed'\nhost = 'shedtimes.example'\n{text}", "shed.toml"))


def told(text, *, html=None, **options):
    html = (
        page(9, extra=HEAD + '<div class="promo">Sheds for sale, and more sheds, every day.</div>')
        if html is None
        else html
    )
    return explain(html, url_of(9), rules=rules(text), **options)


CONTENT = "content = '.story-text'\n"


def test_the_body_is_what_the_rule_selects():
    assert body_of(told(CONTENT)) == [*paragraphs(9), NOTE]


def test_what_the_rule_drops_is_no_part_of_the_body():
    assert body_of(told(CONTENT + "drop = '.story-text > p:last-child'\n")) == paragraphs(9)


def test_without_content_the_rest_is_the_classifiers():
    found = told("drop = '.story-text > p:last-child'\n")
    assert body_of(found) == paragraphs(9)
    assert found.article.metadata.extractor == "model"


def test_the_record_names_the_rule():
    metadata = told(CONTENT).article.metadata
    assert (metadata.rule, metadata.extractor, metadata.confidence, metadata.warnings) == ("shed", "rule", 0.99, ())


def test_parts_come_in_the_order_of_the_page():
    found = told("content = ['.promo', '.story-text', '.story-text p']\n")
    assert body_of(found) == [*paragraphs(9), NOTE, "Sheds for sale, and more sheds, every day."]


def test_a_text_inside_an_inline_element_is_selected():
    html = "<html><body><span class=all>" + "<br><br>".join(paragraphs(9)) + "</span><p>Else</p></body></html>"
    assert body_of(told("content = '.all'\n", html=html)) == paragraphs(9)


def test_verdicts_name_the_rule():
    reasons = {b.text: b.reason for b in told(CONTENT + "drop = '.story-text > p:last-child'\n").blocks}
    assert reasons[paragraphs(9)[0]] == "selected by the rule shed"
    assert reasons[NOTE] == "dropped by the rule shed"
    assert reasons["SHEDS"] == "outside what the rule shed selects"


@pytest.mark.parametrize("content", [".gone", ".kicker", "nav"])
def test_a_rule_that_yields_too_little_falls_back(content):
    found = told(f"content = '{content}'\ndrop = 'p'\n")
    plain = explain(
        page(9, extra=HEAD + '<div class="promo">Sheds for sale, and more sheds, every day.</div>'), url_of(9)
    )
    assert found.article.article_body == plain.article.article_body
    assert (found.article.metadata.rule, found.article.metadata.extractor) == (None, "model")
    assert found.article.metadata.warnings[0].startswith("rule_stale: shed: its content holds ")


def test_min_chars_says_what_too_little_is():
    assert told("content = '.story-text p:first-child'\nmin_chars = 50\n").article.metadata.warnings == ()
    assert told("content = '.story-text p:first-child'\nmin_chars = 500\n").article.metadata.warnings != ()


FIELDS = """
[rule.fields]
headline = ['.gone', 'h1']
authors = '.by b'
datePublished = '.when@title'
articleSection = '.kicker'
"""


def test_fields_come_from_the_rule():
    article = told(FIELDS).article
    assert [person.name for person in article.authors] == ["Ada Quill", "Tom Reed"]
    assert (article.date_published, article.date_published_raw) == ("2024-05-03T08:00:00+02:00",) * 2
    assert article.article_section == ("SHEDS",)
    assert article.metadata.sources["headline"] == "rule"


def test_evidence_names_rule_and_selector_and_keeps_the_losers():
    choice = told(FIELDS).evidence["headline"]
    assert (choice.winner.source, choice.winner.where) == ("rule", "shed: h1")
    assert [loser.source for loser in choice.losers] == ["visible"]


def test_a_field_that_selects_nothing_is_left_to_the_page():
    found = told("[rule.fields]\nheadline = '.gone'\n")
    assert found.evidence["headline"].winner.source != "rule"
    assert found.article.headline == explain(page(9), url_of(9)).article.headline


def test_a_date_that_cannot_be_read_is_said():
    found = told("[rule.fields]\ndatePublished = '.kicker'\n")
    assert found.problems == ("datePublished: the rule shed selects what cannot be read: 'SHEDS'",)
    assert found.article.date_published is None


def test_a_date_after_the_fetch_is_refused():
    found = told("[rule.fields]\ndatePublished = '.when@title'\n", now=datetime(2020, 1, 1, tzinfo=UTC))
    assert found.article.date_published is None


def test_the_rule_of_another_site_changes_nothing():
    html = page(9)
    other = SiteRules.of(rules_in("[[rule]]\nhost = 'other.example'\ncontent = 'h1'\nmin_chars = 1\n", "o.toml"))
    assert explain(html, url_of(9), rules=other) == explain(html, url_of(9))


def test_the_declared_day_chooses_between_designs():
    two = """content = 'h1'
min_chars = 1
until = 2024-01-01
[[rule]]
host = 'shedtimes.example'
name = 'new'
content = '.story-text'
since = 2024-01-02
"""
    old = page(9).replace("<head>", '<head><meta property="article:published_time" content="2023-04-01T10:00:00Z">')
    new = page(9).replace("<head>", '<head><meta property="article:published_time" content="2024-04-01T10:00:00Z">')
    assert [told(two, html=html).article.metadata.rule for html in (old, new)] == ["shed", "new"]


def test_a_rule_vouches_that_the_page_is_an_article():
    listing = "".join(f'<li class="row"><a href="{url_of(n)}">{paragraphs(n)[0][:60]}</a></li>' for n in range(20))
    html = f"<html><body><h1>All sheds</h1><ul>{listing}</ul></body></html>"
    assert explain(html, url_of(9)).refusal
    found = told("content = '.row'\n", html=html)
    assert (found.refusal, found.article.metadata.page_type) == (None, "article")


def test_extract_takes_rules_too():
    article = extract(page(9), url_of(9), rules=rules(CONTENT))
    assert article.metadata.rule == "shed"


def test_a_rule_goes_before_the_memory_of_the_site():
    memory = learned(range(1, 7))
    found = told(CONTENT, memory=memory)
    assert body_of(found) == [*paragraphs(9), NOTE]


def test_pages_with_a_rule_teach_the_memory():
    assert len(SiteMemory().learned(told(CONTENT, memory=SiteMemory()))) == 1


def test_structure_inside_the_content_is_kept():
    body = [
        *paragraphs(9)[:3],
        "</p><h2>Part two</h2><ul><li>one shed</li><li>two sheds</li></ul><p>",
        *paragraphs(9)[3:],
    ]
    found = told(CONTENT, html=page(9, body=body, notes=()), settings=ExtractSettings(blocks=True))
    assert [type(block).__name__ for block in found.article.blocks] == [
        *["Paragraph"] * 3, "Heading", "List", *["Paragraph"] * 3,
    ]  # fmt: skip


def test_a_hostile_page_costs_a_rule_no_more_than_itself():
    html = page(9).replace("<main>", "<main>" + "<div>" * 300 + "<b class=x>y</b>" * 20_000 + "</div>" * 300)
    began = time.process_time()
    told("content = 'section div div div b, main div b ~ b ~ b'\n", html=html)
    assert time.process_time() - began < 4


def test_a_page_that_marks_itself_selects_nothing():
    html = page(
        9, extra='<p data-scraper-selected="0 1 2 99999999999">Buy this shed, and that one, and the one behind it.</p>'
    )
    assert body_of(told(CONTENT, html=html)) == [*paragraphs(9), NOTE]
