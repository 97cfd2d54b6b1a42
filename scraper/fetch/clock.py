"""Time and chance as values, so that politeness and retries can be tested without waiting."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable  # noqa: TC003  # part of the public annotations
from dataclasses import dataclass
from datetime import UTC, datetime

__all__ = ["Clock"]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """What the fetcher knows of time."""

    monotonic: Callable[[], float] = time.monotonic
    """Seconds that only grow: all intervals."""
    now: Callable[[], datetime] = _now
    """Aware, UTC: `Response.fetched_at`, and dates that servers name."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    random: Callable[[], float] = random.random
    """From 0 to 1: the jitter of retries."""
