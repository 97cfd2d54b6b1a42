"""The time that one fetch may take, spent piece by piece: every await on the wire counts, waiting in line does not."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from scraper.errors import FetchTimeout

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["Budget"]


class Budget:
    """Seconds left of a fetch."""

    def __init__(self, total_s: float) -> None:
        self.total_s = total_s
        self.left_s = total_s
        self.received = 0
        """Bytes that the running exchange has brought, for the message."""

    @contextlib.asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Take the time of the block off the budget.

        Raises:
            FetchTimeout: the budget ran out; the block was cancelled.

        """
        loop = asyncio.get_running_loop()
        started = loop.time()
        self.received = 0
        limit = asyncio.timeout(max(self.left_s, 0.0))
        try:
            async with limit:
                yield
        except TimeoutError:
            if not limit.expired():
                raise
            got = f"; {self.received:,} bytes had arrived" if self.received else ""
            error = FetchTimeout(
                f"not done within {self.total_s:g} s{got}", advice="--timeout (timeout_s) sets the limit"
            )
            error.retryable = True
            raise error from None
        finally:
            self.left_s -= loop.time() - started
