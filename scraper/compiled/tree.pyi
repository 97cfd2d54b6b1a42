from collections.abc import Callable
from typing import TypeVar

_Reader = TypeVar("_Reader", bound=Callable[..., object])

def quickly(thoroughly: _Reader) -> _Reader: ...
