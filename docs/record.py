"""Print docs/record.md, made from the schema: python docs/record.py > docs/record.md."""

from __future__ import annotations

import sys
from typing import Any

from scraper.schema import article_schema, failure_schema

HEAD = """\
# The record

<!-- Made by `python docs/record.py > docs/record.md` from the structs in scraper/model; a test keeps it current. -->

One article, flat, in camelCase, with the names of schema.org `NewsArticle` and of Zyte's `article` item. Every key is
always there; what is unknown is `null` or `[]`, never `""`. `scraper schema` prints the JSON Schema (2020-12), which is
committed as `schema/article-1.json`. Additions raise the minor version, renames the major one.
"""
IDENTITY = """\
## What the URL's identity ignores

http or https, case of the host, IDNA spelling, default port, user name and password, fragment, trailing slash, escaping
of characters that need none, `www.` and mobile hosts, the AMP form (path, parameter, host or cache), `index.html` and
its like, session ids, the order of parameters, and the tracking parameters listed in `scraper/model/url.py`. Everything
else counts.
"""
FAILURES = """\
## Failures

A URL without a record is one line of `--errors`, or a `Failure` of `iter`. `scraper schema failure` prints its schema.
"""


def main() -> None:
    """Print the page."""
    sys.stdout.write(record_page())


def record_page() -> str:
    """Return the page as Markdown."""
    article, failure = article_schema(), failure_schema()
    parts = [HEAD, table(article)]
    for name, definition in article["$defs"].items():
        parts.append(f"## {name}\n\n{definition['description']}\n")
        parts.append(table(definition))
    return "\n".join([*parts, IDENTITY, FAILURES, table(failure)])


def table(definition: dict[str, Any]) -> str:
    """Return the table of an object's fields."""
    rows = [
        f"| `{name}` | {kind(schema)} | {schema.get('description', '').replace('|', chr(92) + '|')} |\n"
        for name, schema in definition["properties"].items()
    ]
    return "| field | type | meaning |\n|---|---|---|\n" + "".join(rows)


def kind(schema: dict[str, Any]) -> str:  # noqa: PLR0911  # one return a form of schema
    """Return the type of a value in words."""
    match schema:
        case {"$ref": reference}:
            name = reference.rpartition("/")[2]
            return f"[{name}](#{name.lower()})"
        case {"anyOf": variants}:
            return " or ".join(map(kind, variants))
        case {"enum": values}:
            return ", ".join(f"`{value}`" for value in values)
        case {"type": "array", "items": items}:
            return f"list of {kind(items)}"
        case {"type": "object", "additionalProperties": dict(values)}:
            return f"object of {kind(values)}"
        case {"type": [*names]}:
            return " or ".join(names)
        case {"type": name}:
            return str(name)
    return "any"


if __name__ == "__main__":
    main()
