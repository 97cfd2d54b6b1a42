r"""The record as a flat table: which columns there are, and what stands in a cell.

An object becomes a column for each of its keys (`publisher.name`). A list is one cell, its items joined by "|"; a list
of objects becomes a column for each key (`authors.name`), in each of which the first item is the first object's, and
so on. Inside an item, "|" is written "\|" and "\" is written "\\". `blocks` and `metadata.sources` are JSON. Unknown
is an empty cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec.inspect import DictType, Field, StructType, Type, UnionType, VarTupleType, type_info

from scraper.model.article import Article
from scraper.model.json_text import encode_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    import msgspec

__all__ = ["Column", "Shape", "columns_of", "struct_in"]

Shape = str
"""How a value becomes a cell: "plain", "list", "list of objects", "json"."""
_JOIN = "|"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the flat record."""

    name: str
    path: tuple[str, ...]
    """Keys from the record down (camelCase); of a list of objects, the last one is the key in each of them."""
    shape: Shape

    def cell(self, record: dict[str, Any]) -> Any:
        """Return what stands in the cell: a string, a number, a bool; None where it is empty."""
        value: Any = record
        keys = self.path[:-1] if self.shape == "list of objects" else self.path
        for key in keys:
            value = None if value is None else value[key]
        if value is None or (isinstance(value, list | dict) and not value):
            return None
        match self.shape:
            case "list":
                return _JOIN.join(map(_item, value))
            case "list of objects":
                return _JOIN.join(_item(one[self.path[-1]]) for one in value)
            case "json":
                return encode_line(value)
        return value


def columns_of(fields: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return the columns of these fields (camelCase) in their order; () for all, in the record's order."""
    known = {field.encode_name: field for field in _fields_of(Article)}
    return tuple(column for name in fields or known for column in _columns(known[name], ()))


def struct_in(kind: Type) -> StructType | None:
    """Return the one struct that a type is, or may be besides null."""
    options = kind.types if isinstance(kind, UnionType) else (kind,)
    structs = [option for option in options if isinstance(option, StructType)]
    return structs[0] if len(structs) == 1 else None


def _fields_of(kind: type[msgspec.Struct]) -> tuple[Field, ...]:
    info = type_info(kind)
    return info.fields if isinstance(info, StructType) else ()


def _columns(field: Field, above: tuple[str, ...]) -> list[Column]:
    path = (*above, field.encode_name)
    name = ".".join(path)
    if struct := struct_in(field.type):
        return [column for inner in struct.fields for column in _columns(inner, path)]
    options = field.type.types if isinstance(field.type, UnionType) else (field.type,)
    for option in options:
        if isinstance(option, DictType):
            return [Column(name, path, "json")]
        if isinstance(option, VarTupleType):
            return _list_columns(option, name, path)
    return [Column(name, path, "plain")]


def _list_columns(kind: VarTupleType, name: str, path: tuple[str, ...]) -> list[Column]:
    if isinstance(kind.item_type, UnionType):
        return [Column(name, path, "json")]
    if isinstance(kind.item_type, StructType):
        if any(isinstance(inner.type, VarTupleType) for inner in kind.item_type.fields):
            return [Column(name, path, "json")]
        keys = [inner.encode_name for inner in kind.item_type.fields]
        return [Column(f"{name}.{key}", (*path, key), "list of objects") for key in keys]
    return [Column(name, path, "list")]


def _item(value: Any) -> str:
    return "" if value is None else str(value).replace("\\", "\\\\").replace(_JOIN, "\\" + _JOIN)
