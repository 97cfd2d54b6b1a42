"""What is set for a whole process, where that is our own: the command line and its workers.

Never called by the library: in other people's processes these things are theirs to say.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any

__all__ = ["collect_no_more", "collect_rarely", "load_late"]

_NEW_OBJECTS = 50_000
"""Containers made and not yet gone after which garbage is looked for. Pages leave hardly any cycles, and the modules
that a run starts with none; with Python's own 700, looking took .2 ms of each page and 15 ms of 180 of a start."""
_loading = Lock()


def collect_rarely() -> None:
    """Look for garbage in cycles less often from now on."""
    gc.set_threshold(_NEW_OBJECTS)


def collect_no_more() -> None:
    """Spare a process that ends the last look at all that it holds: 20 ms for the command line alone."""
    gc.freeze()


def load_late(name: str) -> None:
    """Let `import name` load the module when something in it is first used; nothing for one that is loaded.

    trafilatura imports py3langid, and with it numpy, for a language filter that nobody here asks for: .13 of its .26 s
    of CPU. Not `importlib.util.LazyLoader`, which is not safe in threads before Python 3.12.
    """
    if name not in sys.modules:
        sys.modules[name] = _Later(name)


class _Later(ModuleType):
    """Stands for a module until something in it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__path__":  # what anything may ask of every module
            raise AttributeError(name)
        with _loading:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            return getattr(import_module(self.__name__), name)
