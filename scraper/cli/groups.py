"""Options in groups: a command takes a few values, each of which is several options of the command line."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["with_groups"]


def with_groups(command: Callable[..., int]) -> Callable[..., int]:
    """Return `command` in a form that typer reads: each parameter whose type is a dataclass becomes its fields.

    The fields carry `Annotated[..., typer.Option(...)]` and their defaults, as parameters of a command do.
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

    def run(**values: Any) -> int:
        grouped = {name: kind(**{f.name: values.pop(f.name) for f in fields(kind)}) for name, kind in groups.items()}
        return command(**values, **grouped)

    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect.signature
    return run


def _parameter(name: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
