from collections.abc import Callable
from typing import TypeVar

_Reader = TypeVar("_Reader", bound=Callable[..., object])

def quickly(thoroughly: _Reader, trails_of: object) -> _Reader: ...
