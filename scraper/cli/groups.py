"""Options in groups: a command takes a few values, each of which is several options of the command line."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["with_groups"]


def with_groups(command: Callable[..., int]) -> Callable[..., Callable[[], int]]:
    """Return `command` in a form that typer reads: each parameter whose type is a dataclass becomes its fields.

    The fields carry `Annotated[..., typer.Option(...)]` and their defaults, as parameters of a command do. Calling it
    gives the command with its arguments, not yet run: typer parses, and its handling of signals and pipes stays out.
    """
    groups: dict[str, type] = {}
    parameters: list[inspect.Parameter] = []
    for name, kind in get_type_hints(command, include_extras=True).items():
        if name == "return":
            continue
        if not is_dataclass(kind):
            default = inspect.signature(command).parameters[name].default
            parameters.append(_parameter(name, kind, default))
            continue
        groups[name] = kind  # type: ignore[assignment]  # get_type_hints gives the class itself
        hints = get_type_hints(kind, include_extras=True)
        parameters += [_parameter(field.name, hints[field.name], field.default) for field in fields(kind)]

    def parsed(**values: Any) -> Callable[[], int]:
        grouped = {name: kind(**{f.name: values.pop(f.name) for f in fields(kind)}) for name, kind in groups.items()}
        return partial(command, **values, **grouped)

    parsed.__doc__ = command.__doc__
    parsed.__name__ = command.__name__
    parsed.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    parsed.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect.signature
    return parsed


def _parameter(name: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
