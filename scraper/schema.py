"""JSON Schema (2020-12) of what is written: generated from the structs, so that it cannot disagree with them."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from itertools import pairwise
from typing import Any

import msgspec

from scraper.model.article import Article
from scraper.model.failure import Failure

__all__ = ["article_schema", "failure_schema", "schema_text"]

_NULLABLE_STRING = ([{"type": "string"}, {"type": "null"}], [{"type": "null"}, {"type": "string"}])
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def article_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record."""
    return _schema(Article, "urn:article-scraper:schema:article-1")


def failure_schema() -> dict[str, Any]:
    """Return the JSON Schema of a line of the failures' stream."""
    return _schema(Failure, "urn:article-scraper:schema:failure-1")


def schema_text(schema: dict[str, Any]) -> str:
    """Return a schema as the text that is committed and printed; it ends with a line end."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _schema(root: type[msgspec.Struct], identity: str) -> dict[str, Any]:
    (_, definitions) = msgspec.json.schema_components([root], ref_template="#/$defs/{name}")
    documented = _field_docs(sys.modules[cls.__module__] for cls in _structs(root))
    for name, definition in definitions.items():
        _complete(definition, documented.get(name, {}))
    own = definitions.pop(root.__name__)
    return {"$schema": _DIALECT, "$id": identity, **own, "$defs": dict(sorted(definitions.items()))}


def _complete(definition: dict[str, Any], docs: dict[str, str]) -> None:
    """Demand every key (all are written, always), refuse "" for what may be null, and say what each field means."""
    properties = definition.get("properties", {})
    definition["required"] = list(properties)
    for name, schema in properties.items():
        has_default = "default" in schema
        schema.pop("default", None)
        variants = schema.get("anyOf", [])
        if variants in _NULLABLE_STRING:
            del schema["anyOf"]
            schema |= {"type": ["string", "null"], "minLength": 1}
        for variant in variants:
            variant.pop("discriminator", None)  # OpenAPI's, no keyword of JSON Schema
            variant.get("items", {}).pop("discriminator", None)
        if name == "id" and not has_default:
            schema["pattern"] = "^[0-9a-f]{16}$"
        if name in docs:
            schema["description"] = docs[name]


def _structs(root: type[msgspec.Struct]) -> set[type[msgspec.Struct]]:
    """Return every struct that a record can hold, itself included."""
    found: set[type[msgspec.Struct]] = set()
    queue: list[Any] = [root]
    while queue:
        kind = queue.pop()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in found:
            found.add(kind)
            queue += [field.type for field in msgspec.structs.fields(kind)]
        queue += getattr(kind, "__args__", ())
    return found


def _field_docs(modules: Any) -> dict[str, dict[str, str]]:
    """Return {class: {camelCase field: docstring under it}} as the source has them; without source, nothing."""
    found: dict[str, dict[str, str]] = {}
    for module in set(modules):
        try:
            tree = ast.parse(inspect.getsource(module))
        except (OSError, SyntaxError):
            continue
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                found[node.name] = dict(_documented(node.body))
    return found


def _documented(statements: list[ast.stmt]) -> list[tuple[str, str]]:
    pairs = []
    for field, doc in pairwise(statements):
        match field, doc:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                pairs.append((_camel(name), " ".join(text.split())))
    return pairs


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
