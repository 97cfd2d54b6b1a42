"""The committed schema says what the structs say; records obey it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from scraper import extract
from scraper.model.failure import Failure
from scraper.schema import article_schema, failure_schema, schema_text

SCHEMAS = Path(__file__).parents[2] / "schema"


@pytest.mark.parametrize(("name", "schema"), [("article-1", article_schema), ("failure-1", failure_schema)])
def test_committed_schema_is_current(name, schema):
    committed = (SCHEMAS / f"{name}.json").read_text(encoding="utf-8")
    assert committed == schema_text(schema()), f"run: python -m scraper schema > schema/{name}.json"


@pytest.mark.parametrize("schema", [article_schema, failure_schema])
def test_schema_is_valid_json_schema(schema):
    jsonschema.Draft202012Validator.check_schema(schema())


def test_every_key_is_required():
    schema = article_schema()
    assert schema["required"] == list(schema["properties"])


def test_no_nullable_string_may_be_empty():
    assert article_schema()["properties"]["headline"]["minLength"] == 1


def test_fields_carry_their_documentation():
    assert article_schema()["properties"]["headline"]["description"]


def test_a_record_obeys_the_schema():
    page = (
        "<html><h1>Ferry timetable changes</h1><p>The ferry to Example Island leaves an hour later from May.</p></html>"
    )
    article = extract(page, "https://news.example.com/ferry", keep_all=True, blocks=True, markdown=True)
    jsonschema.validate(article.to_dict(), article_schema(), jsonschema.Draft202012Validator)


def test_a_failure_obeys_the_schema():
    failure = Failure(requested_url="https://news.example.com/", stage="fetch", reason="timeout", message="too slow")
    jsonschema.validate(json.loads(failure.to_json()), failure_schema(), jsonschema.Draft202012Validator)
