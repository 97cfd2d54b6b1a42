from collections.abc import Callable
from typing import TypeVar

_Cleaner = TypeVar("_Cleaner", bound=Callable[..., str | None])

def quickly(thoroughly: _Cleaner) -> _Cleaner: ...
