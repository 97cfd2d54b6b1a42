"""Compiled twins of the functions that take the most time; they are optional.

The plain-Python function is the reference (as in PEP 399): it works everywhere, is read and changed first, and says
what is right. Its twin, written in Cython, returns the same values sooner; tests/compiled compares them. A module
chooses once, when it is imported: `_walk = fastest(walk, "walk")`. No twin imports the module that chooses it.
"""

from __future__ import annotations

import os
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

__all__ = ["accelerators", "fastest"]

_Function = TypeVar("_Function", bound="Callable[..., object]")
_PLAIN = os.environ.get("SCRAPER_PLAIN_PYTHON", "") not in {"", "0"}
"""Whether the user wants plain Python, to compare or to find a fault."""


def fastest(plain: _Function, module: str) -> _Function:
    """Return the function of the same name in `scraper.compiled.<module>`, or `plain` where that was not built.

    With the environment variable SCRAPER_PLAIN_PYTHON=1, it is always `plain`.
    """
    twin = _loaded(module)
    return getattr(twin, plain.__name__) if twin else plain


def accelerators() -> tuple[str, ...]:
    """Return the names of the compiled modules that are in use, sorted; none means plain Python."""
    return tuple(sorted(found.name for found in iter_modules(__path__) if _loaded(found.name)))


def _loaded(module: str) -> ModuleType | None:
    if _PLAIN:
        return None
    try:
        return import_module(f"{__name__}.{module}")
    except ImportError:  # never built, or for another Python
        return None
