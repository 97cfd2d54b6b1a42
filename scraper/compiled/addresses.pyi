from collections.abc import Callable
from typing import TypeVar

_Joiner = TypeVar("_Joiner", bound=Callable[[str | None, str | None], str | None])

def quickly(thoroughly: _Joiner) -> _Joiner: ...
