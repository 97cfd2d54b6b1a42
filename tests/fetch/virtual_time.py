"""An event loop whose clock jumps instead of waiting: hours of politeness in milliseconds."""

from __future__ import annotations

import asyncio
import selectors
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from scraper.fetch.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Coroutine

__all__ = ["START", "run_virtually", "virtual_clock"]

Result = TypeVar("Result")
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class _JumpingSelector(selectors.DefaultSelector):
    """Passes the time that a real one would wait."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        ready = super().select(0)
        if not ready and timeout:
            self.now += timeout
        return ready


class _VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._selector_of_time = _JumpingSelector()
        super().__init__(self._selector_of_time)

    def time(self) -> float:
        return self._selector_of_time.now


def virtual_clock() -> Clock:
    """Return the running loop's time as the fetcher's."""
    loop = asyncio.get_running_loop()
    return Clock(
        monotonic=loop.time,
        now=lambda: START + timedelta(seconds=loop.time()),
        sleep=asyncio.sleep,
        random=lambda: 0.5,
    )


def run_virtually(work: Coroutine[Any, Any, Result]) -> Result:
    """Return what `work` returns, run on virtual time."""
    loop = _VirtualLoop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()
