"""Reading records back: exactly what was written, or a clear error."""

from __future__ import annotations

import json

import pytest

from scraper import Article
from scraper.errors import RecordError, ScraperError
from tests.contract.records import ALL, article


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_what_was_written_is_read(one):
    assert Article.from_json(one.to_json()) == one


def test_bytes_are_read_too():
    assert Article.from_json(article(1).to_json().encode()) == article(1)


def record(**changes):
    return json.dumps({**article(1).to_dict(), **changes})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (record(schemaVersion="2.0"), "a record of schema version '2.0'; this program reads '1.0'"),
        (record(schemaVersion=None), "it has no schemaVersion"),
        (record(schemaVersion=[1]), "schema version '[1]'"),
        ('{"headline": "x"}', "it has no schemaVersion"),
        ("[]", "give one JSON object"),
        ("", "give one JSON object"),
        ('{"schemaVersion": "1.0"', "give one JSON object"),
        (b"\xff\xfe", "no record"),
        (record(wordCount="many"), "$.wordCount"),
        (record(authors=[{"name": "a"}, {"name": 5}]), "$.authors[1].name"),
        ('{"schemaVersion": "1.0", "id": "x"}', "metadata"),
    ],
)
def test_what_is_no_record_is_refused_with_the_place(text, told):
    with pytest.raises(RecordError) as caught:
        Article.from_json(text)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_error_is_ours_and_a_value_error():
    assert issubclass(RecordError, ScraperError) and issubclass(RecordError, ValueError)


def test_keys_of_others_are_passed_over():
    assert Article.from_json(record(evidence={"headline": 1})) == article(1)


def test_a_lone_surrogate_can_be_written():
    odd = article(1, headline="a\ud800b", keywords=("\udfff",))
    assert Article.from_json(odd.to_json()).headline == "a?b"
    assert odd.to_dict()["keywords"] == ["?"]
