from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.server import HostileServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with serving() as running:
        yield running
