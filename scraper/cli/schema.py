"""`scraper schema`: the JSON Schema of what is written."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from typer import Argument

from scraper.export.output import open_output
from scraper.schema import article_schema, failure_schema, schema_text

__all__ = ["Record", "schema"]


class Record(StrEnum):
    """What has a schema."""

    ARTICLE = "article"
    FAILURE = "failure"


def schema(record: Annotated[Record, Argument(help="The record, or a line of --errors.")] = Record.ARTICLE) -> int:
    """Print the JSON Schema (2020-12) of the record."""
    with open_output(None) as output:
        output.write(schema_text(article_schema() if record is Record.ARTICLE else failure_schema()))
    return 0
