"""What was read of a page and what a record holds are compared value by value."""

from __future__ import annotations

import json

import pytest

from benchmarks import records
from benchmarks.records import FIELDS, FLOORS, agreement, forms_of, half_of, mark_of, marked, read_lines
from scraper import extract

PAGE = """<html><head><title>The mill turns</title><script type="application/ld+json">
{"@type": "NewsArticle", "headline": "The mill turns", "articleSection": ["Town", "Rivers"]}</script></head><body><article>
<h1>The mill turns</h1><p>Water came down the hill in the night, and by the morning the old wheel was turning again, as it had
turned in the days when the whole valley brought its corn here and the road was full of carts until the evening.</p>
<h2>A wheel of oak</h2><ul><li>Forty buckets of oak, each cut by hand</li><li>One axle of iron from the old yard</li></ul>
<p>It had stood still for thirty years, said the <a href="/miller">miller</a>, who had not hoped to see it move.</p>
</article></body></html>"""


@pytest.fixture(scope="module")
def article():
    return extract(PAGE, "https://news.example/mill", keep_all=True, blocks=True)


@pytest.mark.parametrize(
    ("field", "forms"),
    [
        ("articleSection", ["town", "rivers"]),
        ("headline", ["the mill turns"]),
        ("mainImage", []),
        ("links", ["miller | news.example/miller"]),
    ],
)
def test_form_of_field(article, field, forms):
    assert forms_of(article, field) == forms


def test_structure_names_each_item_of_a_list(article):
    assert [form.partition(" |")[0] for form in forms_of(article, "structure")] == [
        "paragraph", "heading 2", "item 0", "item 0", "paragraph"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("forms", "right", "score"),
    [
        (["town", "rivers"], ["town", "rivers"], 1.0),
        (["town"], ["town", "rivers"], 2 / 3),
        (["town"], [], 0.0),
        ([], [], 1.0),
        (["town"], [["rivers"], ["town"]], 1.0),
    ],
)
def test_agreement(forms, right, score):
    line = {"set": "s", "id": "p", "field": "articleSection", "values": right}
    values = json.loads(marked([json.dumps(line)])[0])["values"]
    assert agreement("p", "articleSection", forms, values) == pytest.approx(score)


def test_mark_is_another_one_on_another_page():
    assert mark_of("p", "keywords", "town") != mark_of("q", "keywords", "town")


def test_pages_of_one_site_are_in_one_half():
    assert (
        len({half_of(page) for page in ("courier.example-mill", "courier.example-wheel", "courier.example.axle")}) == 1
    )


def test_every_field_that_was_read_has_a_form_and_a_floor():
    assert {line["field"] for line in read_lines()} - {"liveUpdates"} == FLOORS.keys() <= FIELDS.keys()


def test_what_was_read_holds_hashes_alone():
    hashes = [h for line in read_lines() for v in line["values"] for h in (v if isinstance(v, list) else [v])]
    assert len(hashes) > 1000 and all(len(h) == 10 and not set(h) - set("0123456789abcdef") for h in hashes)


@pytest.mark.parametrize("options", [["nonsense"], ["--mark", "nowhere.jsonl"], ["--show", "no-set", "page"]])
def test_mistake_is_answered_with_a_sentence(options, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["records", "--sets", str(tmp_path), *options])
    with pytest.raises(SystemExit) as ended:
        records.main()
    assert (ended.value.code, "no s" in capsys.readouterr().err) == (2, True)


def test_check_fails_where_no_page_of_a_field_is_there(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "read_lines", list)
    monkeypatch.setattr("sys.argv", ["records", "--sets", str(tmp_path), "--check", "agency"])
    assert records.main() == 1
