from collections.abc import Callable
from typing import Any

def sum_of(trees: list[Any], width: int) -> Callable[[list[float]], float]: ...
