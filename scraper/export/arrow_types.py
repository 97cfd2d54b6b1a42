"""The record as Arrow types: nested as in JSON, every key a typed column."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args

import pyarrow as pa
from msgspec.inspect import (
    BoolType,
    DictType,
    FloatType,
    IntType,
    NoneType,
    StructType,
    Type,
    UnionType,
    VarTupleType,
    type_info,
)

from scraper.model.article import SCHEMA_VERSION, Article
from scraper.model.body import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["SCHEMA_KEY", "arrow_schema", "arrow_table", "record_of"]

SCHEMA_KEY = b"article-scraper.schemaVersion"
"""Key of the file's metadata that holds the version of the record's schema."""
_BLOCKS = "blocks"


def arrow_schema(fields: Sequence[str] = ()) -> pa.Schema:
    """Return the schema of these fields (camelCase) in their order; () for all."""
    info = type_info(Article)
    known = {field.encode_name: field.type for field in info.fields} if isinstance(info, StructType) else {}
    columns = [pa.field(name, _arrow(known[name])) for name in fields or known]
    return pa.schema(columns, metadata={SCHEMA_KEY: SCHEMA_VERSION.encode()})


def arrow_table(records: Iterable[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Return records (as `Article.to_dict` gives them) as a table."""
    return pa.Table.from_pylist([{name: record[name] for name in schema.names} for record in records], schema)


def record_of(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of a table (`Table.to_pylist`) as the dict that it was written from."""
    record = dict(row)
    if record.get("metadata") is not None:
        record["metadata"] = {**record["metadata"], "sources": dict(record["metadata"]["sources"])}
    if record.get(_BLOCKS) is not None:
        record[_BLOCKS] = [_block_of(block) for block in record[_BLOCKS]]
    return record


def _arrow(kind: Type) -> pa.DataType:
    simple = {BoolType: pa.bool_, IntType: pa.int64, FloatType: pa.float64}
    match kind:
        case DictType():
            return pa.map_(_arrow(kind.key_type), _arrow(kind.value_type))
        case VarTupleType():
            return pa.list_(_arrow(kind.item_type))
        case StructType():
            return _struct([kind])
        case UnionType():
            return _union(kind)
    return simple.get(type(kind), pa.string)()  # strings, and Literal, which is strings throughout


def _union(kind: UnionType) -> pa.DataType:
    """Return the type of what may be null, or of a block: one struct with the keys of all kinds of blocks."""
    options = [option for option in kind.types if not isinstance(option, NoneType)]
    structs = [option for option in options if isinstance(option, StructType)]
    return _struct(structs) if structs else _arrow(options[0])


def _struct(kinds: list[StructType]) -> pa.DataType:
    keys: dict[str, pa.DataType] = {}
    for kind in kinds:
        if kind.tag_field is not None:
            keys[kind.tag_field] = pa.string()
        keys |= {field.encode_name: _arrow(field.type) for field in kind.fields}
    return pa.struct(list(keys.items()))


def _block_of(block: dict[str, Any]) -> dict[str, Any]:
    """Return a block with the keys of its own kind only."""
    keys = _keys_of_blocks()[block["type"]]
    return {key: block[key] for key in keys}


@cache
def _keys_of_blocks() -> dict[str, list[str]]:
    kinds = [info for info in map(type_info, get_args(Block)) if isinstance(info, StructType)]
    return {str(kind.tag): ["type", *(field.encode_name for field in kind.fields)] for kind in kinds}
